import Glibc

/// The right to change a file that several programs share; it ends with the last reference, or the process.
final class FileLock {
    private let handle: Int32

    /// Takes over an open file that is locked.
    init(handle: Int32) {
        self.handle = handle
    }

    deinit { close(handle) }
}
