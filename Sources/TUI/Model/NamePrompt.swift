import Protocol

/// The prompt for a name: what was typed, and what became of it.
struct NamePrompt: Hashable, Sendable {
    private(set) var typed = ""
    /// Why the server didn't take the last one, for the person to read.
    private(set) var refusal: String?
    /// Whether the server was asked and hasn't answered.
    private(set) var isAsking = false

    /// What can be said of the typed name before anybody is asked.
    enum Verdict: Hashable, Sendable {
        case good
        /// With what is wrong.
        case bad(String)
    }

    init(typed: String = "") {
        self.typed = typed
    }

    /// Characters as a person counts them.
    var count: Int { typed.count }

    var verdict: Verdict {
        if typed.isEmpty { return .bad("1 to \(Limits.maxNameCharacters) characters") }
        if PlayerName.validated(typed) != nil { return .good }
        if typed.first == " " || typed.last == " " { return .bad("No space at the ends") }
        return .bad("Not a name that all can read")
    }

    /// Adds text, as far as it can be shown and there is room.
    mutating func add(_ text: String) {
        guard !isAsking else { return }
        refusal = nil
        // A mark joins the letter before it, so the whole is cleaned and counted anew.
        typed = String(PlayerName.displayed(typed + text).prefix(Limits.maxNameCharacters))
    }

    /// Adds pasted text without the blanks and line ends around it.
    mutating func paste(_ text: String) {
        let kept = text.drop { $0.isWhitespace }
        add(String(kept.dropLast(kept.reversed().prefix { $0.isWhitespace }.count)))
    }

    /// Takes the last character away.
    mutating func removeLast() {
        guard !isAsking else { return }
        refusal = nil
        typed = String(typed.dropLast())
    }

    /// Asks for the name: then nothing can be typed until there is an answer.
    mutating func ask() {
        refusal = nil
        isAsking = true
    }

    /// The server, or the lack of one, said no.
    mutating func refuse(_ words: String) {
        isAsking = false
        refusal = words
    }

    /// Whether a name is one that a server gives to whoever asks for none: `player-` and the end of an id.
    static func isGiven(_ name: String) -> Bool {
        name.wholeMatch(of: /player-[0-9a-z]{5,13}/) != nil
    }
}
