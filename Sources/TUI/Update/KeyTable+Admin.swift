/// The keys where a server is looked after.
extension KeyTable {
    static let adminMouseWords = "Mouse: click shows a part or chooses a line, again does what Enter does"

    /// Where the page is near.
    static let toAdminEntries: [Entry] = [
        Entry(section: .session, words: "look after the server", keys: [(KeyPress("a"), .open(.admin))])
    ]

    static let adminEntries: [Entry] = [
        Entry(
            section: .game, words: "choose a line", label: "↑↓ jk",
            keys: choices + [(KeyPress(.pageUp), .choose(by: -10)), (KeyPress(.pageDown), .choose(by: 10))]),
        Entry(
            section: .game, words: "another part", label: "←→ Tab",
            keys: [
                (KeyPress(.left), .admin(.tabBefore)), (KeyPress(.right), .admin(.tabAfter)),
                (KeyPress("h"), .admin(.tabBefore)), (KeyPress("l"), .admin(.tabAfter)),
                (KeyPress(.tab, .shift), .admin(.tabBefore)), (KeyPress(.tab), .admin(.tabAfter)),
            ]),
        Entry(
            section: .game, words: "live to audit", label: "1…8",
            keys: zip("12345678".unicodeScalars, AdminAction.allCases.filter { $0.tab != nil }).map {
                (KeyPress($0), .admin($1))
            }),
        Entry(section: .game, words: "do what is usual", label: "Enter Space", keys: takers),
        Entry(
            section: .game, words: "find; all or present",
            keys: [(KeyPress("/"), .admin(.find)), (KeyPress("a"), .admin(.all))]),
        Entry(
            section: .game, words: "ban, lift the ban",
            keys: [(KeyPress("b"), .admin(.ban)), (KeyPress("B"), .admin(.unban))]),
        Entry(
            section: .game, words: "kick, give a role",
            keys: [(KeyPress("K"), .admin(.kick)), (KeyPress("o"), .admin(.role))]),
        Entry(section: .game, words: "clear what was seen", keys: [(KeyPress("c"), .admin(.clearFlags))]),
        Entry(
            section: .game, words: "take back, undo that",
            keys: [(KeyPress("t"), .admin(.rollBack)), (KeyPress("u"), .admin(.undoRollback))]),
        Entry(
            section: .game, words: "protect a part", keys: [(KeyPress("n"), .admin(.protect))]),
        Entry(
            section: .game, words: "lift, or as the option", label: "d Del",
            keys: [(KeyPress("d"), .admin(.drop)), (KeyPress(.delete), .admin(.drop))]),
        Entry(section: .game, words: "ask anew", keys: [(KeyPress("r"), .refresh)]),
        Entry(section: .tools, words: "tell everyone", keys: [(KeyPress("m"), .admin(.announce))]),
        Entry(section: .tools, words: "a new canvas", keys: [(KeyPress("N"), .admin(.newGame))]),
        Entry(section: .tools, words: "skin studio", keys: [(KeyPress("s"), .admin(.studio))]),
    ]

    static let adminFormEntries: [Entry] = [
        Entry(section: .game, words: "take what is filled in", keys: [(KeyPress(.enter), .admin(.submit))]),
        Entry(
            section: .game, words: "another field", label: "Tab ↑↓",
            keys: [
                (KeyPress(.tab), .admin(.fieldAfter)), (KeyPress(.tab, .shift), .admin(.fieldBefore)),
                (KeyPress(.down), .admin(.fieldAfter)), (KeyPress(.up), .admin(.fieldBefore)),
            ]),
        Entry(section: .game, words: "leave it", keys: [(KeyPress(.escape), .admin(.leave))]),
    ]

    static let adminQuestionEntries: [Entry] = [
        Entry(
            section: .game, words: "do it", label: "Enter y",
            keys: [(KeyPress(.enter), .admin(.confirm)), (KeyPress("y"), .admin(.confirm))]),
        Entry(
            section: .game, words: "leave it", label: "Esc n",
            keys: [(KeyPress(.escape), .admin(.leave)), (KeyPress("n"), .admin(.leave))]),
    ]
}
