import Protocol
import Testing

@testable import TUI

@Suite struct SettingTests {
    private func scene(columns: Int = 80, rows: Int = 24) throws -> Model {
        var model = try SampleModels.playing(columns: columns, rows: rows)
        model.settings = Settings()
        _ = model.go(.settings)
        return model
    }

    /// Chooses a line of the page.
    private func choose(_ row: SettingsDesk.Row, _ model: inout Model) throws {
        let at = try #require(model.settingsDesk.rows(model.bindings).firstIndex(of: row))
        _ = model.press([KeyPress(.home)] + [KeyPress](repeating: KeyPress(.down), count: at))
    }

    private func key(_ action: Action, _ model: Model) throws -> SettingsDesk.Row {
        try #require(
            model.settingsDesk.rows(model.bindings).first {
                if case .key(action, _) = $0 { true } else { false }
            })
    }

    @Test(
        "a setting is each of its words in turn, and each can be read back", arguments: SettingField.allCases)
    func words(field: SettingField) {
        var settings = Settings()
        let usual = field.word(in: settings)
        #expect(field.options.contains(usual) && field.options.count > 1)
        for option in field.options {
            field.set(option, in: &settings)
            #expect(field.word(in: settings) == option)
        }
        field.set("nonsense", in: &settings)
        #expect(field.word(in: settings) == field.options.last)
        field.set(usual, in: &settings)
        #expect(settings == Settings(), "nothing else was changed")
        for _ in field.options { field.turn(by: -1, in: &settings) }
        #expect(settings == Settings())
    }

    @Test(
        "arrows change a setting at once and it is kept; r makes it as usual",
        arguments: SettingField.allCases)
    func changes(field: SettingField) throws {
        var model = try scene()
        try choose(.field(field), &model)
        let usual = field.word(in: model.settings)
        let commands = model.press([KeyPress(.right)])
        #expect(field.word(in: model.settings) != usual)
        #expect(commands == [.keep(model.settings)])
        #expect((model.toast?.text == "Kept for the next start") == field.isForNextStart)
        _ = model.press([KeyPress("r")])
        #expect(field.word(in: model.settings) == usual)
    }

    @Test("colors and flat mode wait for the next start, and say so; all else holds at once")
    func nextStart() {
        #expect(SettingField.allCases.filter(\.isForNextStart) == [.color, .flat])
        for field in SettingField.allCases {
            #expect(field.detail.contains("next start") == field.isForNextStart, "\(field)")
        }
    }

    @Test("the screen's characters change at once; auto is what the program found out")
    func charset() throws {
        var model = try scene()
        model.terminalFacts.charset = .ascii
        try choose(.field(.charset), &model)
        _ = model.press([KeyPress(.right)])
        #expect(model.settings.charset == .unicode && model.charset == .unicode)
        _ = model.press([KeyPress(.right)])
        #expect(model.settings.charset == .ascii && model.charset == .ascii)
        _ = model.press([KeyPress(.left)])
        #expect(model.charset == .unicode)
        _ = model.press([KeyPress(.left)])
        #expect(model.settings.charset == .auto && model.charset == .ascii)
    }

    @Test("a key is changed by pressing the new one, and works at once")
    func rebind() throws {
        var model = try scene()
        try choose(try key(.undo, model), &model)
        #expect(model.press([KeyPress(.enter)]) == [])
        #expect(model.settingsDesk.capture != nil)
        let commands = model.press([KeyPress(.character("z"), .alt)])
        #expect(commands == [.keep(model.settings)] && model.settingsDesk.capture == nil)
        #expect(model.bindings.action(for: KeyPress(.character("z"), .alt), in: .canvas) == .undo)
        #expect(model.bindings.action(for: KeyPress("u"), in: .canvas) == nil)
    }

    @Test("one more key stays beside the others, no key takes all, and r brings the usual ones back")
    func addAndDrop() throws {
        var model = try scene()
        try choose(try key(.undo, model), &model)
        _ = model.press([KeyPress("+"), KeyPress("z")])
        #expect(model.bindings.keys(for: .undo, in: .canvas) == [KeyPress("u"), KeyPress("z")])
        _ = model.press([KeyPress(.delete)])
        #expect(model.bindings.keys(for: .undo, in: .canvas) == [])
        _ = model.press([KeyPress("r")])
        #expect(model.bindings.keys(for: .undo, in: .canvas) == [KeyPress("u")])
        #expect(model.settings.keys == KeyChanges())
    }

    @Test("a key that had another meaning loses it, and that is said")
    func robbed() throws {
        var model = try scene()
        try choose(try key(.undo, model), &model)
        _ = model.press([KeyPress(.enter), KeyPress("g")])
        #expect(model.bindings.action(for: KeyPress("g"), in: .canvas) == .undo)
        #expect(model.toast?.text == "g no longer means “go to”")
    }

    @Test("while a key is waited for, keys mean nothing else; Esc leaves all as it is and Ctrl-C quits")
    func capture() throws {
        var model = try scene()
        try choose(try key(.undo, model), &model)
        _ = model.press([KeyPress(.enter), KeyPress(.escape)])
        #expect(model.settings == Settings() && model.page == .settings && model.settingsDesk.capture == nil)
        _ = model.press([KeyPress(.enter), KeyPress(.function(2))])
        #expect(model.page == .settings)
        #expect(model.bindings.action(for: KeyPress(.function(2)), in: .canvas) == .undo)
        #expect(model.press([KeyPress(.enter), KeyBindings.alwaysQuits]) == [.quit])
    }

    @Test("the Enter that began the wait isn't the key that is waited for, however long it is held")
    func held() throws {
        var model = try scene()
        try choose(try key(.undo, model), &model)
        for step in 0..<20 { _ = model.press([KeyPress(.enter)], nowMs: 60_000 + Int64(step) * 30) }
        #expect(model.settingsDesk.capture != nil && model.settings == Settings())
    }

    @Test("where characters are text none becomes a key")
    func text() throws {
        var model = try scene()
        try choose(.scene, &model)
        let at = try #require(KeyScene.allCases.firstIndex(of: .answering))
        let now = try #require(KeyScene.allCases.firstIndex(of: .canvas))
        _ = model.press([KeyPress](repeating: KeyPress(.right), count: at - now))
        #expect(model.settingsDesk.scene == .answering)
        try choose(try key(.help, model), &model)
        #expect(model.press([KeyPress(.enter), KeyPress("h")]) == [])
        #expect(model.toast?.text.hasPrefix("Characters are text here") == true)
    }

    @Test(
        "a click chooses a line, and one on its value changes it", arguments: [(80, 24), (40, 20), (120, 40)])
    func mouse(columns: Int, rows: Int) throws {
        var model = try scene(columns: columns, rows: rows)
        let layout = SettingsLayout(model)
        let at = try #require(layout.shown.firstIndex(of: .row(1)))
        let row = layout.area.row + at
        _ = model.mouse(.press(.left), column: layout.area.column + 3, row: row)
        #expect(model.settingsDesk.chosen == 1 && model.settings == Settings())
        let commands = model.mouse(.press(.left), column: layout.valueColumn + 4, row: row)
        #expect(model.settings.color == .truecolor && commands == [.keep(model.settings)])
        _ = model.mouse(.press(.left), column: layout.valueColumn, row: row)
        #expect(model.settings == Settings())
    }

    @Test("the chosen line is always on the screen", arguments: [(80, 24), (40, 20), (36, 8), (120, 40)])
    func seen(columns: Int, rows: Int) throws {
        var model = try scene(columns: columns, rows: rows)
        for index in model.settingsDesk.rows(model.bindings).indices {
            #expect(SettingsLayout(model).shown.contains(.row(index)))
            _ = model.press([KeyPress(.down)])
        }
    }

    @Test("no ad stands before settings and about; the one that stood before another page stands there again")
    func noAds() throws {
        for page in [Page.settings, .about] {
            var model = try SampleModels.playing(columns: 80, rows: 24, page: .home)
            model.meetAds()
            _ = model.update(.started, nowMs: 60_000)
            _ = model.go(page)
            #expect(model.page == page)
            _ = model.go(.clicks)
            #expect(model.page == .ad)
            _ = model.go(page)
            #expect(model.page == page && model.ads.stop == nil)
            _ = model.go(.clicks)
            #expect(model.page == .ad && model.ads.stop?.next == .clicks)
        }
    }
}
