public import Protocol

/// A click game: sides, their clicks, and who plays for which.
public struct ClickGame: Hashable, Sendable {
    /// Its id.
    public let id: Identifier
    /// How far it has come.
    public private(set) var status: ClickGameStatus
    /// When it begins, in milliseconds since 1970.
    public private(set) var startsAtMs: Int64
    /// When it ends, in milliseconds since 1970.
    public private(set) var endsAtMs: Int64
    /// Whether an admin ordered it; one that nobody ordered makes room for one that somebody did.
    public let isOrdered: Bool
    /// The sides, in their order.
    public private(set) var planets: [PlanetTotal]
    /// Who won, once it is over.
    public private(set) var winner: String?

    /// A game that waits for its time.
    public init(id: Identifier, startsAtMs: Int64, endsAtMs: Int64, planets: [String], isOrdered: Bool) {
        self.id = id
        status = .scheduled
        self.startsAtMs = startsAtMs
        self.endsAtMs = endsAtMs
        self.isOrdered = isOrdered
        self.planets = planets.map { PlanetTotal(name: $0, clicks: 0, players: 0) }
    }

    /// A game as it was kept.
    public init(kept view: ClickGameView, isOrdered: Bool) {
        id = view.game
        status = view.status
        startsAtMs = view.startsAtMs
        endsAtMs = view.endsAtMs
        self.isOrdered = isOrdered
        planets = view.planets
        winner = view.winner
    }

    /// What everyone may see of it.
    public var view: ClickGameView {
        ClickGameView(
            game: id, status: status, startsAtMs: startsAtMs, endsAtMs: endsAtMs, planets: planets,
            winner: winner)
    }

    /// All clicks of it.
    public var clicks: Int { planets.reduce(0) { $0 + $1.clicks } }

    /// The index of a planet of this game.
    public func index(of planet: String) -> Int? { planets.firstIndex { $0.name == planet } }

    /// Begins.
    public mutating func start() {
        precondition(status == .scheduled, "a game starts once")
        status = .active
    }

    /// Has it end earlier than it would; where the clock was put back, its beginning lies no later.
    public mutating func cutShort(atMs: Int64) {
        endsAtMs = min(endsAtMs, atMs)
        startsAtMs = min(startsAtMs, endsAtMs)
    }

    /// The planet for someone who pushes for the first time: the one with fewer players, the first of equals.
    public mutating func enlist() -> Int {
        var fewest = 0
        for index in planets.indices where planets[index].players < planets[fewest].players {
            fewest = index
        }
        planets[fewest].players += 1
        return fewest
    }

    /// Counts someone who was enlisted for a planet elsewhere.
    public mutating func enlist(for planet: Int) { planets[planet].players += 1 }

    /// Adds clicks for a planet.
    public mutating func add(_ clicks: Int, to planet: Int) { planets[planet].clicks += clicks }

    /// Ends: the planet with the most clicks wins, the first of equals; nobody where nobody clicked.
    public mutating func finish() {
        precondition(status == .active, "only a running game ends")
        status = .finished
        guard let most = planets.map(\.clicks).max(), most > 0 else { return }
        winner = planets.first { $0.clicks == most }?.name
    }

    /// The profile points of an account that contributed: one for each 20 clicks begun, twice that for the
    /// winners.
    public static func profilePoints(clicks: Int, hasWon: Bool) -> Int {
        let points = (clicks + 19) / 20
        return hasWon ? points * 2 : points
    }
}
