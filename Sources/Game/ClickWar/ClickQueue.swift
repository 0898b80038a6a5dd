public import Protocol

/// Click games in their order: those that wait, the one that runs, and the last one that is over.
public struct ClickQueue: Hashable, Sendable {
    /// How games come about that nobody ordered.
    public struct Routine: Hashable, Sendable {
        /// How long each lasts, in seconds; 0 where there are none.
        public var seconds: Int
        /// Its sides.
        public var planets: [String]

        /// Joins the parts.
        public init(seconds: Int, planets: [String]) {
            self.seconds = seconds
            self.planets = planets
        }
    }

    /// Games that wait, in the order of their beginnings; no two overlap.
    public private(set) var scheduled: [ClickGame] = []
    /// The game that runs; at most one does.
    public private(set) var active: ClickGame?
    /// The game that ended last.
    public private(set) var finished: ClickGame?
    private let routine: Routine

    /// Takes the games that were kept.
    public init(routine: Routine, kept: [ClickGame] = []) {
        self.routine = routine
        scheduled = kept.filter { $0.status == .scheduled }.sorted {
            ($0.startsAtMs, $0.id.rawValue) < ($1.startsAtMs, $1.id.rawValue)
        }
        active = kept.first { $0.status == .active }
        finished = kept.filter { $0.status == .finished }.max {
            ($0.endsAtMs, $0.id.rawValue) < ($1.endsAtMs, $1.id.rawValue)
        }
    }

    /// The game that people ask for: the one that runs, else the next one, else the last one.
    public var current: ClickGame? { active ?? scheduled.first ?? finished }

    /// When something is to happen next, in milliseconds since 1970; nil where nothing is planned.
    public var nextMs: Int64? { active?.endsAtMs ?? scheduled.first?.startsAtMs }

    /// Whether the running game is at its end.
    public func isOver(atMs nowMs: Int64) -> Bool { active.map { $0.endsAtMs <= nowMs } ?? false }

    /// Why a game can't be put in line.
    public enum Refusal: Error, Hashable, Sendable {
        case overlaps
        case full
        /// It would be over before it begins.
        case past
    }

    /// Puts a game in line; one that nobody ordered ends where this one begins.
    ///
    /// - Returns: the running game where its end has moved.
    public mutating func schedule(_ game: ClickGame, atMs nowMs: Int64) throws(Refusal) -> ClickGame? {
        guard game.endsAtMs > nowMs else { throw .past }
        guard scheduled.count < Limits.maxScheduledGames else { throw .full }
        let fixed = scheduled + (active.map { $0.isOrdered ? [$0] : [] } ?? [])
        for other in fixed where other.startsAtMs < game.endsAtMs && game.startsAtMs < other.endsAtMs {
            throw .overlaps
        }
        let place = scheduled.firstIndex { $0.startsAtMs > game.startsAtMs } ?? scheduled.count
        scheduled.insert(game, at: place)
        guard let formerEndMs = active?.endsAtMs, formerEndMs > game.startsAtMs else { return nil }
        active?.cutShort(atMs: game.startsAtMs)
        return active
    }

    /// Starts the game whose time has come, where none runs.
    public mutating func startDue(atMs nowMs: Int64) -> ClickGame? {
        guard active == nil, let first = scheduled.first, first.startsAtMs <= nowMs else { return nil }
        scheduled.removeFirst()
        active = first
        active?.start()
        return active
    }

    /// Whether a game that nobody ordered is to begin now.
    public func wantsRoutine(atMs nowMs: Int64) -> Bool {
        guard routine.seconds > 0, active == nil else { return false }
        return scheduled.first.map { $0.startsAtMs > nowMs } ?? true
    }

    /// Starts a game that nobody ordered, which ends where the next ordered one begins.
    public mutating func startRoutine(id: Identifier, atMs nowMs: Int64) -> ClickGame? {
        guard wantsRoutine(atMs: nowMs) else { return nil }
        var game = ClickGame(
            id: id, startsAtMs: nowMs, endsAtMs: nowMs + Int64(routine.seconds) * 1000,
            planets: routine.planets, isOrdered: false)
        if let next = scheduled.first { game.cutShort(atMs: next.startsAtMs) }
        game.start()
        active = game
        return game
    }

    /// Ends the running game.
    public mutating func finishActive() -> ClickGame? {
        guard var game = active else { return nil }
        game.finish()
        finished = game
        active = nil
        return game
    }

    /// Changes the running game's clicks and players; nil where none runs.
    @discardableResult
    public mutating func withActive<Result>(_ body: (inout ClickGame) -> Result) -> Result? {
        guard var game = active else { return nil }
        active = nil
        let result = body(&game)
        active = game
        return result
    }
}
