import Glibc

/// Why a file couldn't be read or written, in one line that names it.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, or the directory.
    public let path: String
    /// What is wrong with it.
    public let reason: String
    /// The system's error number; nil where the system had nothing against it.
    public let number: Int32?

    /// The line.
    public var description: String { "\(path): \(reason)" }

    init(_ path: String, _ reason: String, number: Int32? = nil) {
        self.path = path
        self.reason = reason
        self.number = number
    }

    /// A call that the system refused just now.
    init(_ path: String, refusing what: String? = nil) {
        let number = errno
        let words = String(cString: strerror(number))
        self.init(path, what.map { "\($0): \(words)" } ?? words, number: number)
    }
}

/// Files that are read whole within a limit, and appear whole or not at all.
public enum WholeFile {
    /// Reads a file.
    /// - Throws: `FileError` where it can't be read or has more than `maxBytes` bytes.
    public static func read(_ path: String, maxBytes: Int) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = Glibc.read(descriptor, &part, part.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError(path) }
            if count == 0 { return bytes }
            bytes += part[..<count]
            guard bytes.count <= maxBytes else { throw FileError(path, "more than \(maxBytes) bytes") }
        }
    }

    /// Writes beside the file, syncs, then puts it in its place.
    ///
    /// - Parameter mode: the file's permissions, as in `0o600`.
    /// - Throws: `FileError`; what stood there before stands there still.
    public static func write(_ bytes: [UInt8], to path: String, mode: UInt32) throws(FileError) {
        let beside = "\(path).\(getpid()).part"
        let descriptor = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw FileError(path) }
        guard isWritten(bytes, to: descriptor), fsync(descriptor) == 0 else {
            let refusal = FileError(path)
            close(descriptor)
            unlink(beside)
            throw refusal
        }
        close(descriptor)
        guard rename(beside, path) == 0 else {
            let refusal = FileError(path)
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
}
