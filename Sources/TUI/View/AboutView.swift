import Client
import Protocol
import Raster

/// The page about the program: its version, the server, the terminal.
struct AboutView {
    let model: Model
    let theme: Theme

    private static let nameColumns = 12
    private static let widest = 72
    /// Rows that a fact may take.
    private static let mostRows = 3

    func draw(into grid: inout CellGrid) {
        HintLine.draw(model, theme, into: &grid)
        let area = model.layout.canvas
        let logo =
            area.columns >= 104 && area.rows >= 30
            ? Logo(scale: 2) : area.columns >= 52 && area.rows >= 18 ? Logo.small(model.charset) : nil
        let width = min(area.columns - 2, Self.widest)
        let lines = lines.flatMap { Self.wrapped($0, columns: width) }
        let logoRows = logo.map { $0.rows + 1 } ?? 0
        // The last row is for short words.
        let room = max(area.rows - 1, 1)
        let shown = lines.prefix(max(room - logoRows, 1))
        var row = area.row + max((room - logoRows - shown.count) / 2, 0)
        if let logo {
            logo.draw(column: (area.columns - logo.columns) / 2, row: row, theme, into: &grid)
            row += logoRows
        }
        let left = (area.columns - width) / 2
        for line in shown {
            draw(line, row: row, columns: left..<left + width, into: &grid)
            row += 1
        }
    }

    /// A line of the page.
    private enum Line {
        case title(String)
        /// With the page that a click on the words opens, where the terminal knows links.
        case fact(String, String, url: String? = nil)
        case blank
    }

    private func draw(_ line: Line, row: Int, columns: Range<Int>, into grid: inout CellGrid) {
        switch line {
        case .blank: break
        case .title(let text):
            View.writeCentered(text, row: row, theme.onGround(theme.strong), into: &grid)
        case .fact(let name, let words, let url):
            grid.write(
                name, column: columns.lowerBound, row: row, limit: columns.upperBound,
                theme.onGround(theme.quiet))
            let column = columns.lowerBound + Self.nameColumns
            let end = grid.write(words, column: column, row: row, limit: columns.upperBound, theme.words)
            guard let url, end > column else { return }
            grid.links.append(CellGrid.Link(row: row, columns: column..<end, url: url))
        }
    }

    /// A fact on as many lines as its words need; those after the first have no name.
    private static func wrapped(_ line: Line, columns: Int) -> [Line] {
        guard case .fact(let name, let words, let url) = line else { return [line] }
        let rows = TextWidth.wrapped(words, columns: columns - nameColumns, lines: mostRows)
        return rows.enumerated().map { .fact($0.offset == 0 ? name : "", $0.element, url: url) }
    }

    private var lines: [Line] {
        var lines: [Line] = [.title("Pixel Wars \(Release.version)"), .blank]
        lines.append(.fact("server", model.serverURL ?? model.serverName, url: model.serverURL))
        lines.append(.fact("connection", connectionWords))
        if let canvas = model.canvas {
            let size = "\(canvas.size.width)×\(canvas.size.height), \(canvas.palette.count) colors"
            lines.append(.fact("canvas", "\(size), version \(Spelled.grouped(Int(model.version)))"))
        }
        if let account = model.account {
            let id = model.accountID.map { " (\($0.description))" } ?? ""
            lines.append(.fact("you", Bars.clean(account, columns: 24) + id))
            if model.purpose == .play { lines.append(.fact("sign-in", signInWords)) }
        }
        lines.append(.blank)
        lines.append(.fact("window", "\(model.columns)×\(model.rows), \(depthWords)"))
        lines += model.terminalFacts.facts.map { .fact($0.name, Bars.clean($0.words, columns: Self.widest)) }
        lines.append(.blank)
        let keys = model.bindings.label(of: .help, in: model.keyScene) ?? "F1"
        lines.append(.fact("help", "\(keys) for keys, man pixelwars, docs/playing.md"))
        lines.append(
            .fact("thanks", "ncurses, libuv, wslay, http-parser, OpenSSL, zlib, libpng, libqrencode"))
        return lines
    }

    private var connectionWords: String {
        let latency = model.latencyUs.map { ", \($0 / 1000).\($0 % 1000 / 100) ms" } ?? ""
        return Bars.words(for: model) + latency
    }

    private var signInWords: String {
        let isLinked = model.profile?.google == true
        switch model.signIn.method {
        case .google: return "by Google"
        case .key: return "by this device's key" + (isLinked ? ", and Google opens the account, too" : "")
        }
    }

    private var depthWords: String {
        switch model.depth {
        case .truecolor: "24-bit colors"
        case .ansi256: "256 colors"
        case .ansi16: "16 colors"
        case .monochrome: "no colors"
        }
    }
}
