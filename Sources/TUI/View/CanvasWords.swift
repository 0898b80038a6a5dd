import Protocol

/// What the title line says of the canvas's lens, template and way, and of the last pixel.
enum CanvasWords {
    static func pieces(_ model: Model, _ theme: Theme) -> [BarPiece] {
        var pieces: [BarPiece] = []
        if let untilMs = model.desk.undo.untilMs(nowMs: model.clockMs) {
            let seconds = Seconds.left(until: untilMs, nowMs: model.clockMs)
            pieces.append(BarPiece(text: "undo \(seconds) s", brush: theme.warning, rank: 1))
        }
        if let following = model.desk.following {
            let name = Bars.clean(following.account.name, columns: 16)
            pieces.append(BarPiece(text: "following \(name)", brush: theme.accent, rank: 1))
        } else if model.desk.tour != nil {
            pieces.append(BarPiece(text: "touring", brush: theme.accent, rank: 1))
        }
        if let words = lens(model, theme) {
            pieces.append(
                BarPiece(text: words, brush: theme.accent, rank: 1, legend: legend(model, theme)))
        }
        if model.template != nil, let match = model.desk.match {
            let words = "template \(match.percent)%"
            pieces.append(
                BarPiece(text: words, brush: match.wrong == 0 ? theme.good : theme.accent, rank: 3))
        }
        return pieces
    }

    /// The colors of the lens, from a little to much; none where words tell it.
    private static func legend(_ model: Model, _ theme: Theme) -> [Ink] {
        guard model.lens == .heat, theme.hasColor else { return [] }
        return HeatRamp(on: theme.groundColor).colors.map { Ink($0) }
    }

    /// What the lens shows, and how far that is known.
    private static func lens(_ model: Model, _ theme: Theme) -> String? {
        switch model.lens {
        case .plain: return nil
        // Without color, heat is told by how much of a cell is filled.
        case .heat: return theme.hasColor ? "heat " : "heat ░▒▓█"
        case .untouched:
            guard let touched = model.desk.touched else { return "untouched" }
            switch touched.knowledge {
            case .none, .asking: return "untouched: asking"
            case .whole: return "untouched \(touched.untouchedPercent)%"
            case .refused(let words, _): return "untouched: \(Bars.clean(words, columns: 24))"
            }
        }
    }
}
