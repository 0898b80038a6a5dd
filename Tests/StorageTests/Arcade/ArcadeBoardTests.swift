import Engine
import Protocol
import Testing

@testable import Storage

@Suite("A board of an arcade game")
struct ArcadeBoardTests {
    private let scratch: Scratch
    private let database: Database

    init() throws {
        scratch = try Scratch()
        database = try Database.started(in: scratch.path)
    }

    private func score(
        _ score: Int, of player: UInt64, atMs: Int64, on game: ArcadeGameID = .dot, from source: UInt64? = nil
    ) -> Record {
        .score(
            ScoreRecord(
                board: .arcade(game), account: Identifier(rawValue: player), score: score,
                source: Identifier(rawValue: source ?? UInt64(atMs) * 10 + player), atMs: atMs))
    }

    /// All of time, by the bests that are kept, and by the scores themselves: 1 is after the first moment.
    private static let periods: [Int64] = [0, 1]

    @Test("shows each account's highest score where more is better, best first", arguments: periods)
    func showsHighest(sinceMs: Int64) throws {
        try database.commit([
            score(20, of: 1, atMs: 100), score(31, of: 1, atMs: 200), score(25, of: 1, atMs: 300),
            score(40, of: 2, atMs: 100), score(12, of: 2, atMs: 400), score(7, of: 3, atMs: 250),
            score(99, of: 3, atMs: 260, on: .shakyDot),
        ])
        #expect(
            database.board(.arcade(.dot), sinceMs: sinceMs) == [
                "player 2: 40", "player 1: 31", "player 3: 7",
            ])
        #expect(database.board(.arcade(.shakyDot), sinceMs: sinceMs) == ["player 3: 99"])
        #expect(database.board(.arcade(.steps), sinceMs: sinceMs) == [])
        #expect(
            database.board(.arcade(.dot), sinceMs: 201) == ["player 1: 25", "player 2: 12", "player 3: 7"])
        #expect(database.board(.arcade(.dot), sinceMs: 300) == ["player 1: 25", "player 2: 12"])
        database.close()
    }

    @Test("shows each account's lowest time where less is better, best first", arguments: periods)
    func showsLowest(sinceMs: Int64) throws {
        try database.commit([
            score(20_000, of: 1, atMs: 100, on: .steps), score(31_000, of: 1, atMs: 200, on: .steps),
            score(18_000, of: 2, atMs: 300, on: .steps), score(90_000, of: 3, atMs: 300, on: .steps),
        ])
        #expect(
            database.board(.arcade(.steps), sinceMs: sinceMs)
                == ["player 2: 18000", "player 1: 20000", "player 3: 90000"])
        #expect(
            database.board(.arcade(.steps), sinceMs: 150)
                == ["player 2: 18000", "player 1: 31000", "player 3: 90000"])
        database.close()
    }

    @Test("puts whoever reached a score first before others of the same score", arguments: periods)
    func ordersTies(sinceMs: Int64) throws {
        let high = account(0xfedc_ba98_7654_3210)
        try database.commit([
            .account(high), score(30, of: 2, atMs: 300), score(30, of: 1, atMs: 200),
            // Again later, which doesn't matter, and at the same moment as another one.
            score(30, of: 1, atMs: 900), score(8, of: 3, atMs: 50), score(30, of: 3, atMs: 300),
            score(30, of: high.id.rawValue, atMs: 300),
        ])
        #expect(
            database.board(.arcade(.dot), sinceMs: sinceMs)
                == ["player 1: 30", "player 2: 30", "player 3: 30", "\(high.name): 30"])
        database.close()
    }

    @Test(
        "of whatever kind leaves out who is deleted or banned, until the ban is lifted",
        arguments: Board.scored)
    func leavesOut(board: Board) throws {
        for player in UInt64(1)...3 {
            try database.commit([
                .score(
                    ScoreRecord(
                        board: board, account: Identifier(rawValue: player), score: 10 + Int(player),
                        source: Identifier(rawValue: player), atMs: 100))
            ])
        }
        var gone = account(1)
        (gone.name, gone.deletedAtMs) = ("gone", 5)
        var banned = account(2)
        banned.banReason = "a bot"
        try database.commit([.account(gone), .account(banned)])
        for sinceMs in Self.periods { #expect(database.board(board, sinceMs: sinceMs) == ["player 3: 13"]) }
        try database.commit([.account(account(2))])
        for sinceMs in Self.periods {
            let names = database.board(board, sinceMs: sinceMs)
            #expect(names.sorted() == ["player 2: 12", "player 3: 13"])
        }
        database.close()
    }

    @Test("shows as many as it has room for", arguments: periods)
    func isBounded(sinceMs: Int64) throws {
        let count = Limits.maxBoardEntries + 5
        try database.commit(
            (1...count).flatMap { number -> [Record] in
                let player = UInt64(number) + 100
                return [.account(account(player)), score(number, of: player, atMs: 1)]
            })
        let names = database.board(.arcade(.dot), sinceMs: sinceMs)
        #expect(names.count == Limits.maxBoardEntries)
        #expect(names.first == "player \(count + 100): \(count)")
        #expect(names.last == "player 106: 6")
        database.close()
    }

    @Test(
        "gives a start each account's best, best first, as the scores themselves tell",
        arguments: ArcadeGameID.all)
    func givesBests(game: ArcadeGameID) throws {
        var draws = Draws(seed: 5)
        var model: [UInt64: Int] = [:]
        let isHighest = Board.arcade(game).measure == .highest
        for commit in 1...60 {
            var records: [Record] = []
            for _ in 0..<4 {
                let (player, value) = (1 + draws.draw(3), Int(draws.draw(500)))
                let source = UInt64(commit) * 100 + UInt64(records.count)
                records.append(score(value, of: player, atMs: Int64(commit), on: game, from: source))
                model[player] = isHighest ? max(model[player] ?? 0, value) : min(model[player] ?? 999, value)
            }
            // Written again it changes nothing.
            for _ in 0..<2 { try database.commit(records) }
            #expect(
                database.board(.arcade(game), sinceMs: 0) == database.board(.arcade(game), sinceMs: 1))
        }
        let bests = try database.recoverSmall().bests
        #expect(bests.allSatisfy { $0.game == game })
        let ordered = bests.sorted { isHighest ? $0.score > $1.score : $0.score < $1.score }
        #expect(bests.map(\.score) == ordered.map(\.score))
        #expect(Dictionary(uniqueKeysWithValues: bests.map { ($0.account.rawValue, $0.score) }) == model)
        database.close()
    }

    @Test("gives a start no best of a deleted account, and that of a banned one")
    func leavesOutDeletedBests() throws {
        var gone = account(1)
        (gone.name, gone.deletedAtMs) = ("gone", 5)
        var banned = account(2)
        banned.banReason = "a bot"
        try database.commit([
            score(5, of: 1, atMs: 1), score(4, of: 2, atMs: 1), .account(gone), .account(banned),
        ])
        #expect(
            try database.recoverSmall().bests == [BestRun(game: .dot, account: account(2).id, score: 4)])
        database.close()
    }

    @Test("keeps no bests of boards that add up")
    func keepsNoBestsOfSums() throws {
        try database.commit(
            [Board.clicks, .relay].map {
                .score(
                    ScoreRecord(
                        board: $0, account: account(1).id, score: 5, source: Identifier(rawValue: 9), atMs: 1)
                )
            })
        #expect(try rows("board", of: "arcade_bests", in: scratch) == [])
        database.close()
    }
}
