extension Role {
    /// Whether someone of this role may give a command; what it may be given about is judged where that is known.
    ///
    /// - Parameter atMs: now, in milliseconds since 1970, by which a ban's length is measured.
    public func allows(_ command: HostCommand, atMs: Int64) -> Bool { self >= command.role(atMs: atMs) }
}

extension HostCommand {
    /// The least role that a command takes; players may give none.
    public func role(atMs nowMs: Int64) -> Role {
        switch self {
        case .list, .kick, .flags, .clearFlags, .unban, .feedback, .announce, .status, .audit, .rollback,
            .undoRollback, .rollbacks, .protectedAreas, .picture:
            .moderator
        case .ban(_, _, let untilMs):
            untilMs.map { $0 <= nowMs + Limits.maxModeratorBanMs } ?? false ? .moderator : .admin
        case .grant, .skins, .installSkin, .knobs, .setKnob, .newGame, .protect, .unprotect: .admin
        }
    }
}
