import Protocol
import Testing

@testable import TUI

@Suite struct ClickingTests {
    private func war(_ status: ClickGameStatus = .active) throws -> Model {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.go(.clicks)
        _ = model.hear(.totals(GameSamples.clicks([("earth", 10, 2), ("mars", 12, 2)], status: status)))
        return model
    }

    @Test("a press is a click once nothing followed it at once; the clock's tick is asked for")
    func press() throws {
        var model = try war()
        #expect(model.press([KeyPress(" ")]) == [])
        #expect(model.deadlineMs == 60_060)
        #expect(model.update(.clock, nowMs: 60_060) == [.clicks(.click(1))])
        #expect(model.clicks.own.counted == 1)
    }

    @Test("a key held down for a minute is one click")
    func held() throws {
        var model = try war()
        var commands = model.press([KeyPress(.enter)], nowMs: 60_000)
        for step in 0..<1_800 {
            commands += model.press([KeyPress(.enter)], nowMs: 60_500 + Int64(step) * 33)
        }
        commands += model.update(.clock, nowMs: 130_000)
        #expect(commands == [.clicks(.click(1))])
    }

    @Test("two keys taken in turn are two keys")
    func twoKeys() throws {
        var model = try war()
        var commands: [Command] = []
        for step in 0..<10 {
            let key: KeyPress = step % 2 == 0 ? KeyPress(" ") : KeyPress(.enter)
            commands += model.press([key], nowMs: 60_000 + Int64(step * 45 + step * step * 7 % 20))
        }
        commands += model.update(.clock, nowMs: 61_000)
        #expect(model.clicks.own.counted == 10)
        #expect(commands.count <= 10)
    }

    @Test("a press before leaving the screen still counts")
    func leaves() throws {
        var model = try war()
        _ = model.press([KeyPress(" ")])
        _ = model.go(.canvas)
        #expect(model.deadlineMs == 60_060)
        #expect(model.update(.clock, nowMs: 60_100) == [.clicks(.click(1))])
    }

    @Test("the mouse clicks on the way down, once for each way up")
    func mouse() throws {
        var model = try war()
        let area = try #require(ClickLayout(model).slots.first?.area)
        let (column, row) = (area.column + area.columns / 2, area.row + area.rows / 2)
        #expect(model.mouse(.press(.left), column: column, row: row) == [.clicks(.click(1))])
        #expect(model.mouse(.press(.left), column: column, row: row) == [], "no way up between")
        _ = model.mouse(.motion(.left), column: column + 1, row: row)
        #expect(model.mouse(.press(.left), column: column, row: row) == [])
        _ = model.mouse(.release(.left), column: column, row: row)
        #expect(model.mouse(.press(.left), column: column, row: row) == [.clicks(.click(1))])
        _ = model.mouse(.motion(.none), column: column, row: row)
        #expect(model.mouse(.press(.left), column: column, row: row) == [.clicks(.click(1))])
        _ = model.mouse(.release(.left), column: column, row: row)
        #expect(model.mouse(.press(.left), column: 0, row: 0) == [], "beside the planets")
        #expect(model.clicks.own.counted == 3)
    }

    @Test("only one's own planet can be clicked once it is known")
    func otherPlanet() throws {
        var model = try war()
        _ = model.hear(
            .accepted(ClickReceipt(game: GameSamples.game, planet: "mars", accepted: 1, total: 1)))
        let slots = ClickLayout(model).slots
        let (earth, mars) = (slots[0].area, slots[1].area)
        #expect(model.mouse(.press(.left), column: earth.column + 15, row: earth.row + 5) == [])
        #expect(model.toast?.text == "You click for Mars")
        _ = model.mouse(.release(.left), column: 0, row: 0)
        #expect(
            model.mouse(.press(.left), column: mars.column + 15, row: mars.row + 5) == [.clicks(.click(1))])
    }

    @Test("clicks are counted, then pushed or refused, and the rest waits")
    func own() throws {
        var model = try war()
        for step in 0..<20 { _ = model.press([KeyPress(" ")], nowMs: 60_000 + Int64(step * step) * 70) }
        _ = model.update(.clock, nowMs: 100_000)
        #expect(model.clicks.own.waiting == 20)
        _ = model.hear(
            .accepted(ClickReceipt(game: GameSamples.game, planet: "earth", accepted: 12, total: 30)))
        _ = model.hear(.refused(Failure(.implausibleClicks, "no"), dropped: 5))
        #expect(model.clicks.own.planet == "earth")
        #expect(model.clicks.own.pushed == 12 && model.clicks.own.refused == 5)
        #expect(model.clicks.own.waiting == 3 && model.clicks.own.total == 30)
        #expect(model.toast?.text == "5 refused: Faster than fingers can be")
    }

    @Test("the next game begins with no clicks, no planet and cold planets")
    func nextGame() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.clickWar()
        #expect(model.clicks.heat(of: "mars").recent(nowMs: 62_500) > 0)
        let next = GameSamples.clicks([("earth", 900, 1), ("mars", 3, 1)], game: Identifier(rawValue: 8))
        _ = model.hear(.totals(next), atMs: 63_000)
        #expect(model.clicks.own == ClickWar.OwnClicks(game: Identifier(rawValue: 8)))
        #expect(model.clicks.heat(of: "earth").recent(nowMs: 63_000) == 0)
    }

    @Test(
        "outside a running game a click says why it doesn't count",
        arguments: [ClickGameStatus.scheduled, .finished])
    func notNow(status: ClickGameStatus) throws {
        var model = try war(status)
        _ = model.press([KeyPress(" ")])
        #expect(model.update(.clock, nowMs: 61_000) == [])
        #expect(model.toast?.kind == .warning)
        #expect(model.clicks.own.counted == 0)
    }

    @Test("watchers and those without a connection click nothing")
    func watchers() throws {
        var watcher = try SampleModels.playing(columns: 80, rows: 24, purpose: .watch)
        _ = watcher.go(.clicks)
        _ = watcher.hear(.totals(GameSamples.clicks([("earth", 1, 1), ("mars", 1, 1)])))
        _ = watcher.press([KeyPress(" ")])
        #expect(watcher.clicks.settlingMs == nil)
        var model = try war()
        model.lose()
        _ = model.press([KeyPress(" ")], nowMs: 123_000)
        #expect(model.toast?.text == "Not connected")
    }

    @Test("the time left counts down by the server's clock, and the screen asks for each second")
    func time() throws {
        var model = try war()
        #expect(model.clicks.endsMs == 300_000)
        _ = model.update(.clock, nowMs: 60_500)
        #expect(model.deadlineMs == 61_000)
        #expect(GridText.characters(View.frame(of: model), row: 1).contains("4:00 left"))
    }
}
