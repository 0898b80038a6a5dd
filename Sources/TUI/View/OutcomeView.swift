import Protocol

/// How a run ended: the score, its place, and what it pays.
struct OutcomeView {
    let model: Model
    let outcome: ArcadeOutcome
    let theme: Theme

    func draw(into grid: inout CellGrid) {
        let area = model.layout.canvas
        let isLarge = area.rows >= 13 && outcome.counts && !isTime
        let lines = lines
        let height = lines.count + (isLarge ? LargeDigits.rows + 1 : 0) + 4
        let columns = min(Notice.boxColumns, area.columns - 2)
        let box = Layout.Area(
            column: (area.columns - columns) / 2,
            row: area.row + max((area.rows - min(height, area.rows)) / 2, 0),
            columns: columns, rows: min(height, area.rows))
        if outcome.hasPlace, !theme.isStill {
            Confetti.draw(outcome, area, theme, nowMs: model.clockMs, into: &grid)
        }
        Box.draw(
            column: box.column, row: box.row, columns: box.columns, rows: box.rows, title: title,
            edge: outcome.counts ? theme.accent : theme.failure, theme, into: &grid)
        var row = box.row + (box.rows >= height ? 2 : 1)
        if isLarge {
            let column = box.column + (box.columns - LargeDigits.columns(of: outcome.score)) / 2
            LargeDigits.draw(outcome.score, column: column, row: row, theme.accent, into: &grid)
            row += LargeDigits.rows + 1
        }
        for (text, brush) in lines where row < box.row + box.rows - 1 {
            let shown = TextWidth.clipped(text, columns: box.columns - 4)
            grid.write(
                shown, column: box.column + (box.columns - TextWidth.of(shown)) / 2, row: row,
                limit: box.column + box.columns - 1, brush)
            row += 1
        }
    }

    private var isTime: Bool {
        switch outcome.game.rules.category {
        case .timed: false
        case .steps: true
        }
    }

    private var title: String {
        switch outcome.result?.reason {
        case .time?: "\(outcome.game.rules.title): time is up"
        case .completed?: "\(outcome.game.rules.title): done"
        case .left?: "\(outcome.game.rules.title): ended"
        case .burst?, .rejected?, nil: "\(outcome.game.rules.title): doesn't count"
        }
    }

    /// What is said, the most important first.
    private var lines: [(String, Brush)] {
        guard outcome.counts, let result = outcome.result else {
            return [(refusal, theme.warning)] + playedLine
        }
        let score = ArcadeWords.score(outcome.score, of: outcome.game)
        var lines: [(String, Brush)] = [
            (isTime ? score : outcome.score == 1 ? "1 hit" : "\(score) hits", theme.strong)
        ]
        if let rank = result.rank {
            let words = rank == 1 ? "★ 1st of all time ★" : "\(Spelled.ordinal(rank)) of all time"
            lines.append((words, rank <= 3 ? theme.accent : theme.bar))
        }
        if result.profilePoints > 0 {
            var words = "+\(Spelled.points(result.profilePoints))"
            if let percent = result.multiplierPercent, percent != 100 {
                words += ", \(ArcadeWords.multiplier(percent: percent)) for the place"
            }
            lines.append((words, theme.good))
        } else {
            lines.append((isTime ? "no points: only a faster time pays" : "no points this time", theme.quiet))
        }
        if let points = model.profile?.points {
            lines.append(("you have \(Spelled.grouped(points))", theme.quiet))
        }
        return lines
    }

    private var playedLine: [(String, Brush)] {
        guard outcome.result?.reason != .left else { return [] }
        let one = isTime ? "step" : "hit"
        return [
            ("you had \(Spelled.grouped(outcome.score)) \(outcome.score == 1 ? one : one + "s")", theme.quiet)
        ]
    }

    private var refusal: String {
        switch outcome.result?.reason {
        case .burst?: "Hits came faster than hands can"
        case .rejected?: "The server doesn't take it"
        case .left?: "You ended it; nothing is counted"
        case .time?, .completed?: "Its time was up before its last step"
        case nil: "The connection was lost"
        }
    }
}

/// Bits of color that fall for a moment when a run counts.
enum Confetti {
    private static let stepMs: Int64 = 90
    private static let shownMs: Int64 = 3_600
    private static let bitsARow = 3
    private static let colored: [Unicode.Scalar] = ["▀", "▄", "▘", "▗"]
    private static let plain: [Unicode.Scalar] = ["*", "+", "·", "'"]

    /// When it falls on; nil once it has.
    static func nextChangeMs(_ outcome: ArcadeOutcome, nowMs: Int64) -> Int64? {
        guard outcome.hasPlace, nowMs < outcome.atMs + shownMs else { return nil }
        return nowMs + stepMs - (nowMs - outcome.atMs) % stepMs
    }

    static func draw(
        _ outcome: ArcadeOutcome, _ area: Layout.Area, _ theme: Theme, nowMs: Int64, into grid: inout CellGrid
    ) {
        guard nextChangeMs(outcome, nowMs: nowMs) != nil else { return }
        let fallen = Int((nowMs - outcome.atMs) / stepMs)
        var random = SeededGenerator(seed: outcome.result?.run.rawValue ?? 0)
        let inks = [theme.warning, theme.failure, theme.accent, theme.good]
        let scalars = theme.hasColor ? colored : plain
        for _ in 0..<area.rows * bitsARow {
            let column = Int(random.next() % UInt64(max(area.columns, 1)))
            // Each begins at a height of its own above the screen, and falls out of it below.
            let row = fallen - Int(random.next() % UInt64(max(area.rows * 3 / 2, 1)))
            let look = Int(random.next() % 4)
            guard row >= 0, row < area.rows else { continue }
            grid.put(
                Cell(scalars[look], theme.onGround(inks[(column + look) % inks.count])),
                column: area.column + column,
                row: area.row + row)
        }
    }
}
