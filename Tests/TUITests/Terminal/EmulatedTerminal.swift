import Testing

/// As much of a terminal (ECMA-48, xterm's ctlseqs) as frames are made of: reads bytes, keeps cells.
///
/// What it doesn't know is an issue of the test that feeds it.
struct EmulatedTerminal {
    struct Pen: Hashable {
        var foreground = ""
        var background = ""
        var styles: Set<Int> = []
        var link: String?
    }

    struct Cell: Hashable {
        var text = " "
        var pen = Pen()
    }

    let columns: Int
    let rows: Int
    private(set) var cells: [[Cell]]
    private(set) var row = 0
    private(set) var column = 0
    private(set) var modes: Set<Int> = []
    private(set) var questions = 0
    private(set) var unknown: [String] = []
    private var pen = Pen()
    private var saved = (row: 0, column: 0, pen: Pen())
    private var last = Cell()
    private var inserts = false

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        cells = Array(repeating: Array(repeating: Cell(), count: columns), count: rows)
    }

    /// Takes in whole sequences.
    mutating func feed(_ bytes: [UInt8]) {
        var rest = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\u{1b}": escape(&rest)
            case "\r": column = 0
            case "\n": row = min(row + 1, rows - 1)
            case "\u{8}": column = max(column - 1, 0)
            case "\t": column = min((column / 8 + 1) * 8, columns - 1)
            case "\u{7}": break
            default: put(scalar)
            }
        }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        let properties = scalar.properties
        if properties.generalCategory == .nonspacingMark, column > 0 {
            cells[row][column - 1].text.unicodeScalars.append(scalar)
            return
        }
        let isWide = properties.isEmojiPresentation || (0x4e00...0x9fff).contains(scalar.value)
        put(Cell(text: String(scalar), pen: pen), width: isWide ? 2 : 1)
    }

    private mutating func put(_ cell: Cell, width: Int) {
        last = cell
        guard column + width <= columns else { return }
        if inserts {
            cells[row].removeLast(width)
            cells[row].insert(contentsOf: repeatElement(Cell(), count: width), at: column)
        }
        cells[row][column] = cell
        if width == 2 { cells[row][column + 1] = Cell(text: "", pen: cell.pen) }
        // The cursor stays on the last column until something else comes.
        column = min(column + width, columns)
    }

    private mutating func escape(_ rest: inout ArraySlice<Unicode.Scalar>) {
        guard let kind = rest.popFirst() else { return unknown.append("ESC") }
        switch kind {
        case "[": control(&rest)
        case "]":
            var text = ""
            while let scalar = rest.popFirst(), scalar != "\u{7}" {
                if scalar == "\u{1b}" {
                    rest = rest.dropFirst()
                    break
                }
                text.unicodeScalars.append(scalar)
            }
            let parts = text.split(separator: ";", maxSplits: 2, omittingEmptySubsequences: false)
            if parts[0] == "8" { pen.link = parts.count < 3 || parts[2].isEmpty ? nil : String(parts[2]) }
        case "(", ")": rest = rest.dropFirst()
        case "7": saved = (row, column, pen)
        case "8": (row, column, pen) = saved
        case "M": row = max(row - 1, 0)
        case "\\", "=", ">": break
        default: unknown.append("ESC \(kind)")
        }
    }

    private mutating func control(_ rest: inout ArraySlice<Unicode.Scalar>) {
        var text = ""
        while let scalar = rest.popFirst() {
            guard scalar.value >= 0x40 else {
                text.unicodeScalars.append(scalar)
                continue
            }
            return control(scalar, text)
        }
        unknown.append("CSI \(text)")
    }

    private mutating func control(_ final: Unicode.Scalar, _ text: String) {
        if text.hasPrefix("?") {
            for mode in text.dropFirst().split(separator: ";").compactMap({ Int($0) }) {
                if final == "h" { modes.insert(mode) } else { modes.remove(mode) }
            }
            return
        }
        let numbers = text.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        let first = max(numbers.first ?? 1, 1)
        column = final == "m" || final == "b" ? column : min(column, columns - 1)
        switch final {
        case "H": (row, column) = (first - 1, max(numbers.count > 1 ? numbers[1] : 1, 1) - 1)
        case "G": column = first - 1
        case "d": row = first - 1
        case "A": row = max(row - first, 0)
        case "B": row = min(row + first, rows - 1)
        case "C": column = min(column + first, columns - 1)
        case "D": column = max(column - first, 0)
        case "J": erase(rows: row..<rows, from: column, all: numbers.first == 2)
        case "K":
            if numbers.first == 1 {
                for at in 0...column { cells[row][at] = erased }
            } else {
                for at in column..<columns { cells[row][at] = erased }
            }
        case "X": for at in column..<min(column + first, columns) { cells[row][at] = erased }
        case "P":
            cells[row].removeSubrange(column..<min(column + first, columns))
            cells[row] += Array(repeating: erased, count: columns - cells[row].count)
        case "@":
            cells[row].insert(contentsOf: Array(repeating: erased, count: first), at: column)
            cells[row].removeLast(cells[row].count - columns)
        case "b": for _ in 0..<first { put(last, width: 1) }
        case "m": select(numbers)
        case "h": inserts = numbers.contains(4) || inserts
        case "l": inserts = inserts && !numbers.contains(4)
        case "n", "c": questions += 1
        case "r", "t": break
        default: unknown.append("CSI \(text)\(final)")
        }
    }

    private var erased: Cell { Cell(text: " ", pen: Pen(background: pen.background)) }

    private mutating func erase(rows range: Range<Int>, from start: Int, all: Bool) {
        for at in all ? 0..<rows : range {
            for place in (!all && at == range.lowerBound ? start : 0)..<columns { cells[at][place] = erased }
        }
    }

    private mutating func select(_ numbers: [Int]) {
        var codes = (numbers.isEmpty ? [0] : numbers)[...]
        while let code = codes.popFirst() {
            switch code {
            case 0: pen = Pen(link: pen.link)
            case 1, 2, 4, 7: pen.styles.insert(code)
            case 22: pen.styles.subtract([1, 2])
            case 24: pen.styles.remove(4)
            case 27: pen.styles.remove(7)
            case 30...37, 90...97: pen.foreground = "\(code)"
            case 40...47, 100...107: pen.background = "\(code)"
            case 39: pen.foreground = ""
            case 49: pen.background = ""
            case 38, 48:
                let count = codes.first == 2 ? 4 : 2
                let color = codes.prefix(count).map { "\($0)" }.joined(separator: ";")
                codes = codes.dropFirst(count)
                if code == 38 { pen.foreground = color } else { pen.background = color }
            default: unknown.append("SGR \(code)")
            }
        }
    }
}
