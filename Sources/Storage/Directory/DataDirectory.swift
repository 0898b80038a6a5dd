import Glibc

/// The server's data directory, held for one process by a lock file.
final class DataDirectory {
    /// Where it is.
    let path: String
    private let lockDescriptor: Int32

    /// The database file in it.
    var databasePath: String { Self.databasePath(in: path) }

    /// Whether a directory has a database file.
    static func hasDatabase(_ path: String) -> Bool { access(databasePath(in: path), F_OK) == 0 }

    private static func databasePath(in path: String) -> String { path + "/pixelwars.db" }

    /// Opens the database in it.
    ///
    /// - Parameter vfs: another of SQLite's file layers; nil for its own.
    func openDatabase(vfs: String? = nil) throws(StorageError) -> Connection {
        do throws(SQLiteFailure) {
            return try Connection(path: databasePath, vfs: vfs)
        } catch {
            throw error.error(doing: "open the database", in: path)
        }
    }

    /// Which files the names of the database and its log lead to now.
    var databaseFiles: [FileIdentity?] {
        [FileIdentity(path: databasePath), FileIdentity(path: databasePath + "-wal")]
    }

    /// How long those files are together, in bytes.
    var databaseBytes: Int64 {
        [databasePath, databasePath + "-wal"].reduce(0) { sum, path in
            var status = stat()
            return stat(path, &status) == 0 ? sum + Int64(status.st_size) : sum
        }
    }

    /// Makes the directory (0700) where it is missing and takes its lock.
    init(path: String) throws(StorageError) {
        try Self.make(path)
        let lockPath = path + "/lock"
        let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.refusal("write in", path, errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let number = errno
            let holder = Self.readHolder(descriptor)
            Glibc.close(descriptor)
            guard number == EWOULDBLOCK else { throw Self.refusal("lock", path, number) }
            let who = holder.map { "another server (pid \($0))" } ?? "another server"
            throw StorageError(.locked, "\(who) uses this data directory: \(path)")
        }
        do throws(StorageError) {
            try Self.writeHolder(descriptor, path)
        } catch {
            Glibc.close(descriptor)
            throw error
        }
        self.path = path
        lockDescriptor = descriptor
    }

    /// Takes the lock of a directory in which a server keeps its data.
    convenience init(existing path: String) throws(StorageError) {
        guard Self.hasDatabase(path) else {
            throw StorageError(.directory, "no server has ever kept its data in \(path) (see --data)")
        }
        try self.init(path: path)
    }

    /// Gives the lock back; the file stays, because removing it would let two servers hold two files.
    deinit {
        // A close alone leaves the lock with a child that was forked and hasn't reached its exec yet.
        flock(lockDescriptor, LOCK_UN)
        Glibc.close(lockDescriptor)
    }

    /// Gives files, and the lock, to whom the directory belongs: root works on it for the user of the server.
    func giveToOwner(_ files: [String]) throws(StorageError) {
        var owner = stat()
        guard geteuid() == 0, stat(path, &owner) == 0 else { return }
        for file in files + [path + "/lock"] {
            guard chown(file, owner.st_uid, owner.st_gid) == 0 else {
                throw Self.refusal("write in", path, errno)
            }
        }
    }

    /// Makes the database file (0600) where it is missing; SQLite gives its log the same mode.
    func makeDatabaseFile() throws(StorageError) {
        let descriptor = open(databasePath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.refusal("write in", path, errno) }
        Glibc.close(descriptor)
        // Without this a power cut could take the new file's name away from data that was synced.
        let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw Self.refusal("read", path, errno) }
        defer { Glibc.close(directory) }
        guard fsync(directory) == 0 else { throw Self.refusal("sync", path, errno) }
    }

    private static func make(_ path: String) throws(StorageError) {
        guard !path.isEmpty else { throw StorageError(.directory, "the data directory's path is empty") }
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else {
                throw StorageError(.directory, "the data directory isn't a directory: \(path)")
            }
            return
        }
        guard errno == ENOENT else { throw refusal("enter", path, errno) }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try make(String(path[..<slash])) }
        // Another start may have made it in between; then its lock decides.
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw refusal("make", path, errno) }
    }

    private static func writeHolder(_ descriptor: Int32, _ path: String) throws(StorageError) {
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, text, text.count, 0) == text.count else {
            throw refusal("write in", path, errno)
        }
    }

    private static func readHolder(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }

    private static func refusal(_ what: String, _ path: String, _ number: Int32) -> StorageError {
        let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
        let code: StorageError.Code = [ENOSPC, EDQUOT].contains(number) ? .full : .directory
        return StorageError(code, "can't \(what) the data directory \(path): \(reason)")
    }
}
