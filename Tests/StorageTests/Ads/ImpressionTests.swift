import Engine
import Protocol
import Testing

@testable import Storage

@Suite("A record of an impression")
struct ImpressionTests {
    private let scratch: Scratch
    private let database: Database

    init() throws {
        scratch = try Scratch()
        database = try Database.started(in: scratch.path, stock: .ofTests())
    }

    @Test("is found by a start until the ad was seen to its end, oldest first, an account's and a guest's")
    func isFound() throws {
        let high = try impression(0xfedc_ba98_7654_3210, atMs: 900)
        let ours = try impression(7, atMs: 900)
        let theirs = try impression(3, of: "mars", to: 0xfedc_ba98_0000_0009, isGuest: true, atMs: 1_500)
        for _ in 0..<2 { try database.commit([high, theirs, ours].map { .impression($0) }) }
        #expect(try database.recoverSmall().impressions == [ours, high, theirs])
        var seen = ours
        seen.completedAtMs = 6_000
        try database.commit([.impression(seen)])
        #expect(try database.recoverSmall().impressions == [high, theirs])
        database.close()
    }

    @Test("counts as seen once and at its first time, whatever is written again")
    func countsOnce() throws {
        let shown = try impression(7, atMs: 900)
        for completedAtMs in [nil, 6_000, 7_000, nil] as [Int64?] {
            var again = shown
            again.completedAtMs = completedAtMs
            try database.commit([.impression(again)])
        }
        #expect(try database.recoverSmall().impressions.isEmpty)
        #expect(
            try rows(
                "id || ' ' || ad || ' ' || name || ' ' || kind || ' ' || page || shown_at || completed_at",
                of: "ad_impressions_readable", in: scratch)
                == [
                    "\(shown.id) earth player 1 account arcade"
                        + "1970-01-01T00:00:00.900Z1970-01-01T00:00:06.000Z"
                ])
        #expect(
            try rows("id || ' ' || shown || ' ' || completed", of: "ads_readable ORDER BY id", in: scratch)
                == ["earth 1 1", "mars 0 0"])
        database.close()
    }

    @Test("is found for as long as it may be seen to its end")
    func ages() throws {
        let shown = try impression(7, atMs: 5_000)
        try database.commit([.impression(shown)])
        let endMs = 5_000 + Int64(Limits.impressionLifetimeMs)
        #expect(try database.recoverSmall(nowMs: endMs - 1).impressions == [shown])
        #expect(try database.recoverSmall(nowMs: endMs).impressions.isEmpty)
        database.close()
    }

    @Test("of an ad that a host has taken out of the table is let go, and nothing else with it")
    func lacksAd() throws {
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        try connection.execute("DELETE FROM ads WHERE id = 'mars'")
        connection.close()
        let shown = try impression(7)
        try database.commit([.impression(try impression(8, of: "mars")), .impression(shown)])
        #expect(try database.recoverSmall().impressions == [shown])
        database.close()
    }

    @Test("keeps an ad that it refers to in the table")
    func keepsAd() throws {
        try database.commit([.impression(try impression(7))])
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        try connection.execute("PRAGMA foreign_keys = ON")
        #expect(throws: SQLiteFailure.self) {
            try connection.execute("DELETE FROM ads WHERE id = 'earth'")
        }
        connection.close()
        database.close()
    }
}
