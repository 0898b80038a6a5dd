import Protocol

/// The arcade: its games and their boards, a run, and how it ended.
struct ArcadeView {
    let model: Model
    let theme: Theme

    func draw(into grid: inout CellGrid) {
        switch model.arcade.stage {
        case .menu, .asking:
            HintLine.draw(model, theme, into: &grid)
            ArcadeMenuView(model: model, theme: theme).draw(into: &grid)
        case .playing(let play):
            HintLine.draw(model, theme, into: &grid)
            draw(play, into: &grid)
        case .over(let outcome):
            HintLine.draw(model, theme, into: &grid)
            OutcomeView(model: model, outcome: outcome, theme: theme).draw(into: &grid)
        }
    }

    private func draw(_ play: ArcadePlay, into grid: inout CellGrid) {
        guard let layout = FieldLayout(play.game, model.layout) else {
            return drawTooSmall(play, into: &grid)
        }
        drawHeader(play, layout, into: &grid)
        let frame = layout.frame
        Box.draw(
            column: frame.column, row: frame.row, columns: frame.columns, rows: frame.rows,
            title: play.game.rules.title, theme, into: &grid)
        if play.isOfSteps {
            StepsView(play: play, layout: layout, theme: theme).draw(into: &grid)
        } else {
            FieldView(play: play, layout: layout, theme: theme, nowMs: model.clockMs).draw(into: &grid)
        }
    }

    private func drawTooSmall(_ play: ArcadePlay, into grid: inout CellGrid) {
        let middle = model.layout.canvas.row + model.layout.canvas.rows / 2
        let need = "\(play.game.rules.title) needs \(FieldLayout.need(play.game))"
        View.writeCentered(need, row: middle - 1, theme.words.styled(.bold), into: &grid)
        View.writeCentered(
            "this is \(model.columns)×\(model.rows); the run goes on", row: middle, theme.words, into: &grid)
    }

    /// Score, time and the bar between them.
    private func drawHeader(_ play: ArcadePlay, _ layout: FieldLayout, into grid: inout CellGrid) {
        let row = layout.frame.row - 1
        let end = layout.frame.column + layout.frame.columns - 1
        let tenths = (play.shownMs(nowMs: model.clockMs) + (play.isOfSteps ? 0 : 99)) / 100
        let time = "\(tenths / 10).\(tenths % 10) s"
        let start = end - max(TextWidth.of(time), 6)
        var left = layout.frame.column + 1
        var part = (done: 0, of: 1)
        var isUrgent = false
        switch play.game.rules.category {
        case .timed(let seconds):
            left = grid.write("Score ", column: left, row: row, limit: start, theme.words)
            left = grid.write(
                "\(play.score)", column: left, row: row, limit: start, theme.onGround(theme.strong))
            // As coarse as the time beside it, so that both move at once.
            part = (tenths * 100, seconds * 1000)
            isUrgent = part.done <= IdleLimit.urgentMs
        case .steps(let count):
            let next = play.score + 1
            left = grid.write("Next ", column: left, row: row, limit: start, theme.words)
            left = grid.write(
                next > count ? "–" : "\(next)", column: left, row: row, limit: start,
                theme.onGround(theme.accent))
            part = (play.score, count)
        }
        let bar = left + 2
        for column in bar..<max(start - 1, bar) {
            let isDone = (column - bar) * part.of < part.done * (start - 1 - bar)
            let brush = isDone ? isUrgent ? theme.failure : theme.accent : theme.quiet
            grid.put(Cell(isDone ? "━" : "─", theme.onGround(brush)), column: column, row: row)
        }
        grid.write(
            time, column: end - TextWidth.of(time), row: row, limit: end + 1,
            theme.onGround(isUrgent ? theme.failure : theme.strong))
    }
}

/// An arcade's numbers as people say them.
enum ArcadeWords {
    /// A score: hits, or for games of steps a time.
    static func score(_ score: Int, of game: ArcadeGameID) -> String {
        switch game.rules.category {
        case .timed: return Spelled.grouped(score)
        case .steps: return seconds(milliseconds: score)
        }
    }

    /// `23.41 s`.
    static func seconds(milliseconds: Int) -> String {
        let hundredths = max(milliseconds, 0) / 10
        let rest = hundredths % 100
        return "\(Spelled.grouped(hundredths / 100)).\(rest < 10 ? "0" : "")\(rest) s"
    }

    /// What a score of a game is, in a few words.
    static func category(_ game: ArcadeGameID) -> String {
        switch game.rules.category {
        case .timed(let seconds): "\(seconds) s, hits count"
        case .steps(let count): "\(count) steps, time counts"
        }
    }

    static func period(_ period: BoardPeriod) -> String {
        switch period {
        case .day: "today"
        case .week: "this week"
        case .all: "all time"
        }
    }

    /// `250` as `×2.5`.
    static func multiplier(percent: Int) -> String {
        let (whole, rest) = (percent / 100, percent % 100)
        if rest == 0 { return "×\(whole)" }
        return rest % 10 == 0 ? "×\(whole).\(rest / 10)" : "×\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}
