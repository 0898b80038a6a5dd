import Client
import Protocol

/// The page where one signs in with Google: what can be done, the code that waits, or how it ended.
struct SignInView {
    let model: Model
    let theme: Theme

    private var desk: SignInDesk { model.signIn }
    private static let widest = 72

    /// How long each of the spinner's signs is seen.
    static let turnMs: Int64 = 120
    private static let signs = Array("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")
    private static let asciiSigns = Array("|/-\\")

    func draw(into grid: inout CellGrid) {
        HintLine.draw(model, theme, into: &grid)
        switch desk.stage {
        case .choosing: draw(choices, into: &grid)
        case .asking: draw(asking, into: &grid)
        case .pending(let pending): draw(pending, into: &grid)
        case .ended(let ending): draw(words(of: ending), into: &grid)
        }
    }

    /// What the page is about.
    private var title: String {
        guard desk.isToLink, let account = model.account else { return "Sign in with Google" }
        return "Link Google to \(Bars.clean(account, columns: 24))"
    }

    // MARK: Words alone

    /// A line in the middle of the page.
    private struct Line {
        var text: String
        var brush: Brush
        /// The key that a click on it presses, written before the text.
        var key: KeyPress?
        static func blank(_ theme: Theme) -> Line { Line(text: "", brush: theme.ground) }
    }

    private var choices: [Line] {
        var lines = [Line(text: title, brush: strong), .blank(theme), Line(text: whoAmI, brush: theme.words)]
        if model.profile?.google == true {
            lines.append(Line(text: "Google opens this account, too.", brush: theme.ground))
        }
        lines.append(.blank(theme))
        guard model.purpose == .play else {
            lines.append(Line(text: "You are looking on: `pixelwars play` takes part.", brush: theme.words))
            return lines
        }
        var offers: [(SignInAction, String)] = [(.begin, "sign in with Google, and go on as its account")]
        if model.account != nil, model.profile?.google != true {
            offers.append((.link, "link Google to the account that you have"))
        }
        if desk.method == .google { offers.append((.useKey, "go back to this device's key")) }
        for (action, words) in offers {
            guard let press = model.bindings.press(for: .signIn(action), in: .signIn) else { continue }
            lines.append(Line(text: words, brush: theme.words, key: press))
        }
        return lines
    }

    private var whoAmI: String {
        let way = desk.method == .google ? "by Google" : "by this device's key"
        guard let account = model.account else { return "You are not signed in." }
        return "You are \(Bars.clean(account, columns: 24)), \(way)."
    }

    private var asking: [Line] {
        let words = desk.trouble.map { "\($0): trying again" } ?? "asking for a code"
        return [
            Line(text: title, brush: strong), .blank(theme),
            Line(
                text: spinner + PlayerName.displayed(words),
                brush: desk.trouble == nil ? theme.words : theme.onGround(theme.warning)),
        ]
    }

    private func words(of ending: SignInEnding) -> [Line] {
        let words = model.words(for: ending)
        let more: String
        let brush: Brush
        switch ending {
        case .signedIn: (more, brush) = ("On this device you sign in so from now on.", theme.good)
        case .linked: (more, brush) = ("It opens this account on any device.", theme.good)
        case .denied, .expired: (more, brush) = ("", theme.warning)
        case .unavailable: (more, brush) = ("Your key signs you in, here and elsewhere.", theme.warning)
        case .refused: (more, brush) = ("", theme.failure)
        }
        return [
            Line(text: title, brush: strong), .blank(theme), Line(text: words, brush: theme.onGround(brush)),
            Line(text: more, brush: theme.ground),
        ]
    }

    private func draw(_ lines: [Line], into grid: inout CellGrid) {
        let area = model.layout.canvas
        let columns = min(area.columns - 2, Self.widest)
        var rows: [Line] = []
        for line in lines {
            let indent = line.key.map { TextWidth.of($0.label) + 1 } ?? 0
            let texts = TextWidth.wrapped(line.text, columns: columns - indent, lines: 2)
            rows.append(Line(text: texts.first ?? "", brush: line.brush, key: line.key))
            rows += texts.dropFirst().map { Line(text: $0, brush: line.brush) }
        }
        let room = max(area.rows - 1, 1)
        // Where room is short, what is only space goes first.
        if rows.count > room { rows.removeAll { $0.text.isEmpty } }
        let top = area.row + max((room - rows.count) / 2, 0)
        for (offset, line) in rows.prefix(room).enumerated() {
            let keys = line.key.map { $0.label + " " } ?? ""
            let width = TextWidth.of(keys) + TextWidth.of(line.text)
            let column = area.column + max((area.columns - width) / 2, 0)
            let end = grid.write(
                keys, column: column, row: top + offset, limit: grid.columns, theme.onGround(theme.accent))
            grid.write(line.text, column: end, row: top + offset, limit: grid.columns, line.brush)
            if let key = line.key {
                grid.mark(key, Layout.Area(column: column, row: top + offset, columns: width, rows: 1))
            }
        }
    }

