import Crypto
import Files
import Glibc

/// One text file for its owner alone: written under another name, then given its own in one step.
struct PrivateFile: Sendable {
    /// Made, with those above it, when the first file in it is.
    let directory: String
    let name: String
    /// No more than this is written or read.
    let maxBytes: Int

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
        var bytes = [UInt8](repeating: 0, count: maxBytes)
        let count = Glibc.read(file, &bytes, bytes.count)
        guard count >= 0 else { throw failure(path, "can't be read") }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// Makes the file; false where there is one already.
    @discardableResult
    func create(_ text: String) throws(KeyringError) -> Bool {
        let draft = try writeDraft(text, isSynced: true)
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
    ///
    /// - Parameter isSynced: whether it must outlast a power cut; that can take the disk a while.
    func replace(_ text: String, isSynced: Bool = true) throws(KeyringError) {
        let draft = try writeDraft(text, isSynced: isSynced)
        guard rename(draft, path) == 0 else {
            let refusal = failure(path, "can't be replaced")
            unlink(draft)
            throw refusal
        }
        if isSynced { try syncDirectory() }
    }

    /// Takes the file away, if it is there.
    func remove() throws(KeyringError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure(path, "can't be removed") }
    }

    /// Takes the lock that stands beside the file, without waiting; nil while someone else has it.
    func lock() throws(KeyringError) -> FileLock? {
        try makeDirectory()
        let path = "\(directory)/\(name).lock"
        let handle = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard handle >= 0 else { throw failure(path, "can't be opened") }
        // The lock is the opened file's and not the process's, so two clients of one program exclude each other.
        while flock(handle, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            let isTaken = errno == EWOULDBLOCK
            let refusal = failure(path, "can't be locked")
            close(handle)
            if isTaken { return nil }
            throw refusal
        }
        return FileLock(handle: handle)
    }

    private func writeDraft(_ text: String, isSynced: Bool) throws(KeyringError) -> String {
        guard text.utf8.count <= maxBytes else {
            throw KeyringError("\(path): would be over \(maxBytes) bytes")
        }
        try makeDirectory()
        let draft = "\(directory)/.\(name).\(SecureRandom.uint64())"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure(draft, "can't be made") }
        let bytes = Array(text.utf8)
        let isWritten =
            write(file, bytes, bytes.count) == bytes.count && fchmod(file, 0o600) == 0
            && (!isSynced || fsync(file) == 0)
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
        do throws(FileError) {
            try DirectorySync.sync(of: path)
        } catch {
            throw KeyringError(error.description)
        }
    }

    private func failure(_ path: String, _ what: String) -> KeyringError {
        KeyringError("\(path): \(what): \(String(cString: strerror(errno)))")
    }
}
