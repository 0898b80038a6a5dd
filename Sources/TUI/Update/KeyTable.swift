/// What a key asks for.
enum Action: Hashable, Sendable {
    case move(dx: Int, dy: Int)
    /// Moves the cursor and the view by a good part of a screen.
    case jump(dx: Int, dy: Int)
    case zoomIn
    case zoomOut
    case wholeCanvas
    case turnView(ViewChange)
    /// Asks for an angle, or for another turn of the view.
    case turnBy
    /// Shows the small map, or hides it.
    case minimap
    case center
    case goTo
    case nextColor(by: Int)
    case color(UInt8)
    case pickColor
    /// Knows the canvas, or finds a way on it.
    case tool(CanvasTool)
    case place
    case undo
    case play
    /// Gives the place up.
    case leave
    case name
    /// Goes to another screen.
    case open(Page)
    case click
    /// Moves the choice in a list.
    case choose(by: Int)
    /// Takes what is chosen.
    case take
    /// Goes to the next board of a game, or to the one before.
    case turnPeriod(by: Int)
    case shoot
    case endRun
    case enterRelay
    case watchRelay
    case createRelay(isPrivate: Bool)
    case typeCode
    case refresh
    case startRelay
    case sendAnswer
    case leaveRelay
    /// Wears the chosen look, or buys it.
    case takeSkin
    case tryOn
    case backToShop
    case standardLook
    case sendFeedback
    case clearFeedback
    /// Makes the notice over the canvas a line, and back.
    case shrink
    /// Turns a setting to another of its values.
    case adjust(by: Int)
    /// Waits for one more key for an action.
    case addKey
    /// Takes an action's keys away.
    case dropKeys
    /// Makes a setting, or keys, as they are usually.
    case restore
    case signIn(SignInAction)
    case replay(ReplayAction)
    case admin(AdminAction)
    /// Opens the palette of commands.
    case palette
    case help
    case repaint
    case suspend
    case quit
}

/// The keys, once for the input and for the help that explains them.
enum KeyTable {
    /// One line of help: keys that belong together, each with its action.
    struct Entry: Sendable {
        var section: Section
        /// What help says they do.
        var words: String
        /// What help calls the keys; none to list the labels of all.
        var label: String?
        /// What the mouse does the same with.
        var mouse: String?
        private(set) var keys: [(press: KeyPress, action: Action)]
        /// All that the keys ask for, and what stays to be asked for where a person's own keys took theirs.
        private(set) var actions: [Action]
        /// Whether watchers have no use for it.
        var playOnly: Bool

        /// Joins the parts.
        ///
        /// - Parameter unbound: what has no key before a person gives it one.
        init(
            section: Section, words: String, label: String? = nil, mouse: String? = nil,
            keys: [(press: KeyPress, action: Action)], unbound: [Action] = [], playOnly: Bool = false
        ) {
            self.section = section
            self.words = words
            self.label = label
            self.mouse = mouse
            self.keys = keys
            self.playOnly = playOnly
            actions = []
            for action in keys.map(\.action) + unbound where !actions.contains(action) {
                actions.append(action)
            }
        }

        /// Takes a person's own keys; what help called the usual ones says nothing of them.
        mutating func change(keys: [(press: KeyPress, action: Action)]) {
            self.keys = keys
            label = nil
        }

        /// What help calls the keys.
        var names: String {
            label ?? (keys.map(\.press.label) + (mouse.map { [$0] } ?? [])).joined(separator: " ")
        }
    }

    enum Section: String, CaseIterable, Sendable {
        case move = "Move"
        case view = "View"
        case game = "Game"
        case screens = "Screens"
        case paint = "Paint"
        case tools = "Tools"
        case session = "Session"
    }

    /// Columns and half rows of a jump, in parts of the view.
    static let jumpDivisor = 2
    /// A step that leads to the first or the last of any list.
    static let wholeList = 1_000

