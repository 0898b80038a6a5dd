import Protocol
import Testing

@testable import TUI

@Suite struct RunTests {
    private func run(_ game: ArcadeGameID, columns: Int = 80, rows: Int = 24) throws -> Model {
        var model = try SampleModels.playing(columns: columns, rows: rows)
        model.run(game)
        return model
    }

    private func points(_ commands: [Command]) -> [RunPoint] {
        commands.compactMap { if case .arcade(.point(let point)) = $0 { point } else { nil } }
    }

    /// Puts the crosshair somewhere by the mouse.
    private func point(_ model: inout Model, at place: Place, nowMs: Int64, presses: Bool = false) throws
        -> [Command]
    {
        let play = try #require(model.arcade.play)
        let layout = try #require(FieldLayout(play.game, model.layout))
        let (width, height) = layout.cell.map { ($0.width, $0.height) } ?? (1, 1)
        let row = layout.cell == nil ? place.y / 2 : place.y * height
        let mouse = MouseEvent(
            kind: presses ? .press(.left) : .motion(.none), column: layout.area.column + place.x * width,
            row: layout.area.row + row)
        return model.update(.input(.mouse(mouse)), nowMs: nowMs)
    }

    // MARK: Shooting

    @Test("a shot at what the server judges is sent, with its time of the run", arguments: ArcadeGameID.all)
    func hits(game: ArcadeGameID) throws {
        var model = try run(game)
        let target = try #require(model.arcade.play?.target(nowMs: 61_234))
        let stretch = ArcadeStretch(seed: ArcadeSamples.seed, hits: 0, startMs: 0)
        #expect(target == game.rules.target(of: stretch, atMs: 1_234))
        _ = try point(&model, at: Place(x: target.x, y: target.y), nowMs: 61_200)
        let commands = try point(&model, at: Place(x: target.x, y: target.y), nowMs: 61_234, presses: true)
        let sent = try #require(points(commands).first)
        #expect(sent.run == ArcadeSamples.run && sent.seq == 1 && sent.tMs == 1_234)
        #expect(target.contains(x: sent.x, y: sent.y))
    }

    @Test("a miss is marked here and never sent", arguments: ArcadeGameID.all)
    func misses(game: ArcadeGameID) throws {
        var model = try run(game)
        let target = try #require(model.arcade.play?.target(nowMs: 61_000))
        for x in 0..<game.rules.field.width where x < target.x - 8 || x > target.x + 10 {
            _ = try point(&model, at: Place(x: x, y: 0), nowMs: 61_000)
            #expect(model.press([KeyPress(" ")], nowMs: 61_000) == [])
            #expect(model.arcade.play?.shot?.kind == .miss)
        }
        _ = model.update(.clock, nowMs: 61_000 + ArcadePlay.Shot.shownMs)
        #expect(model.arcade.play?.shot == nil)
    }

    @Test("a click hits what is in either half of its cell", arguments: 0..<40)
    func halves(seed: UInt64) throws {
        var model = try run(.dot)
        let start = RunStart(run: ArcadeSamples.run, game: .dot, seed: seed)
        model.arcade.stage = .playing(ArcadePlay(start, startedAtMs: 60_000))
        let target = try #require(model.arcade.play?.target(nowMs: 61_000))
        for y in [target.y, target.y + target.height - 1] {
            var here = model
            let commands = try point(&here, at: Place(x: target.x, y: y), nowMs: 61_000, presses: true)
            #expect(points(commands).count == 1)
        }
    }

    @Test("one shot is on its way at a time, and its answer brings the next target")
    func oneAtATime() throws {
        var model = try run(.dot)
        let first = try #require(model.arcade.play?.target(nowMs: 61_000))
        _ = try point(&model, at: Place(x: first.x + 1, y: first.y + 1), nowMs: 61_000)
        #expect(points(model.press([KeyPress(" ")], nowMs: 61_000)).count == 1)
        #expect(model.press([KeyPress(" "), KeyPress(.enter)], nowMs: 61_050) == [])
        #expect(model.arcade.play?.score == 0)
        model.hear(
            .scored(RunScore(run: ArcadeSamples.run, seq: 1, score: 1, tMs: 1_000, seed: 99)), atMs: 61_080)
        #expect(model.arcade.play?.score == 1)
        #expect(model.arcade.play?.target(nowMs: 61_100) != first)
    }

