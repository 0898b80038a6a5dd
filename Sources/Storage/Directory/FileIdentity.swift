import Glibc

/// Which file a name leads to, so that another one in its place can be told.
struct FileIdentity: Hashable {
    /// The file system.
    let device: UInt64
    /// The file in it.
    let inode: UInt64

    /// Looks the name up; nil where it leads nowhere.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }
}
