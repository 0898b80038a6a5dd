/// The arcade: its games, and when a point hits.
public enum Arcade {
    /// All games, in the order that menus show them.
    public static let games: [any ArcadeGame.Type] = [Dot.self, ShakyDot.self, Steps.self]

    /// Whether a point hits what counts at its time, or what counted one drawn frame before, which is what its
    /// player saw; never what counted in the stretch before.
    ///
    /// - Parameter atMs: milliseconds since the run began.
    public static func isHit(_ game: ArcadeGameID, _ stretch: ArcadeStretch, x: Int, y: Int, atMs: Int)
        -> Bool
    {
        let nowMs = max(stretch.startMs, atMs)
        let seenMs = max(stretch.startMs, nowMs - Limits.arcadeHitWindowMs)
        return game.rules.target(of: stretch, atMs: nowMs).contains(x: x, y: y)
            || game.rules.target(of: stretch, atMs: seenMs).contains(x: x, y: y)
    }
}

/// Names a game that there is.
public struct ArcadeGameID: Hashable, Sendable, RawRepresentable {
    /// The game itself.
    public let rules: any ArcadeGame.Type

    /// Names a game of the arcade.
    private init(_ rules: any ArcadeGame.Type) {
        self.rules = rules
    }

    /// The game with a name; nil where there is none.
    public init?(rawValue: String) {
        guard let rules = Arcade.games.first(where: { $0.name == rawValue }) else { return nil }
        self.init(rules)
    }

    /// The wire's word.
    public var rawValue: String { rules.name }

    /// All of them, in the order of `Arcade.games`.
    public static let all = Arcade.games.map { ArcadeGameID($0) }
    /// A still dot.
    public static let dot = ArcadeGameID(Dot.self)
    /// A dot that shakes.
    public static let shakyDot = ArcadeGameID(ShakyDot.self)
    /// Numbers in their order.
    public static let steps = ArcadeGameID(Steps.self)

    /// Games are the same by name.
    public static func == (lhs: ArcadeGameID, rhs: ArcadeGameID) -> Bool { lhs.rawValue == rhs.rawValue }

    /// Games are the same by name.
    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}
