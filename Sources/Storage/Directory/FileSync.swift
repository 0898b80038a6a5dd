import Files
import Glibc

/// What makes files and their names outlast a power cut.
enum FileSync {
    /// How long a file is; 0 where there is none.
    static func bytes(of path: String) -> Int64 {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }

    /// Whether a path leads to a file, and to no pipe, device or directory.
    static func isRegular(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Waits until a file's bytes are on the disk.
    static func sync(_ path: String) throws(StorageError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure("open", path, errno).error }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileFailure("sync", path, errno).error }
    }

    /// Waits until the names in a file's directory are on the disk.
    static func syncDirectory(of path: String) throws(StorageError) {
        do throws(FileError) {
            try DirectorySync.sync(of: path)
        } catch {
            throw FileFailure("sync the directory of", path, error.number ?? EIO).error
        }
    }
}