    /// The keys over the canvas.
    private static let canvasEntries: [Entry] =
        [
            Entry(
                section: .move, words: "move the cursor", label: "←↓↑→ hjkl",
                keys: arrows([.left, .down, .up, .right], [], Action.move)
                    + arrows(["h", "j", "k", "l"].map(KeyPress.Key.character), [], Action.move)),
            Entry(
                section: .move, words: "half a screen", label: "⇧←↓↑→ HJKL",
                keys: arrows([.left, .down, .up, .right], .shift, Action.jump)
                    + arrows(["H", "J", "K", "L"].map(KeyPress.Key.character), [], Action.jump)
                    + [
                        (KeyPress(.pageUp), .jump(dx: 0, dy: -1)), (KeyPress(.pageDown), .jump(dx: 0, dy: 1)),
                        (KeyPress(.home), .jump(dx: -1, dy: 0)), (KeyPress(.end), .jump(dx: 1, dy: 0)),
                    ]),
            Entry(section: .move, words: "go to x,y", keys: [(KeyPress("g"), .goTo)]),
            Entry(section: .move, words: "center the cursor", keys: [(KeyPress("c"), .center)]),
            Entry(
                section: .view, words: "zoom in", label: "+ wheel↑", mouse: "wheel↑",
                keys: [(KeyPress("+"), .zoomIn), (KeyPress("="), .zoomIn)]),
            Entry(
                section: .view, words: "zoom out", label: "- wheel↓", mouse: "wheel↓",
                keys: [(KeyPress("-"), .zoomOut), (KeyPress("_"), .zoomOut)]),
            Entry(section: .view, words: "whole canvas & back", keys: [(KeyPress("0"), .wholeCanvas)]),
        ] + turnEntries + [
            Entry(
                section: .paint, words: "place a pixel", label: "Enter Space click", mouse: "click",
                keys: [(KeyPress(.enter), .place), (KeyPress(.character(" ")), .place)], playOnly: true),
            Entry(section: .paint, words: "undo (5 s)", keys: [(KeyPress("u"), .undo)], playOnly: true),
            Entry(
                section: .paint, words: "color before, after", label: "[ ] Tab",
                keys: [
                    (KeyPress("["), .nextColor(by: -1)), (KeyPress("]"), .nextColor(by: 1)),
                    (KeyPress(.tab), .nextColor(by: 1)), (KeyPress(.tab, .shift), .nextColor(by: -1)),
                ], playOnly: true),
            Entry(
                section: .paint, words: "eight colors on", label: "{ }",
                keys: [(KeyPress("{"), .nextColor(by: -8)), (KeyPress("}"), .nextColor(by: 8))],
                playOnly: true),
            Entry(
                section: .paint, words: "color 1 to 9", label: "1…9",
                keys: (1...9).map { (KeyPress(Unicode.Scalar(0x30 + UInt8($0))), .color(UInt8($0))) },
                playOnly: true),
            Entry(
                section: .paint, words: "color at the cursor", keys: [(KeyPress("i"), .pickColor)],
                playOnly: true),
        ] + toolEntries + screenEntries(alone: false) + playEntries + [
            Entry(
                section: .session, words: "leave game or queue", label: "x x",
                keys: [(KeyPress("x"), .leave)],
                playOnly: true),
            Entry(section: .session, words: "choose a name", keys: [(KeyPress("n"), .name)], playOnly: true),
            Entry(section: .session, words: "smaller notice", keys: [(KeyPress(.escape), .shrink)]),
        ] + sessionEntries

    /// Where `p` means nothing else: the way into the game, and back to a connection.
    static let playEntries: [Entry] = [
        Entry(section: .session, words: "play, connect again", keys: [(KeyPress("p"), .play)], playOnly: true)
    ]

    /// Those that every screen has.
    static let sessionEntries: [Entry] = [
        Entry(
            section: .session, words: "commands by name",
            keys: [(KeyPress(.character("p"), .control), .palette)]),
        Entry(
            section: .session, words: "this help", label: "? F1",
            keys: [(KeyPress("?"), .help), (KeyPress(.function(1)), .help)]),
        Entry(
            section: .session, words: "repaint", keys: [(KeyPress(.character("l"), .control), .repaint)]),
        Entry(
            section: .session, words: "suspend", keys: [(KeyPress(.character("z"), .control), .suspend)]),
        Entry(
            section: .session, words: "quit", label: "q Ctrl-c",
            keys: [(KeyPress("q"), .quit), (KeyPress(.character("c"), .control), .quit)]),
    ]

