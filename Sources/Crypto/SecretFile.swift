import Files
import Glibc

/// A file of secret bytes that only its owner can read.
public enum SecretFile {
    /// Reads the secret at a path, or makes it from fresh random bytes when there is none.
    ///
    /// The file appears whole or not at all, mode 0600; of two programs that make it at once, both get the
    /// bytes of the first.
    ///
    /// - Parameters:
    ///   - path: Where it stands; its directory must exist.
    ///   - bytes: How many bytes it holds.
    /// - Throws: `CryptoError.file` when it can't be read or made, belongs to someone else, can be read by
    ///   others, or holds another number of bytes.
    public static func loadOrCreate(_ path: String, bytes count: Int) throws(CryptoError) -> [UInt8] {
        if let secret = try load(path, bytes: count) { return secret }
        try create(path, holding: SecureRandom.bytes(count))
        guard let secret = try load(path, bytes: count) else {
            throw .file(path: path, message: "vanished while it was being made")
        }
        return secret
    }

    /// Reads a secret text that someone else gave, such as a password, without the line's end after it.
    ///
    /// A service manager's credential may belong to root and be readable for the server's group.
    ///
    /// - Throws: `CryptoError.file` when it is missing, can't be read, can be read by others, or is empty, not
    ///   UTF-8 or longer than `maxBytes`.
    public static func text(_ path: String, maxBytes: Int) throws(CryptoError) -> String {
        guard let (file, status) = try examine(path) else {
            throw .file(path: path, message: "doesn't exist")
        }
        defer { close(file) }
        let isCredential = status.st_uid == 0 && geteuid() != 0
        guard isCredential || status.st_uid == geteuid() else {
            throw .file(path: path, message: "belongs to someone else")
        }
        try refuseReaders(path, status.st_mode, but: isCredential ? 0o040 : 0)
        guard status.st_size > 0, status.st_size <= maxBytes else {
            throw .file(path: path, message: "must hold 1 to \(maxBytes) bytes")
        }
        var secret = try contents(of: file, path, bytes: Int(status.st_size))
        while secret.last == UInt8(ascii: "\n") || secret.last == UInt8(ascii: "\r") { secret.removeLast() }
        guard !secret.isEmpty, let text = String(validating: secret, as: UTF8.self) else {
            throw .file(path: path, message: "must hold one line of text")
        }
        return text
    }

    /// Reads the secret at a path; nil when there is none.
    private static func load(_ path: String, bytes count: Int) throws(CryptoError) -> [UInt8]? {
        guard let (file, status) = try examine(path) else { return nil }
        defer { close(file) }
        guard status.st_uid == geteuid() else { throw .file(path: path, message: "belongs to someone else") }
        try refuseReaders(path, status.st_mode)
        guard status.st_size == count else {
            throw .file(path: path, message: "holds \(status.st_size) bytes instead of \(count)")
        }
        return try contents(of: file, path, bytes: count)
    }

    /// Opens what must be a plain file, the caller's to close; nil when there is none.
    private static func examine(_ path: String) throws(CryptoError) -> (file: Int32, status: stat)? {
        // O_NONBLOCK, so that a pipe in the file's place can't hold the program up.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw failure(path, "can't be opened")
        }
        var status = stat()
        guard fstat(file, &status) == 0 else {
            let refusal = failure(path, "can't be examined")
            close(file)
            throw refusal
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(file)
            throw .file(path: path, message: "is not a file")
        }
        return (file, status)
    }

    private static func refuseReaders(
        _ path: String, _ mode: mode_t, but allowed: mode_t = 0
    ) throws(CryptoError) {
        guard mode & 0o077 & ~allowed == 0 else {
            throw .file(path: path, message: "can be read by others; run chmod 600 on it")
        }
    }

    private static func contents(
        of file: Int32, _ path: String, bytes count: Int
    ) throws(CryptoError) -> [UInt8] {
        var secret = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = secret.withUnsafeMutableBytes {
                Glibc.read(file, $0.baseAddress?.advanced(by: filled), count - filled)
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { throw failure(path, "can't be read") }
            filled += got
        }
        return secret
    }

    /// Makes the file under another name and links it to its own, which fails where one already stands.
    private static func create(_ path: String, holding secret: [UInt8]) throws(CryptoError) {
        let draft = "\(path).\(SecureRandom.uint64()).new"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure(path, "can't be made") }
        defer { unlink(draft) }
        var written = 0
        while written < secret.count {
            let put = secret.withUnsafeBytes {
                write(file, $0.baseAddress?.advanced(by: written), secret.count - written)
            }
            if put < 0, errno == EINTR { continue }
            guard put > 0 else {
                let refusal = failure(path, "can't be written")
                close(file)
                throw refusal
            }
            written += put
        }
        guard fchmod(file, 0o600) == 0, fsync(file) == 0 else {
            let refusal = failure(path, "can't be written")
            close(file)
            throw refusal
        }
        close(file)
        guard link(draft, path) == 0 || errno == EEXIST else { throw failure(path, "can't be made") }
        try syncDirectory(of: path)
    }

    /// Makes the new name itself outlast a power cut.
    private static func syncDirectory(of path: String) throws(CryptoError) {
        do throws(FileError) {
            try DirectorySync.sync(of: path)
        } catch {
            throw CryptoError.file(path: error.path, message: error.reason)
        }
    }

    private static func failure(_ path: String, _ what: String) -> CryptoError {
        .file(path: path, message: "\(what): \(String(cString: strerror(errno)))")
    }
}
