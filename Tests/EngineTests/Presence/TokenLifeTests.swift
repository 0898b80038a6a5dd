import Engine
import Protocol
import Testing

@Suite("A socket's token")
struct TokenLifeTests {
    private static let minuteMs: Int64 = 60_000

    /// An account's token that was just made.
    private func fresh(_ number: UInt64, _ desk: Desk, lifeMs: Int64 = 15 * minuteMs) -> Identity {
        var identity = Desk.account(number)
        identity.expiresAtMs = desk.now.wallMs + lifeMs
        return identity
    }

    /// Nobody idles here.
    private func empty() -> Desk { Desk(recovered: Desk.withAccounts()) { $0.idleSeconds = 100_000 } }

    private func desk() -> Desk {
        var desk = empty()
        let identity = fresh(1, desk)
        desk.give(.opened(Desk.socket(1), identity, address: "a", play: true, relay: nil))
        return desk
    }

    /// Lets time pass while the socket isn't silent.
    private func goOn(_ desk: inout Desk, ms: Int64) {
        desk.run(ms: ms, hearing: [1])
    }

    @Test("must be made fresh within its life and a fifteenth, 16 minutes: then 4002")
    func ends() {
        var desk = desk()
        goOn(&desk, ms: 16 * Self.minuteMs - 1)
        #expect(desk.engine.counts.connections == 1)
        desk.run(ms: 1)
        #expect(desk.closed(1) == .sessionOver)
        #expect(CloseCode.sessionOver.allowsReconnect)
        #expect(desk.engine.counts.stalled == 1, "its place is kept like that of any lost socket")
    }

    @Test("counts from its making, not from the socket's opening")
    func opensLate() {
        var desk = empty()
        let identity = fresh(1, desk)
        goOn(&desk, ms: 10 * Self.minuteMs)
        desk.give(.opened(Desk.socket(1), identity, address: "a", play: true, relay: nil))
        goOn(&desk, ms: 6 * Self.minuteMs - 1)
        #expect(desk.engine.counts.connections == 1)
        desk.run(ms: 1)
        #expect(desk.closed(1) == .sessionOver)
    }

    @Test("is prolonged by authenticate, for as long as the new one lives")
    func authenticate() {
        var desk = desk()
        goOn(&desk, ms: 14 * Self.minuteMs)
        let renewed = fresh(1, desk)
        desk.give(.authenticate(Desk.socket(1), id: 5, .valid(renewed)))
        #expect(desk.sent(to: 1) == [ServerEnvelope(replyTo: 5, .ok)])
        goOn(&desk, ms: 16 * Self.minuteMs - 1)
        #expect(desk.engine.counts.connections == 1)
        desk.run(ms: 1)
        #expect(desk.closed(1) == .sessionOver)
    }

    @Test("isn't prolonged by an old token, nor by one that is refused")
    func oldToken() {
        var desk = desk()
        let first = fresh(1, desk)
        goOn(&desk, ms: 10 * Self.minuteMs)
        desk.give(.authenticate(Desk.socket(1), id: 5, .valid(first)))
        #expect(desk.sent(to: 1).first?.message == .ok)
        let other = fresh(2, desk)
        for credential in [Credential.expired, .invalid, .none, .valid(other)] {
            desk.give(.authenticate(Desk.socket(1), id: 6, credential))
            #expect(desk.sent(to: 1).first?.code != nil)
        }
        goOn(&desk, ms: 6 * Self.minuteMs - 1)
        #expect(desk.engine.counts.connections == 1)
        desk.run(ms: 1)
        #expect(desk.closed(1) == .sessionOver)
    }

    @Test("an older token than the socket's takes nothing back")
    func shorter() {
        var desk = desk()
        let older = fresh(1, desk, lifeMs: 1_000)
        desk.give(.authenticate(Desk.socket(1), id: 5, .valid(older)))
        goOn(&desk, ms: 15 * Self.minuteMs)
        #expect(desk.engine.counts.connections == 1)
    }

    @Test("is prolonged by a refresh of its sign-in, once that is durable")
    func refresh() throws {
        var desk = desk()
        goOn(&desk, ms: 14 * Self.minuteMs)
        let renewed = try SignedIn(desk.refresh(Desk.firstToken(1)))
        let leftMs = renewed.identity.expiresAtMs - desk.now.wallMs + Self.minuteMs
        goOn(&desk, ms: leftMs - 1)
        #expect(desk.engine.counts.connections == 1)
        desk.run(ms: 1)
        #expect(desk.closed(1) == .sessionOver)
    }

    @Test("isn't prolonged by a refresh that storage didn't keep, nor by that of another sign-in")
    func refreshElsewhere() throws {
        var desk = desk()
        goOn(&desk, ms: 14 * Self.minuteMs)
        _ = try SignedIn(desk.refresh(Desk.firstToken(2)))
        desk.isAutomatic = false
        desk.run(ms: 100)
        #expect(desk.ask(.refresh(token: ""), proofs: desk.refreshProofs(Desk.firstToken(1))) == nil)
        desk.give(.commitFailed(try #require(desk.commit).id, .full))
        desk.run(ms: 2 * Self.minuteMs, hearing: [1])
        #expect(desk.told.last?.code == .sessionOver)
    }

    @Test("may be changed for one of another sign-in of its account, which it then lives by")
    func otherSession() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        let key = [UInt8](repeating: 77, count: 32)
        let first = try SignedIn(desk.signIn(key: key))
        let second = try SignedIn(desk.signIn(key: key))
        desk.give(.opened(Desk.socket(1), first.identity, address: "a", play: false, relay: nil))
        desk.give(.authenticate(Desk.socket(1), id: 1, .valid(second.identity)))
        #expect(desk.sent(to: 1).first?.message == .ok)
        #expect(
            desk.call(.logout, as: first.identity).map { if case .done = $0 { true } else { false } } == true)
        #expect(desk.closed(1) == nil)
        _ = desk.call(.logout, as: second.identity)
        #expect(desk.closed(1) == .signedOut)
    }

    @Test("of a guest ends with the guest")
    func guest() {
        var desk = Desk()
        var identity = Desk.guest(80)
        identity.expiresAtMs = desk.now.wallMs + 60_000
        desk.give(.opened(Desk.socket(1), identity, address: "a", play: false, relay: nil))
        desk.run(ms: 119_999, hearing: [1])
        #expect(desk.engine.counts.connections == 1)
        desk.run(ms: 1)
        #expect(desk.closed(1) == .sessionOver)
    }

    @Test("lives as long as the host lets access tokens live")
    func configured() {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.accessTokenSeconds = 30 }
        let identity = fresh(1, desk, lifeMs: 30_000)
        desk.give(.opened(Desk.socket(1), identity, address: "a", play: false, relay: nil))
        desk.run(ms: 31_999, hearing: [1])
        #expect(desk.engine.counts.connections == 1)
        desk.run(ms: 1)
        #expect(desk.closed(1) == .sessionOver)
    }
}
