/// A change of how the canvas is turned.
enum ViewChange: Hashable, Sendable {
    /// Clockwise by an angle.
    case rotate(degrees: Double)
    case flipAcross
    case flipDown
    case shear(by: Double)
    /// To so many times as wide as high.
    case stretch(to: Double)
    case upright
}

extension Model {
    /// Turns the view around the cursor.
    mutating func turnView(_ change: ViewChange) {
        guard let canvas else { return }
        var turn = viewport.turn
        switch change {
        case .rotate(let degrees): turn.rotate(byDegrees: degrees)
        case .flipAcross: turn.flipAcross()
        case .flipDown: turn.flipDown()
        case .shear(let amount): turn.shear(by: amount)
        case .stretch(let ratio): turn.stretch(to: ratio)
        case .upright: turn = .upright
        }
        let wasWhole = viewport.zoom == wholeZoom
        glide(around: cursor) { model in
            model.viewport.turn(to: turn, keeping: model.cursor, canvas: canvas.extent)
            // Who looks at the whole canvas goes on to, though it may need more room.
            if wasWhole || model.viewport.zoom.isFarther(than: model.wholeZoom) {
                model.viewport.zoom(to: model.wholeZoom, keeping: model.cursor, canvas: canvas.extent)
            }
        }
    }

    /// What is typed into the prompt for a turn.
    mutating func takeInTurnPrompt(_ press: KeyPress, typed: String, nowMs: Int64) {
        switch press.key {
        case .escape: overlay = .none
        case .backspace: overlay = .turn(String(typed.dropLast()))
        case .enter:
            overlay = .none
            guard !typed.isEmpty else { return }
            guard let change = ViewWords.change(typed) else {
                return say("Type degrees, or: shear 0.5, stretch 2, flip", .warning, nowMs: nowMs)
            }
            turnView(change)
        case .character(let scalar) where press.modifiers.isDisjoint(with: [.control, .alt]):
            overlay = .turn(ViewWords.joined(typed, String(scalar)))
        default: break
        }
    }
}

/// The words for changes of the view, as they are typed: `37`, `rotate -15`, `shear 0.5`, `stretch 2`, `flip`.
enum ViewWords {
    private static let maxCharacters = 18

    /// What was typed with more behind it, as far as it can be such words.
    static func joined(_ typed: String, _ more: String) -> String {
        let kept = more.unicodeScalars.filter { $0.isASCII && $0.value >= 0x20 && $0.value < 0x7f }
        return String((typed + String(String.UnicodeScalarView(kept))).prefix(maxCharacters))
    }

    /// The change that a text asks for; nil where it asks for none.
    static func change(_ text: String) -> ViewChange? {
        let words = text.lowercased().split(separator: " ").map(String.init)
        guard let first = words.first, words.count <= 2 else { return nil }
        if words.count == 1 {
            if let degrees = number(first) { return .rotate(degrees: degrees) }
            switch first {
            case "mirror": return .flipAcross
            case "flip": return .flipDown
            case "upright", "reset": return .upright
            default: return nil
            }
        }
        guard let amount = number(words[1]) else { return nil }
        switch first {
        case "rotate", "turn": return .rotate(degrees: amount)
        case "shear": return .shear(by: amount)
        case "stretch": return amount > 0 ? .stretch(to: amount) : nil
        default: return nil
        }
    }

    private static func number(_ word: String) -> Double? {
        let text = word.hasSuffix("°") ? String(word.dropLast()) : word
        guard let value = Double(text), value.isFinite, abs(value) <= 3_600 else { return nil }
        return value
    }
}
