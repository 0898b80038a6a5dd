import Engine
import Protocol
import Testing

@Suite("A terminal's sign-in in a browser")
struct DeviceFlowTests {
    @Test("goes from the code to the session, once")
    func whole() throws {
        var desk = Desk.withGoogle()
        let terminal = try desk.terminal(client: "my bot", from: "10.1.2.3")
        #expect(desk.poll(terminal, afterMs: 0)?.code == .authorizationPending)
        desk.run(ms: 30_000)
        guard case .confirm(let ask) = desk.enter(terminal.code.description.lowercased()) else {
            Issue.record("no question")
            return
        }
        #expect(ask.client == "my bot")
        #expect(ask.address == "10.1.2.3")
        #expect(ask.ageSeconds == 30)
        #expect(ask.linksTo == nil)
        #expect(desk.poll(terminal)?.code == .authorizationPending)
        #expect(desk.decide(terminal, true) == .leave(terminal.code))
        #expect(desk.poll(terminal)?.code == .authorizationPending)
        guard case .page(.allowed) = desk.comeBack(terminal, as: desk.holder()) else {
            Issue.record("not allowed")
            return
        }
        let session = try SignedIn(desk.poll(terminal))
        #expect(session.name == "Ada L.")
        #expect(try desk.me(session.identity).google == true)
        #expect(desk.poll(terminal)?.code == .expiredToken)
        #expect(desk.enter(terminal.code.description) == .form(code: nil, .unknownCode))
    }

    @Test("may be denied, and is over then")
    func denied() throws {
        var desk = Desk.withGoogle()
        let terminal = try desk.terminal()
        #expect(desk.decide(terminal, false) == .denied)
        #expect(desk.enter(terminal.code.description) == .form(code: nil, .unknownCode))
        #expect(desk.comeBack(terminal, as: desk.holder())?.code == .expiredToken)
        #expect(desk.poll(terminal)?.code == .accessDenied)
        #expect(desk.poll(terminal)?.code == .expiredToken)
        #expect(desk.engine.counts.accounts == 0)
    }

    @Test("slows down whoever polls too fast, each time more")
    func slowDown() throws {
        var desk = Desk.withGoogle()
        let terminal = try desk.terminal()
        #expect(desk.poll(terminal, afterMs: 0)?.code == .authorizationPending)
        #expect(desk.poll(terminal, afterMs: 4_999)?.code == .slowDown)
        #expect(desk.poll(terminal, afterMs: 9_999)?.code == .slowDown)
        #expect(desk.poll(terminal, afterMs: 14_999)?.code == .slowDown)
        #expect(desk.poll(terminal, afterMs: 20_000)?.code == .authorizationPending)
    }

    @Test("lasts a quarter of an hour")
    func expiry() throws {
        var desk = Desk.withGoogle()
        let terminal = try desk.terminal()
        desk.run(ms: 15 * 60_000 - 1)
        #expect(desk.poll(terminal, afterMs: 0)?.code == .authorizationPending)
        desk.run(ms: 1)
        #expect(desk.enter(terminal.code.description) == .form(code: nil, .unknownCode))
        #expect(desk.comeBack(terminal, as: desk.holder())?.code == .expiredToken)
        #expect(desk.poll(terminal)?.code == .expiredToken)
    }

    @Test("is nobody's whose code was never given")
    func unknown() {
        var desk = Desk.withGoogle()
        let stranger = Terminal(code: UserCode(random: [1, 1, 1, 1, 1, 1, 1, 1])!, hash: [1, 2, 3])
        #expect(desk.poll(stranger)?.code == .expiredToken)
        #expect(desk.comeBack(stranger, as: desk.holder())?.code == .expiredToken)
    }

    @Test("takes a browser's way back once, and no token twice")
    func singleReturn() throws {
        var desk = Desk.withGoogle()
        let terminal = try desk.terminal()
        let holder = desk.holder()
        _ = desk.allow(terminal, as: holder)
        #expect(desk.comeBack(terminal, as: desk.holder("2"))?.code == .expiredToken)
        #expect(desk.show(holder)?.code == .invalidIDToken)
        let other = try desk.terminal()
        #expect(desk.allow(other, as: holder)?.code == .invalidIDToken)
        #expect(desk.poll(other)?.code == .authorizationPending)
    }

    @Test("can be used again where storage didn't keep what it brought")
    func failedCommit() throws {
        var desk = Desk.withGoogle()
        let terminal = try desk.terminal()
        _ = desk.allow(terminal, as: desk.holder())
        desk.isAutomatic = false
        #expect(desk.poll(terminal) == nil)
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        #expect(desk.engine.counts.accounts == 0)
        #expect(desk.poll(terminal, afterMs: 5_000)?.code == .storageUnavailable)
        desk.give(.storageProbed(nil))
        desk.isAutomatic = true
        #expect(try SignedIn(desk.poll(terminal)).name == "Ada L.")
    }

    @Test("waits in so many terminals an address, and forgets those that are over")
    func crowded() throws {
        var desk = Desk.withGoogle()
        for _ in 0..<Limits.maxDeviceGrantsPerAddress { _ = try desk.terminal() }
        #expect(desk.authorize()?.code == .rateLimited)
        _ = try desk.terminal(from: "10.0.0.2")
        desk.run(ms: Int64(Limits.deviceGrantSeconds) * 1000)
        _ = try desk.terminal()
    }

