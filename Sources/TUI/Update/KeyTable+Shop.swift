/// The keys of the shop and of the words to the host.
extension KeyTable {
    static let shopMouseWords = "Mouse: click chooses a skin and presses buttons, wheel scrolls"

    static let shopEntries: [Entry] = [
        Entry(section: .game, words: "choose a skin", label: "↑↓ jk", keys: choosing),
        Entry(
            section: .game, words: "wear it, or buy it", keys: [(KeyPress(.enter), .takeSkin)], playOnly: true
        ),
        Entry(
            section: .game, words: "try it on", label: "t Space",
            keys: [(KeyPress("t"), .tryOn), (KeyPress(" "), .tryOn)]),
        Entry(
            section: .game, words: "the standard look", keys: [(KeyPress("s"), .standardLook)], playOnly: true
        ),
        Entry(section: .game, words: "list anew", keys: [(KeyPress("r"), .refresh)]),
    ]

    static let tryOnEntries: [Entry] = [
        Entry(section: .game, words: "another skin", label: "↑↓ jk", keys: choosing),
        Entry(
            section: .game, words: "wear it, or buy it", keys: [(KeyPress(.enter), .takeSkin)], playOnly: true
        ),
        Entry(
            section: .game, words: "back to the shop", label: "Esc t",
            keys: [
                (KeyPress(.escape), .backToShop), (KeyPress("t"), .backToShop), (KeyPress(" "), .backToShop),
            ]),
    ]

    static let buyEntries: [Entry] = [
        Entry(
            section: .game, words: "buy it", label: "Enter y",
            keys: [(KeyPress(.enter), .takeSkin), (KeyPress("y"), .takeSkin)], playOnly: true),
        Entry(
            section: .game, words: "leave it", label: "Esc n",
            keys: [(KeyPress(.escape), .backToShop), (KeyPress("n"), .backToShop)]),
    ]

    static let feedbackEntries: [Entry] = [
        Entry(section: .game, words: "send", keys: [(KeyPress(.enter), .sendFeedback)]),
        Entry(
            section: .game, words: "empty the page", label: "Ctrl-u",
            keys: [(KeyPress(.character("u"), .control), .clearFeedback)]),
        Entry(section: .game, words: "move in the text", label: "← ↓ ↑ → Home End", keys: []),
        Entry(section: .game, words: "a word back", label: "Ctrl-w", keys: []),
    ]

    private static let choosing: [(press: KeyPress, action: Action)] = [
        (KeyPress(.up), .choose(by: -1)), (KeyPress(.down), .choose(by: 1)),
        (KeyPress("k"), .choose(by: -1)), (KeyPress("j"), .choose(by: 1)),
        (KeyPress(.pageUp), .choose(by: -8)), (KeyPress(.pageDown), .choose(by: 8)),
        (KeyPress(.home), .choose(by: -wholeList)), (KeyPress(.end), .choose(by: wholeList)),
    ]
}
