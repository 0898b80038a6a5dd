/// What the keys mean at the moment: a table of its own for each.
enum KeyScene: Hashable, Sendable, CaseIterable {
    case canvas
    case clicks
    /// The list of relays.
    case lobby
    /// A relay that hasn't begun.
    case waiting
    /// A relay that runs, with an answer line: characters are text.
    case answering
    /// A relay that runs, looked at by whoever doesn't answer.
    case watched
    case result
}

extension KeyTable {
    /// Those that go to other screens; digits alone where they mean nothing else.
    static func screenEntries(alone: Bool) -> [Entry] {
        Page.allCases.map { page in
            let digit = KeyPress.Key.character(page.digit)
            let key = KeyPress(page.key)
            let digits = [KeyPress(digit, .alt)] + (alone ? [KeyPress(digit)] : [])
            return Entry(
                section: .screens, words: page.words,
                label: "\(key.label) " + (alone ? String(page.digit) : KeyPress(digit, .alt).label),
                keys: ([key] + digits).map { ($0, .open(page)) })
        }
    }

    static let clickEntries: [Entry] = [
        Entry(
            section: .game, words: "click", label: "Space Enter click",
            keys: [(KeyPress(.character(" ")), .click), (KeyPress(.enter), .click)], playOnly: true),
        Entry(section: .game, words: "ask for the totals", keys: [(KeyPress("r"), .refresh)]),
    ]

    static let lobbyEntries: [Entry] = [
        Entry(
            section: .game, words: "choose a relay", label: "↑↓ jk",
            keys: [
                (KeyPress(.up), .choose(by: -1)), (KeyPress(.down), .choose(by: 1)),
                (KeyPress("k"), .choose(by: -1)), (KeyPress("j"), .choose(by: 1)),
                (KeyPress(.pageUp), .choose(by: -10)), (KeyPress(.pageDown), .choose(by: 10)),
                (KeyPress(.home), .choose(by: -1_000)), (KeyPress(.end), .choose(by: 1_000)),
            ]),
        Entry(section: .game, words: "join it", keys: [(KeyPress(.enter), .enterRelay)], playOnly: true),
        Entry(section: .game, words: "watch it", keys: [(KeyPress("w"), .watchRelay)]),
        Entry(
            section: .game, words: "join by its code", keys: [(KeyPress("c"), .typeCode)], playOnly: true),
        Entry(
            section: .game, words: "a new relay", keys: [(KeyPress("n"), .createRelay(isPrivate: false))],
            playOnly: true),
        Entry(
            section: .game, words: "a new one off the list", label: "N",
            keys: [(KeyPress("N"), .createRelay(isPrivate: true))], playOnly: true),
        Entry(section: .game, words: "list anew", keys: [(KeyPress("r"), .refresh)]),
    ]

    static let waitingEntries: [Entry] = [
        Entry(
            section: .game, words: "start the relay", label: "s Enter",
            keys: [(KeyPress("s"), .startRelay), (KeyPress(.enter), .startRelay)], playOnly: true),
        Entry(
            section: .game, words: "leave the room", label: "x x",
            keys: [(KeyPress("x"), .leaveRelay), (KeyPress(.escape), .leaveRelay)]),
    ]

    static let answerEntries: [Entry] = [
        Entry(section: .game, words: "answer", keys: [(KeyPress(.enter), .sendAnswer)]),
        Entry(section: .game, words: "empty the line", label: "Ctrl-u", keys: []),
        Entry(section: .game, words: "move in the line", label: "← → Home End", keys: []),
        Entry(
            section: .game, words: "leave the room", label: "Esc Esc",
            keys: [(KeyPress(.escape), .leaveRelay)]),
    ]

    static let watchedEntries: [Entry] = [
        Entry(
            section: .game, words: "leave the room", label: "x x",
            keys: [(KeyPress("x"), .leaveRelay), (KeyPress(.escape), .leaveRelay)])
    ]

    static let resultEntries: [Entry] = [
        Entry(
            section: .game, words: "back to the list", label: "Enter Esc",
            keys: [
                (KeyPress(.enter), .leaveRelay), (KeyPress(.escape), .leaveRelay),
                (KeyPress("x"), .leaveRelay),
            ])
    ]

    /// Those of every screen, as far as they are no text.
    static let typingEntries: [Entry] = [
        Entry(section: .session, words: "this help", keys: [(KeyPress(.function(1)), .help)]),
        Entry(
            section: .session, words: "repaint", keys: [(KeyPress(.character("l"), .control), .repaint)]),
        Entry(
            section: .session, words: "suspend", keys: [(KeyPress(.character("z"), .control), .suspend)]),
        Entry(section: .session, words: "quit", keys: [(KeyPress(.character("c"), .control), .quit)]),
    ]
}

extension Page {
    /// What help calls going there.
    var words: String {
        switch self {
        case .canvas: "the canvas"
        case .clicks: "the click war"
        case .relays: "puzzle relays"
        }
    }
}
