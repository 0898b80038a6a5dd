import CUV
import Glibc

/// A Unix domain socket's place in a directory, however long the directory's path is.
///
/// The directory is kept open: what is done to the socket's file is done in that one, wherever it is moved.
final class LocalAddress {
    /// The whole path, for messages.
    let path: String
    /// 0, or libuv's code for why the directory couldn't be opened; then nothing else here works.
    let status: Int32

    private let name: String
    private let directory: Int32

    /// Which file something is, as long as it exists.
    struct Identity: Equatable {
        var device: dev_t
        var inode: ino_t
    }

    /// Opens the directory; the name is one step of a path, short enough for any address.
    init(directory: String, name: String) {
        precondition(
            !name.isEmpty && !name.utf8.contains(0x2F) && name.utf8.count <= 64, "not a socket's name")
        self.name = name
        path = "\(directory)/\(name)"
        self.directory = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        status = self.directory >= 0 ? 0 : -errno
    }

    deinit { if directory >= 0 { Glibc.close(directory) } }

    /// Hands the address to C: the path where it fits, else the way there through the open directory.
    func with<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        let fits = path.utf8.count < capacity
        let text = fits ? path : "/proc/self/fd/\(directory)/\(name)"
        // One byte stays 0 and ends the text.
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: text.utf8.prefix(capacity - 1)) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    /// Which file lies there; nil where none does.
    var identity: Identity? {
        var facts = stat()
        guard fstatat(directory, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return Identity(device: facts.st_dev, inode: facts.st_ino)
    }

    /// Removes what lies there.
    ///
    /// - Returns: 0, also where there was nothing, or libuv's code.
    func remove() -> Int32 {
        unlinkat(directory, name, 0) == 0 || errno == ENOENT ? 0 : -errno
    }

    /// Gives the file to its owner alone.
    ///
    /// - Returns: 0 or libuv's code.
    func restrict() -> Int32 { fchmodat(directory, name, 0o600, 0) == 0 ? 0 : -errno }
}
