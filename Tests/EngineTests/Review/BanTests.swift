import Engine
import Game
import Protocol
import Testing

@Suite("A ban")
struct BanTests {
    private let call = HostCallID(rawValue: 3)

    private func tell(_ desk: inout Desk, _ command: HostCommand) -> HostAnswer? {
        desk.give(.host(call, command))
        var effects = desk.effects
        desk.pass(ms: 25)
        desk.give(.wake)
        effects += desk.effects
        desk.effects = effects
        for case .answerHost(call, let answer) in effects { return answer }
        return nil
    }

    @Test("closes sockets, takes the place, and refuses everything with its reason")
    func banned() throws {
        var desk = Stock.desk()
        desk.play(1)
        guard case .done = tell(&desk, .ban(account: "Player 1", reason: "burst")) else {
            Issue.record("not done")
            return
        }
        #expect(desk.closed(1) == .banned)
        #expect(desk.engine.state(of: Identifier(rawValue: 1)) == .afk)
        for route in [Route.me, .skins(.list), .skins(.purchase(Stock.id("noir"))), .undoPixel, .logout] {
            guard case .failure(let failure) = desk.ask(route, .valid(Desk.account(1))) else {
                Issue.record("\(route)")
                continue
            }
            #expect(failure.code == .banned)
            #expect(failure.message.contains("burst"))
        }
        #expect(desk.ask(.webSocket(play: false, relay: nil), .valid(Desk.account(1)))?.code == .banned)
        desk.open(1, on: 900)
        #expect(desk.closed(900) == .banned)
        #expect(desk.ask(.canvas, .valid(Desk.account(1)))?.code == nil, "what is open to all stays open")
        #expect(desk.me(2) != nil)
    }

    @Test("refuses sign-in and refresh, and ends when it is lifted")
    func signIn() throws {
        var desk = Stock.desk()
        let key = [UInt8](repeating: 7, count: 32)
        let first = try SignedIn(desk.signIn(key: key))
        guard case .done = tell(&desk, .ban(account: first.identity.id.description, reason: "cheating"))
        else {
            Issue.record("not done")
            return
        }
        #expect(desk.signIn(key: key)?.code == .banned)
        #expect(desk.refresh(first.refreshToken)?.code == .banned)
        guard case .done = tell(&desk, .unban(account: first.identity.id.description)) else {
            Issue.record("not lifted")
            return
        }
        let second = try SignedIn(desk.refresh(first.refreshToken))
        #expect(second.identity.id == first.identity.id)
        #expect(try SignedIn(desk.signIn(key: key)).identity.id == first.identity.id)
    }

    @Test("that doesn't become durable never was")
    func failure() throws {
        var desk = Stock.desk()
        desk.play(1)
        desk.isAutomatic = false
        desk.give(.host(call, .ban(account: "Player 1", reason: "x")))
        #expect(desk.closed(1) == nil, "not before it is durable")
        desk.run(ms: 50)
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        #expect(
            desk.effects.contains { if case .answerHost(call, .refused) = $0 { true } else { false } })
        desk.give(.storageProbed(nil))
        desk.isAutomatic = true
        #expect(desk.me(1) != nil)
        #expect(desk.closed(1) == nil)
    }

    @Test("ends the run under way and takes the account's best off the board")
    func run() throws {
        var desk = Stock.desk()
        _ = try desk.play(.dot, as: 1, hits: 9)
        #expect(try desk.play(.dot, as: 2, hits: 5).rank == 2)
        var player = try desk.startRun(.dot, as: 1)
        try desk.hit(&player)
        _ = tell(&desk, .ban(account: "Player 1", reason: "x"))
        desk.run(ms: 40_000)
        #expect(desk.runs.last?.result.reason == .left)
        #expect(try desk.play(.dot, as: 2, hits: 5).rank == 1)
        _ = tell(&desk, .unban(account: "Player 1"))
        #expect(try desk.play(.dot, as: 2, hits: 5).rank == 2)
    }

    @Test("keeps an account from being paid for games that were under way")
    func unpaid() throws {
        var desk = Desk.clicking(seconds: 60)
        for number in [1, 2] as [UInt64] {
            desk.open(number)
            desk.say(number, .pushClicks(ClickPush(clicks: [40], batchID: "b")))
        }
        desk.run(ms: 1_000)
        guard case .done = tell(&desk, .ban(account: "Player 1", reason: "x")) else {
            Issue.record("not banned")
            return
        }
        desk.run(ms: 70_000)
        #expect(desk.entries(of: 1).isEmpty)
        #expect(desk.entries(of: 2).count == 1)
        #expect(Shelf(desk.kept).scores.map(\.account.rawValue) == [2])
    }

    @Test("and its end have a board read anew, though it was read a moment ago")
    func boards() throws {
        var desk = Stock.desk()
        func isKept(_ desk: inout Desk) throws -> Bool {
            guard desk.ask(.leaderboard(.clicks, .all)) == nil else { return true }
            desk.give(.queryAnswered(try #require(desk.query).id, .leaderboard([])))
            return false
        }
        #expect(try !isKept(&desk))
        #expect(try isKept(&desk))
        for command in [HostCommand.ban(account: "Player 1", reason: "x"), .unban(account: "Player 1")] {
            _ = tell(&desk, command)
            #expect(try !isKept(&desk))
            #expect(try isKept(&desk))
        }
    }

    @Test("and flags are asked for by id or name; whoever isn't there is said so")
    func unknown() {
        var desk = Stock.desk()
        for command in [
            HostCommand.ban(account: "nobody", reason: "x"), .unban(account: "nobody"),
            .clearFlags(account: "nobody"),
        ] {
            guard case .refused(.notFound, _) = tell(&desk, command) else {
                Issue.record("\(command)")
                continue
            }
        }
        guard case .done = tell(&desk, .clearFlags(account: "Player 2")) else {
            Issue.record("not cleared")
            return
        }
        #expect(
            desk.kept.contains {
                if case .flagsCleared(Identifier(rawValue: 2), _) = $0 { true } else { false }
            })
    }

    @Test("is seen, with its reason, in the list of all accounts")
    func listed() {
        var desk = Stock.desk()
        _ = tell(&desk, .ban(account: "Player 2", reason: "burst"))
        guard case .accounts(let accounts, _) = tell(&desk, .list(all: true)) else {
            Issue.record("no list")
            return
        }
        #expect(accounts.filter { $0.banReason != nil }.map(\.name) == ["Player 2"])
        #expect(accounts.compactMap(\.banReason) == ["burst"])
    }

    @Test("is seen in the list of flags, which storage gives")
    func flags() throws {
        var desk = Stock.desk()
        desk.give(.host(call, .flags))
        let query = try #require(desk.query)
        #expect(query.query == .flags)
        let flag = HostFlag(
            account: AccountName(id: Identifier(rawValue: 1), name: "Player 1"), reason: "burst",
            evidence: "run x", atMs: 5, isBanned: true)
        desk.give(.queryAnswered(query.id, .flags([flag])))
        #expect(
            desk.effects.contains { if case .answerHost(call, .flags([flag])) = $0 { true } else { false } })
    }
}
