/// One arcade game; adding a game is adding one conforming type to `Arcade.games`.
///
/// What there is to hit is a pure function of a stretch's seed and of time, so that the client draws what the
/// server judges.
public protocol ArcadeGame: Sendable {
    /// The wire's word for it.
    static var name: String { get }
    /// What people call it.
    static var title: String { get }
    /// How it is played, in one sentence for players.
    static var rule: String { get }
    /// What its score is.
    static var category: ArcadeCategory { get }
    /// Where it is played.
    static var field: ArcadeField { get }
    /// Whether a hit begins a new stretch with a new seed.
    static var renewsSeed: Bool { get }

    /// The area that counts at a time of the run.
    ///
    /// - Parameter atMs: milliseconds since the run began, no earlier than the stretch.
    static func target(of stretch: ArcadeStretch, atMs: Int) -> ArcadeTarget

    /// For games of steps: the number in each cell, row by row; empty for the others.
    static func labels(of stretch: ArcadeStretch) -> [Int]
}

extension ArcadeGame {
    /// Nothing is written on the field.
    public static func labels(of stretch: ArcadeStretch) -> [Int] { [] }
}

/// What a game's score is.
public enum ArcadeCategory: Hashable, Sendable {
    /// Hits within a time; more are better.
    case timed(seconds: Int)
    /// The time for a number of hits, in milliseconds; less is better.
    case steps(count: Int)

    /// The last millisecond of a run that a point may have.
    public var lastMs: Int {
        switch self {
        case .timed(let seconds): seconds * 1000
        case .steps: Limits.arcadeStepsMs
        }
    }

    /// Whether a score beats another; an equal one doesn't.
    public func isBetter(_ score: Int, than other: Int) -> Bool {
        switch self {
        case .timed: score > other
        case .steps: score < other
        }
    }
}

/// Where a game is played: pixels of half a terminal's row each, or for games of steps cells.
public struct ArcadeField: Hashable, Sendable {
    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int

    /// Joins the parts.
    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// A square somewhere on the field: x is the first number drawn modulo the places it has, y the second.
    ///
    /// - Parameter margin: how far it stays from every edge.
    func square(side: Int, margin: Int, by random: inout SeededGenerator) -> ArcadeTarget {
        let columns = UInt64(width - side - 2 * margin + 1)
        let rows = UInt64(height - side - 2 * margin + 1)
        let x = margin + Int(random.next() % columns)
        let y = margin + Int(random.next() % rows)
        return ArcadeTarget(x: x, y: y, width: side, height: side)
    }
}

/// The part of a field that counts.
public struct ArcadeTarget: Hashable, Sendable {
    /// Its first column, from 0.
    public var x: Int
    /// Its first row, from 0.
    public var y: Int
    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int

    /// Joins the parts.
    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// Whether a pixel or cell belongs to it; what lies right of it or below doesn't.
    public func contains(x column: Int, y row: Int) -> Bool {
        column >= x && column < x + width && row >= y && row < y + height
    }
}

/// A part of a run that one seed decides.
public struct ArcadeStretch: Hashable, Sendable {
    /// What the server drew when it began.
    public var seed: UInt64
    /// Hits of the run so far.
    public var hits: Int
    /// When it began, in milliseconds since the run did.
    public var startMs: Int

    /// Joins the parts.
    public init(seed: UInt64, hits: Int, startMs: Int) {
        self.seed = seed
        self.hits = hits
        self.startMs = startMs
    }
}