    @Test("is forgotten in time, too, where storage didn't keep what it brought")
    func failedAndForgotten() throws {
        var desk = Desk.withGoogle()
        let terminal = try desk.terminal()
        _ = desk.allow(terminal, as: desk.holder())
        desk.isAutomatic = false
        #expect(desk.poll(terminal) == nil)
        _ = try desk.terminal(from: "10.0.0.2")
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        desk.give(.storageProbed(nil))
        desk.isAutomatic = true
        desk.run(ms: Int64(Limits.deviceGrantSeconds) * 1000)
        for _ in 0..<Limits.maxDeviceGrantsPerAddress { _ = try desk.terminal() }
    }

    @Test("is forgotten where storage didn't keep what it brought and its time is over meanwhile")
    func failedTooLate() throws {
        var desk = Desk.withGoogle()
        for _ in 0..<Limits.maxDeviceGrantsPerAddress {
            let terminal = try desk.terminal()
            _ = desk.allow(terminal, as: desk.holder())
            desk.isAutomatic = false
            desk.run(ms: Int64(Limits.deviceGrantSeconds) * 1_000 - 6_000)
            #expect(desk.poll(terminal) == nil)
            desk.run(ms: 2_000)
            _ = desk.authorize(from: "10.0.0.2")
            desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
            desk.give(.storageProbed(nil))
            desk.isAutomatic = true
            desk.run(ms: Int64(Limits.deviceGrantSeconds) * 1_000)
        }
        for _ in 0..<Limits.maxDeviceGrantsPerAddress { _ = try desk.terminal() }
    }

    @Test("counts as a sign-in of its address")
    func rated() throws {
        var desk = Desk.withGoogle { $0.signInRate = Rate(perSecond: 1, burst: 2) }
        _ = try desk.terminal()
        _ = try desk.terminal()
        #expect(desk.authorize()?.code == .rateLimited)
    }
}

@Suite("Codes entered in a browser")
struct CodeEntryTests {
    private static let wrong = "BBBB-BBBB"

    @Test("lock an address out after five that nobody was given, even one that knows a right one")
    func lockout() throws {
        var desk = Desk.withGoogle()
        let terminal = try desk.terminal()
        let right = terminal.code.description
        for _ in 0..<2 {
            #expect(desk.enter(Self.wrong) == .form(code: nil, .unknownCode))
            desk.run(ms: 10_000)
        }
        guard case .confirm = desk.enter(right) else {
            Issue.record("a right code is taken")
            return
        }
        for _ in 0..<3 {
            desk.run(ms: 10_000)
            #expect(desk.enter(Self.wrong) == .form(code: nil, .unknownCode))
        }
        guard case .form(_, .locked(let retryAfterMs)) = desk.enter(right) else {
            Issue.record("not locked out")
            return
        }
        #expect(retryAfterMs == Limits.codeLockMs)
        guard case .form(_, .locked) = desk.decide(terminal, true) else {
            Issue.record("a decision needs a code, too")
            return
        }
        guard case .confirm = desk.enter(right, from: "10.8.8.8") else {
            Issue.record("others aren't locked out")
            return
        }
        desk.run(ms: Int64(Limits.codeLockMs))
        let fresh = try desk.terminal()
        guard case .confirm = desk.enter(fresh.code.description) else {
            Issue.record("still locked out")
            return
        }
    }

    @Test("that are no codes count as wrong ones, and so do decisions about them")
    func nonsense() throws {
        var desk = Desk.withGoogle()
        let stranger = Terminal(code: UserCode(random: [1, 1, 1, 1, 1, 1, 1, 1])!, hash: [])
        for _ in 0..<3 { #expect(desk.enter("' OR 1=1") == .form(code: nil, .unknownCode)) }
        for _ in 0..<2 { #expect(desk.decide(stranger, false) == .form(code: nil, .unknownCode)) }
        guard case .form(_, .locked) = desk.enter(Self.wrong) else {
            Issue.record("not locked out")
            return
        }
    }

    @Test("that were decided already, or whose account is gone, are over, and lock nobody out")
    func decided() throws {
        var desk = Desk.withGoogle()
        let terminal = try desk.terminal()
        #expect(desk.decide(terminal, false) == .denied)
        for _ in 0..<9 { #expect(desk.decide(terminal, false) == .form(code: nil, .unknownCode)) }
        let key = [UInt8](repeating: 55, count: 32)
        let player = try SignedIn(desk.signIn(key: key, name: "Zoe")).identity
        let link = try desk.terminal(link: player)
        _ = desk.call(.deleteAccount, as: player)
        #expect(desk.enter(link.code.description) == .form(code: nil, .unknownCode))
        guard case .confirm = desk.enter(try desk.terminal().code.description) else {
            Issue.record("locked out")
            return
        }
    }

    @Test("are slowed down, right or wrong")
    func rate() throws {
        var desk = Desk.withGoogle { $0.signInRate = Rate(perSecond: 0.2, burst: 10) }
        let terminal = try desk.terminal()
        for _ in 0..<10 { _ = desk.enter(terminal.code.description) }
        guard case .form(_, .locked(let retryAfterMs)) = desk.enter(terminal.code.description) else {
            Issue.record("not slowed down")
            return
        }
        #expect(retryAfterMs <= 5_000)
    }

    @Test("a few wrong ones are forgotten in time")
    func forgotten() throws {
        var desk = Desk.withGoogle()
        for _ in 0..<3 {
            for _ in 0..<4 { #expect(desk.enter(Self.wrong) == .form(code: nil, .unknownCode)) }
            desk.run(ms: Int64(Limits.codeLockMs))
        }
    }
}
