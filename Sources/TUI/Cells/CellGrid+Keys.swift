/// Keys that are written on the screen and that a click presses.
extension CellGrid {
    /// A part of the screen that stands for a key.
    struct KeySpot: Hashable, Sendable {
        var area: Layout.Area
        var press: KeyPress
    }

    /// The key under a cell: of those that lie over each other the one that was written last.
    func press(column: Int, row: Int) -> KeyPress? {
        keySpots.last { $0.area.contains(column: column, row: row) }?.press
    }

    /// Writes the names of keys, each of them where a click presses it, and returns the column after them.
    ///
    /// Names that stand for no key, such as `click` or `1…9`, are only written.
    @discardableResult
    mutating func write(keys label: String, column: Int, row: Int, limit: Int, _ brush: Brush) -> Int {
        var at = column
        for part in KeyPress.named(in: label) {
            let end = write(part.text, column: at, row: row, limit: limit, brush)
            if let press = part.press, end > at {
                mark(press, Layout.Area(column: at, row: row, columns: end - at, rows: 1))
            }
            at = end
        }
        return at
    }
}

extension KeyPress {
    /// A label such as `Space Enter` in its parts: names of keys, arrows one by one, and what lies between.
    static func named(in label: String) -> [(text: String, press: KeyPress?)] {
        var parts: [(text: String, press: KeyPress?)] = []
        for (number, word) in label.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
            if number > 0 { parts.append((" ", nil)) }
            if let press = named(String(word)) {
                parts.append((String(word), press))
            } else if word.allSatisfy({ arrows[$0] != nil }) {
                parts += word.map { (String($0), arrows[$0].map { KeyPress($0) }) }
            } else {
                parts.append((String(word), nil))
            }
        }
        return parts
    }

    private static let arrows: [Character: Key] = ["←": .left, "↓": .down, "↑": .up, "→": .right]
    private static let words: [String: Key] = [
        "Enter": .enter, "Space": .character(" "), "Esc": .escape, "Tab": .tab, "Backspace": .backspace,
        "Home": .home, "End": .end, "PgUp": .pageUp, "PgDn": .pageDown, "Ins": .insert, "Del": .delete,
    ]

    /// The key of a single name, as `label` writes it.
    private static func named(_ name: String) -> KeyPress? {
        if name.hasPrefix("Ctrl-") { return named(String(name.dropFirst(5))).map { $0.holding(.control) } }
        if name.hasPrefix("Alt-") { return named(String(name.dropFirst(4))).map { $0.holding(.alt) } }
        if name.hasPrefix("⇧"), name.count > 1 {
            return named(String(name.dropFirst())).map { $0.holding(.shift) }
        }
        if let key = words[name] { return KeyPress(key) }
        if name.hasPrefix("F"), let number = Int(name.dropFirst()) { return KeyPress(.function(number)) }
        guard let scalar = name.unicodeScalars.first, name.unicodeScalars.count == 1 else { return nil }
        return arrows[Character(scalar)].map { KeyPress($0) } ?? KeyPress(scalar)
    }

    private func holding(_ modifier: Modifiers) -> KeyPress { KeyPress(key, modifiers.union(modifier)) }
}
