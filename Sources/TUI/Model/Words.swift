/// What is said to the person: with keys to whoever sees the screen, with commands to whoever hears it.
struct Words: Hashable, Sendable {
    /// As the screen shows it.
    var shown: String
    /// As flat mode says it.
    var spoken: String

    /// Words that name no key.
    init(_ text: String) { self.init(text, spoken: text) }

    init(_ shown: String, spoken: String) {
        self.shown = shown
        self.spoken = spoken
    }

    /// The same behind other words.
    func behind(_ text: String) -> Words { Words(text + shown, spoken: text + spoken) }
}

extension KeyBindings {
    /// Words, and behind them what this person's key does; where no key does it, the words alone.
    ///
    /// - Parameter spoken: what is to be said instead of pressing it.
    func words(
        _ text: String, _ action: Action, in scene: KeyScene, _ deed: String, spoken: String
    ) -> Words {
        let hint = label(of: action, in: scene).map { ": \($0) \(deed)" }
        return Words(text + (hint ?? ""), spoken: "\(text): \(spoken)")
    }
}
