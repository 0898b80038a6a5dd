import Glibc

/// Whether systemd's journal reads what the program writes (systemd.exec(5), `$JOURNAL_STREAM`).
enum JournalStream {
    /// Whether standard error still leads where systemd put it.
    static func takesErrors(_ environment: [String: String]) -> Bool {
        takes(STDERR_FILENO, environment["JOURNAL_STREAM"])
    }

    /// - Parameter name: the device and inode of the journal's stream, as in `8:123`.
    static func takes(_ descriptor: Int32, _ name: String?) -> Bool {
        var status = stat()
        guard let name, fstat(descriptor, &status) == 0 else { return false }
        return name == "\(status.st_dev):\(status.st_ino)"
    }
}

extension LogLevel {
    /// What tells the journal a line's priority (sd-daemon(3)).
    var journalHead: String {
        switch self {
        case .debug: "<7>"
        case .info: "<6>"
        case .warning: "<4>"
        case .error: "<3>"
        }
    }
}
