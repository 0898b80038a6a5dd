extension KeyTable {
    static let homeEntries: [Entry] = [
        Entry(section: .game, words: "choose", label: "↑↓ jk", keys: choices),
        Entry(section: .game, words: "go there", label: "Enter Space", keys: takers),
    ]

    static let arcadeEntries: [Entry] = [
        Entry(section: .game, words: "choose a game", label: "↑↓ jk", keys: choices),
        Entry(section: .game, words: "play it", label: "Enter Space", keys: takers, playOnly: true),
        Entry(section: .game, words: "day, week, all time", label: "←→ Tab", keys: periods),
        Entry(section: .game, words: "ask for the board", keys: [(KeyPress("r"), .refresh)]),
    ]

    /// Characters are no text in a run, but a slip of the finger must not end it.
    static let runEntries: [Entry] = [
        Entry(
            section: .game, words: "aim", label: "←↓↑→ hjkl",
            keys: arrows([.left, .down, .up, .right], [], Action.move)
                + arrows(["h", "j", "k", "l"].map(KeyPress.Key.character), [], Action.move)),
        Entry(
            section: .game, words: "aim farther", label: "⇧←↓↑→ HJKL",
            keys: arrows([.left, .down, .up, .right], .shift, Action.jump)
                + arrows(["H", "J", "K", "L"].map(KeyPress.Key.character), [], Action.jump)),
        Entry(
            section: .game, words: "shoot", label: "Space Enter click", mouse: "click",
            keys: [(KeyPress(.character(" ")), .shoot), (KeyPress(.enter), .shoot)]),
        Entry(section: .game, words: "end the run", label: "Esc Esc", keys: [(KeyPress(.escape), .endRun)]),
    ]

    static let outcomeEntries: [Entry] = [
        Entry(
            section: .game, words: "play again", label: "Enter a",
            keys: [
                (KeyPress(.enter), .take), (KeyPress("a"), .take),
            ]),
        Entry(
            section: .game, words: "back to the games", label: "Esc b",
            keys: [
                (KeyPress(.escape), .endRun), (KeyPress("b"), .endRun),
            ]),
    ]

    static let adEntries: [Entry] = [
        Entry(section: .game, words: "go on once it is over", label: "Enter Space", keys: takers)
    ]

    static let arcadeMouseWords = "Mouse: click chooses, a second click plays"
    static let runMouseWords = "Mouse: pointing aims, a click shoots. A held key gets faster"

    static let choices: [(KeyPress, Action)] = [
        (KeyPress(.up), .choose(by: -1)), (KeyPress(.down), .choose(by: 1)),
        (KeyPress("k"), .choose(by: -1)), (KeyPress("j"), .choose(by: 1)),
        (KeyPress(.home), .choose(by: -wholeList)), (KeyPress(.end), .choose(by: wholeList)),
    ]

    static let periods: [(KeyPress, Action)] = [
        (KeyPress(.left), .turnPeriod(by: -1)), (KeyPress(.right), .turnPeriod(by: 1)),
        (KeyPress("h"), .turnPeriod(by: -1)), (KeyPress("l"), .turnPeriod(by: 1)),
        (KeyPress(.tab), .turnPeriod(by: 1)), (KeyPress(.tab, .shift), .turnPeriod(by: -1)),
    ]

    static let takers: [(KeyPress, Action)] = [
        (KeyPress(.enter), .take), (KeyPress(.character(" ")), .take),
    ]
}
