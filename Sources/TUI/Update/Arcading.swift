import Protocol

/// The arcade: choosing a game, playing it, and what the server makes of it.
extension Model {
    // MARK: Keys

    mutating func performInArcade(_ action: Action, key: KeyPress.Key, nowMs: Int64) -> [Command] {
        switch action {
        case .choose(let step):
            arcade.choose(by: step)
            return askForBoard()
        case .turnPeriod(let step):
            arcade.turnPeriod(by: step)
            return askForBoard()
        case .refresh:
            return mayAsk(nowMs: nowMs, asPlayer: false) ? lookAtPage() : []
        case .take: return startRun(nowMs: nowMs)
        case .endRun: return endRun(nowMs: nowMs)
        case .move(let dx, let dy): aim(nowMs: nowMs) { $0.move(dx: dx, dy: dy, by: key, nowMs: nowMs) }
        case .jump(let dx, let dy): aim(nowMs: nowMs) { $0.jump(dx: dx, dy: dy, nowMs: nowMs) }
        case .shoot: return shoot(at: arcade.play.map { [$0.aim] } ?? [], nowMs: nowMs)
        default: return perform(action, nowMs: nowMs)
        }
        return []
    }

    private mutating func askForBoard() -> [Command] {
        arcade.absence = nil
        return link.isLive ? [.arcade(.board(arcade.game, arcade.period))] : []
    }

    private mutating func startRun(nowMs: Int64) -> [Command] {
        guard mayAsk(nowMs: nowMs, asPlayer: true) else { return [] }
        let game: ArcadeGameID
        if case .over(let outcome) = arcade.stage { game = outcome.game } else { game = arcade.game }
        guard FieldLayout(game, runLayout) != nil else {
            say(
                "\(game.rules.title) needs \(FieldLayout.need(game)): this is \(columns)×\(rows)", .warning,
                nowMs: nowMs)
            return []
        }
        guard arcade.leaving == nil else {
            say("The run before is still ending: try again", .warning, nowMs: nowMs)
            return []
        }
        arcade.stage = .asking(game)
        toast = nil
        return [.arcade(.start(game))]
    }

    /// Goes back to the games; a run that is on is given up by the second press, since nothing of it counts then.
    private mutating func endRun(nowMs: Int64) -> [Command] {
        if let play = arcade.play, !play.isOver, arcade.endUntilMs == nil {
            arcade.endUntilMs = nowMs + Toast.lifetimeMs
            let key = bindings.label(of: .endRun, in: keyScene) ?? "That"
            say("\(key) again ends the run: nothing of it counts", .warning, nowMs: nowMs)
            return []
        }
        if arcade.play != nil { toast = nil }
        let commands = leaveArcade()
        return commands + lookAtPage()
    }

    /// Gives up the run that is on, and goes back to the games.
    mutating func leaveArcade() -> [Command] {
        arcade.endUntilMs = nil
        defer { arcade.stage = .menu }
        guard let play = arcade.play, !play.isOver else { return [] }
        arcade.leaving = play.run
        return [.arcade(.end(play.run))]
    }

    // MARK: Aiming

    /// Does something to the run that is on, as long as its field can be seen.
    private mutating func aim(nowMs: Int64, _ move: (inout ArcadePlay) -> Void) {
        guard case .playing(var play) = arcade.stage, FieldLayout(play.game, layout) != nil else { return }
        move(&play)
        arcade.stage = .playing(play)
    }

    private mutating func shoot(at places: [Place], nowMs: Int64) -> [Command] {
        guard !places.isEmpty else { return [] }
        var point: RunPoint?
        aim(nowMs: nowMs) { point = $0.shoot(at: places, nowMs: nowMs) }
        return point.map { [.arcade(.point($0))] } ?? []
    }

