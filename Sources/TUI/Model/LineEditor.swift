import Protocol

/// A line of text that is being typed, with a place in it.
struct LineEditor: Hashable, Sendable {
    private(set) var characters: [Character] = []
    /// How many characters stand before the cursor.
    private(set) var place = 0
    let maxCharacters: Int

    init(maxCharacters: Int) {
        self.maxCharacters = maxCharacters
    }

    var text: String { String(characters) }
    /// What stands before the cursor.
    var head: String { String(characters[..<place]) }
    /// What stands behind it.
    var rest: String { String(characters[place...]) }
    var isEmpty: Bool { characters.isEmpty }

    mutating func clear() {
        characters = []
        place = 0
    }

    /// Puts the cursor before a character; behind the last one where there are fewer.
    mutating func move(to place: Int) {
        self.place = min(max(place, 0), characters.count)
    }

    /// Puts text in at the cursor, as far as it can be shown and there is room.
    mutating func add(_ text: String) {
        // A mark joins the letter before it, so the whole is put together anew.
        let behind = rest
        let before = Array(PlayerName.displayed(head + text))
        let room = max(maxCharacters - behind.count, 0)
        let kept = Array(before.prefix(room))
        characters = kept + Array(behind)
        place = kept.count
    }

    /// Does what a key means to a line; false where it means nothing.
    mutating func take(_ press: KeyPress) -> Bool {
        switch (press.key, press.modifiers) {
        case (.character("a"), .control), (.home, _): place = 0
        case (.character("e"), .control), (.end, _): place = characters.count
        case (.character("u"), .control):
            characters.removeFirst(place)
            place = 0
        case (.character("k"), .control): characters.removeLast(characters.count - place)
        case (.character("w"), .control): removeWord()
        case (.left, _): place = max(place - 1, 0)
        case (.right, _): place = min(place + 1, characters.count)
        case (.backspace, _):
            guard place > 0 else { return true }
            place -= 1
            characters.remove(at: place)
        case (.delete, _), (.character("d"), .control):
            if place < characters.count { characters.remove(at: place) }
        case (.character(let scalar), let held) where held.isDisjoint(with: [.control, .alt]):
            add(String(scalar))
        default: return false
        }
        return true
    }

    private mutating func removeWord() {
        while place > 0, characters[place - 1] == " " { removeBefore() }
        while place > 0, characters[place - 1] != " " { removeBefore() }
    }

    private mutating func removeBefore() {
        place -= 1
        characters.remove(at: place)
    }
}
