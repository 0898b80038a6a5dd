import Engine
import Protocol
import Testing

@testable import Storage

@Suite("A board")
struct BoardTests {
    private let scratch: Scratch
    private let database: Database

    init() throws {
        scratch = try Scratch()
        database = try Database.started(in: scratch.path)
    }

    private func score(
        _ score: Int, of player: UInt64, from source: UInt64, atMs: Int64, on board: Board = .clicks
    ) -> Record {
        .score(
            ScoreRecord(
                board: board, account: Identifier(rawValue: player), score: score,
                source: Identifier(rawValue: source), atMs: atMs))
    }

    private func best(_ board: Board = .clicks, sinceMs: Int64 = 0) -> [String] {
        guard case .leaderboard(let scores) = database.answer(.leaderboard(board, sinceMs: sinceMs)) else {
            Issue.record("the query failed")
            return []
        }
        return scores.map { "\($0.account.name): \($0.score)" }
    }

    @Test("adds up what each account earned since a time, best first")
    func addsUp() throws {
        try database.commit([
            score(5, of: 1, from: 70, atMs: 100), score(9, of: 2, from: 70, atMs: 100),
            score(6, of: 1, from: 71, atMs: 200), score(3, of: 3, from: 71, atMs: 200),
            score(100, of: 3, from: 71, atMs: 200, on: .relay),
        ])
        #expect(best() == ["player 1: 11", "player 2: 9", "player 3: 3"])
        #expect(best(sinceMs: 100) == best())
        #expect(best(sinceMs: 101) == ["player 1: 6", "player 3: 3"])
        #expect(best(sinceMs: 201) == [])
        #expect(best(.relay) == ["player 3: 100"])
        database.close()
    }

    @Test("puts whoever reached a score first before others of the same score, then by their ids")
    func ordersTies() throws {
        let high = account(0xfedc_ba98_7654_3210)
        try database.commit([
            .account(high), score(4, of: high.id.rawValue, from: 70, atMs: 100),
            score(4, of: 3, from: 70, atMs: 100), score(2, of: 2, from: 70, atMs: 50),
            score(2, of: 2, from: 71, atMs: 101), score(4, of: 1, from: 72, atMs: 99),
        ])
        #expect(best() == ["player 1: 4", "player 3: 4", "\(high.name): 4", "player 2: 4"])
        database.close()
    }

    @Test("shows no deleted account, and as many as it has room for")
    func isBounded() throws {
        var gone = account(1)
        (gone.name, gone.deletedAtMs) = ("gone", 5)
        let count = Limits.maxBoardEntries + 5
        try database.commit([.account(gone), score(1_000, of: 1, from: 70, atMs: 1)])
        try database.commit(
            (1...count).flatMap { number -> [Record] in
                let player = UInt64(number) + 100
                return [.account(account(player)), score(number, of: player, from: 70, atMs: 1)]
            })
        let names = best()
        #expect(names.count == Limits.maxBoardEntries)
        #expect(names.first == "player \(count + 100): \(count)")
        #expect(names.last == "player 106: 6")
        database.close()
    }

    @Test("counts what a game gave an account once, however often it is written", arguments: Board.scored)
    func countsOnce(board: Board) throws {
        for _ in 0..<3 { try database.commit([score(7, of: 1, from: 70, atMs: 100, on: board)]) }
        #expect(best(board) == ["player 1: 7"])
        #expect(
            try rows("board || ' ' || account || ' ' || source || ' ' || at_ms", of: "scores", in: scratch)
                == ["\(board.rawValue) 1 70 100"])
        database.close()
    }
}
