/// A key of use now and what it does, as the hint lines tell it.
struct Hint: Hashable, Sendable {
    /// What the key asks for; several where they belong together, such as both directions of a choice.
    var actions: [Action]
    var words: String
    /// Whether only a second press does it.
    var isTwice = false

    init(_ actions: Action..., words: String, isTwice: Bool = false) {
        self.actions = actions
        self.words = words
        self.isTwice = isTwice
    }

    /// What the keys are called; nil where a person has taken them away.
    func keys(_ bindings: KeyBindings, in scene: KeyScene) -> String? {
        let labels = presses(bindings, in: scene).map(\.label)
        guard let first = labels.first else { return nil }
        if isTwice { return "\(first) \(first)" }
        return labels.joined(separator: Self.areShort(labels) ? "" : " ")
    }

    /// The keys themselves, in the order of the actions.
    func presses(_ bindings: KeyBindings, in scene: KeyScene) -> [KeyPress] {
        actions.compactMap { bindings.press(for: $0, in: scene) }
    }

    /// Whether keys' names are read without spaces between them, as arrows are.
    static func areShort(_ labels: [String]) -> Bool { labels.allSatisfy { $0.unicodeScalars.count == 1 } }
}

extension Hint {
    /// Keys and what they do as one text, such as `p tries again, q quits`; those without a key are left out.
    static func words(_ actions: [Action], _ words: [String], _ model: Model) -> String {
        let entries = model.bindings.entries(of: model.keyScene)
        return zip(actions, words).compactMap { action, words in
            let isOffered = entries.contains {
                $0.actions.contains(action) && model.isOffered($0)
            }
            guard isOffered, let key = model.bindings.label(of: action, in: model.keyScene) else {
                return nil
            }
            return "\(key) \(words)"
        }.joined(separator: ", ")
    }

    static let choosing = Hint(.choose(by: -1), .choose(by: 1), words: "choose")
    static let keys = Hint(.help, words: "keys")
    static let home = Hint(.open(.home), words: "home")
}

/// The hints of each scene.
extension Model {
    /// The keys of use now, the most useful ones first; none on the canvas, which has its colors there.
    var hints: [Hint] {
        let plays = purpose == .play
        switch keyScene {
        case .canvas: return []
        case .home:
            return [
                .choosing, Hint(.take, words: "goes there"), Hint(.palette, words: "commands"), .keys,
                Hint(.quit, words: "quits"),
            ]
        case .clicks:
            return [Hint(.click, words: "clicks"), .keys, Hint(.refresh, words: "asks for the totals")]
        case .lobby:
            let own = [
                Hint(.enterRelay, words: "joins"), Hint(.typeCode, words: "by code"),
                Hint(.createRelay(isPrivate: false), words: "new"),
                Hint(.createRelay(isPrivate: true), words: "new, off the list"),
            ]
            return (plays ? own : [])
                + [Hint(.watchRelay, words: "watches"), Hint(.refresh, words: "lists anew"), .keys]
        case .waiting:
            let isIn = plays && relays.room?.player(accountID) != nil
            return (isIn ? [Hint(.startRelay, words: "starts the relay")] : [])
                + [Hint(.leaveRelay, words: "leaves"), .keys]
        case .answering:
            return [Hint(.sendAnswer, words: "answers"), Hint(.leaveRelay, words: "leaves"), .keys]
        case .watched: return [Hint(.leaveRelay, words: "leaves"), .keys]
        case .result: return [Hint(.leaveRelay, words: "back to the list"), .keys]
        case .arcade:
            return (plays ? [Hint(.take, words: "plays")] : [])
                + [
                    .choosing, Hint(.turnPeriod(by: -1), .turnPeriod(by: 1), words: "day, week, all time"),
                    .home,
                    .keys,
                ]
        case .run: return runHints
        case .outcome:
            return [Hint(.take, words: "plays again"), Hint(.endRun, words: "back to the games"), .keys]
        case .shop, .tryingOn, .buying: return shopHints
        case .feedback:
            return [
                Hint(.sendFeedback, words: "sends"), Hint(.clearFeedback, words: "empties"),
                Hint(.open(.home), words: "home, text stays"), .keys,
            ]
        case .boards:
            return [
                Hint(.choose(by: -1), .choose(by: 1), words: "board"),
                Hint(.turnPeriod(by: -1), .turnPeriod(by: 1), words: "day, week, all time"),
                Hint(.refresh, words: "asks anew"), .home, .keys,
            ]
        case .settings: return settingsHints
        case .about:
            return (plays ? [Hint(.open(.signIn), words: "signs in with Google")] : [])
                + [.home, .keys, Hint(.palette, words: "commands")]
        case .signIn: return signInHints
        case .replay:
            return [
                Hint(.replay(.toggle), words: replay.isPlaying ? "stops" : "plays"),
                Hint(.replay(.back), .replay(.ahead), words: "a version"),
                Hint(.replay(.slower), .replay(.faster), words: "speed"),
                Hint(.replay(.jump), words: "goes to"), .home, .keys,
            ]
        case .replayPrompt:
            return [
                Hint(.replay(.goThere), words: "goes there"), Hint(.replay(.leavePrompt), words: "stays"),
            ]
        case .admin, .adminForm, .adminQuestion: return adminHints
        case .ad: return adHints
        }
    }

    private var runHints: [Hint] {
        if case .asking = arcade.stage { return [Hint(.endRun, words: "takes it back"), .keys] }
        return [
            Hint(.shoot, words: "shoots"),
            Hint(
                .move(dx: -1, dy: 0), .move(dx: 0, dy: 1), .move(dx: 0, dy: -1), .move(dx: 1, dy: 0),
                words: "aim"),
            Hint(.endRun, words: "ends the run", isTwice: true), .keys,
        ]
    }

    private var shopHints: [Hint] {
        let take = ShopLayout.takeWords(self).map { [Hint(.takeSkin, words: $0)] } ?? []
        switch shop.step {
        case .looking:
            return take + [
                Hint(.tryOn, words: "tries on"), Hint(.standardLook, words: "standard look"), .home, .keys,
            ]
        case .tryingOn:
            return take + [
                Hint(.choose(by: -1), .choose(by: 1), words: "another"), Hint(.backToShop, words: "back"),
                .keys,
            ]
        case .buying: return [Hint(.takeSkin, words: "buys"), Hint(.backToShop, words: "leaves it")]
        }
    }

    private var settingsHints: [Hint] {
        switch settingsDesk.row(self) {
        case .field, .scene:
            return [
                .choosing, Hint(.adjust(by: -1), .adjust(by: 1), words: "change"),
                Hint(.restore, words: "as usual"), .home, .keys,
            ]
        case .key:
            return [
                Hint(.take, words: "another key"), Hint(.addKey, words: "one more"),
                Hint(.dropKeys, words: "none"), Hint(.restore, words: "as usual"), .home, .keys,
            ]
        }
    }

    private var adHints: [Hint] {
        guard let stop = ads.stop, stop.isOver else { return [.home, Hint(.quit, words: "quits")] }
        return [Hint(.take, words: "goes on to \(stop.next.fullTitle)"), Hint(.quit, words: "quits")]
    }
}
