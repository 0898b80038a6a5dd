import Arguments
import Client
import Protocol

extension BotCommand {
    /// The first word of a command line, where it isn't a URL.
    enum Verb: String, CaseIterable {
        case draw, show, click, relay, relays, arcade, leaderboard, skins, buy, wear, feedback

        /// What has to follow; nil for nothing.
        var operand: String? {
            switch self {
            case .draw: "a PNG file"
            case .arcade: "a game: \(Self.alternatives(ArcadeGameID.all.map(\.rawValue)))"
            case .leaderboard: "a board: \(Self.alternatives(Board.allCases.map(\.rawValue)))"
            case .buy: "a skin"
            case .wear: "a skin or none"
            case .feedback: "a text"
            case .show, .click, .relay, .relays, .skins: nil
            }
        }

        /// `a, b or c`.
        static func alternatives(_ words: [String]) -> String {
            guard let last = words.last, words.count > 1 else { return words.joined() }
            return words.dropLast().joined(separator: ", ") + " or " + last
        }

        /// The options that go with it alone.
        var options: [String] {
            switch self {
            case .draw: ["at", "part"]
            case .click: ["clicks-per-second", "seconds"]
            case .relay: ["create", "join", "players", "answers", "seconds"]
            case .arcade: ["rounds"]
            case .leaderboard: ["period"]
            case .show, .relays, .skins, .buy, .wear, .feedback: []
            }
        }

        /// Whether it signs in as a guest unless a profile is named.
        var isForGuests: Bool {
            switch self {
            case .click, .leaderboard: true
            case .draw, .show, .relay, .relays, .arcade, .skins, .buy, .wear, .feedback: false
            }
        }

        /// Whether a guest is refused.
        var needsAccount: Bool {
            switch self {
            case .draw, .relay, .relays, .arcade, .skins, .buy, .wear: true
            case .show, .click, .leaderboard, .feedback: false
            }
        }
    }

    /// One question to the server, or one thing to do there.
    enum Call: Hashable {
        /// The relays that can be joined.
        case relays
        case leaderboard(Board, BoardPeriod)
        /// All skins, and which are ours.
        case skins
        case buy(SkinID)
        /// None is the standard look.
        case wear(SkinID?)
        case feedback(FeedbackMessage)
    }

    /// How clicks are made.
    struct Clicking {
        static let perSecond = 0.1...Double(ClickTracker.plausiblePerSecond)

        var clicksPerSecond = 5.0
        /// 0 is until told to end.
        var seconds = 0.0
    }

    /// How an arcade game is played.
    struct Playing {
        static let rounds = 1...1_000
        /// No faster than a person, and no slower than who has something to show for it.
        static let paceMs = 250...10_000

        var game = ArcadeGameID.dot
        var rounds = 1
        /// From a target's coming to its hit, on average.
        var paceMs = 450
    }

    /// How a relay is played.
    struct Relaying {
        /// How a bot comes to its relay.
        enum Way {
            case create
            case join(RelayReference)
        }

        /// What is answered.
        enum Answers: String, CaseIterable {
            case right, wrong, mixed
        }

        var way: Way
        /// With so many players in, who created it starts it.
        var players = 2
        /// How long a relay lasts that is created.
        var seconds = RelayOptions().seconds
        var answers = Answers.right
    }

    /// Throws where an option stands with another verb than its own.
    static func checkOptions(_ list: ArgumentList, of verb: Verb?) throws(ArgumentList.UsageError) {
        for owner in Verb.allCases where owner != verb {
            let foreign = owner.options.filter { verb?.options.contains($0) != true }
            guard let option = foreign.first(where: list.has) else { continue }
            throw .init("--\(option) goes with \(owner.rawValue) alone")
        }
    }

    static func message(_ text: String) throws(ArgumentList.UsageError) -> FeedbackMessage {
        guard let message = FeedbackMessage(text) else {
            throw .init("feedback takes 1 to \(Limits.maxFeedbackCharacters) characters that show")
        }
        return message
    }

