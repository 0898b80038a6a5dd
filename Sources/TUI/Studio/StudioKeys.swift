/// What a key asks for in the studio.
enum StudioAction: Hashable, Sendable {
    case field(by: Int)
    case value(by: Int)
    /// Opens the grid at the chosen color, or takes the color that it is at.
    case pick
    case leave
    case add
    case remove
    /// Moves the chosen color among the others.
    case reorder(by: Int)
    case grid(dx: Int, dy: Int)
    case save
    case saveAs
    case install
    case nextDepth
    case wholePreview
    case help
    case repaint
    case suspend
    case quit
}

/// The studio's keys, once for the input and for the help that explains them.
enum StudioKeys {
    /// Where the keys are pressed.
    enum Scene: Hashable, Sendable, CaseIterable {
        /// A text: characters are typed.
        case text
        /// A part's colors.
        case colors
        /// The grid of base colors.
        case grid
    }

    struct Entry: Sendable {
        var names: String
        var words: String
        var keys: [(press: KeyPress, action: StudioAction)]
    }

    static let everywhere: [Entry] = [
        Entry(
            names: "↑ ↓ Tab", words: "field above, below",
            keys: [
                (KeyPress(.up), .field(by: -1)), (KeyPress(.down), .field(by: 1)),
                (KeyPress(.tab), .field(by: 1)), (KeyPress(.tab, .shift), .field(by: -1)),
            ]),
        control("s", "save", .save),
        control("o", "save in another file", .saveAs),
        control("p", "put it into the shop", .install),
        control("n", "preview: fewer colors", .nextDepth),
        control("t", "preview: whole screen", .wholePreview),
        Entry(names: "F1", words: "this help", keys: [(KeyPress(.function(1)), .help)]),
        control("l", "repaint", .repaint),
        control("z", "suspend", .suspend),
        Entry(
            names: "Ctrl-q Ctrl-c", words: "quit",
            keys: [
                (KeyPress(.character("q"), .control), .quit), (KeyPress(.character("c"), .control), .quit),
            ]),
    ]

    static let colors: [Entry] = [
        Entry(
            names: "← →", words: "color before, after",
            keys: [
                (KeyPress(.left), .value(by: -1)), (KeyPress(.right), .value(by: 1)),
                (KeyPress("h"), .value(by: -1)), (KeyPress("l"), .value(by: 1)),
                (KeyPress("k"), .field(by: -1)), (KeyPress("j"), .field(by: 1)),
                (KeyPress(.home), .value(by: -100)), (KeyPress(.end), .value(by: 100)),
            ]),
        Entry(
            names: "Enter Space", words: "another base color",
            keys: [(KeyPress(.enter), .pick), (KeyPress(" "), .pick)]),
        Entry(
            names: "+ a", words: "one more color",
            keys: [(KeyPress("+"), .add), (KeyPress("a"), .add), (KeyPress("="), .add)]),
        Entry(
            names: "- Del", words: "one color less",
            keys: [
                (KeyPress("-"), .remove), (KeyPress(.delete), .remove), (KeyPress(.backspace), .remove),
                (KeyPress("x"), .remove),
            ]),
        Entry(
            names: "< > ⇧← ⇧→", words: "move it forward, back",
            keys: [
                (KeyPress("<"), .reorder(by: -1)), (KeyPress(">"), .reorder(by: 1)),
                (KeyPress(.left, .shift), .reorder(by: -1)), (KeyPress(.right, .shift), .reorder(by: 1)),
            ]),
    ]

    static let grid: [Entry] = [
        Entry(
            names: "← ↓ ↑ →", words: "look at another color",
            keys: [
                (KeyPress(.left), .grid(dx: -1, dy: 0)), (KeyPress(.right), .grid(dx: 1, dy: 0)),
                (KeyPress(.up), .grid(dx: 0, dy: -1)), (KeyPress(.down), .grid(dx: 0, dy: 1)),
                (KeyPress("h"), .grid(dx: -1, dy: 0)), (KeyPress("l"), .grid(dx: 1, dy: 0)),
                (KeyPress("k"), .grid(dx: 0, dy: -1)), (KeyPress("j"), .grid(dx: 0, dy: 1)),
                (KeyPress(.pageUp), .grid(dx: 0, dy: -5)), (KeyPress(.pageDown), .grid(dx: 0, dy: 5)),
            ]),
        Entry(
            names: "Enter", words: "take it", keys: [(KeyPress(.enter), .pick), (KeyPress(" "), .pick)]),
        Entry(names: "Esc", words: "leave it as it was", keys: [(KeyPress(.escape), .leave)]),
    ]

    private static func control(_ letter: Unicode.Scalar, _ words: String, _ action: StudioAction) -> Entry {
        let press = KeyPress(.character(letter), .control)
        return Entry(names: press.label, words: words, keys: [(press, action)])
    }

    /// The entries of a scene; of two for one key the first counts.
    static func entries(of scene: Scene) -> [Entry] {
        switch scene {
        case .text: everywhere
        case .colors: colors + everywhere
        case .grid: grid + everywhere
        }
    }

    private static let actions: [Scene: [KeyPress: StudioAction]] = {
        var actions: [Scene: [KeyPress: StudioAction]] = [:]
        for scene in Scene.allCases {
            for entry in entries(of: scene) {
                for (press, action) in entry.keys where actions[scene]?[press] == nil {
                    actions[scene, default: [:]][press] = action
                }
            }
            if scene != .text { actions[scene]?[KeyPress("?")] = .help }
        }
        return actions
    }()

    static func action(for press: KeyPress, in scene: Scene) -> StudioAction? {
        if let action = actions[scene]?[press] { return action }
        guard case .character = press.key, press.modifiers == .shift else { return nil }
        return actions[scene]?[KeyPress(press.key)]
    }
}