    /// What the mouse does: over the field it aims and shoots, over the menu it chooses.
    mutating func takeOverArcade(_ mouse: MouseEvent, nowMs: Int64) -> [Command] {
        switch arcade.stage {
        case .menu: return takeOverGames(mouse, nowMs: nowMs)
        case .asking, .over: return []
        case .playing(let play):
            let places = FieldLayout(play.game, layout)?.places(
                column: mouse.column, row: mouse.row, near: play.aim)
            guard let places, let first = places.first else { return [] }
            switch mouse.kind {
            case .motion: aim(nowMs: nowMs) { $0.point(at: first, nowMs: nowMs) }
            case .press(.left):
                aim(nowMs: nowMs) { $0.point(at: first, nowMs: nowMs) }
                return shoot(at: places, nowMs: nowMs)
            case .press, .release, .wheelUp, .wheelDown: break
            }
            return []
        }
    }

    private mutating func takeOverGames(_ mouse: MouseEvent, nowMs: Int64) -> [Command] {
        switch mouse.kind {
        case .press(.left):
            let layout = ArcadeLayout(self)
            if let period = layout.period(column: mouse.column, row: mouse.row) {
                arcade.period = period
                return askForBoard()
            }
            guard let index = layout.index(column: mouse.column, row: mouse.row) else { return [] }
            if index == arcade.chosen { return startRun(nowMs: nowMs) }
            arcade.chosen = index
            return askForBoard()
        case .wheelUp: return performInArcade(.choose(by: -1), key: .up, nowMs: nowMs)
        case .wheelDown: return performInArcade(.choose(by: 1), key: .down, nowMs: nowMs)
        case .press, .release, .motion: return []
        }
    }

    // MARK: What the server tells

    mutating func take(_ report: ArcadeReport, nowMs: Int64) -> [Command] {
        switch report {
        case .board(let answer): arcade.take(answer)
        case .failed(let failure):
            arcade.absence = words(for: failure).words.shown
            if page == .arcade { complain(failure, nowMs: nowMs) }
        case .started(let start, let atMs): return started(start, atMs: atMs)
        case .refused(let game, let failure):
            guard arcade.stage == .asking(game) else { break }
            arcade.stage = .menu
            complain(failure, nowMs: nowMs)
        case .scored(let score): withPlay(score.run) { $0.take(score, nowMs: nowMs) }
        case .pointRefused(let point, let failure):
            var isOurs = false
            withPlay(point.run) { isOurs = $0.refuse(point, failure) }
            if isOurs { complain(failure, nowMs: nowMs) }
        case .ended(let result): return ended(result.run, result, nowMs: nowMs)
        case .lost(let run): return ended(run, nil, nowMs: nowMs)
        }
        return []
    }

    private mutating func complain(_ failure: Failure, nowMs: Int64) {
        let (words, kind) = words(for: failure)
        say(words, kind, nowMs: nowMs)
    }

    private mutating func withPlay(_ run: Identifier, _ change: (inout ArcadePlay) -> Void) {
        guard case .playing(var play) = arcade.stage, play.run == run else { return }
        change(&play)
        arcade.stage = .playing(play)
    }

    private mutating func started(_ start: RunStart, atMs: Int64) -> [Command] {
        // Whoever went elsewhere while it was asked for doesn't want it any more.
        guard arcade.stage == .asking(start.game), page == .arcade else {
            arcade.leaving = start.run
            return [.arcade(.end(start.run))]
        }
        arcade.stage = .playing(ArcadePlay(start, startedAtMs: atMs))
        return []
    }

    private mutating func ended(_ run: Identifier, _ result: RunResult?, nowMs: Int64) -> [Command] {
        if arcade.leaving == run {
            arcade.leaving = nil
            // The ad before the page that the person left for waits for this.
            return goOn(over: link)
        }
        guard let play = arcade.play, play.run == run else { return [] }
        arcade.endUntilMs = nil
        // Words about single hits are no news any more.
        toast = nil
        var outcome = ArcadeOutcome(game: play.game, result: result, score: play.score, atMs: nowMs)
        guard let result, outcome.counts else {
            arcade.stage = .over(outcome)
            return []
        }
        outcome.score = result.score
        arcade.stage = .over(outcome)
        pay(result.profilePoints)
        return link.isLive ? [.profile] + askForBoard() : []
    }

    /// Counts points that the server has paid, until it tells their sum anew.
    private mutating func pay(_ points: Int) {
        if let before = profile?.points { profile?.points = before + points }
        if let before = shop.points { shop.points = before + points }
    }
}
