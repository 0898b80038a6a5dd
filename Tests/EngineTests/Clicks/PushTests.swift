import Engine
import Game
import Protocol
import Testing

extension Answer {
    /// What a push was answered; nil for a refusal.
    var receipt: ClickReceipt? {
        if case .clicks(let receipt) = self { receipt } else { nil }
    }

    /// When to try again, in milliseconds.
    var retryAfterMs: Int? {
        if case .failure(let failure) = self { failure.retryAfterMs } else { nil }
    }
}

@Suite("Click pushes")
struct PushTests {
    @Test("an account over HTTP and a guest on a socket are told planet, sum and total once durable")
    func bothWays() throws {
        var desk = Desk.clicking()
        let game = try #require(desk.currentGame())
        let first = try #require(desk.push([30, 23], "a", as: Desk.account(1))?.receipt)
        #expect(first == ClickReceipt(game: game.game, planet: "earth", accepted: 53, total: 53))
        desk.give(.opened(Desk.socket(7), Desk.guest(80), address: "a", play: false, relay: nil))
        desk.run(ms: 100)
        desk.isAutomatic = false
        desk.say(7, .pushClicks(ClickPush(clicks: [4], batchID: "b")), id: 5)
        #expect(desk.sent(to: 7).isEmpty, "nothing is told before it is durable")
        #expect(desk.currentGame()?.planets.map(\.clicks) == [53, 0])
        desk.pass(ms: 25)
        desk.give(.wake)
        desk.give(.committed(CommitID(rawValue: desk.commits)))
        let receipt = ClickReceipt(game: game.game, planet: "mars", accepted: 4, total: 4)
        #expect(
            desk.sent(to: 7) == [ServerEnvelope(replyTo: 5, .clicksAccepted(receipt, batchID: "b"))])
        #expect(desk.currentGame()?.planets.map(\.clicks) == [53, 4])
        #expect(desk.currentGame()?.planets.map(\.players) == [1, 1])
    }

    @Test("each gets the planet with fewer players, keeps it, and total is the sign-in's own")
    func planets() {
        var desk = Desk.clicking()
        var planets: [String?] = []
        for number in 1...4 as ClosedRange<UInt64> {
            planets.append(desk.push([1], as: Desk.account(number))?.receipt?.planet)
        }
        #expect(planets == ["earth", "mars", "earth", "mars"])
        desk.pass(ms: 5_000)
        #expect(desk.push([2], as: Desk.account(2))?.receipt?.planet == "mars")
        desk.pass(ms: 5_000)
        var elsewhere = Desk.account(2)
        elsewhere.sessionID = Identifier(rawValue: 9_999)
        elsewhere.kind = .guest(name: "the same holder by another token")
        let receipt = desk.push([3], as: elsewhere)?.receipt
        #expect(receipt?.planet == "mars")
        #expect(receipt?.total == 3)
        #expect(desk.currentGame()?.planets.map(\.players) == [2, 2])
        #expect(desk.currentGame()?.planets.map(\.clicks) == [2, 7])
    }

    @Test(
        "without a token that is worth something nothing is pushed",
        arguments: [
            (Credential.none, ErrorCode.unauthorized), (.invalid, .unauthorized), (.expired, .tokenExpired),
        ])
    func tokens(_ credential: Credential, _ code: ErrorCode) {
        var desk = Desk.clicking()
        #expect(desk.settle(Desk.pushing([1]), credential)?.code == code)
    }

    @Test(
        "numbers that nobody clicks are refused before the time is looked at",
        arguments: [
            [], [0], [-1], [5, 0], [Int](repeating: 1, count: 65), [1001], [Int.max], [Int.max, Int.max],
            [500, 501],
        ])
    func implausible(_ clicks: [Int]) {
        var desk = Desk.clicking()
        #expect(desk.push(clicks, as: Desk.account(1))?.code == .implausibleClicks)
        #expect(desk.push([1000], as: Desk.account(1))?.receipt?.accepted == 1000, "a first push's credit")
        #expect(desk.push(clicks, as: Desk.account(1))?.code == .implausibleClicks, "form before time")
        #expect(desk.engine.counts.clicks.refusals == [.implausibleClicks: 2])
    }

    @Test("a push may come a fifth early; an earlier one is told how long to wait, and what it may hold then")
    func tooSoon() {
        var desk = Desk.clicking()
        #expect(desk.push([1], as: Desk.account(1))?.receipt != nil)
        desk.pass(ms: 2_000)
        let refusal = desk.ask(Desk.pushing([1]), .valid(Desk.account(1)))
        #expect(refusal?.code == .pushTooSoon)
        #expect((1_900...2_000).contains(refusal?.retryAfterMs ?? 0))
        desk.pass(ms: Int64(refusal?.retryAfterMs ?? 0) - 1)
        #expect(desk.ask(Desk.pushing([1]), .valid(Desk.account(1)))?.code == .pushTooSoon)
        desk.pass(ms: 1)
        #expect(desk.ask(Desk.pushing([81]), .valid(Desk.account(1)))?.code == .implausibleClicks)
        #expect(desk.push([80], as: Desk.account(1))?.receipt?.total == 81)
    }

    @Test("without a running game there is nothing to push to")
    func noGame() {
        var desk = Desk.clicking(seconds: 0)
        let answer = desk.push([1], "a", as: Desk.account(1))
        #expect(answer?.code == .noActiveGame)
        #expect(desk.ask(.clicks(.current))?.code == .noActiveGame)
        #expect(desk.push([1], "a", as: Desk.account(1))?.code == .noActiveGame)
    }

    @Test("an account is flagged after three implausible pushes, a guest never")
    func flags() {
        var desk = Desk.clicking()
        for number in 1...4 {
            #expect(desk.push([0], as: Desk.account(1))?.code == .implausibleClicks)
            #expect(desk.push([0], as: Desk.guest(80))?.code == .implausibleClicks)
            desk.run(ms: 100)
            #expect(Shelf(desk.kept).flags.count == (number < 3 ? 0 : 1))
        }
        #expect(Shelf(desk.kept).flags.first?.account == Identifier(rawValue: 1))
        #expect(Shelf(desk.kept).flags.first?.reason == .implausibleClicks)
    }

    @Test("a push is a game action: it moves the idle deadline of whoever plays, and nobody else's")
    func idle() {
        var desk = Desk.clicking()
        desk.play(1)
        let account = Identifier(rawValue: 1)
        let before = desk.engine.idleDeadlineUs(of: account) ?? 0
        desk.pass(ms: 7_000)
        #expect(desk.push([0], as: Desk.account(1))?.code == .implausibleClicks)
        #expect(desk.engine.idleDeadlineUs(of: account) == before, "a refused one is none")
        let pushedUs = desk.now.monotonicUs
        #expect(desk.push([1], as: Desk.account(1))?.receipt != nil)
        #expect(desk.engine.idleDeadlineUs(of: account) == pushedUs + 120_000_000)
        #expect(desk.push([1], as: Desk.account(2))?.receipt != nil)
        #expect(desk.engine.state(of: Identifier(rawValue: 2)) == .afk)
    }
}
