import Testing

@testable import TUI

@Suite struct ToastTests {
    private func text(_ model: Model, row: Int) -> String {
        GridText.characters(View.frame(of: model), row: row)
    }

    @Test("words stack, the newest lowest, and each goes in its own time")
    func stack() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.go(.clicks)
        model.say("one", .news, nowMs: 60_000)
        model.say("two", .warning, nowMs: 61_000)
        let rows = Placement(model).toastRows
        #expect(rows.count == 3)
        #expect(text(model, row: rows[0]).contains(" two ") && text(model, row: rows[1]).contains(" one "))
        #expect(model.deadlineMs == 60_000 + Toast.lifetimeMs)
        _ = model.update(.clock, nowMs: 60_000 + Toast.lifetimeMs)
        #expect(model.toasts.map(\.text) == ["two"])
        _ = model.update(.clock, nowMs: 61_000 + Toast.lifetimeMs)
        #expect(model.toasts.isEmpty)
    }

    @Test("a fourth one takes the oldest one's place, and the same again is one")
    func many() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        for words in ["one", "two", "three", "four"] { model.say(words, .news, nowMs: 60_000) }
        #expect(model.toasts.map(\.text) == ["two", "three", "four"])
        model.say("two", .news, nowMs: 60_000)
        #expect(model.toasts.map(\.text) == ["three", "four", "two"])
    }

    @Test("words that differ in their numbers alone are the same words, told anew")
    func numbers() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.say("Wait 0.3 s", .warning, nowMs: 60_000)
        model.say("Wait 0.7 s", .warning, nowMs: 60_100)
        #expect(model.toasts.map(\.text) == ["Wait 0.7 s"])
    }

    @Test("a small screen shows the newest alone")
    func small() throws {
        var model = try SampleModels.playing(columns: 40, rows: 12)
        model.say("one", .news, nowMs: 60_000)
        model.say("two", .news, nowMs: 60_000)
        #expect(Placement(model).toastRows.count == 1)
        let shown = (0..<12).map { text(model, row: $0) }.joined()
        #expect(shown.contains(" two ") && !shown.contains(" one "))
    }
}
