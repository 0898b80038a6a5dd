/// Bytes that never change and never move, so that any number of queues and the kernel can share them.
///
/// `@unchecked Sendable`: the memory is written in `init` only, before anyone else can see it, and freed when
/// the last reference goes.
final class ByteBlock: @unchecked Sendable {
    let start: UnsafeMutableRawPointer
    let count: Int

    /// Fills fresh memory once.
    init(count: Int, fill: (UnsafeMutableRawBufferPointer) -> Void) {
        start = .allocate(byteCount: max(1, count), alignment: 1)
        self.count = count
        fill(UnsafeMutableRawBufferPointer(start: start, count: count))
    }

    /// Copies the bytes.
    convenience init(_ bytes: UnsafeRawBufferPointer) {
        self.init(count: bytes.count) { $0.copyMemory(from: bytes) }
    }

    /// Copies the bytes.
    convenience init(_ bytes: [UInt8]) {
        self.init(count: bytes.count) { $0.copyBytes(from: bytes) }
    }

    deinit { start.deallocate() }

    var buffer: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }
}
