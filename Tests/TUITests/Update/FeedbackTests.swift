import Protocol
import Testing

@testable import TUI

@Suite struct FeedbackTests {
    static func model(_ text: String = "", columns: Int = 80, rows: Int = 24) throws -> Model {
        var model = try SampleModels.playing(columns: columns, rows: rows)
        _ = model.go(.feedback)
        _ = model.type(text)
        return model
    }

    static let enter = KeyPress(.enter)

    @Test("characters are text here, digits and question marks too, and Enter sends them")
    func sends() throws {
        var model = try Self.model("Is 2 > 1? q")
        let message = try #require(FeedbackMessage("Is 2 > 1? q"))
        #expect(model.press([Self.enter]) == [.feedback(message)])
        #expect(model.press([Self.enter]) == [], "one at a time")
        _ = model.type("late")
        #expect(model.feedback.editor.text == "Is 2 > 1? q")
        _ = model.hear(FeedbackReport.sent)
        #expect(model.feedback.editor.isEmpty)
        #expect(model.feedback.verdict?.words.shown == "Sent: thank you")
    }

    @Test("nothing, or nothing but blanks, isn't sent", arguments: ["", "   "])
    func empty(text: String) throws {
        var model = try Self.model(text)
        #expect(model.press([Self.enter]) == [])
        #expect(model.feedback.verdict?.words.shown == "Write something first")
    }

    @Test("what was written is still there after another screen, a refusal and a lost connection")
    func stays() throws {
        var model = try Self.model("hello")
        _ = model.go(.canvas)
        _ = model.go(.feedback)
        #expect(model.feedback.editor.text == "hello")
        _ = model.press([Self.enter])
        _ = model.hear(
            FeedbackReport.failed(Failure(.rateLimited, "slow", retryAfterMs: 42 * 60_000 - 30_000)))
        #expect(model.feedback.verdict?.words.shown == "3 messages an hour: try again in 42 minutes")
        #expect(model.feedback.editor.text == "hello")
        model.lose()
        #expect(model.press([Self.enter]) == [])
        #expect(model.feedback.verdict?.words.shown == "Not connected: what you wrote stays here")
        #expect(model.feedback.editor.text == "hello")
    }

    @Test(
        "each refusal is told in words",
        arguments: [
            (ErrorCode.banned, "You are banned here, and so are your words"),
            (.unauthorized, "Your sign-in is over: p on the canvas signs in again"),
            (.forbidden, "The server takes no words from you"),
            (.storageUnavailable, "Not sent: The server can't save now; try again soon"),
            (.rateLimited, "3 messages an hour: try again later"),
        ])
    func refusals(code: ErrorCode, words: String) throws {
        #expect(try Self.model().feedbackWords(for: Failure(code, "no")).shown == words)
    }

    @Test("pasted text is cleaned: line ends and tabs are spaces, commands to the terminal are gone")
    func paste() throws {
        var model = try Self.model()
        _ = model.update(.input(.paste("one\r\ntwo\tthree\u{1b}[31m\u{202e}!")), nowMs: 60_000)
        #expect(model.feedback.editor.text == "one two three[31m!")
    }

    @Test("2,000 characters are the most, and the counter says so")
    func most() throws {
        var model = try Self.model()
        _ = model.update(.input(.paste(String(repeating: "a", count: 2_500))), nowMs: 60_000)
        #expect(model.feedback.editor.characters.count == Limits.maxFeedbackCharacters)
        let text = (0..<24).map { GridText.characters(View.frame(of: model), row: $0) }.joined()
        #expect(text.contains("2,000/2,000"))
        #expect(model.press([Self.enter]).count == 1)
    }

    @Test("Ctrl-u empties the page")
    func empties() throws {
        var model = try Self.model("hello")
        _ = model.press([KeyPress(.left), KeyPress(.character("u"), .control)])
        #expect(model.feedback.editor.isEmpty)
    }

    @Test("up and down go by the rows of the screen, and a click puts the cursor where it was")
    func rows() throws {
        var model = try Self.model("one two three four five six seven eight nine ten", columns: 40, rows: 12)
        let layout = FeedbackLayout(model)
        #expect(layout.wrapped.rows.count == 2)
        _ = model.press([KeyPress(.up)])
        #expect(layout.wrapped.spot(of: model.feedback.editor.place).row == 0)
        _ = model.press([KeyPress(.down)])
        #expect(layout.wrapped.spot(of: model.feedback.editor.place).row == 1)
        _ = model.mouse(.press(.left), column: layout.text.column + 4, row: layout.text.row)
        #expect(model.feedback.editor.place == 4)
    }

    @Test("no row is skipped by up or the wheel, where the cursor's column breaks rows earlier")
    func narrowRows() throws {
        for goesUp in [true, false] {
            var model = try Self.model(String(repeating: "a", count: 100), columns: 40, rows: 12)
            let layout = FeedbackLayout(model)
            #expect(layout.wrapped.rows.prefix(2) == [0..<33, 33..<66])
            _ = model.press([KeyPress](repeating: KeyPress(.left), count: 34))
            #expect(model.feedback.editor.place == 66, "the third row's first")
            if goesUp {
                _ = model.press([KeyPress(.up)])
            } else {
                _ = model.mouse(.wheelUp, column: layout.text.column, row: layout.text.row)
            }
            #expect(model.feedback.editor.place == 33)
        }
    }

    @Test("a click on the button sends")
    func button() throws {
        var model = try Self.model("hello")
        let button = try #require(FeedbackLayout(model).button)
        #expect(model.mouse(.press(.left), column: button.column + 1, row: button.row).count == 1)
    }
}
