/// A long line broken between words into rows, with the place of each character.
struct WrappedText: Hashable, Sendable {
    /// The characters of each row; the spaces at which it was broken belong to the row before.
    let rows: [Range<Int>]
    private let characters: [Character]

    /// Breaks characters into rows of at most so many columns; words that are longer are broken inside.
    init(_ characters: [Character], columns: Int) {
        self.characters = characters
        let room = max(columns, 1)
        var rows: [Range<Int>] = []
        var start = 0
        var used = 0
        // Where the row can be broken: behind its last space.
        var afterSpace: Int?
        var at = 0
        while at < characters.count {
            let width = TextWidth.of(String(characters[at]))
            // A space may hang over the row's end: it isn't seen there.
            if used + width > room, characters[at] != " ", at > start {
                let end = afterSpace ?? at
                rows.append(start..<end)
                start = end
                used = characters[end..<at].reduce(0) { $0 + TextWidth.of(String($1)) }
                afterSpace = nil
                continue
            }
            used += width
            at += 1
            if characters[at - 1] == " " { afterSpace = at }
        }
        rows.append(start..<characters.count)
        self.rows = rows
    }

    /// A row's text.
    func text(row: Int) -> String { String(characters[rows[row]]) }

    /// The row and column where a character stands; behind the last one for the place after it.
    func spot(of place: Int) -> (row: Int, column: Int) {
        let row = rows.lastIndex { $0.lowerBound <= place } ?? 0
        return (row, columns(from: rows[row].lowerBound, to: place))
    }

    /// The character at a row and column, or the nearest before.
    func place(row: Int, column: Int) -> Int {
        guard row >= 0 else { return 0 }
        guard row < rows.count else { return characters.count }
        // The place behind a row's last character is the next row's first.
        let last = row == rows.count - 1 ? rows[row].upperBound : max(rows[row].upperBound - 1, 0)
        var at = rows[row].lowerBound
        var used = 0
        while at < last {
            used += TextWidth.of(String(characters[at]))
            if used > column { break }
            at += 1
        }
        return at
    }

    private func columns(from start: Int, to end: Int) -> Int {
        characters[start..<max(min(end, characters.count), start)].reduce(0) {
            $0 + TextWidth.of(String($1))
        }
    }
}
