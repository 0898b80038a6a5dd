/// The boards there are.
public enum Board: Hashable, Sendable {
    /// Pixels placed and not taken back.
    case pixels
    /// Clicks in click games.
    case clicks
    /// Profile points earned in relays.
    case relay
    /// The best run of an arcade game.
    case arcade(ArcadeGameID)
}

extension Board: RawRepresentable, CaseIterable {
    /// All of them, in their order.
    public static let allCases: [Board] = [.pixels, .clicks, .relay] + ArcadeGameID.all.map(Board.arcade)

    /// The board that a word names; nil where it names none.
    public init?(rawValue: String) {
        switch rawValue {
        case "pixels": self = .pixels
        case "clicks": self = .clicks
        case "relay": self = .relay
        default:
            guard let game = ArcadeGameID(rawValue: rawValue) else { return nil }
            self = .arcade(game)
        }
    }

    /// Its word.
    public var rawValue: String {
        switch self {
        case .pixels: "pixels"
        case .clicks: "clicks"
        case .relay: "relay"
        case .arcade(let game): game.rawValue
        }
    }

    /// What an account has on it.
    public enum Measure: Hashable, Sendable {
        /// The sum of all that it earned there.
        case sum
        /// The highest of its scores.
        case highest
        /// The lowest of its scores: they are times, in milliseconds.
        case lowest
    }

    /// What an account has on it.
    public var measure: Measure {
        switch self {
        case .pixels, .clicks, .relay: .sum
        case .arcade(let game):
            switch game.rules.category {
            case .timed: .highest
            case .steps: .lowest
            }
        }
    }
}

/// The time that a leaderboard covers.
public enum BoardPeriod: String, Hashable, Sendable, CaseIterable {
    /// Since midnight UTC.
    case day
    /// Since Monday's midnight UTC.
    case week
    case all
}

/// A leaderboard: `{"board","period","entries":[{"rank","account","score"},…]}`, best first.
public struct LeaderboardAnswer: Hashable, Sendable {
    /// One place on it.
    public struct Entry: Hashable, Sendable {
        /// From 1; equal scores share one, and the next rank counts them all.
        public var rank: Int
        /// Who.
        public var account: AccountName
        /// How many.
        public var score: Int

        /// Joins the parts.
        public init(rank: Int, account: AccountName, score: Int) {
            self.rank = rank
            self.account = account
            self.score = score
        }
    }

    /// Which.
    public var board: Board
    /// Over which time.
    public var period: BoardPeriod
    /// At most `Limits.maxBoardEntries`.
    public var entries: [Entry]

    /// Joins the parts.
    public init(board: Board, period: BoardPeriod, entries: [Entry]) {
        self.board = board
        self.period = period
        self.entries = entries
    }
}

extension LeaderboardAnswer: JSONAnswer {
    /// `{"board","period","entries":[{"rank","account":{"id","name"},"score"},…]}`.
    public func json() -> [UInt8] {
        JSONWriter.object { json in
            json.field("board", board.rawValue)
            json.field("period", period.rawValue)
            json.field("entries", entries)
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        guard let board = Board(rawValue: try fields.string("board")) else {
            throw fields.refusal("board", "a board")
        }
        guard let period = BoardPeriod(rawValue: try fields.string("period")) else {
            throw fields.refusal("period", "day, week or all")
        }
        self.init(board: board, period: period, entries: try fields.parts("entries"))
    }
}

extension LeaderboardAnswer.Entry: JSONPart {
    func write(to json: inout JSONWriter) {
        json.field("rank", rank)
        json.field("account", account)
        json.field("score", score)
    }

    init(_ fields: JSONFields) throws(Failure) {
        self.init(
            rank: try fields.count("rank"), account: try fields.account(), score: try fields.int("score"))
    }
}
