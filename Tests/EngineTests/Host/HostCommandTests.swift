import Engine
import Protocol
import Testing

@Suite("A host's commands")
struct HostCommandTests {
    private static let call = HostCallID(rawValue: 1)

    /// Gives a command and returns its answer, if one came.
    private func obey(_ desk: inout Desk, _ command: HostCommand) -> HostAnswer? {
        desk.give(.host(Self.call, command))
        return answer(desk)
    }

    private func answer(_ desk: Desk) -> HostAnswer? {
        for case .answerHost(Self.call, let answer) in desk.effects { return answer }
        return nil
    }

    private func list(_ desk: inout Desk, all: Bool = false) -> [HostAccount] {
        guard case .accounts(let accounts, _) = obey(&desk, .list(all: all)) else { return [] }
        return accounts
    }

    private static func id(_ number: UInt64) -> Identifier { Identifier(rawValue: number) }

    @Test("list shows who plays, who waits in order, who is connected and who has a role")
    func lists() {
        var desk = Desk(recovered: Desk.withAccounts()) {
            $0.maxPlayers = 2
            $0.admins = [Identifier(rawValue: 9)]
        }
        for number in [4, 3, 7, 5] as [UInt64] { desk.play(number) }
        desk.lose(4)
        desk.lose(7)
        desk.open(2)
        desk.run(ms: 20_000, hearing: [2, 3, 5])
        let accounts = list(&desk)
        #expect(accounts.map(\.id.rawValue) == [3, 4, 7, 5, 2, 9])
        #expect(accounts.map(\.status) == [.playing, .stalled, .queued, .queued, .afk, .afk])
        #expect(accounts.map(\.position) == [nil, nil, 1, 2, nil, nil])
        #expect(accounts.map(\.idleLeftMs) == [100_000, 100_000, nil, nil, nil, nil])
        #expect(accounts.map(\.isConnected) == [true, false, false, true, true, false])
        #expect(accounts.map(\.role) == [.player, .player, .player, .player, .player, .admin])
        #expect(accounts.allSatisfy { $0.sessions == 1 })
        #expect(accounts.first?.name == "Player 3")
        #expect(list(&desk, all: true).map(\.id.rawValue) == Array(1...9))
    }

    @Test("list shows no more than its limit, and says how many there are")
    func limit() {
        var desk = Desk(recovered: Desk.withAccounts(UInt64(Limits.maxListedAccounts) + 5))
        guard case .accounts(let accounts, let total) = obey(&desk, .list(all: true)) else {
            Issue.record("no list")
            return
        }
        #expect(accounts.count == Limits.maxListedAccounts)
        #expect(total == Limits.maxListedAccounts + 5)
    }

