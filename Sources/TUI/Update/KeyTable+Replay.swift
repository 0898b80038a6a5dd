/// The keys of the canvas's past.
extension KeyTable {
    static let replayMouseWords = "Mouse: drag on the bar goes there, right drag moves, wheel zooms"

    /// Where the past is near.
    static let toReplayEntries: [Entry] = [
        Entry(section: .session, words: "replay the canvas's past", keys: [(KeyPress("r"), .open(.replay))])
    ]

    static let replayEntries: [Entry] = [
        Entry(
            section: .game, words: "play, stop", label: "Space Enter",
            keys: [(KeyPress(" "), .replay(.toggle)), (KeyPress(.enter), .replay(.toggle))]),
        Entry(
            section: .game, words: "slower, faster",
            keys: [
                (KeyPress("<"), .replay(.slower)), (KeyPress(">"), .replay(.faster)),
                (KeyPress(.down), .replay(.slower)), (KeyPress(.up), .replay(.faster)),
            ]),
        Entry(
            section: .game, words: "one back, one ahead", label: "←→ hl",
            keys: [
                (KeyPress(.left), .replay(.back)), (KeyPress(.right), .replay(.ahead)),
                (KeyPress("h"), .replay(.back)), (KeyPress("l"), .replay(.ahead)),
            ]),
        Entry(
            section: .game, words: "far back, far ahead",
            keys: [(KeyPress(.pageUp), .replay(.farBack)), (KeyPress(.pageDown), .replay(.farAhead))]),
        Entry(
            section: .game, words: "the first, the last",
            keys: [(KeyPress(.home), .replay(.first)), (KeyPress(.end), .replay(.last))]),
        Entry(
            section: .game, words: "canvas before, after",
            keys: [(KeyPress("["), .replay(.epochBefore)), (KeyPress("]"), .replay(.epochAfter))]),
        Entry(section: .game, words: "to a version or time", keys: [(KeyPress("g"), .replay(.jump))]),
        Entry(section: .game, words: "ask anew", keys: [(KeyPress("r"), .refresh)]),
        Entry(
            section: .view, words: "zoom in, out", label: "+ - wheel", mouse: "wheel",
            keys: [
                (KeyPress("+"), .zoomIn), (KeyPress("-"), .zoomOut), (KeyPress("="), .zoomIn),
                (KeyPress("_"), .zoomOut),
            ]),
        Entry(section: .view, words: "whole canvas", keys: [(KeyPress("0"), .wholeCanvas)]),
        Entry(
            section: .view, words: "move the view", label: "⇧←↓↑→ HJKL",
            keys: arrows([.left, .down, .up, .right], .shift, Action.jump)
                + arrows(["H", "J", "K", "L"].map(KeyPress.Key.character), [], Action.jump)),
    ]

    static let replayPromptEntries: [Entry] = [
        Entry(section: .game, words: "go there", keys: [(KeyPress(.enter), .replay(.goThere))]),
        Entry(section: .game, words: "stay here", keys: [(KeyPress(.escape), .replay(.leavePrompt))]),
    ]
}
