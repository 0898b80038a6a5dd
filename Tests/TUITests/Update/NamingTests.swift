import Protocol
import Testing

@testable import TUI

/// Choosing a name at the terminal.
@Suite struct NamingTests {
    static func prompt(_ model: Model) -> NamePrompt? {
        if case .name(let prompt) = model.overlay { prompt } else { nil }
    }

    @Test("a name that is typed and pasted is asked for, and taken when the server says so")
    func chosen() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.report(.account(name: "player-k3x9q"), atMs: 60_000)
        #expect(model.type("nGr") == [])
        _ = model.update(.input(.paste("ace\n")), nowMs: 60_000)
        #expect(model.press([KeyPress(.enter)]) == [.rename("Grace")])
        #expect(model.press([KeyPress(.enter)]) == [], "once is enough")
        model.report(.renamed("Grace"), atMs: 60_100)
        #expect(model.overlay == .none)
        #expect(model.account == "Grace")
        #expect(model.toast?.text == "You are Grace now")
    }

    @Test("a refusal keeps the prompt open with what was typed and the reason")
    func taken() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.type("n2")
        #expect(model.press([KeyPress(.enter)]) == [.rename("Ada2")])
        model.report(.renameRefused(Failure(.nameTaken, "taken")), atMs: 60_100)
        #expect(Self.prompt(model)?.typed == "Ada2")
        #expect(Self.prompt(model)?.refusal == "That name is taken")
        #expect(model.account == "Ada")
        _ = model.press([KeyPress(.escape)])
        #expect(model.overlay == .none)
    }

    @Test("what can't be a name is not asked for, and the own name needs no asking")
    func notAsked() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        #expect(model.type("n ") == [])
        #expect(model.press([KeyPress(.enter)]) == [])
        #expect(Self.prompt(model)?.verdict == .bad("No space at the ends"))
        _ = model.press([KeyPress(.backspace)])
        #expect(model.press([KeyPress(.enter)]) == [])
        #expect(model.overlay == .none)
    }

    @Test("without a connection, and when it is lost meanwhile, the prompt says so")
    func offline() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.type("n2")
        _ = model.press([KeyPress(.enter)])
        model.lose()
        #expect(Self.prompt(model)?.refusal == "The connection was lost")
        #expect(model.press([KeyPress(.enter)]) == [])
        #expect(Self.prompt(model)?.refusal == "Not connected")
    }

    @Test("keys of the table are letters in the prompt; those that end the program still do")
    func keys() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.report(.account(name: "player-k3x9q"), atMs: 60_000)
        #expect(model.type("nqxp?") == [])
        #expect(Self.prompt(model)?.typed == "qxp?")
        _ = model.press([KeyPress(.character("a"), .control), KeyPress(.character("z"), .alt)])
        #expect(Self.prompt(model)?.typed == "qxp?")
        #expect(model.press([KeyPress(.character("c"), .control)]) == [.quit])
    }

    @Test("the hint is for given names, comes once and goes when names are chosen or time has passed")
    func hint() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        #expect(!model.showsHint)
        model.report(.account(name: "player-k3x9q"), atMs: 60_000)
        #expect(model.showsHint)
        #expect(model.deadlineMs == 60_000 + Toast.hintMs)
        var other = model
        _ = model.type("n")
        _ = model.press([KeyPress(.escape)])
        #expect(!model.showsHint)
        _ = other.update(.clock, nowMs: 60_000 + Toast.hintMs)
        #expect(!other.showsHint)
        #expect(other.deadlineMs == nil)
        other.report(.account(name: "player-k3x9q"), atMs: 90_000)
        #expect(!other.showsHint)
    }

    @Test("watchers have no name to choose")
    func watcher() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24, purpose: .watch)
        _ = model.type("n")
        #expect(model.overlay == .none)
    }
}