    @Test("kick ends play and closes the socket with 4005; the place is free, and the account may come again")
    func kickPlaying() {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.maxPlayers = 1 }
        desk.play(1)
        desk.play(2)
        #expect(obey(&desk, .kick(account: Self.id(1).description)) == .done("Player 1 was kicked."))
        #expect(desk.closed(1) == .banned)
        #expect(!CloseCode.banned.allowsReconnect)
        #expect(desk.status(to: 2) == desk.playing())
        #expect(desk.logs.contains(.kicked(account: Self.id(1))))
        desk.open(1, on: 10)
        #expect(desk.sent(to: 10).count == 1, "it is afk")
        desk.say(10, .play)
        #expect(desk.engine.queue == [Self.id(1)])
    }

    @Test("kick takes whoever is anywhere, and says so of who isn't here or doesn't exist")
    func kickOthers() {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.maxPlayers = 1 }
        desk.play(1)
        desk.lose(1)
        desk.play(2)
        desk.lose(2)
        desk.play(3)
        desk.open(4)
        for number in 1...4 as ClosedRange<UInt64> {
            #expect(
                obey(&desk, .kick(account: Self.id(number).description))
                    == .done("Player \(number) was kicked."))
        }
        #expect(desk.engine.counts.players + desk.engine.counts.queued + desk.engine.counts.connections == 0)
        #expect(obey(&desk, .kick(account: Self.id(1).description)) == .done("Player 1 is not here."))
        guard case .refused(.notFound, _) = obey(&desk, .kick(account: Self.id(99).description)) else {
            Issue.record("there is no account 99")
            return
        }
    }

    @Test("an account may be called by its name, in any case")
    func names() {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(3)
        #expect(obey(&desk, .kick(account: "pLAYER 3")) == .done("Player 3 was kicked."))
        #expect(desk.closed(3) == .banned)
        guard case .refused(.notFound, let words) = obey(&desk, .kick(account: "No\u{1b}body")) else {
            Issue.record("nobody is called so")
            return
        }
        #expect(!words.contains("\u{1b}"))
    }

    private func roles(_ desk: inout Desk, _ number: UInt64) -> [String]? {
        if case .me(let me) = desk.ask(.me, .valid(Desk.account(number))) { me.roles } else { nil }
    }

    @Test("grant gives a role and takes it away, durably; new tokens carry it")
    func grants() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.run(ms: 100)
        #expect(
            obey(&desk, .grant(account: Self.id(1).description, role: .moderator))
                == .done("Player 1 is moderator."))
        let kept = desk.kept.compactMap { if case .account(let account) = $0 { account.role } else { nil } }
        #expect(kept == [.moderator])
        #expect(roles(&desk, 1) == ["player", "moderator"])
        #expect(roles(&desk, 2) == ["player"])
        let renewed = try SignedIn(desk.refresh(Desk.firstToken(1)))
        #expect(renewed.identity.role == .moderator)
        desk.run(ms: 100)
        #expect(
            obey(&desk, .grant(account: Self.id(1).description, role: .player))
                == .done("Player 1 is player."))
        #expect(roles(&desk, 1) == ["player"])
        #expect(try SignedIn(desk.refresh(renewed.refreshToken)).identity.role == .player)
        guard
            case .refused(.notFound, _) = obey(&desk, .grant(account: Self.id(99).description, role: .admin))
        else {
            Issue.record("there is no account 99")
            return
        }
    }

    @Test("grant is answered once durable, and taken back where storage doesn't keep it")
    func grantFails() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        _ = desk.ask(.me, .valid(Desk.account(1)))
        desk.run(ms: 100)
        desk.isAutomatic = false
        #expect(obey(&desk, .grant(account: Self.id(1).description, role: .admin)) == nil)
        desk.give(.commitFailed(try #require(desk.commit).id, .full))
        guard case .refused(.storageUnavailable, _) = answer(desk) else {
            Issue.record("not refused")
            return
        }
        #expect(roles(&desk, 1) == ["player"])
        guard
            case .refused(.storageUnavailable, _) = obey(
                &desk, .grant(account: Self.id(1).description, role: .admin))
        else {
            Issue.record("not refused")
            return
        }
    }

    @Test("--admin makes an account an admin whatever storage says")
    func admins() throws {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.admins = [Identifier(rawValue: 2)] }
        desk.run(ms: 100)
        #expect(roles(&desk, 2) == ["player", "moderator", "admin"])
        #expect(try SignedIn(desk.refresh(Desk.firstToken(2))).identity.role == .admin)
        desk.run(ms: 100)
        guard case .done(let words) = obey(&desk, .grant(account: Self.id(2).description, role: .player))
        else {
            Issue.record("not granted")
            return
        }
        #expect(words.contains("--admin"))
        #expect(roles(&desk, 2)?.last == "admin")
    }

    @Test("a role that storage kept is had after a restart")
    func recoveredRole() throws {
        var recovered = Desk.withAccounts()
        recovered.accounts[0].role = .admin
        var desk = Desk(recovered: recovered)
        #expect(roles(&desk, 1)?.last == "admin")
        #expect(try SignedIn(desk.refresh(Desk.firstToken(1))).identity.role == .admin)
    }
}
