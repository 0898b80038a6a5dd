import Glibc

/// A pipe's two ends, which no program inherits.
///
/// Whoever made it closes them.
public struct Pipe {
    /// The end to read from.
    public let reading: Int32
    /// The end to write to.
    public let writing: Int32

    /// F_SETPIPE_SZ (fcntl(2)), which glibc's headers hide unless they are told to show what is Linux's own.
    private static let setPipeSize: Int32 = 1_031

    /// Makes a pipe above the descriptors that a process is given, so that duplicating one never closes another.
    public init() throws(ProcessFailure) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Self.failure() }
        reading = fcntl(ends[0], F_DUPFD_CLOEXEC, ProcessOrder.giftDescriptor + 1)
        writing = fcntl(ends[1], F_DUPFD_CLOEXEC, ProcessOrder.giftDescriptor + 1)
        for end in ends { close(end) }
        guard reading >= 0, writing >= 0 else {
            let refusal = Self.failure()
            for end in [reading, writing] where end >= 0 { close(end) }
            throw refusal
        }
    }

    /// Asks the system to hold so many bytes that nobody has read yet; it may decline.
    public func hold(bytes: Int) {
        _ = fcntl(writing, Self.setPipeSize, Int32(clamping: bytes))
    }

    private static func failure() -> ProcessFailure {
        .nothingLeft(what: "pipe", reason: String(cString: strerror(errno)))
    }
}
