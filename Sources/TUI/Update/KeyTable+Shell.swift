/// The keys of leaderboards and settings.
extension KeyTable {
    static let boardMouseWords = "Mouse: click chooses a board or a time, wheel turns boards"
    static let settingMouseWords = "Mouse: click a value to change it, a key to give another"

    static let boardEntries: [Entry] = [
        Entry(section: .game, words: "another board", label: "↑↓ jk", keys: choices),
        Entry(section: .game, words: "day, week, all time", label: "←→ Tab", keys: periods),
        Entry(section: .game, words: "ask anew", keys: [(KeyPress("r"), .refresh)]),
    ]

    static let settingEntries: [Entry] = [
        Entry(
            section: .game, words: "choose a line", label: "↑↓ jk",
            keys: choices + [(KeyPress(.pageUp), .choose(by: -10)), (KeyPress(.pageDown), .choose(by: 10))]),
        Entry(
            section: .game, words: "another value", label: "←→ hl",
            keys: [
                (KeyPress(.left), .adjust(by: -1)), (KeyPress(.right), .adjust(by: 1)),
                (KeyPress("h"), .adjust(by: -1)), (KeyPress("l"), .adjust(by: 1)),
            ]),
        Entry(section: .game, words: "next value, new key", label: "Enter Space", keys: takers),
        Entry(
            section: .game, words: "one more key", keys: [(KeyPress("+"), .addKey), (KeyPress("a"), .addKey)]),
        Entry(
            section: .game, words: "no key",
            keys: [(KeyPress(.delete), .dropKeys), (KeyPress(.backspace), .dropKeys)]),
        Entry(section: .game, words: "as usual", keys: [(KeyPress("r"), .restore)]),
    ]
}
