import Foundation
import Testing

@testable import TUI

@Suite struct KeyBindingTests {
    private typealias Change = KeyChanges.Change

    private func bindings(_ changes: KeyChanges.Change...) -> KeyBindings {
        KeyBindings(KeyChanges(changes: changes))
    }

    @Test("an action has one name in a scene, and no other action has it", arguments: KeyScene.allCases)
    func names(scene: KeyScene) {
        let actions = KeyTable.actions(of: scene)
        let kinds = actions.reduce(into: [Action]()) { if !$0.contains($1) { $0.append($1) } }
        var names: [String] = []
        for action in kinds where !names.contains(action.name) { names.append(action.name) }
        #expect(names.count == kinds.count)
        #expect(
            names.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 == "_" || $0.isLowercase || $0.isNumber } })
        #expect(KeyScene(name: scene.name) == scene)
    }

    @Test("without changes the keys are the table's, every one of them", arguments: KeyScene.allCases)
    func usual(scene: KeyScene) {
        let bindings = KeyBindings()
        for entry in KeyTable.entries(of: scene) {
            for (press, action) in entry.keys {
                #expect(bindings.action(for: press, in: scene) == action)
            }
        }
    }

    @Test("a changed action has its new keys alone, in the scene that was named alone")
    func changed() {
        let bindings = bindings(
            Change(scene: "canvas", action: "undo", keys: [KeyPress("U"), KeyPress(.delete)]))
        #expect(bindings.action(for: KeyPress("u"), in: .canvas) == nil)
        #expect(bindings.action(for: KeyPress("U"), in: .canvas) == .undo)
        #expect(bindings.action(for: KeyPress(.character("U"), .shift), in: .canvas) == .undo)
        #expect(bindings.action(for: KeyPress(.delete), in: .canvas) == .undo)
        #expect(bindings.label(of: .undo, in: .canvas) == "U")
    }

    @Test("a key that is given to another action is taken from the one that had it")
    func conflict() {
        let bindings = bindings(Change(scene: "canvas", action: "undo", keys: [KeyPress("g")]))
        #expect(bindings.action(for: KeyPress("g"), in: .canvas) == .undo)
        #expect(bindings.keys(for: .goTo, in: .canvas) == [])
        #expect(bindings.label(of: .goTo, in: .canvas) == nil)
    }

    @Test("of two changes the later one wins, and one of a scene counts more than one of all")
    func order() {
        let later = bindings(
            Change(scene: "canvas", action: "undo", keys: [KeyPress("z")]),
            Change(scene: "canvas", action: "center", keys: [KeyPress("z")]))
        #expect(later.action(for: KeyPress("z"), in: .canvas) == .center)
        let own = bindings(
            Change(scene: "canvas", action: "quit", keys: [KeyPress("Q")]),
            Change(scene: nil, action: "quit", keys: [KeyPress("X")]))
        #expect(own.action(for: KeyPress("Q"), in: .canvas) == .quit)
        #expect(own.action(for: KeyPress("X"), in: .canvas) == nil)
        #expect(own.action(for: KeyPress("X"), in: .home) == .quit)
    }

    @Test("Ctrl-C quits whatever the keys are changed to", arguments: KeyScene.allCases)
    func alwaysQuits(scene: KeyScene) {
        let quits = KeyBindings.alwaysQuits
        for bindings in [
            bindings(Change(scene: nil, action: "quit", keys: [])),
            bindings(Change(scene: nil, action: "help", keys: [quits])),
            bindings(Change(scene: scene.name, action: "repaint", keys: [quits])),
        ] {
            #expect(bindings.action(for: quits, in: scene) == .quit)
        }
    }

    @Test("an action without a key stays in the table, for the palette")
    func unbound() throws {
        let bindings = bindings(Change(scene: "canvas", action: "undo", keys: []))
        let entry = try #require(bindings.entries(of: .canvas).first { $0.actions.contains(.undo) })
        #expect(entry.keys.isEmpty && entry.words.hasPrefix("undo"))
    }

    @Test("where characters are text, a change for all scenes takes none of them")
    func text() {
        let bindings = bindings(
            Change(scene: nil, action: "help", keys: [KeyPress("h"), KeyPress(.function(12))]))
        #expect(bindings.action(for: KeyPress("h"), in: .home) == .help)
        #expect(bindings.action(for: KeyPress("h"), in: .answering) == nil)
        #expect(bindings.action(for: KeyPress(.function(12)), in: .answering) == .help)
    }

    @Test("help lists a person's own keys, and what the mouse does stays")
    func help() throws {
        let bindings = bindings(
            Change(scene: "canvas", action: "place", keys: [KeyPress("."), KeyPress(.insert)]))
        let entry = try #require(bindings.entries(of: .canvas).first { $0.actions == [.place] })
        #expect(entry.names == ". Ins click")
    }

    @Test("the model's keys are those of its settings, from the moment that they change")
    func model() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.settings.keys.changes = [Change(scene: "canvas", action: "zoom_in", keys: [KeyPress("Z")])]
        let zoom = model.viewport.zoom
        _ = model.type("+")
        #expect(model.viewport.zoom == zoom)
        _ = model.type("Z")
        #expect(model.viewport.zoom != zoom)
        _ = model.type("?")
        let frame = View.frame(of: model)
        let text = (0..<24).map { GridText.characters(frame, row: $0) }.joined(separator: "\n")
        #expect(text.contains("Z wheel↑"))
    }

    @Test(
        "what can't be done is named with its place in the file and what it has to be",
        arguments: [
            (
                Change(scene: "canvsa", action: "undo", keys: []),
                "keys.canvsa.undo: no such scene; there are *, home,"
            ),
            (
                Change(scene: "canvas", action: "udno", keys: []),
                "keys.canvas.udno: no such action; there are move_"
            ),
            (Change(scene: nil, action: "udno", keys: []), "keys.*.udno: no such action; there are "),
            (Change(scene: "home", action: "undo", keys: []), "keys.home.undo: no such action; there are "),
            (
                Change(scene: "home", action: "help", keys: [KeyBindings.alwaysQuits]),
                "keys.home.help: Ctrl-c always quits"
            ),
            (
                Change(scene: "answering", action: "help", keys: [KeyPress("h")]),
                "keys.answering.help: characters are text"
            ),
        ])
    func problems(change: KeyChanges.Change, words: String) throws {
        let problem = try #require(KeyChanges(changes: [change]).problem(in: "c.json"))
        #expect(problem.hasPrefix("c.json: \(words)"))
    }

    @Test("what can be done is no problem")
    func noProblem() {
        let changes = KeyChanges(changes: [
            Change(scene: "canvas", action: "undo", keys: [KeyPress("u"), KeyPress(.character("z"), .alt)]),
            Change(scene: nil, action: "quit", keys: [KeyPress("Q"), KeyBindings.alwaysQuits]),
            Change(scene: "answering", action: "help", keys: [KeyPress(.function(12))]),
        ])
        #expect(changes.problem == nil)
        #expect(KeyChanges().problem == nil)
    }

    @Test("docs/terminal.md lists every action and every scene that the config file can name")
    func documented() throws {
        let docs = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../docs/terminal.md")
        let text = try String(contentsOf: docs, encoding: .utf8)
        for scene in KeyScene.allCases {
            #expect(text.contains("`\(scene.name)`"))
            for action in KeyTable.actions(of: scene) {
                #expect(text.contains("`\(action.name)`"), "\(action.name) is missing")
            }
        }
    }
}
