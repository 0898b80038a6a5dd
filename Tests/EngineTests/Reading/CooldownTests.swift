import Engine
import Protocol
import Testing

@Suite("Spectators' cooldown")
struct CooldownTests {
    static let kinds: [Route] = [
        .snapshot(ifNoneMatch: nil), .changes(from: 0, to: nil, epoch: nil), .canvasPNG,
        .touched(ifNoneMatch: nil), .views(.text(CanvasView(), ifNoneMatch: nil)),
    ]

    /// The code of a refusal; nil where the canvas was given.
    private func ask(
        _ desk: inout Desk, _ route: Route, _ credential: Credential = .none, from address: String = "a"
    ) -> ErrorCode? {
        desk.ask(route, credential, from: address)?.code
    }

    @Test("gives each kind once in its time, in one bucket a kind", arguments: kinds)
    func once(_ route: Route) {
        var desk = Desk(recovered: Desk.withAccounts())
        #expect(ask(&desk, route) == nil)
        guard case .failure(let failure) = desk.ask(route, from: "a") else {
            Issue.record("given twice")
            return
        }
        #expect(failure.code == .cooldown)
        #expect(failure.retryAfterMs == 5_000)
        for other in Self.kinds where other != route { #expect(ask(&desk, other) == nil) }
        desk.run(ms: 4_999)
        #expect(ask(&desk, route) == .cooldown, "and a refusal doesn't prolong it")
        desk.run(ms: 1)
        #expect(ask(&desk, route) == nil)
    }

    @Test("belongs to the token, without one to the address")
    func owners() {
        var desk = Desk(recovered: Desk.withAccounts())
        let route = Route.snapshot(ifNoneMatch: nil)
        #expect(ask(&desk, route) == nil)
        #expect(ask(&desk, route, .expired) == .cooldown)
        #expect(ask(&desk, route, from: "b") == nil)
        #expect(ask(&desk, route, .valid(Desk.guest(80))) == nil)
        #expect(ask(&desk, route, .valid(Desk.guest(80)), from: "c") == .cooldown)
        #expect(ask(&desk, route, .valid(Desk.account(1))) == nil)
        #expect(ask(&desk, route, .valid(Desk.account(1))) == .cooldown)
    }

    @Test("doesn't hold for whoever plays")
    func players() {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(1)
        for route in Self.kinds {
            for _ in 0..<5 { #expect(ask(&desk, route, .valid(Desk.account(1))) == nil) }
        }
        desk.say(1, .leave)
        for route in Self.kinds { #expect(ask(&desk, route, .valid(Desk.account(1))) == nil) }
        for route in Self.kinds { #expect(ask(&desk, route, .valid(Desk.account(1))) == .cooldown) }
    }

    @Test("isn't spent by a 304 or by a refusal", arguments: ["\"1-0\"", "\"x\", W/\"1-0\"", "*"])
    func unspent(_ tags: String) {
        var desk = Desk(recovered: Desk.withAccounts())
        for _ in 0..<3 {
            guard case .notModified("\"1-0\"") = desk.ask(.snapshot(ifNoneMatch: tags), from: "a") else {
                Issue.record("modified")
                return
            }
        }
        #expect(ask(&desk, .snapshot(ifNoneMatch: "\"1-9\"")) == nil)
        #expect(ask(&desk, .changes(from: 5, to: nil, epoch: nil)) == .versionAhead)
        #expect(ask(&desk, .changes(from: 0, to: nil, epoch: 3)) == .epochChanged)
        #expect(ask(&desk, .changes(from: 0, to: nil, epoch: nil)) == nil)
    }
}
