import Protocol
import Testing

@testable import TUI

@Suite struct BoardsTests {
    private func scene(columns: Int = 80, rows: Int = 24) throws -> Model {
        var model = try SampleModels.playing(columns: columns, rows: rows)
        _ = model.go(.boards)
        return model
    }

    private func text(_ model: Model) -> String {
        let frame = View.frame(of: model)
        return (0..<frame.rows).map { GridText.characters(frame, row: $0) }.joined(separator: "\n")
    }

    @Test("the page asks for the board that it shows, and for each that is chosen")
    func asks() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        #expect(model.go(.boards) == [.board(.pixels, .all)])
        #expect(model.press([KeyPress(.down)]) == [.board(.clicks, .all)])
        #expect(model.press([KeyPress(.right)]) == [.board(.clicks, .day)])
        #expect(model.press([KeyPress(.left)]) == [.board(.clicks, .all)])
        #expect(model.press([KeyPress("r")]) == [.board(.clicks, .all)])
        #expect(model.press([KeyPress(.home), KeyPress(.up)]) == [.board(.pixels, .all)])
        model.lose()
        #expect(model.press([KeyPress("r")], nowMs: 123_000) == [])
        #expect(model.toast?.text == "Not connected")
    }

    @Test(
        "every board has its name, what it measures, and scores as they are meant", arguments: Board.allCases)
    func words(board: Board) throws {
        var model = try scene()
        let at = try #require(Board.allCases.firstIndex(of: board))
        _ = model.press([KeyPress](repeating: KeyPress(.down), count: at))
        let entry = LeaderboardAnswer.Entry(rank: 1, account: GameSamples.account(1), score: 21_430)
        model.hearBoard(.board(LeaderboardAnswer(board: board, period: .all, entries: [entry])))
        let text = text(model)
        #expect(text.contains("\(BoardWords.title(board)): \(BoardWords.measure(board))"))
        #expect(text.contains(board == .arcade(.steps) ? "21.43 s" : "21,430"))
    }

    @Test("the person's own place is marked, and seen on a screen that is too short for it")
    func own() throws {
        for rows in [40, 14] {
            var model = try scene(rows: rows)
            let account = try #require(model.accountID)
            let entries = (1...24).map { rank in
                LeaderboardAnswer.Entry(
                    rank: rank,
                    account: rank == 20
                        ? AccountName(id: account, name: "Ada")
                        : AccountName(id: Identifier(rawValue: UInt64(1_000 + rank)), name: "Player \(rank)"),
                    score: 1_000 - rank)
            }
            model.hearBoard(.board(LeaderboardAnswer(board: .pixels, period: .all, entries: entries)))
            let line = try #require(text(model).split(separator: "\n").first { $0.contains("Ada you") })
            #expect(line.contains("▸") && line.contains("20th"))
        }
    }

    @Test("an answer for another board than the one that is looked at is kept for it")
    func others() throws {
        var model = try scene()
        _ = model.press([KeyPress(.down)])
        model.hearBoard(.board(BoardSamples.clicks(of: 3, period: .day)))
        #expect(model.boards.entries == nil)
        _ = model.press([KeyPress(.right)])
        #expect(model.boards.entries?.count == 3)
    }

    @Test("why a board can't be had is said, until another one is asked for")
    func failed() throws {
        var model = try scene()
        model.hearBoard(.failed(.pixels, .all, Failure(.storageUnavailable, "no")))
        #expect(text(model).contains("The server can't save now"))
        model.hearBoard(.failed(.clicks, .all, Failure(.banned, "no")))
        #expect(text(model).contains("The server can't save now"))
        _ = model.press([KeyPress(.down)])
        #expect(text(model).contains("asking"))
    }

    @Test("clicks choose boards and times", arguments: [(80, 24), (40, 20), (120, 40)])
    func mouse(columns: Int, rows: Int) throws {
        var model = try scene(columns: columns, rows: rows)
        let layout = BoardsLayout(model)
        let week = try #require(layout.tabs.first { $0.period == .week })
        #expect(
            model.mouse(.press(.left), column: week.columns.lowerBound + 1, row: layout.frame.row + 1)
                == [.board(.pixels, .week)])
        let (column, row) =
            layout.isNarrow
            ? (layout.names.column + layout.names.columns - 3, layout.names.row)
            : (layout.names.column + 3, layout.names.row + 2)
        #expect(model.mouse(.press(.left), column: column, row: row) == [.board(.clicks, .week)])
    }

    @Test("names from outside don't disturb the screen")
    func hostile() throws {
        var model = try scene()
        let account = AccountName(id: Identifier(rawValue: 77), name: "\u{1b}[2Jx\u{202e}日本語日本語日本語日本語日本語日本語")
        let entry = LeaderboardAnswer.Entry(rank: 1, account: account, score: .max)
        model.hearBoard(.board(LeaderboardAnswer(board: .pixels, period: .all, entries: [entry])))
        let text = text(model)
        #expect(!text.unicodeScalars.contains("\u{1b}") && !text.unicodeScalars.contains("\u{202e}"))
    }
}
