import Engine
import Game
import Protocol
import Testing

@testable import Storage

@Suite("A question about clicks")
struct ClickQueryTests {
    private let scratch: Scratch
    private let database: Database

    init() throws {
        scratch = try Scratch()
        database = try Database.started(in: scratch.path)
        try database.commit([.clickGame(clickGame(69)), .clickGame(clickGame(70))])
    }

    @Test("of a sign-in that never pushed finds nothing")
    func findsNothing() {
        #expect(database.history(of: 5) == ClickHistory())
        #expect(database.history(of: 5, in: 99) == ClickHistory())
        database.close()
    }

    @Test(
        "finds the latest pushes with a name, oldest first, and whether there were more",
        arguments: [1, Limits.recentPushes, Limits.recentPushes + 1, 40])
    func findsRecent(count: Int) throws {
        let pushes = (1...count).map { number in
            push([number], session: 5, named: "batch \(count - number)", total: number * (number + 1) / 2)
        }
        for one in pushes {
            try database.commit([
                .clickPush(one), .clickPush(push([1], session: 5)),
                .clickPush(push([1], session: 6, named: "x\(one.total)")),
            ])
        }
        let history = try #require(database.history(of: 5))
        let expected = pushes.suffix(Limits.recentPushes).map {
            ClickHistory.Push(batchID: $0.batchID ?? "", receipt: $0.receipt)
        }
        #expect(history.recent == expected)
        #expect(history.hasOlder == (count > Limits.recentPushes))
        #expect(history.total == count * (count + 1) / 2 + count)
        #expect(history.planet == "earth")
        database.close()
    }

    @Test(
        "finds a name as it was given, byte by byte",
        arguments: ["a\u{0}b", "\u{0}", "e\u{301}", "\u{e9}", String(repeating: "🎨", count: 64)])
    func findsNames(name: String) throws {
        try database.commit([.clickPush(push([1], session: 5, named: name))])
        let found = try #require(database.history(of: 5)).recent.map(\.batchID)
        #expect(found.map { Array($0.utf8) } == [Array(name.utf8)])
        database.close()
    }

    @Test("tells pushes of any game, the total of the game asked about, and the planet there by any sign-in")
    func tellsGamesApart() throws {
        try database.commit([
            .clickPush(push([4], in: 69, session: 5, of: 1, isGuest: false, for: "mars", named: "a")),
            .clickPush(push([6], session: 5, of: 1, isGuest: false, named: "b")),
        ])
        for _ in 0..<2 {
            let before = try #require(database.history(of: 5, holder: 1, in: 69))
            let now = try #require(database.history(of: 5, holder: 1))
            let other = try #require(database.history(of: 6, holder: 1))
            #expect(before.recent.map(\.batchID) == ["a", "b"])
            #expect(before.recent.map(\.receipt.game.rawValue) == [69, 70])
            #expect((before.total, before.planet) == (4, "mars"))
            #expect((now.total, now.planet) == (6, "earth"))
            #expect((other.total, other.planet) == (0, "earth"))
            #expect(other.recent.isEmpty)
            // The same again from the tables alone.
            try database.commit([.clickGame(clickGame(69, .finished)), .clickGame(clickGame(70, .finished))])
        }
        database.close()
    }

    @Test("leads from a push's name to what its sign-in was told, and no other's")
    func findsReceipt() throws {
        let one = push([30, 23], session: 5, for: "mars", named: "Zoë 🎨", total: 99)
        try database.commit([.clickPush(one), .clickPush(push([1], session: 6, named: "b"))])
        func receipt(_ session: UInt64, _ batchID: String) throws -> ClickReceipt? {
            guard
                case .clickPush(let receipt) = database.answer(
                    .clickPush(session: Identifier(rawValue: session), batchID: batchID))
            else {
                Issue.record("the query failed")
                return nil
            }
            return receipt
        }
        #expect(
            try receipt(5, "Zoë 🎨") == ClickReceipt(game: one.game, planet: "mars", accepted: 53, total: 99))
        #expect(try receipt(5, "b") == nil)
        #expect(try receipt(6, "Zoë 🎨") == nil)
        #expect(try receipt(6, "") == nil)
        database.close()
    }

    @Test(
        "finds the accounts that contributed, over all their sign-ins, by their ids; guests aren't among them",
        arguments: [false, true])
    func findsContributors(isOver: Bool) throws {
        let high = account(0xfedc_ba98_7654_3210)
        try database.commit([
            .account(high), .clickPush(push([4, 5], session: 5, of: high.id.rawValue, isGuest: false)),
            .clickPush(push([1], session: 6, of: 2, isGuest: false, for: "mars")),
            .clickPush(push([2], session: 7, of: 2, isGuest: false, for: "mars")),
            .clickPush(push([50], session: 8)),
            .clickPush(push([50], in: 69, session: 8, of: 3, isGuest: false)),
        ])
        if isOver { try database.commit([.clickGame(clickGame(70, .finished))]) }
        guard
            case .clickContributors(let found) = database.answer(
                .clickContributors(game: Identifier(rawValue: 70))),
            case .clickContributors(let none) = database.answer(
                .clickContributors(game: Identifier(rawValue: 99)))
        else {
            Issue.record("a query failed")
            return
        }
        #expect(
            found == [
                ClickContributor(account: account(2).id, planet: "mars", clicks: 3),
                ClickContributor(account: high.id, planet: "earth", clicks: 9),
            ])
        #expect(none.isEmpty)
        database.close()
    }
}