    /// What the mouse does beyond the keys, for help.
    static let canvasMouseWords = "Mouse: click places, right drag moves, wheel zooms"
    static let watchMouseWords = "Mouse: right drag moves, wheel zooms"
    static let clickMouseWords = "A key held down is one click. Mouse: click your planet"
    static let lobbyMouseWords = "Mouse: click chooses, a second click enters"

    /// The keys of a scene, in the order of help.
    static func entries(of scene: KeyScene) -> [Entry] {
        switch scene {
        case .home:
            homeEntries + toSignInEntries + toReplayEntries + toAdminEntries + screenEntries(alone: true)
                + playEntries + sessionEntries
        case .ad: adEntries + screenEntries(alone: false) + playEntries + sessionEntries
        case .canvas: canvasEntries
        case .clicks:
            clickEntries + homewardEntries + screenEntries(alone: true) + playEntries + sessionEntries
        case .lobby:
            lobbyEntries + homewardEntries + screenEntries(alone: true) + playEntries + sessionEntries
        case .waiting: waitingEntries + screenEntries(alone: true) + playEntries + sessionEntries
        case .watched: watchedEntries + screenEntries(alone: true) + playEntries + sessionEntries
        case .result: resultEntries + screenEntries(alone: true) + playEntries + sessionEntries
        case .arcade:
            arcadeEntries + homewardEntries + screenEntries(alone: true) + playEntries + sessionEntries
        case .run:
            runEntries + screenEntries(alone: false) + typingEntries.filter { $0.actions != [.palette] }
        case .outcome: outcomeEntries + screenEntries(alone: true) + playEntries + sessionEntries
        case .shop: shopEntries + homewardEntries + screenEntries(alone: true) + playEntries + sessionEntries
        case .tryingOn: tryOnEntries + screenEntries(alone: true) + playEntries + sessionEntries
        case .buying: buyEntries + screenEntries(alone: true) + playEntries + sessionEntries
        case .boards:
            boardEntries + homewardEntries + screenEntries(alone: true) + playEntries + sessionEntries
        case .settings:
            settingEntries + homewardEntries + screenEntries(alone: true) + playEntries + sessionEntries
        case .about:
            toSignInEntries + homewardEntries + screenEntries(alone: true) + playEntries + sessionEntries
        case .signIn: signInEntries + screenEntries(alone: true) + playEntries + sessionEntries
        case .replay:
            replayEntries + homewardEntries + screenEntries(alone: false) + playEntries + sessionEntries
        case .admin:
            adminEntries + homewardEntries + screenEntries(alone: false) + playEntries + sessionEntries
        case .adminForm: adminFormEntries + screenEntries(alone: false) + typingEntries
        case .adminQuestion: adminQuestionEntries + screenEntries(alone: false) + playEntries + sessionEntries
        case .replayPrompt: replayPromptEntries + screenEntries(alone: false) + typingEntries
        case .feedback: feedbackEntries + homewardEntries + screenEntries(alone: false) + typingEntries
        case .answering: answerEntries + screenEntries(alone: false) + typingEntries
        }
    }

    /// What can be asked for in a scene, in the order of help.
    static func actions(of scene: KeyScene) -> [Action] { entries(of: scene).flatMap(\.actions) }

    /// Left, down, up, right, in vi's order.
    static func arrows(
        _ keys: [KeyPress.Key], _ modifiers: KeyPress.Modifiers, _ make: (Int, Int) -> Action
    ) -> [(KeyPress, Action)] {
        zip(keys, [(-1, 0), (0, 1), (0, -1), (1, 0)]).map { (KeyPress($0, modifiers), make($1.0, $1.1)) }
    }
}
