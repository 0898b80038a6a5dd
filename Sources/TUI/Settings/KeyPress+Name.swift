extension KeyPress {
    /// Reads a key's name: as `label` gives it, or with words for the signs, such as `Shift-Left`.
    ///
    /// Case doesn't matter but for single characters: `Q` is another key than `q`.
    init?(name: String) {
        var rest = name[...]
        var modifiers: Modifiers = []
        var found = true
        while found {
            found = false
            for (prefix, modifier) in Self.modifierNames where rest.count > prefix.count {
                guard rest.prefix(prefix.count).lowercased() == prefix else { continue }
                rest = rest.dropFirst(prefix.count)
                modifiers.insert(modifier)
                found = true
            }
        }
        guard var key = Self.key(String(rest)) else { return nil }
        // A terminal sends Ctrl with a letter as one code, whatever else is held.
        if modifiers.contains(.control), case .character(let scalar) = key,
            let lower = String(scalar).lowercased().unicodeScalars.first
        {
            key = .character(lower)
        }
        self.init(key, modifiers)
    }

    private static let modifierNames: [(String, Modifiers)] = [
        ("ctrl-", .control), ("alt-", .alt), ("shift-", .shift), ("⇧", .shift),
    ]

    private static let keyNames: [String: Key] = [
        "space": .character(" "), "up": .up, "↑": .up, "down": .down, "↓": .down, "left": .left, "←": .left,
        "right": .right, "→": .right, "home": .home, "end": .end, "pgup": .pageUp, "pageup": .pageUp,
        "pgdn": .pageDown, "pagedown": .pageDown, "ins": .insert, "insert": .insert, "del": .delete,
        "delete": .delete, "enter": .enter, "tab": .tab, "backspace": .backspace, "esc": .escape,
        "escape": .escape,
    ]

    /// Terminals tell so many apart.
    private static let functionKeys = 1...20

    private static func key(_ name: String) -> Key? {
        if let key = keyNames[name.lowercased()] { return key }
        if name.count > 1, name.lowercased().hasPrefix("f"), let number = Int(name.dropFirst()) {
            return functionKeys.contains(number) ? .function(number) : nil
        }
        let scalars = name.unicodeScalars
        guard let scalar = scalars.first, scalars.count == 1, scalar.value > 0x20, scalar.value != 0x7f,
            !scalar.properties.isWhitespace
        else { return nil }
        return .character(scalar)
    }
}
