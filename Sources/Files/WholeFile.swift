public import Glibc

/// Why a file couldn't be read or written, in one line that names it.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line.
    public let description: String

    init(_ path: String, _ reason: String) {
        description = "\(path): \(reason)"
    }
}

/// Files that are read whole within a limit, and appear whole or not at all.
public enum WholeFile {
    /// Reads a file.
    /// - Throws: `FileError` where it can't be read or has more than `maxBytes` bytes.
    public static func read(_ path: String, maxBytes: Int) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = Glibc.read(descriptor, &part, part.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            if count == 0 { return bytes }
            bytes += part[..<count]
            guard bytes.count <= maxBytes else { throw FileError(path, "more than \(maxBytes) bytes") }
        }
    }

    /// Writes beside the file, syncs, then puts it in its place.
    /// - Throws: `FileError`; what stood there before stands there still.
    public static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws(FileError) {
        let beside = "\(path).\(getpid()).part"
        let descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure(path) }
        guard isWritten(bytes, to: descriptor), fsync(descriptor) == 0 else {
            let refusal = failure(path)
            close(descriptor)
            unlink(beside)
            throw refusal
        }
        close(descriptor)
        guard rename(beside, path) == 0 else {
            let refusal = failure(path)
            unlink(beside)
            throw refusal
        }
    }

    private static func isWritten(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func failure(_ path: String) -> FileError {
        FileError(path, String(cString: strerror(errno)))
    }
}
