import Engine
import Game
import Protocol
import Testing

@testable import Storage

@Suite("A record of what was played, earned or bought")
struct EconomyRecordTests {
    private let scratch: Scratch
    private let database: Database
    private let stock: Stock

    init() throws {
        scratch = try Scratch()
        stock = try Stock.ofTests()
        database = try Database.started(in: scratch.path, stock: stock)
    }

    @Test("of an account brings back its skin, streak and ban, and that they are no more")
    func keepsAccount() throws {
        var player = account(1)
        player.skin = stock.skins[0].id
        player.streak = LoginStreak(days: 3, lastDay: 20_600)
        player.banReason = "a \"bot\" – really"
        for _ in 0..<2 { try database.commit([.account(player)]) }
        #expect(try database.recoverSmall().accounts == [player, account(2), account(3)])
        try database.commit([.account(account(1))])
        #expect(try database.recoverSmall().accounts.first == account(1))
        database.close()
    }

    @Test("of an account whose skin a host took out of the table brings it back without one")
    func forgetsLostSkin() throws {
        var player = account(1)
        player.skin = stock.skins[0].id
        try database.commit([.account(player)])
        database.close()
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        try connection.execute("DELETE FROM skins WHERE id = '\(stock.skins[0].id)'")
        connection.close()
        let again = try Database(directory: scratch.path)
        let found = try #require(try again.recoverSmall().accounts.first)
        #expect(found == account(1))
        try again.commit([.account(found)])
        again.close()
    }

