import Protocol
import Testing

@testable import TUI

@Suite struct ArcadingTests {
    private func scene(columns: Int = 80, rows: Int = 24) throws -> Model {
        var model = try SampleModels.playing(columns: columns, rows: rows)
        _ = model.go(.arcade)
        return model
    }

    private func text(_ model: Model) -> String {
        let frame = View.frame(of: model)
        return (0..<frame.rows).map { GridText.characters(frame, row: $0) }.joined(separator: "\n")
    }

    // MARK: The menu

    @Test("the arcade asks for the points and for the board of the game that is chosen")
    func asks() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        #expect(model.go(.arcade) == [.profile, .arcade(.board(.dot, .all))])
        #expect(model.press([KeyPress(.down)]) == [.arcade(.board(.shakyDot, .all))])
        #expect(model.press([KeyPress(.right)]) == [.arcade(.board(.shakyDot, .day))])
        #expect(model.press([KeyPress(.left), KeyPress(.left)]).last == .arcade(.board(.shakyDot, .week)))
        #expect(model.press([KeyPress(.up), KeyPress(.up)]).last == .arcade(.board(.dot, .week)))
    }

    @Test("equal scores share a rank on the board, and times are seconds")
    func ties() throws {
        var model = try scene()
        model.hear(.board(ArcadeSamples.board(.dot, scores: ArcadeSamples.hits)))
        let hits = text(model)
        #expect(hits.contains("2nd  Grace") && hits.contains("2nd  Linus") && hits.contains("4th  Barbara"))
        model.hear(.board(ArcadeSamples.board(.steps, scores: ArcadeSamples.times)))
        _ = model.press([KeyPress(.end)])
        #expect(text(model).contains("21.43 s") && text(model).contains("23.00 s"))
    }

    @Test("a board of another time or game isn't shown as this one's")
    func otherBoard() throws {
        var model = try scene()
        model.hear(.board(ArcadeSamples.board(.dot, .day, scores: [7])))
        #expect(model.arcade.board == nil)
        model.hear(.board(ArcadeSamples.board(.shakyDot, scores: [7])))
        #expect(model.arcade.board == nil)
        model.hear(.board(ArcadeSamples.board(.dot, scores: [])))
        #expect(text(model).contains("Nobody yet"))
    }

    @Test("a board that can't be had says why, until it is asked for again")
    func noBoard() throws {
        var model = try scene()
        model.hear(ArcadeReport.failed(Failure(.storageUnavailable, "x")))
        #expect(text(model).contains("The server can't save now"))
        model.toast = nil
        #expect(text(model).contains("The server can't save now"))
        _ = model.press([KeyPress(.right)])
        #expect(model.arcade.absence == nil && text(model).contains("asking"))
    }

    @Test("a click chooses a game, a second one plays it, and one on a time turns to its board")
    func mouse() throws {
        var model = try scene()
        let layout = ArcadeLayout(model)
        let (column, row) = (layout.games.column + 4, layout.games.row + 2 * layout.gameRows)
        #expect(model.mouse(.press(.left), column: column, row: row) == [.arcade(.board(.steps, .all))])
        #expect(model.mouse(.press(.left), column: column, row: row) == [.arcade(.start(.steps))])
        var other = try scene()
        let tab = try #require(layout.tabs.first { $0.period == .day })
        let board = try #require(layout.board)
        let commands = other.mouse(.press(.left), column: tab.columns.lowerBound, row: board.row + 1)
        #expect(commands == [.arcade(.board(.dot, .day))])
    }

    @Test("watchers look at the boards and begin no run")
    func watchers() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24, purpose: .watch)
        #expect(model.go(.arcade).contains(.arcade(.board(.dot, .all))))
        #expect(model.press([KeyPress(.enter)]) == [])
        #expect(model.toast?.text.hasPrefix("Watching") == true)
    }

    // MARK: Beginning

    @Test(
        "Enter asks for a run of the chosen game once, and the server's word begins it",
        arguments: ArcadeGameID.all)
    func begins(game: ArcadeGameID) throws {
        var model = try scene()
        model.arcade.chosen = try #require(ArcadeGameID.all.firstIndex(of: game))
        #expect(model.press([KeyPress(.enter), KeyPress(.enter)]) == [.arcade(.start(game))])
        #expect(model.arcade.play == nil)
        model.hear(.started(ArcadeSamples.start(game), atMs: 60_000))
        #expect(model.arcade.play?.game == game)
    }

    @Test(
        "a window too small for a game asks for nothing and says what it needs; a cell more is enough",
        arguments: ArcadeGameID.all)
    func tooSmall(game: ArcadeGameID) throws {
        let need = FieldLayout.need(game).split(separator: "×").compactMap { Int($0) }
        for (columns, rows, fits) in [(need[0], need[1], true), (need[0], need[1] - 1, false)] {
            var model = try scene(columns: columns, rows: rows)
            model.arcade.chosen = try #require(ArcadeGameID.all.firstIndex(of: game))
            #expect(model.press([KeyPress(.enter)]).isEmpty == !fits)
            #expect(fits || model.toast?.text.contains(FieldLayout.need(game)) == true)
        }
    }

    static let refusals: [(Failure, String)] = [
        (Failure(.runOpen, "two"), "still ending"),
        (Failure(.rateLimited, "slow", retryAfterMs: 1_200), "Wait 1.2 s"),
        (Failure(.storageUnavailable, "x"), "can't save"), (Failure(.banned, "x"), "banned"),
        (Failure(.internalError, "no \u{1b}[31m connection"), "connection"),
    ]

    @Test("a run that is refused says why and leaves the games on the screen", arguments: refusals)
    func refused(failure: Failure, words: String) throws {
        var model = try scene()
        _ = model.press([KeyPress(.enter)])
        model.hear(.refused(.dot, failure))
        #expect(model.arcade.stage == .menu)
        #expect(model.toast?.text.contains(words) == true)
        #expect(model.toast?.text.unicodeScalars.contains("\u{1b}") == false)
    }

    @Test("without a connection no run is asked for")
    func offline() throws {
        var model = try scene()
        model.lose()
        #expect(model.press([KeyPress(.enter)], nowMs: 123_000) == [])
        #expect(model.toast?.text == "Not connected")
    }
}
