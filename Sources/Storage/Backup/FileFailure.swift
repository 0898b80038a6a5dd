import Glibc

/// A call on a file that the system refused.
struct FileFailure {
    /// What was tried, as in "make".
    let what: String
    /// The file.
    let path: String
    /// The system's error number.
    let number: Int32

    /// Joins the parts.
    init(_ what: String, _ path: String, _ number: Int32) {
        self.what = what
        self.path = path
        self.number = number
    }

    /// What the host is told.
    var error: StorageError {
        let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
        let code: StorageError.Code = [ENOSPC, EDQUOT, EFBIG].contains(number) ? .full : .io
        return StorageError(code, "can't \(what) \(path): \(reason)")
    }
}

extension SQLiteFailure {
    /// What the host is told of a file beside the data directory.
    func error(doing what: String, to path: String) -> StorageError {
        isFull
            ? StorageError(.full, "no room left to \(what) to \(path)")
            : StorageError(.io, "can't \(what) to \(path): \(words)")
    }
}
