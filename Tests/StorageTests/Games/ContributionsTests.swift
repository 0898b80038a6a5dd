import Engine
import Game
import Protocol
import Testing

@testable import Storage

@Suite("A click game's contributions")
struct ContributionsTests {
    private let scratch: Scratch
    private let database: Database

    init() throws {
        scratch = try Scratch()
        database = try Database.started(in: scratch.path)
        try database.commit([.clickGame(clickGame(70))])
    }

    private func row(_ game: UInt64 = 70) throws -> String? {
        try rows("click_contributions", of: "game_queue WHERE id = \(game)", in: scratch).first
    }

    @Test("of planets without a push are empty, and of an unknown game there are none")
    func areEmpty() throws {
        #expect(database.contributions() == #"{"earth":{},"mars":{}}"#)
        #expect(database.contributions(of: 71) == nil)
        #expect(try row() == "{}")
        try database.commit([.clickContributions(game: Identifier(rawValue: 71))])
        try database.commit([.clickContributions(game: Identifier(rawValue: 70))])
        #expect(try row() == #"{"earth":{},"mars":{}}"#)
        database.close()
    }

    @Test("are the numbers of each sign-in as they came, sign-ins by their text, planets in order")
    func areInOrder() throws {
        try database.commit([
            .clickPush(push([30, 23], session: .max)), .clickPush(push([5], session: 2, for: "mars")),
            .clickPush(push([1], session: 1)), .clickPush(push([7, 8], session: .max)),
        ])
        let (first, last) = (Identifier(rawValue: 1), Identifier(rawValue: .max))
        #expect(
            database.contributions()
                == "{\"earth\":{\"\(first)\":[1],\"\(last)\":[30,23,7,8]},"
                + "\"mars\":{\"\(Identifier(rawValue: 2))\":[5]}}")
        database.close()
    }

    @Test("keep a planet's name whatever letters it has")
    func escapeNames() throws {
        let planets = ["a \"quoted\" \\ one", "tab\tand\nline", "Zoë 🪐"]
        try database.commit([.clickGame(clickGame(80, planets: planets))])
        try database.commit([.clickPush(push([4], in: 80, session: 5, for: planets[1]))])
        let json = try #require(database.contributions(of: 80))
        #expect(json.contains(#""a \"quoted\" \\ one":{}"#))
        #expect(json.contains(#""tab\u0009and\u000aline":{"0000000000005":[4]}"#))
        try database.commit([.clickContributions(game: Identifier(rawValue: 80))])
        #expect(try row(80) == json)
        let kept = try database.recoverSmall().clickGames.first { $0.id.rawValue == 80 }
        #expect(kept?.planets.map(\.name) == planets)
        #expect(kept?.planets.map(\.clicks) == [0, 4, 0])
        database.close()
    }

    @Test(
        "equal those of a plain model over random pushes, commits and restarts",
        arguments: 1...4 as ClosedRange<UInt64>)
    func equalModel(seed: UInt64) throws {
        var draws = Draws(seed: seed)
        var model = ContributionsModel()
        var database = database
        for number in 0..<60 {
            let new = (0..<draws.draw(30)).map { draws.push(number * 100 + Int($0)) }
            var records = new.map { Record.clickPush($0) }
            let isWritten = draws.draw(4) == 0
            // Wherever it stands among them, the record means all pushes of the commit.
            if isWritten {
                records.insert(
                    .clickContributions(game: Identifier(rawValue: 70)),
                    at: Int(draws.draw(UInt64(records.count + 1))))
            }
            try database.commit(records)
            model.pushes += new
            if isWritten { #expect(try row() == model.json()) }
            if draws.draw(3) == 0 { #expect(database.contributions() == model.json()) }
            if draws.draw(10) == 0 {
                database.close()
                database = try Database(directory: scratch.path)
                if draws.draw(2) == 0 {
                    let game = try database.recoverSmall().clickGames.first
                    #expect(game?.planets == model.totals())
                }
            }
        }
        #expect(database.contributions() == model.json())
        #expect(try database.recoverSmall().clickGames.first?.planets == model.totals())
        database.close()
    }

    @Test("of pushes that a commit didn't keep aren't there, and later ones come as if nothing had been")
    func forgetFailedCommits() throws {
        let game = Identifier(rawValue: 70)
        var model = ContributionsModel()
        let first = push([3], session: 5, named: "a")
        try database.commit([.clickPush(first)])
        model.pushes.append(first)
        #expect(database.contributions() == model.json())
        // The second of a name contradicts the store.
        #expect(throws: StorageFault.self) {
            try database.commit([
                .clickPush(push([9], session: 6)), .clickPush(first), .clickContributions(game: game),
            ])
        }
        #expect(database.contributions() == model.json())
        #expect(try row() == "{}")
        database.close()
        let again = try Database(directory: scratch.path)
        #expect(again.contributions() == model.json())
        let next = push([2], session: 6)
        try again.commit([.clickPush(next), .clickContributions(game: game)])
        model.pushes.append(next)
        #expect(again.contributions() == model.json())
        #expect(try row() == model.json())
        again.close()
    }

    @Test("of games before the latest two are read from their rows")
    func readOlderFromRows() throws {
        var model = ContributionsModel()
        for number in UInt64(70)..<75 {
            let last = push([Int(number)], in: number, session: number)
            try database.commit([.clickGame(clickGame(number))])
            try database.commit([
                .clickPush(last), .clickGame(clickGame(number, .finished, winner: "earth")),
                .clickContributions(game: last.game),
            ])
            model.pushes.append(last)
        }
        for number in UInt64(70)..<75 {
            #expect(database.contributions(of: number) == model.json(of: number))
        }
        database.close()
        // Nothing but the row can say this.
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        try connection.execute("UPDATE game_queue SET click_contributions = '{\"a\":1}'")
        connection.close()
        let again = try Database(directory: scratch.path)
        #expect(again.contributions(of: 71) == #"{"a":1}"#)
        again.close()
    }

    @Test("that a crash kept from a finished game's row are completed at the next start")
    func completeRowAtStart() throws {
        var model = ContributionsModel()
        for number in 0..<20 { model.pushes.append(push([number + 1], session: UInt64(number % 3))) }
        try database.commit(
            model.pushes.prefix(10).map { .clickPush($0) } + [
                .clickContributions(game: Identifier(rawValue: 70))
            ])
        try database.commit(
            model.pushes.dropFirst(10).map { .clickPush($0) } + [
                .clickGame(clickGame(70, .finished, winner: "earth"))
            ])
        database.close()
        let again = try Database(directory: scratch.path)
        // Before the start has completed it, the answer comes from the pushes.
        #expect(again.contributions() == model.json())
        #expect(try row() != model.json())
        let game = try again.recoverSmall().clickGames.first
        #expect(game?.planets == model.totals())
        #expect(try row() == model.json())
        again.close()
    }

    @Test("that are longer than a row takes leave the row as it was and the answer whole")
    func leaveRowWhereTooLong() throws {
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        defer { connection.close() }
        var ledger = try ContributionsLedger(connection: connection)
        let game = Identifier(rawValue: 70)
        try ledger.writeRow(of: game)
        let short = try #require(try row())
        ledger.maxRowBytes = short.utf8.count
        let more = push([5], session: 5)
        try database.commit([.clickPush(more)])
        ledger.add([more])
        try ledger.writeRow(of: game)
        #expect(try row() == short)
        let json = try ledger.json(of: game)
        #expect(json.map { String(decoding: $0, as: UTF8.self) } == ContributionsModel(pushes: [more]).json())
        database.close()
    }
}
