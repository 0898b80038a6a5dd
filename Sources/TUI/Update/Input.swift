import Protocol

/// One thing the person did at the terminal.
enum InputEvent: Hashable, Sendable {
    case key(KeyPress)
    case mouse(MouseEvent)
    case paste(String)
    case focus(Bool)
    /// The terminal's own background, as it told (OSC 11).
    case background(Palette.Color)
}

/// A key with what was held.
struct KeyPress: Hashable, Sendable {
    enum Key: Hashable, Sendable {
        case character(Unicode.Scalar)
        case up, down, left, right
        case home, end, pageUp, pageDown, insert, delete
        case enter, tab, backspace, escape
        case function(Int)
    }

    struct Modifiers: OptionSet, Hashable, Sendable {
        let rawValue: UInt8
        static let shift = Modifiers(rawValue: 1)
        static let alt = Modifiers(rawValue: 2)
        static let control = Modifiers(rawValue: 4)
    }

    var key: Key
    var modifiers: Modifiers = []

    init(_ key: Key, _ modifiers: Modifiers = []) {
        self.key = key
        self.modifiers = modifiers
    }

    /// A character without anything held.
    init(_ scalar: Unicode.Scalar) {
        self.init(.character(scalar))
    }

    /// Whether a prompt takes it: a character, or the key that closes it.
    var meansText: Bool {
        switch key {
        case .character: modifiers.isDisjoint(with: [.control, .alt])
        case .escape: true
        case .up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .insert, .delete, .enter, .tab,
            .backspace, .function:
            false
        }
    }

    /// How help names the key.
    var label: String {
        var text = ""
        if modifiers.contains(.control) { text += "Ctrl-" }
        if modifiers.contains(.alt) { text += "Alt-" }
        if modifiers.contains(.shift) { text += "⇧" }
        switch key {
        case .character(" "): return text + "Space"
        case .character(let scalar): return text + String(scalar)
        case .up: return text + "↑"
        case .down: return text + "↓"
        case .left: return text + "←"
        case .right: return text + "→"
        case .home: return text + "Home"
        case .end: return text + "End"
        case .pageUp: return text + "PgUp"
        case .pageDown: return text + "PgDn"
        case .insert: return text + "Ins"
        case .delete: return text + "Del"
        case .enter: return text + "Enter"
        case .tab: return text + "Tab"
        case .backspace: return text + "Backspace"
        case .escape: return text + "Esc"
        case .function(let number): return text + "F\(number)"
        }
    }
}

/// A mouse report, in cells from 0.
struct MouseEvent: Hashable, Sendable {
    enum Button: Hashable, Sendable {
        case left, middle, right, none
    }
    enum Kind: Hashable, Sendable {
        case press(Button)
        case release(Button)
        /// Moved, with a button held or none.
        case motion(Button)
        case wheelUp
        case wheelDown
    }
    var kind: Kind
    var column: Int
    var row: Int
    var modifiers: KeyPress.Modifiers = []
}
