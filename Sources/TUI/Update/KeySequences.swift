import Protocol

/// The tables behind the input decoder: which bytes mean which key.
enum KeySequences {
    /// `ESC O x`: keys in application mode, the keypad, F1 to F4, and rxvt's arrows with Control.
    static func application(_ final: UInt8) -> KeyPress? {
        switch Unicode.Scalar(final) {
        case "M": KeyPress(.enter)
        case "P", "Q", "R", "S": KeyPress(.function(Int(final) - 0x4f))
        case "a", "b", "c", "d": arrow(final - 0x20).map { KeyPress($0, .control) }
        case "j"..."y": KeyPress(Unicode.Scalar(final - 0x40))
        default: arrow(final).map { KeyPress($0) }
        }
    }

    /// `ESC [ n ; m x`: with xterm's modifiers in the second number.
    static func control(final: UInt8, numbers: [Int?]) -> KeyPress? {
        let code = numbers.count > 1 ? (numbers[1] ?? 1) : 1
        let modifiers = KeyPress.Modifiers(rawValue: UInt8(clamping: max(code - 1, 0) & 7))
        switch Unicode.Scalar(final) {
        case "Z": return KeyPress(.tab, .shift)
        case "P", "Q", "R", "S":
            // With two numbers it may be where the cursor is, which nobody asked for here.
            guard numbers.count < 2 || numbers[0] == 1 && code > 1 else { return nil }
            return KeyPress(.function(Int(final) - 0x4f), modifiers)
        case "a", "b", "c", "d": return arrow(final - 0x20).map { KeyPress($0, .shift) }
        case "~", "$": return tilde(numbers.first.flatMap { $0 }, final == 0x24 ? .shift : modifiers)
        case "u": return unicode(numbers.first.flatMap { $0 }, modifiers)
        default: return arrow(final).map { KeyPress($0, modifiers) }
        }
    }

    /// The numbers between semicolons; nil where one is empty or no number.
    static func numbers(_ parameters: ArraySlice<UInt8>) -> [Int?] {
        parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
            guard $0.count <= 6 else { return nil }
            return Int(String(decoding: $0, as: UTF8.self))
        }
    }

    /// An SGR report without its `<` and final byte.
    static func mouse(_ parameters: ArraySlice<UInt8>, pressed: Bool) -> MouseEvent? {
        let numbers = numbers(parameters)
        guard numbers.count == 3, let code = numbers[0], let column = numbers[1], let row = numbers[2],
            code >= 0, column >= 1, row >= 1
        else { return nil }
        return mouse(code: code, column: column - 1, row: row - 1, pressed: pressed)
    }

    /// The bits of a mouse report: 0–1 button, 2 shift, 3 alt, 4 control, 5 motion, 6 wheel.
    static func mouse(code: Int, column: Int, row: Int, pressed: Bool) -> MouseEvent? {
        let modifiers = KeyPress.Modifiers(rawValue: UInt8(code >> 2 & 7))
        let buttons: [MouseEvent.Button] = [.left, .middle, .right, .none]
        let button = buttons[code & 3]
        let kind: MouseEvent.Kind
        if code & 64 != 0 {
            guard code & 2 == 0 else { return nil }
            kind = code & 1 == 0 ? .wheelUp : .wheelDown
        } else if code & 32 != 0 {
            kind = .motion(button)
        } else {
            kind = pressed ? .press(button) : .release(button)
        }
        return MouseEvent(kind: kind, column: column, row: row, modifiers: modifiers)
    }

    /// `11;rgb:RRRR/GGGG/BBBB`, each of one to four hexadecimal digits (XParseColor), or `rgba:` with one more.
    static func background(_ body: ArraySlice<UInt8>) -> Palette.Color? {
        let text = String(decoding: body, as: UTF8.self)
        guard text.hasPrefix("11;rgb:") || text.hasPrefix("11;rgba:"), let colon = text.firstIndex(of: ":")
        else {
            return nil
        }
        let parts = text[text.index(after: colon)...].split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3 || parts.count == 4 else { return nil }
        let levels = parts.prefix(3).compactMap { part -> UInt8? in
            guard (1...4).contains(part.count), part.allSatisfy({ $0.isHexDigit }),
                let level = Int(part, radix: 16)
            else { return nil }
            return UInt8(level * 255 / ((1 << (4 * part.count)) - 1))
        }
        guard levels.count == 3 else { return nil }
        return Palette.Color(red: levels[0], green: levels[1], blue: levels[2])
    }

    private static func arrow(_ final: UInt8) -> KeyPress.Key? {
        switch Unicode.Scalar(final) {
        case "A": .up
        case "B": .down
        case "C": .right
        case "D": .left
        case "F": .end
        case "H": .home
        default: nil
        }
    }

    private static func tilde(_ number: Int?, _ modifiers: KeyPress.Modifiers) -> KeyPress? {
        switch number {
        case 1, 7: KeyPress(.home, modifiers)
        case 2: KeyPress(.insert, modifiers)
        case 3: KeyPress(.delete, modifiers)
        case 4, 8: KeyPress(.end, modifiers)
        case 5: KeyPress(.pageUp, modifiers)
        case 6: KeyPress(.pageDown, modifiers)
        case .some(11...15): KeyPress(.function((number ?? 11) - 10), modifiers)
        case .some(17...21): KeyPress(.function((number ?? 17) - 11), modifiers)
        case .some(23...24): KeyPress(.function((number ?? 23) - 12), modifiers)
        default: nil
        }
    }

    /// `ESC [ codepoint ; modifiers u`, as kitty and xterm's modifyOtherKeys send.
    private static func unicode(_ number: Int?, _ modifiers: KeyPress.Modifiers) -> KeyPress? {
        switch number {
        case 13: return KeyPress(.enter, modifiers)
        case 9: return KeyPress(.tab, modifiers)
        case 27: return KeyPress(.escape, modifiers)
        case 127: return KeyPress(.backspace, modifiers)
        default:
            guard let number, number >= 32, let scalar = Unicode.Scalar(UInt32(number)) else { return nil }
            return KeyPress(.character(scalar), modifiers)
        }
    }
}
