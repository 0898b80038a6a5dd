import CUV

/// What a stream still has to send: the block at the wire, and those that wait behind it.
///
/// Without TLS the block at the wire is one of those that were sent; with TLS it is a record made from the
/// first one that waits, which then stays in front with an offset until all of it is encrypted.
struct OutboundQueue {
    /// Whether libuv holds on to the block at the wire.
    private(set) var isUnderWay = false

    private var wire: ByteBlock?
    private var wireOffset = 0
    private var waiting: ContiguousArray<ByteBlock> = []
    private var first = 0
    private var firstOffset = 0
    private var waitingBytes = 0

    /// Whether there is nothing at all.
    var isIdle: Bool { wire == nil && waiting.isEmpty }

    /// Whether the place at the wire is free.
    var isWireFree: Bool { wire == nil }

    /// The bytes that libuv doesn't hold.
    var byteCount: Int { waitingBytes + (isUnderWay ? 0 : (wire?.count ?? 0) - wireOffset) }

    /// The rest of the block at the wire.
    var wireBuffer: uv_buf_t? {
        wire.map { block in
            uv_buf_t(
                base: (block.start + wireOffset).assumingMemoryBound(to: CChar.self),
                len: block.count - wireOffset)
        }
    }

    mutating func append(_ block: ByteBlock) {
        guard block.count > 0 else { return }
        waiting.append(block)
        waitingBytes += block.count
    }

    /// Puts a block at the free wire.
    mutating func startWire(_ block: ByteBlock, at offset: Int = 0) {
        precondition(wire == nil, "two blocks at the wire")
        wire = block
        wireOffset = offset
    }

    /// Puts the next block that waits at the free wire, as it is.
    mutating func startNext() -> Bool {
        guard first < waiting.count else { return false }
        let block = waiting[first]
        waitingBytes -= block.count
        removeFirst()
        startWire(block)
        return true
    }

    /// Takes up to so many bytes off the first block that waits; the block is returned to keep them alive.
    mutating func nextPart(maxBytes: Int) -> (block: ByteBlock, range: Range<Int>)? {
        guard first < waiting.count else { return nil }
        let block = waiting[first]
        let end = min(block.count, firstOffset + maxBytes)
        let range = firstOffset..<end
        waitingBytes -= range.count
        firstOffset = end
        if end == block.count { removeFirst() }
        return (block, range)
    }

    mutating func advanceWire(_ count: Int) { wireOffset += count }

    mutating func markUnderWay() { isUnderWay = true }

    /// Frees the wire.
    mutating func finishWire() {
        wire = nil
        wireOffset = 0
        isUnderWay = false
    }

    /// Drops all that waits but a first block of which a part is out.
    mutating func dropWaiting() {
        guard first < waiting.count else { return }
        let begun = firstOffset > 0 ? waiting[first] : nil
        waiting = []
        first = 0
        waitingBytes = 0
        if let begun {
            waiting = [begun]
            waitingBytes = begun.count - firstOffset
        }
    }

    mutating func removeAll() { self = OutboundQueue() }

    private mutating func removeFirst() {
        firstOffset = 0
        first += 1
        // The array's memory goes with its last block, so that an idle connection keeps none.
        if first == waiting.count {
            waiting = []
            first = 0
        } else if first >= 64 && first * 2 >= waiting.count {
            waiting.removeFirst(first)
            first = 0
        }
    }
}