    @Test("a point that the server refuses is told, and the game goes on")
    func refusedPoint() throws {
        var model = try run(.dot)
        let target = try #require(model.arcade.play?.target(nowMs: 61_000))
        _ = try point(&model, at: Place(x: target.x, y: target.y), nowMs: 61_000)
        let sent = try #require(points(model.press([KeyPress(" ")], nowMs: 61_000)).first)
        model.hear(.pointRefused(sent, Failure(.pointRejected, "late")), atMs: 61_300)
        #expect(model.toast?.text == "That hit came too late to count")
        #expect(points(model.press([KeyPress(" ")], nowMs: 61_400)).first?.seq == 2)
    }

    @Test("once the time is up nothing is sent, and there is no dot to hit")
    func timeUp() throws {
        var model = try run(.dot)
        let target = try #require(model.arcade.play?.target(nowMs: 89_000))
        _ = try point(&model, at: Place(x: target.x, y: target.y), nowMs: 89_000)
        #expect(model.press([KeyPress(" ")], nowMs: 90_001) == [])
        #expect(model.arcade.play?.target(nowMs: 90_001) == nil)
    }

    @Test("the numbers of a game of steps are hit in their order, to the last")
    func steps() throws {
        var model = try run(.steps)
        for step in 1...25 {
            let atMs = 60_000 + Int64(step) * 300
            let labels = try #require(model.arcade.play?.labels)
            let cell = try #require(labels.firstIndex(of: step))
            let sent = points(
                try point(&model, at: Place(x: cell % 5, y: cell / 5), nowMs: atMs, presses: true))
            #expect(sent.map(\.seq) == [step])
            model.hear(
                .scored(RunScore(run: ArcadeSamples.run, seq: step, score: step, tMs: step * 300, seed: nil)),
                atMs: atMs + 20)
        }
        #expect(model.arcade.play?.score == 25)
    }

    // MARK: Aiming

    @Test("a tap goes one step, a held key gets faster, and the field's edge holds it")
    func aiming() throws {
        var model = try run(.dot)
        let middle = try #require(model.arcade.play?.aim)
        _ = model.press([KeyPress(.left)], nowMs: 61_000)
        #expect(model.arcade.play?.aim == Place(x: middle.x - 1, y: middle.y))
        _ = model.press([KeyPress("l")], nowMs: 61_500)
        #expect(model.arcade.play?.aim == middle)
        for step in 0..<30 { _ = model.press([KeyPress(.up)], nowMs: 62_000 + Int64(step) * 30) }
        #expect(model.arcade.play?.aim == Place(x: middle.x, y: 0))
        _ = model.press([KeyPress(.down, .shift)], nowMs: 64_000)
        #expect(model.arcade.play?.aim == Place(x: middle.x, y: ArcadePlay.jump))
    }

    @Test("in a game of steps a key goes a cell, held or not")
    func cells() throws {
        var model = try run(.steps)
        for step in 0..<2 { _ = model.press([KeyPress(.left)], nowMs: 61_000 + Int64(step) * 30) }
        #expect(model.arcade.play?.aim == Place(x: 0, y: 2))
    }

    @Test("the crosshair's way is seen for a moment, and no longer than its length")
    func trail() throws {
        var model = try run(.dot)
        for step in 0..<20 { _ = model.press([KeyPress(.left)], nowMs: 61_000 + Int64(step) * 10) }
        #expect(model.arcade.play?.trail.count == ArcadePlay.maxTrail)
        _ = model.update(.clock, nowMs: 62_000)
        #expect(model.arcade.play?.trail.isEmpty == true)
    }

