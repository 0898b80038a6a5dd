import Crypto
import Glibc

/// One secret text file: written under another name, synced, then given its own in one step.
struct KeyFile {
    let directory: String
    let name: String

    private static let maxBytes = 4096

    var path: String { directory + "/" + name }

    /// The text; nil where there is no file.
    func read() throws(KeyringError) -> String? {
        // O_NONBLOCK, so that a pipe in the file's place can't hold the program up.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw failure(path, "can't be opened")
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure(path, "can't be examined") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw KeyringError("\(path): is not a file") }
        guard status.st_mode & 0o077 == 0 else {
            throw KeyringError("\(path): can be read by others; run chmod 600 on it")
        }
        var bytes = [UInt8](repeating: 0, count: Self.maxBytes)
        let count = Glibc.read(file, &bytes, bytes.count)
        guard count >= 0 else { throw failure(path, "can't be read") }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// Makes the file; false where there is one already.
    @discardableResult
    func create(_ text: String) throws(KeyringError) -> Bool {
        let draft = try writeDraft(text)
        defer { unlink(draft) }
        // Unlike a rename, a link fails where the name is taken.
        guard link(draft, path) == 0 else {
            if errno == EEXIST { return false }
            throw failure(path, "can't be made")
        }
        try syncDirectory()
        return true
    }

    /// Makes the file in place of any other.
    func replace(_ text: String) throws(KeyringError) {
        let draft = try writeDraft(text)
        guard rename(draft, path) == 0 else {
            let refusal = failure(path, "can't be replaced")
            unlink(draft)
            throw refusal
        }
        try syncDirectory()
    }

    private func writeDraft(_ text: String) throws(KeyringError) -> String {
        try makeDirectory()
        let draft = "\(directory)/.\(name).\(SecureRandom.uint64())"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure(draft, "can't be made") }
        let bytes = Array(text.utf8)
        let isWritten =
            write(file, bytes, bytes.count) == bytes.count && fchmod(file, 0o600) == 0 && fsync(file) == 0
        let refusal = failure(draft, "can't be written")
        close(file)
        guard isWritten else {
            unlink(draft)
            throw refusal
        }
        return draft
    }

    /// Makes the directory and those above it, for their owner alone.
    private func makeDirectory() throws(KeyringError) {
        var path = ""
        for part in directory.split(separator: "/") {
            path += "/" + part
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(path, "can't be made") }
        }
        guard chmod(directory, 0o700) == 0 else { throw failure(directory, "can't be closed to others") }
    }

    /// Makes the new name itself outlast a power cut.
    private func syncDirectory() throws(KeyringError) {
        let handle = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw failure(directory, "can't be opened") }
        defer { close(handle) }
        guard fsync(handle) == 0 else { throw failure(directory, "can't be synced") }
    }

    private func failure(_ path: String, _ what: String) -> KeyringError {
        KeyringError("\(path): \(what): \(String(cString: strerror(errno)))")
    }
}