    static func skin(_ text: String) throws(ArgumentList.UsageError) -> SkinID {
        guard let skin = SkinID(rawValue: text) else {
            throw .init("\(text) is no skin's id (\(SkinID.rule))")
        }
        return skin
    }

    static func board(_ text: String) throws(ArgumentList.UsageError) -> Board {
        guard let board = Board(rawValue: text) else {
            throw .init("\(text) is no board (\(Board.allCases.map(\.rawValue).joined(separator: ", ")))")
        }
        return board
    }

    static func period(_ list: ArgumentList) throws(ArgumentList.UsageError) -> BoardPeriod {
        guard let text = list.value("period") else { return .all }
        guard let period = BoardPeriod(rawValue: text) else {
            throw .init("--period takes day, week or all, not \(text)")
        }
        return period
    }
}

extension BotCommand.Clicking {
    init(_ list: ArgumentList) throws(ArgumentList.UsageError) {
        if let text = list.value("clicks-per-second") {
            guard let rate = Double(text), Self.perSecond.contains(rate) else {
                let (least, most) = (Self.perSecond.lowerBound, Int(Self.perSecond.upperBound))
                throw .init("--clicks-per-second takes \(least) to \(most), not \(text)")
            }
            clicksPerSecond = rate
        }
        if let text = list.value("seconds") {
            guard let seconds = Double(text),
                (0...Double(Limits.clickGameSeconds.upperBound)).contains(seconds)
            else { throw .init("--seconds takes a number from 0, not \(text)") }
            self.seconds = seconds
        }
    }
}

extension BotCommand.Playing {
    init(_ word: String, _ list: ArgumentList) throws(ArgumentList.UsageError) {
        guard let game = ArcadeGameID(rawValue: word) else {
            throw .init("\(word) is no game (\(ArcadeGameID.all.map(\.rawValue).joined(separator: ", ")))")
        }
        self.game = game
        if let text = list.value("rounds") {
            guard let rounds = Int(text), Self.rounds.contains(rounds) else {
                throw .init("--rounds takes 1 to \(Self.rounds.upperBound), not \(text)")
            }
            self.rounds = rounds
        }
        if let text = list.value("pace") {
            guard let paceMs = Int(text), Self.paceMs.contains(paceMs) else {
                let (least, most) = (Self.paceMs.lowerBound, Self.paceMs.upperBound)
                throw .init("arcade's --pace takes \(least) to \(most) milliseconds, not \(text)")
            }
            self.paceMs = paceMs
        }
    }
}

extension BotCommand.Relaying {
    init(_ list: ArgumentList) throws(ArgumentList.UsageError) {
        switch (list.has("create"), list.value("join")) {
        case (true, nil): way = .create
        case (false, let text?):
            guard let reference = RelayReference(text) else {
                throw .init("\(text) is no relay's code (6 letters) or id")
            }
            way = .join(reference)
        default: throw .init("relay needs either --create or --join CODE")
        }
        if let text = list.value("players") {
            guard case .create = way else { throw .init("--players goes with --create alone") }
            guard let players = Int(text), (1...Limits.maxRelayPlayers).contains(players) else {
                throw .init("--players takes 1 to \(Limits.maxRelayPlayers), not \(text)")
            }
            self.players = players
        }
        if let text = list.value("seconds") {
            guard case .create = way else { throw .init("--seconds goes with --create alone") }
            guard let seconds = Int(text), Limits.relaySeconds.contains(seconds) else {
                throw .init("--seconds takes 1 to \(Limits.relaySeconds.upperBound), not \(text)")
            }
            self.seconds = seconds
        }
        if let text = list.value("answers") {
            guard let answers = Answers(rawValue: text) else {
                throw .init("--answers takes right, wrong or mixed, not \(text)")
            }
            self.answers = answers
        }
    }
}
