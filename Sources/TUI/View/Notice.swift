/// What is said over the canvas about the state of play, for each size of screen.
struct Notice: Hashable, Sendable {
    /// How much it matters.
    enum Tone: Hashable, Sendable {
        case calm
        case warning
        case failure
    }

    /// How it is shown, from large to small.
    enum Form: Hashable, Sendable {
        /// A frame with air in it, and a number drawn large.
        case box
        /// A frame as small as it goes.
        case card
        case line
    }

    /// A piece of a line of text.
    struct Piece: Hashable, Sendable {
        enum Role: Hashable, Sendable {
            case plain
            case strong
            case quiet
            /// A key of use.
            case key
            /// The key to press now, drawn like one.
            case cap
        }
        var text: String
        var role = Role.plain
    }

    /// A line inside the frame.
    enum Row: Hashable, Sendable {
        case text([Piece])
        /// How much of the way is done.
        case progress(done: Int, of: Int)
    }

    var tone: Tone
    var title: String
    /// Drawn large beside the first rows, where there is room.
    var number: Int?
    var rows: [Row]
    /// The rows of a card, where they are others; two at most, so that the cursor, or a prompt, has room beside it.
    var cardRows: [Row]?
    var cardTitle: String?
    /// Written into the frame's lower edge: keys of use, or what is to be known of the canvas.
    var footer: [Piece] = []
    /// The same in one line, from long to short; the first that fits is shown.
    var lines: [String]
    /// Whether it is a band of color with this much of a bar under it, instead of a frame.
    var countdown: Countdown?

    /// A bar that shrinks.
    struct Countdown: Hashable, Sendable {
        var left: Int
        var of: Int
    }
}

extension Notice {
    /// The form that a screen has room for.
    static func form(canvasRows: Int, isSmall: Bool) -> Form {
        if isSmall || canvasRows < 8 { return .line }
        return canvasRows < 14 ? .card : .box
    }

    func rows(in form: Form) -> [Row] { form == .card ? cardRows ?? rows : rows }

    /// The size on a screen of so many columns.
    func size(in form: Form, columns: Int) -> (columns: Int, rows: Int) {
        let room = columns - 2
        if form == .line {
            let text = lines.first { TextWidth.of($0) + 2 <= columns } ?? lines.last ?? ""
            return (min(TextWidth.of(text) + 2, columns), 1)
        }
        if countdown != nil { return (min(room, Self.boxColumns), 2) }
        let number = form == .box ? number.map { LargeDigits.columns(of: $0) } : nil
        let wished = Self.boxColumns + max((number ?? 0) - 2 * LargeDigits.rows, 0)
        let count = max(rows(in: form).count, number == nil ? 0 : LargeDigits.rows)
        return (min(room, wished), count + 2)
    }

    /// What every frame is wide, so that it doesn't jump with its words.
    static let boxColumns = 46
}
