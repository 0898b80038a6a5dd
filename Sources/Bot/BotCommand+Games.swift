import Arguments
import Client
import Protocol

extension BotCommand {
    /// The first word of a command line, where it isn't a URL.
    enum Verb: String, CaseIterable {
        case draw, show, click, relay, relays, leaderboard

        /// What has to follow; nil for nothing.
        var operand: String? {
            switch self {
            case .draw: "a PNG file"
            case .leaderboard: "a board: \(Board.allCases.map(\.rawValue).joined(separator: " or "))"
            case .show, .click, .relay, .relays: nil
            }
        }

        /// The options that go with it alone.
        var options: [String] {
            switch self {
            case .draw: ["at", "part"]
            case .click: ["clicks-per-second", "seconds"]
            case .relay: ["create", "join", "players", "answers", "seconds"]
            case .leaderboard: ["period"]
            case .show, .relays: []
            }
        }

        /// Whether it signs in as a guest unless a profile is named.
        var isForGuests: Bool {
            switch self {
            case .click, .leaderboard: true
            case .draw, .show, .relay, .relays: false
            }
        }

        /// Whether a guest is refused.
        var needsAccount: Bool {
            switch self {
            case .draw, .relay, .relays: true
            case .show, .click, .leaderboard: false
            }
        }
    }

    /// How clicks are made.
    struct Clicking {
        static let perSecond = 0.1...Double(ClickTracker.plausiblePerSecond)

        var clicksPerSecond = 5.0
        /// 0 is until told to end.
        var seconds = 0.0
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
