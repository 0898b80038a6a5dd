/// A 64-bit hash over a sequence of frames: equal sequences give equal values.
///
/// Eight bytes a step, multiply and fold as in FNV-1a widened to words: it only has to tell replicas apart that
/// should be equal, not to withstand anyone.
struct RunningHash: Hashable {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    private static let prime: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Takes one frame's payload into the hash, its length with it.
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var hash = value ^ UInt64(truncatingIfNeeded: bytes.count)
        var offset = 0
        while offset + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            hash = (hash ^ word) &* Self.prime
            hash ^= hash >> 29
            offset += 8
        }
        var tail: UInt64 = 0
        while offset < bytes.count {
            tail = tail << 8 | UInt64(bytes[offset])
            offset += 1
        }
        hash = (hash ^ tail) &* Self.prime
        value = hash ^ hash >> 29
    }
}