    @Test("of points is an entry for each reason and source, once however often it is written")
    func countsPointsOnce() throws {
        var records: [Record] = []
        for (index, reason) in PointsRecord.Reason.allCases.enumerated() {
            for source in ["one", "two"] {
                records.append(
                    .points(
                        PointsRecord(
                            account: account(2).id, points: 3 - index, reason: reason, source: source,
                            atMs: 1_500)))
            }
        }
        for _ in 0..<3 { try database.commit(records) }
        let words = PointsRecord.Reason.allCases.map(\.rawValue)
        #expect(words == ["click_game", "relay", "arcade", "login_bonus", "purchase"])
        #expect(
            try rows(
                "name || ' ' || points || ' ' || reason || ' ' || source || ' ' || at",
                of: "point_entries_readable ORDER BY id", in: scratch)
                == words.enumerated().flatMap { index, word in
                    ["one", "two"].map {
                        "player 2 \(3 - index) \(word) \($0) 1970-01-01T00:00:01.500Z"
                    }
                })
        database.close()
    }

    @Test("of a purchase counts once, however often it is written")
    func countsPurchaseOnce() throws {
        var buyer = account(1)
        buyer.points = 60
        let earned = PointsRecord(account: buyer.id, points: 100, reason: .relay, source: "r", atMs: 1)
        let skin = stock.skins[0]
        let purchase: [Record] = [
            .account(buyer),
            .points(
                PointsRecord(
                    account: buyer.id, points: -40, reason: .purchase, source: skin.id.rawValue, atMs: 2)),
            .skinOwned(OwnershipRecord(account: buyer.id, skin: skin.id, price: 40, atMs: 2)),
        ]
        try database.commit([.points(earned)])
        for _ in 0..<3 { try database.commit(purchase) }
        // The same skin again, at another time and price, is no second purchase.
        try database.commit([
            .skinOwned(OwnershipRecord(account: buyer.id, skin: skin.id, price: 90, atMs: 3)),
            .points(
                PointsRecord(
                    account: buyer.id, points: -90, reason: .purchase, source: skin.id.rawValue, atMs: 3)),
        ])
        let state = try database.recoverSmall()
        #expect(state.accounts.first?.points == 60)
        #expect(
            state.ownerships == [OwnershipRecord(account: buyer.id, skin: skin.id, price: 40, atMs: 2)])
        #expect(try unbalancedAccounts(in: scratch) == [])
        database.close()
    }

    @Test("of a deleted account's purchases isn't read at a start, and stays")
    func leavesOutDeletedOwners() throws {
        var gone = account(1)
        (gone.name, gone.deletedAtMs) = ("gone", 5)
        try database.commit([
            .skinOwned(OwnershipRecord(account: gone.id, skin: stock.skins[0].id, price: 40, atMs: 2)),
            .account(gone),
        ])
        #expect(try database.recoverSmall().ownerships.isEmpty)
        #expect(try rows("name || skin", of: "skin_ownerships_readable", in: scratch) == ["goneember"])
        database.close()
    }

    @Test("of a run keeps every point and the whole result, once", arguments: RunEndReason.allCases)
    func keepsRun(reason: RunEndReason) throws {
        let counted = run(900, of: account(1).id, .steps, score: 12_345, reason, rank: 3, paid: 17)
        let other = run(901, of: account(2).id, .shakyDot, score: 0, reason, rank: nil)
        for _ in 0..<2 { try database.commit([.run(counted), .run(other)]) }
        #expect(
            try rows(
                """
                id || ' ' || game || ' ' || name || ' ' || seed || ' ' || points || ' ' || reason || ' ' ||
                    score || ' ' || coalesce(rank, '-') || ' ' || coalesce(multiplier_percent, '-') || ' ' ||
                    profile_points || ' ' || started_at || ' ' || ended_at
                """, of: "arcade_games_readable ORDER BY id", in: scratch)
                == [
                    "\(counted.id) steps player 1 fedcba9876543594 [[3,4,500],[17,9,1100]] \(reason.rawValue)"
                        + " 12345 3 200 17 1970-01-01T00:00:30.000Z 1970-01-01T00:01:00.000Z",
                    "\(other.id) shaky_dot player 2 fedcba9876543595 [[3,4,500],[17,9,1100]]"
                        + " \(reason.rawValue) 0 - - 0 1970-01-01T00:00:30.000Z 1970-01-01T00:01:00.000Z",
                ])
        database.close()
    }

    @Test("of a run without a point keeps an empty list")
    func keepsEmptyRun() throws {
        var empty = run(900, of: account(1).id, score: 0, .left, rank: nil)
        empty.points = []
        try database.commit([.run(empty)])
        #expect(try rows("points", of: "arcade_games", in: scratch) == ["[]"])
        database.close()
    }

    @Test("of a skin brings it back with its colors in order, takes another's place, and owners keep it")
    func keepsSkin() throws {
        var new = try skin("aurora", title: "Über \"Aurora\"", price: 7)
        for _ in 0..<2 { try database.commit([.skin(new)]) }
        try database.commit([
            .skinOwned(OwnershipRecord(account: account(1).id, skin: new.id, price: 7, atMs: 1))
        ])
        #expect(try database.recoverSmall().skins == [new] + stock.skins)
        new.title = "Aurora II"
        new.inputs[.trail] = ["sand", "sand", "ink", "mint", "coral"]
        new.inputs[.cursor] = ["mint", "ink"]
        try database.commit([.skin(new)])
        let state = try database.recoverSmall()
        #expect(state.skins == [new] + stock.skins)
        #expect(state.ownerships.map(\.skin) == [new.id])
        #expect(
            try rows(
                "input || ' ' || place || ' ' || name || ' ' || color",
                of: "skin_input_values_readable WHERE skin = 'aurora' AND input = 'cursor' ORDER BY place",
                in: scratch) == ["cursor 0 mint #14c807", "cursor 1 ink #0ac807"])
        database.close()
    }

    @Test("of a skin with a color that there is none of is refused")
    func refusesUnknownColor() throws {
        let unknown = try skin("aurora", ["ink", "sand", "mint", "gold"])
        #expect(throws: StorageFault.self) { try database.commit([.skin(unknown)]) }
        database.close()
    }
}