    @Test("a window that gets too small in a run aims at nothing, and says what it needs")
    func shrinks() throws {
        var model = try run(.dot)
        let before = model.arcade.play?.aim
        _ = model.update(.resized(columns: 50, rows: 20), nowMs: 61_000)
        #expect(model.press([KeyPress(.left), KeyPress(" ")], nowMs: 61_100) == [])
        #expect(model.arcade.play?.aim == before)
        let frame = View.frame(of: model)
        let text = (0..<20).map { GridText.characters(frame, row: $0) }.joined()
        #expect(text.contains("Dot needs 62×24"))
    }

    // MARK: Ending

    @Test("Esc pressed twice ends the run and leads back to the games")
    func escape() throws {
        var model = try run(.dot)
        #expect(model.press([KeyPress(.escape)], nowMs: 60_900) == [])
        #expect(model.arcade.play != nil && model.toast?.text.hasPrefix("Esc again ends the run") == true)
        let commands = model.press([KeyPress(.escape)], nowMs: 61_000)
        #expect(model.toast == nil)
        #expect(commands.first == .arcade(.end(ArcadeSamples.run)))
        #expect(model.arcade.stage == .menu && model.page == .arcade)
        #expect(model.press([KeyPress(.enter)], nowMs: 61_100) == [], "the last one hasn't ended")
        model.hear(.ended(ArcadeSamples.result(.dot, .left, score: 0)), atMs: 61_200)
        #expect(model.arcade.stage == .menu)
        #expect(model.press([KeyPress(.enter)], nowMs: 61_900) == [.arcade(.start(.dot))])
    }

    @Test("a single Esc is forgotten after a while, and one while a run is asked for takes that back")
    func singleEscape() throws {
        var model = try run(.dot)
        for atMs in [61_000, 64_000, 67_000] as [Int64] {
            _ = model.press([KeyPress(.escape)], nowMs: atMs)
            #expect(model.deadlineMs.map { $0 <= atMs + Toast.lifetimeMs } == true)
        }
        #expect(model.arcade.play != nil)
        model = try SampleModels.playing(columns: 80, rows: 24, page: .arcade)
        _ = model.press([KeyPress(.enter)])
        let frame = View.frame(of: model)
        #expect(!GridText.characters(frame, row: 22).contains("plays"))
        _ = model.press([KeyPress(.escape)])
        #expect(model.arcade.stage == .menu)
    }

    @Test("a click on the names of other screens ends no run, and leads there from its outcome")
    func clicks() throws {
        var model = try run(.dot)
        let column = try #require((0..<80).first { Bars.page(model, column: $0, row: 23) == .home })
        #expect(model.mouse(.press(.left), column: column, row: 23) == [])
        #expect(model.arcade.play != nil && model.page == .arcade)
        model.hear(.ended(ArcadeSamples.result(.dot, .time, score: 1, rank: 9)), atMs: 90_000)
        _ = model.mouse(.press(.left), column: column, row: 23)
        #expect(model.page == .home)
    }

    @Test("letters and digits that mean nothing in a run end nothing")
    func slips() throws {
        var model = try run(.dot)
        #expect(model.type("q1234560xpn") == [])
        #expect(model.arcade.play != nil && model.page == .arcade)
    }

