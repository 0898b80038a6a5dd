import Client
import QRCodes

/// Where the code that waits stands: its words, and the picture of its address where there is room for it.
struct SignInLayout {
    /// How the code is written.
    enum CodeForm: Hashable, Sendable {
        /// In large letters, on so many lines.
        case large(lines: Int)
        /// In letters with room between them.
        case spaced
    }

    /// The words' part of the screen.
    let words: Layout.Area
    let form: CodeForm
    /// Whether there is room for headings and rows between the words.
    let isAiry: Bool
    /// The address's rows.
    let address: [String]
    /// The parts of the code, a line of large letters each.
    let codeLines: [String]
    let picture: (picture: QRPicture, column: Int, row: Int)?

    private static let gap = 3
    private static let widest = 64
    private static let maxAddressRows = 3
    /// The title, a space, what to do, a space, what to enter, a space, the waiting.
    private static let airyRows = 7
    /// What to do, and the waiting.
    private static let denseRows = 2

    init(_ model: Model, _ pending: SignInDesk.Pending, _ theme: Theme) {
        let area = model.layout.canvas
        // The last row is for short words.
        let room = max(area.rows - 1, 1)
        let code = pending.code
        let parts = code.userCode.split(separator: "-").map(String.init)
        let large: [[String]] =
            LargeLetters.canDraw(code.userCode)
            ? [
                [code.userCode],
                parts.enumerated().map { $0.offset < parts.count - 1 ? $0.element + "-" : $0.element },
            ]
            : []
        let picture = pending.picture.map {
            QRPicture(code: $0, theme: theme, isASCII: model.charset == .ascii)
        }
        let narrowest = large.last?.map(LargeLetters.columns).max() ?? code.userCode.count * 2
        let isBeside = picture.map {
            $0.rows <= room && $0.columns + Self.gap + narrowest + 2 <= area.columns
        }
        let hasPicture = isBeside ?? false
        let columns = min(
            area.columns - 2 - (hasPicture ? (picture?.columns ?? 0) + Self.gap : 0), Self.widest)
        address = Self.rows(of: code.address, columns: columns)
        let form = Self.form(large, columns: columns, room: room - address.count)
        self.form = form.form
        isAiry = form.isAiry
        codeLines = form.lines.isEmpty ? [code.userCode] : form.lines
        let rows = min(form.rows + address.count, room)
        let whole = hasPicture ? columns + Self.gap + (picture?.columns ?? 0) : columns
        let left = area.column + (area.columns - whole) / 2
        words = Layout.Area(
            column: left, row: area.row + (room - rows) / 2, columns: columns, rows: rows)
        self.picture =
            hasPicture
            ? picture.map { ($0, left + columns + Self.gap, area.row + (room - $0.rows) / 2) } : nil
    }

    /// The largest form of the code that fits, with headings if they do, too.
    private static func form(
        _ large: [[String]], columns: Int, room: Int
    ) -> (form: CodeForm, lines: [String], isAiry: Bool, rows: Int) {
        for isAiry in [true, false] {
            let others = isAiry ? airyRows : denseRows
            for lines in large where lines.allSatisfy({ LargeLetters.columns(of: $0) <= columns }) {
                let rows = lines.count * (LargeLetters.rows + 1) - 1 + others
                if rows <= room { return (.large(lines: lines.count), lines, isAiry, rows) }
            }
        }
        let isAiry = airyRows + 1 <= room
        return (.spaced, [], isAiry, (isAiry ? airyRows : denseRows) + 1)
    }

    /// An address has no spaces to break it at: as much as fits on each row.
    private static func rows(of address: String, columns: Int) -> [String] {
        var rows: [String] = []
        var rest = Substring(address)
        while !rest.isEmpty, rows.count < maxAddressRows {
            rows.append(String(rest.prefix(max(columns, 1))))
            rest = rest.dropFirst(max(columns, 1))
        }
        if !rest.isEmpty, let last = rows.popLast() {
            rows.append(TextWidth.clipped(last + "…", columns: columns))
        }
        return rows
    }
}
