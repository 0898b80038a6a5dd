import Protocol
import Testing

@testable import TUI

/// Words name the keys that the person has.
@Suite struct WordsTests {
    /// A player whose keys are their own.
    private static func model(_ changes: (scene: String?, action: String, keys: [KeyPress])...) throws
        -> Model
    {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.settings.keys.changes = changes.map {
            KeyChanges.Change(scene: $0.scene, action: $0.action, keys: $0.keys)
        }
        return model
    }

    @Test("a key that was changed is told as it is now, one that was taken away isn't told")
    func toasts() throws {
        var model = try Self.model(
            (nil, "play", [KeyPress("P")]), ("canvas", "template", []),
            ("canvas", "add_bookmark", [KeyPress("K")]))
        model.report(.refused(request: nil, Failure(.notPlaying, "no")), atMs: 60_000)
        #expect(model.toast?.text == "Press P to play")
        model.report(.refused(request: nil, Failure(.queueFull, "no")), atMs: 60_000)
        #expect(model.toast?.text == "The queue is full: P tries again")
        _ = model.type("t")
        #expect(model.toast?.text == "No template")
        _ = model.type("B")
        #expect(model.toast?.text == "No bookmarks here yet: K makes one")
        model.takeTemplate()
        #expect(model.toast?.text == "flag.png: t shows it otherwise, e finds wrong pixels")
        #expect(
            model.feedbackWords(for: Failure(.unauthorized, "no")).shown.hasSuffix(
                ": P on the canvas signs in again"))
    }

    @Test("the status line names the keys that open pages now, and pages that have none without one")
    func status() throws {
        let model = try Self.model(
            (nil, "open_clicks", [KeyPress("C")]), (nil, "open_relays", []))
        let wide = try SampleModels.playing(columns: 160, rows: 24)
        var changed = wide
        changed.settings.keys = model.settings.keys
        let before = GridText.characters(View.frame(of: wide), row: wide.layout.statusRow)
        let after = GridText.characters(View.frame(of: changed), row: wide.layout.statusRow)
        #expect(before.contains("F3 clicks") && before.contains("F4 relays"))
        #expect(after.contains("C clicks") && !after.contains("F3"))
        #expect(after.contains(" relays") && !after.contains("F4"))
        #expect(after.contains("F5 arcade"))
    }

    @Test("who hears the words is told commands in place of keys, whatever the keys are")
    func spoken() throws {
        for keys in [[], [KeyPress("P")], [KeyPress("p")]] {
            var model = try Self.model((nil, "play", keys), ("lobby", "watch_relay", keys))
            model.report(.refused(request: nil, Failure(.notPlaying, "no")), atMs: 60_000)
            #expect(model.toast?.words.spoken == "say play to play")
            model.report(.refused(request: nil, Failure(.relayStarted, "no")), atMs: 60_000)
            #expect(model.toast?.words.spoken == "That relay has begun: say watch to look on")
        }
        var model = try Self.model()
        model.takeTemplate()
        #expect(model.toast?.words.spoken == "flag.png: say next to go to a wrong pixel")
    }
}
