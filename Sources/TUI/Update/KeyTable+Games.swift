/// What the keys mean at the moment: a table of its own for each.
enum KeyScene: Hashable, Sendable, CaseIterable {
    case home
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
    /// The games of the arcade and their boards.
    case arcade
    /// A run of the arcade.
    case run
    /// How a run ended.
    case outcome
    case shop
    /// A skin on the whole screen, to be looked at.
    case tryingOn
    /// The question whether to buy a skin.
    case buying
    /// The message to the host: characters are text.
    case feedback
    case boards
    case settings
    case about
    case signIn
    case replay
    /// The question where to in the past: characters are text.
    case replayPrompt
    case admin
    /// What is filled in where a server is looked after: characters are text.
    case adminForm
    /// What is asked there before it is done.
    case adminQuestion
    case ad

    /// Whether characters are text.
    var takesText: Bool {
        switch self {
        case .answering, .feedback, .replayPrompt, .adminForm: true
        case .home, .canvas, .clicks, .lobby, .waiting, .watched, .result, .arcade, .run, .outcome, .shop,
            .tryingOn, .buying, .boards, .settings, .about, .signIn, .replay, .admin, .adminQuestion, .ad:
            false
        }
    }

    /// Whether a key that is held down from the scene before does no harm: clicks tell repeats from presses by
    /// themselves, and a shot that misses costs nothing.
    var bearsRepeats: Bool {
        switch self {
        case .clicks, .run: true
        case .home, .canvas, .lobby, .waiting, .answering, .watched, .result, .arcade, .outcome, .shop,
            .tryingOn,
            .buying, .feedback, .boards, .settings, .about, .signIn, .replay, .replayPrompt, .admin,
            .adminForm,
            .adminQuestion, .ad:
            false
        }
    }
}

extension KeyTable {
    /// Those that go to other screens, three to a line of help; digits alone where they mean nothing else.
    static func screenEntries(alone: Bool) -> [Entry] {
        let lines: [[Page]] = [
            [.canvas, .clicks, .relays], [.arcade, .shop, .feedback], [.boards, .settings], [.about], [.home],
        ]
        return lines.map { screens($0, alone: alone) } + letterEntries
    }

    /// Pages that have no digit, since there are only ten.
    private static let letterEntries: [Entry] = [[Page.replay, .signIn], [.admin]].map { pages in
        Entry(
            section: .screens, words: pages.map(\.title).joined(separator: ", "),
            keys: pages.flatMap { keys(to: $0, alone: false) })
    }

    private static func screens(_ pages: [Page], alone: Bool) -> Entry {
        func range(_ labels: [String]) -> String? {
            guard let first = labels.first, let last = labels.last else { return nil }
            return labels.count > 1 ? "\(first)…\(last)" : first
        }
        let functions = range(pages.compactMap(\.key).map { KeyPress($0).label })
        let digits = range(pages.compactMap(\.shortcut).map { String($0) })
        let names = [functions, digits.map { (alone ? "" : "Alt-") + $0 }].compactMap { $0 }
        return Entry(
            section: .screens, words: pages.map(\.title).joined(separator: " "),
            label: names.joined(separator: " "),
            keys: pages.flatMap { keys(to: $0, alone: alone) })
    }

    private static func keys(to page: Page, alone: Bool) -> [(KeyPress, Action)] {
        var presses = page.key.map { [KeyPress($0)] } ?? []
        if let shortcut = page.shortcut {
            presses.append(KeyPress(.character(shortcut), .alt))
            if alone { presses.append(KeyPress(shortcut)) }
        }
        return presses.map { ($0, .open(page)) }
    }

    /// Where Esc means nothing else.
    static let homewardEntries: [Entry] = [
        Entry(section: .screens, words: "home", keys: [(KeyPress(.escape), .open(.home))])
    ]

    static let clickEntries: [Entry] = [
        Entry(
            section: .game, words: "click", label: "Space Enter click", mouse: "click",
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
                (KeyPress(.home), .choose(by: -wholeList)), (KeyPress(.end), .choose(by: wholeList)),
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
        Entry(
            section: .session, words: "commands by name",
            keys: [(KeyPress(.character("p"), .control), .palette)]),
        Entry(section: .session, words: "this help", keys: [(KeyPress(.function(1)), .help)]),
        Entry(
            section: .session, words: "repaint", keys: [(KeyPress(.character("l"), .control), .repaint)]),
        Entry(
            section: .session, words: "suspend", keys: [(KeyPress(.character("z"), .control), .suspend)]),
        Entry(section: .session, words: "quit", keys: [(KeyPress(.character("c"), .control), .quit)]),
    ]
}
