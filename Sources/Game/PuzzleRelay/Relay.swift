public import Protocol

/// A team in a ring: whoever solves a puzzle keeps the next one in, while everyone's points drain away.
public struct Relay: Hashable, Sendable {
    /// A puzzle that waits for its player's answer.
    public struct OpenPuzzle: Hashable, Sendable {
        /// Its id.
        public var id: Identifier
        /// What is asked, and the answer that never leaves the server.
        public var puzzle: Puzzle
        /// What solving it gives to the next player.
        public var worth: Int

        /// Joins the parts.
        public init(id: Identifier, puzzle: Puzzle, worth: Int) {
            self.id = id
            self.puzzle = puzzle
            self.worth = worth
        }

        /// What its player may see.
        public var view: PuzzleView {
            PuzzleView(id: id, type: puzzle.data.type, data: puzzle.data, worth: worth)
        }
    }

    /// A place in the ring.
    public struct Player: Hashable, Sendable {
        /// Who.
        public var account: AccountName
        /// Points now, never below 0.
        public var points: Int
        /// Whether the player is in.
        public var isActive: Bool
        /// Puzzles solved.
        public var solves: Int
        /// Points that others' puzzles gave.
        public var awarded: Int
        /// Points that time took.
        public var decayed: Int
        /// Points that wrong answers cost.
        public var penalized: Int
        /// The puzzle that waits for an answer.
        public var puzzle: OpenPuzzle?

        /// A player with points to begin with.
        public init(account: AccountName, points: Int) {
            self.account = account
            self.points = points
            isActive = true
            solves = 0
            awarded = 0
            decayed = 0
            penalized = 0
        }

        /// What everyone in the room may see.
        public var view: RelayPlayer {
            RelayPlayer(account: account, points: points, isActive: isActive, solves: solves)
        }
    }

    /// Why something can't be.
    public enum Refusal: Error, Hashable, Sendable {
        case notPlaying
        case full
        case started
        case notRunning
        case puzzleOpen
        /// There is no such open puzzle.
        case noPuzzle
        case out
    }

    /// Its id.
    public let id: Identifier
    /// The word that leads to it.
    public let code: RelayCode
    /// How it is played.
    public let options: RelayOptions
    /// When it was made, in milliseconds since 1970.
    public let createdAtMs: Int64
    /// How far it has come.
    public internal(set) var status = RelayStatus.waiting
    /// The ring, in the order of joining.
    public internal(set) var players: [Player]
    /// Intervals lived through.
    public internal(set) var steps = 0
    /// Why it ended.
    public internal(set) var endReason: RelayEndReason?

    /// A relay that waits, with its creator as the first player.
    public init(
        id: Identifier, code: RelayCode, options: RelayOptions, creator: AccountName, createdAtMs: Int64
    ) {
        self.id = id
        self.code = code
        self.options = options
        self.createdAtMs = createdAtMs
        players = [Player(account: creator, points: options.startPoints)]
    }

    /// A relay as it was kept.
    public init(
        id: Identifier, code: RelayCode, options: RelayOptions, createdAtMs: Int64, status: RelayStatus,
        steps: Int, endReason: RelayEndReason?, players: [Player]
    ) {
        self.id = id
        self.code = code
        self.options = options
        self.createdAtMs = createdAtMs
        self.status = status
        self.steps = steps
        self.endReason = endReason
        self.players = players
    }

    /// The intervals that it lasts: its length, with a last interval that may be a shorter one's worth.
    public var maxSteps: Int {
        max(1, (options.seconds * 1000 + options.decayIntervalMs - 1) / options.decayIntervalMs)
    }

    /// How long it still lasts, in milliseconds.
    public var leftMs: Int {
        switch status {
        case .waiting: options.seconds * 1000
        case .running: max(0, options.seconds * 1000 - steps * options.decayIntervalMs)
        case .ended: 0
        }
    }

    /// Where an account stands in the ring.
    public func index(of account: Identifier) -> Int? { players.firstIndex { $0.account.id == account } }

    /// How many are in.
    public var activeCount: Int { players.reduce(0) { $0 + ($1.isActive ? 1 : 0) } }

    /// What everyone in the room may see of the ring.
    public var ring: [RelayPlayer] { players.map(\.view) }

    /// What its players and watchers see.
    public var view: RelayView {
        RelayView(
            relay: id, code: code, status: status, players: ring, options: options, leftMs: leftMs)
    }

    /// Who gets the worth of what a player solves: the next in the ring that is in; of one alone, that one.
    public func next(after index: Int) -> Int {
        for distance in 1..<max(2, players.count) {
            let next = (index + distance) % players.count
            if players[next].isActive { return next }
        }
        return index
    }
}
