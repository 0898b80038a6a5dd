import Protocol

/// What the person knows and does about relays: the list, the room, the answer that is being typed.
struct RelayDesk: Hashable, Sendable {
    /// The relays that can be seen; nil until the server has told.
    var list: [RelayView]?
    /// Whether the list was asked for and isn't there yet.
    var isListing = false
    /// The one of the list that a key would enter.
    var chosen = 0
    /// The relay that the person is in or watches.
    var room: RelayRoom?
    /// Whether it was asked to be let into one.
    var isEntering = false
    /// The answer under way.
    var answer = LineEditor(maxCharacters: Limits.maxAnswerCharacters)
    /// When an answer was sent that the server hasn't judged.
    var sentMs: Int64?
    var verdict: Verdict?
    /// Until when a second press of the key leaves the room.
    var leaveUntilMs: Int64?

    /// What became of the latest answer.
    struct Verdict: Hashable, Sendable {
        var words: String
        var isGood: Bool
        var untilMs: Int64

        /// How long it is shown.
        static let shownMs: Int64 = 4_000
    }

    var chosenRelay: RelayView? {
        guard let list, list.indices.contains(chosen) else { return nil }
        return list[chosen]
    }

    /// Takes a new list; the choice stays on the relay that it was on.
    mutating func take(_ relays: [RelayView]) {
        let before = chosenRelay?.relay
        list = relays
        isListing = false
        chosen = relays.firstIndex { $0.relay == before } ?? min(chosen, max(relays.count - 1, 0))
    }

    mutating func choose(by step: Int) {
        guard let count = list?.count, count > 0 else { return }
        chosen = min(max(chosen + step, 0), count - 1)
    }

    /// Goes into a room.
    mutating func enter(_ view: RelayView, me: Identifier?, nowMs: Int64) {
        isEntering = false
        if room?.view.relay != view.relay { room = RelayRoom(view, me: me, nowMs: nowMs) }
        forgetAnswer()
    }

    /// Back in the lobby.
    mutating func leave() {
        room = nil
        isEntering = false
        forgetAnswer()
    }

    private mutating func forgetAnswer() {
        answer.clear()
        sentMs = nil
        verdict = nil
        leaveUntilMs = nil
    }
}

/// The prompt for a relay's code.
struct CodePrompt: Hashable, Sendable {
    private(set) var typed = ""

    /// The code, where it is a whole one.
    var code: RelayCode? { RelayCode(typed) }

    static let length = 6

    /// Adds the letters of a text that can be part of a code.
    mutating func add(_ text: String) {
        let letters = text.uppercased().filter { RelayCode.alphabet.contains($0) }
        typed = String((typed + letters).prefix(Self.length))
    }

    mutating func removeLast() {
        typed = String(typed.dropLast())
    }
}
