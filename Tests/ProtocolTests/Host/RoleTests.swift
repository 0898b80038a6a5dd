import Protocol
import Testing

@Suite struct RoleTests {
    private static let nowMs: Int64 = 1_763_000_000_000

    /// One command of each kind with the least role that it takes.
    static let commands: [(command: HostCommand, role: Role)] = [
        (.list(all: true), .moderator), (.kick(account: "a"), .moderator), (.flags, .moderator),
        (.clearFlags(account: "a"), .moderator), (.unban(account: "a"), .moderator), (.feedback, .moderator),
        (.announce(message: "m"), .moderator), (.status, .moderator), (.audit(limit: 1), .moderator),
        (.ban(account: "a", reason: "r", until: nowMs + Limits.maxModeratorBanMs), .moderator),
        (.ban(account: "a", reason: "r", until: nowMs + Limits.maxModeratorBanMs + 1), .admin),
        (.ban(account: "a", reason: "r"), .admin), (.grant(account: "a", role: .player), .admin),
        (.skins, .admin), (.installSkin(json: "{}"), .admin), (.knobs, .admin),
        (.setKnob(name: "ads", value: nil), .admin), (.newGame(), .admin), (.rollbacks, .moderator),
        (.rollback(RollbackOrder(account: nil, fromMs: 1, toMs: 2)), .moderator),
        (.undoRollback(id: 1), .moderator), (.protectedAreas, .moderator), (.unprotect(id: 1), .admin),
        (.protect(CanvasBox(0, 0, 1, 1), note: ""), .admin),
    ]

    @Test("a command is for whoever has its role or a higher one, and for no player", arguments: commands)
    func allows(command: HostCommand, role: Role) {
        #expect(role > .player)
        for other in Role.allCases {
            #expect(other.allows(command, atMs: Self.nowMs) == (other >= role), "\(other)")
        }
    }
}
