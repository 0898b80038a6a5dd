import Engine
import Protocol
import Testing

@Suite("What is asked over HTTP by someone with a role")
struct RoleRouteTests {
    private static func id(_ number: UInt64) -> Identifier { Identifier(rawValue: number) }

    /// Each route with the least role that it takes.
    private static func routes() throws -> [(AdminRoute, Role)] {
        let hello = try #require(AnnouncementText("hello"))
        let soonMs = Desk.startMs + 60_000
        return [
            (.accounts(all: true), .moderator), (.kick(id(5)), .moderator),
            (.ban(id(6), reason: "x", untilMs: soonMs), .moderator),
            (.ban(id(6), reason: "x", untilMs: nil), .admin), (.unban(id(7)), .moderator),
            (.grant(id(7), .player), .admin), (.clearFlags(id(7)), .moderator), (.flags, .moderator),
            (.feedback, .moderator), (.announce(hello), .moderator), (.knobs, .admin),
            (.setKnob(name: "ads", value: "off"), .admin), (.audit(limit: 5, before: nil), .moderator),
            (.status, .moderator),
        ]
    }

    @Test("is answered where the role allows it, and forbidden where not")
    func table() throws {
        for (route, role) in try Self.routes() {
            for (number, own) in [(3, Role.player), (1, .moderator), (9, .admin)] as [(UInt64, Role)] {
                var desk = Desk.hosted()
                let answer = desk.administer(route, as: number)
                if own >= role {
                    #expect(
                        answer?.host != nil || desk.query != nil,
                        "\(route) as \(own): \(String(describing: answer))")
                } else {
                    #expect(answer?.code == .forbidden, "\(route) as \(own)")
                    #expect(desk.audit.isEmpty)
                }
            }
            var desk = Desk.hosted()
            #expect(desk.ask(.admin(route))?.code == .unauthorized, "\(route)")
            #expect(desk.ask(.admin(route), .valid(Desk.guest(50)))?.code == .signInRequired, "\(route)")
        }
    }

    @Test("reaches nobody who has a role as well, unless by an admin, and never oneself")
    func outranked() {
        let untilMs = Desk.startMs + 60_000
        for route in [
            AdminRoute.kick(Self.id(2)), .ban(Self.id(2), reason: "x", untilMs: untilMs), .unban(Self.id(2)),
            .clearFlags(Self.id(2)), .kick(Self.id(9)), .ban(Self.id(9), reason: "x", untilMs: untilMs),
            .kick(Self.id(1)), .ban(Self.id(1), reason: "x", untilMs: untilMs), .clearFlags(Self.id(1)),
        ] {
            var desk = Desk.hosted()
            #expect(desk.administer(route, as: 1)?.code == .forbidden, "\(route)")
        }
        for route in [
            AdminRoute.kick(Self.id(9)), .ban(Self.id(9), reason: "x", untilMs: nil),
            .grant(Self.id(9), .player),
        ] {
            var desk = Desk.hosted()
            #expect(desk.administer(route, as: 9)?.code == .forbidden, "\(route)")
            #expect(desk.administer(.kick(Self.id(1)), as: 9)?.host != nil)
        }
    }

    @Test(
        "may not lift or shorten a ban that a moderator could not give, unless by an admin",
        arguments: [nil, Desk.startMs + 365 * 86_400_000] as [Int64?])
    func forLong(untilMs: Int64?) {
        var desk = Desk.hosted()
        #expect(desk.administer(.ban(Self.id(5), reason: "x", untilMs: untilMs), as: 9)?.host != nil)
        #expect(desk.administer(.unban(Self.id(5)), as: 1)?.code == .forbidden)
        let soon = AdminRoute.ban(Self.id(5), reason: "y", untilMs: Desk.startMs + 60_000)
        #expect(desk.administer(soon, as: 1)?.code == .forbidden, "that would shorten it")
        #expect(desk.administer(.unban(Self.id(5)), as: 9)?.host == .done("Player 5 may sign in again."))
    }

    @Test("stands in the audit with who it was, in the commit of what it changed")
    func audited() throws {
        var desk = Desk.hosted()
        _ = desk.administer(.ban(Self.id(5), reason: "bursts", untilMs: Desk.startMs + 60_000), as: 1)
        let commit = try #require(desk.lastCommit).records
        #expect(commit.contains { if case .account = $0 { true } else { false } })
        #expect(commit.contains { if case .audit = $0 { true } else { false } })
        _ = desk.administer(.grant(Self.id(6), .moderator), as: 9)
        _ = desk.administer(.kick(Self.id(6)), as: 9)
        desk.open(7)
        _ = desk.administer(.kick(Self.id(7)), as: 1)
        desk.run(ms: 50)
        _ = desk.order(.unban(account: "Player 5"), by: .telegram(user: 42))
        _ = desk.order(.clearFlags(account: "Player 5"))
        #expect(
            desk.audit == [
                "1 ban 5 until 2023-11-14T22:14:20.000Z: bursts", "9 grant 6 moderator", "1 kick 7 ",
                "telegram 42 unban 5 bursts", "console clear_flags 5 ",
            ], "who isn't here wasn't kicked")
    }

    @Test("is counted by the rate of calls like any other")
    func rate() {
        var desk = Desk.hosted { $0.requestRate = Rate(perSecond: 1, burst: 1) }
        #expect(desk.administer(.status, as: 1)?.host != nil)
        #expect(desk.ask(.admin(.status), .valid(Desk.account(1)))?.code == .rateLimited)
    }
}