    @Test("a run that begins after its player went elsewhere is ended at once")
    func late() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        _ = model.go(.arcade)
        _ = model.press([KeyPress(.enter)])
        _ = model.go(.canvas)
        #expect(
            model.hear(.started(ArcadeSamples.start(.dot), atMs: 60_000)) == [
                .arcade(.end(ArcadeSamples.run))
            ])
        #expect(model.arcade.play == nil)
    }

    @Test("a run that counts tells score, place, multiplier and points, and asks for both anew")
    func counts() throws {
        var model = try run(.dot)
        let result = ArcadeSamples.result(.dot, .time, score: 42, rank: 2, percent: 250, points: 105)
        #expect(model.hear(.ended(result), atMs: 90_050) == [.profile, .arcade(.board(.dot, .all))])
        let frame = View.frame(of: model)
        let text = (0..<24).map { GridText.characters(frame, row: $0) }.joined()
        for words in ["42 hits", "2nd of all time", "+105 points", "×2.5"] { #expect(text.contains(words)) }
        #expect(model.press([KeyPress(.enter)], nowMs: 91_000) == [.arcade(.start(.dot))])
    }

    @Test(
        "a run that doesn't count says why, and pays nothing",
        arguments: [RunEndReason.burst, .rejected, .left])
    func doesNotCount(reason: RunEndReason) throws {
        var model = try run(.dot)
        #expect(model.hear(.ended(ArcadeSamples.result(.dot, reason, score: 7)), atMs: 70_000) == [])
        let frame = View.frame(of: model)
        let text = (0..<24).map { GridText.characters(frame, row: $0) }.joined()
        #expect(!text.contains("points"))
        #expect(text.contains(reason == .left ? "nothing is counted" : "doesn't count"))
        _ = model.press([KeyPress(.escape)], nowMs: 70_500)
        #expect(model.arcade.stage == .menu)
    }

    @Test("a game of steps that doesn't count tells the steps that were taken, not the server's number")
    func stepsRefused() throws {
        var model = try run(.steps)
        for step in 0..<9 { model.hit(atMs: 61_000 + Int64(step) * 600) }
        model.hear(.ended(ArcadeSamples.result(.steps, .rejected, score: 5_400)), atMs: 70_000)
        let text = (0..<24).map { GridText.characters(View.frame(of: model), row: $0) }.joined()
        #expect(text.contains("you had 9 steps") && text.contains("The server doesn't take it"))
    }

    @Test("a game of steps whose time is up counts as little at the screen as on the server")
    func stepsTimedOut() throws {
        var model = try run(.steps)
        model.hit(atMs: 61_000)
        #expect(model.hear(.ended(ArcadeSamples.result(.steps, .time, score: 1)), atMs: 90_000) == [])
        guard case .over(let outcome) = model.arcade.stage else { return #expect(Bool(false)) }
        #expect(!outcome.counts && outcome.score == 1)
        let text = (0..<24).map { GridText.characters(View.frame(of: model), row: $0) }.joined()
        #expect(text.contains("before its last step") && text.contains("you had 1 step "))
    }

    @Test("only a run with a place on the board is celebrated", arguments: [nil, 7])
    func celebration(rank: Int?) throws {
        var model = try run(.dot)
        model.hear(.ended(ArcadeSamples.result(.dot, .time, score: 0, rank: rank)), atMs: 90_000)
        #expect((model.pageMs != nil) == (rank != nil))
    }

    @Test("what a run pays is counted at once, and words about its hits are gone")
    func paid() throws {
        var model = try run(.dot)
        _ = model.update(.server(.profile(ArcadeSamples.profile(points: 0))), nowMs: 61_000)
        model.say("That hit came too late to count", .warning, nowMs: 89_900)
        model.hear(.ended(ArcadeSamples.result(.dot, .time, score: 1, rank: 40, points: 1)), atMs: 90_000)
        #expect(model.profile?.points == 1 && model.shop.points == 1 && model.toast == nil)
        let text = (0..<24).map { GridText.characters(View.frame(of: model), row: $0) }.joined()
        #expect(text.contains("+1 point ") && text.contains("you have 1 "))
    }

    @Test("a run whose connection is lost is over, and what comes of another is no news")
    func lost() throws {
        var model = try run(.dot)
        let other = Identifier(rawValue: 41)
        model.hear(.ended(ArcadeSamples.result(.dot, .time, score: 9, run: other)), atMs: 61_000)
        #expect(model.arcade.play != nil)
        model.hear(.lost(ArcadeSamples.run), atMs: 62_000)
        let frame = View.frame(of: model)
        let text = (0..<24).map { GridText.characters(frame, row: $0) }.joined()
        #expect(text.contains("The connection was lost"))
    }
}