    private var strong: Brush { theme.onGround(theme.strong) }

    // MARK: The code

    private func draw(_ pending: SignInDesk.Pending, into grid: inout CellGrid) {
        let layout = SignInLayout(model, pending, theme)
        let end = layout.words.row + layout.words.rows
        var row = layout.words.row
        func write(_ text: String, _ brush: Brush) {
            guard row < end else { return }
            let shown = TextWidth.clipped(text, columns: layout.words.columns)
            let column = layout.words.column + (layout.words.columns - TextWidth.of(shown)) / 2
            grid.write(shown, column: column, row: row, limit: grid.columns, brush)
            row += 1
        }
        if layout.isAiry {
            write(title, strong)
            row += 1
            let ways =
                layout.picture == nil
                ? ["On any device, open"]
                : ["Scan the picture, or open on any device", "Scan the picture, or open"]
            write(TextWidth.fitting(ways, columns: layout.words.columns), theme.words)
        }
        for text in layout.address {
            let column = layout.words.column + (layout.words.columns - TextWidth.of(text)) / 2
            grid.links.append(
                CellGrid.Link(
                    row: row, columns: column..<column + TextWidth.of(text), url: pending.code.linkAddress))
            write(text, theme.onGround(theme.accent))
        }
        if layout.isAiry {
            row += 1
            write("and enter the code", theme.words)
        }
        draw(layout, &row, into: &grid)
        if layout.isAiry { row += 1 }
        write(waitingWords(pending), theme.onGround(desk.trouble == nil ? theme.quiet : theme.warning))
        layout.picture.map { $0.picture.draw(column: $0.column, row: $0.row, into: &grid) }
    }

    private func draw(_ layout: SignInLayout, _ row: inout Int, into grid: inout CellGrid) {
        let (area, brush) = (layout.words, strong)
        switch layout.form {
        case .large:
            for (number, line) in layout.codeLines.enumerated() {
                if number > 0 { row += 1 }
                let column = area.column + (area.columns - LargeLetters.columns(of: line)) / 2
                LargeLetters.draw(line, column: column, row: row, brush, into: &grid)
                row += LargeLetters.rows
            }
        case .spaced:
            let spaced = layout.codeLines.joined().map { String($0) }.joined(separator: " ")
            let text = TextWidth.of(spaced) <= area.columns ? spaced : layout.codeLines.joined()
            let column = area.column + max((area.columns - TextWidth.of(text)) / 2, 0)
            grid.write(text, column: column, row: row, limit: grid.columns, brush)
            row += 1
        }
    }

    private func waitingWords(_ pending: SignInDesk.Pending) -> String {
        let left = Spelled.clock(seconds: Seconds.left(until: pending.endsMs, nowMs: model.clockMs))
        guard let trouble = desk.trouble else { return "\(spinner)waiting, \(left) left" }
        return "\(spinner)\(left) left, trying again: \(PlayerName.displayed(trouble))"
    }

    /// A sign that turns, where things may move.
    private var spinner: String {
        guard !model.settings.isMotionReduced else { return "" }
        let signs = model.charset == .ascii ? Self.asciiSigns : Self.signs
        return String(signs[Int(model.clockMs / Self.turnMs % Int64(signs.count))]) + " "
    }
}

extension SignInDesk {
    /// When what is seen of it changes next by time alone.
    func nextChangeMs(isStill: Bool, nowMs: Int64) -> Int64? {
        guard isUnderWay else { return nil }
        let turn = isStill ? nil : (nowMs / SignInView.turnMs + 1) * SignInView.turnMs
        return [turn, pending.flatMap { Seconds.nextChange(until: $0.endsMs, nowMs: nowMs) }]
            .compactMap { $0 }.min()
    }
}
