import Glibc

/// What makes the names in a directory outlast a power cut.
public enum DirectorySync {
    /// Waits until the names in a file's directory are on the disk.
    public static func sync(of path: String) throws(FileError) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let directory = parts.isEmpty ? "." : parts == [""] ? "/" : parts.joined(separator: "/")
        let handle = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw FileError(directory, refusing: "can't be opened") }
        defer { close(handle) }
        guard fsync(handle) == 0 else { throw FileError(directory, refusing: "can't be synced") }
    }
}
