import Glibc
import Protocol

/// Where pixels came lately: each counts 1, and half of that a minute later.
///
/// Nothing is visited to let it cool: a pixel counts the more the later it comes, by a factor that grows with time,
/// and is seen through that factor's inverse (forward decay: Cormode, Shkapenyuk, Srivastava, Xu, ICDE 2009). Beside
/// single cells, squares of them are counted, for views that are smaller than their pixels.
struct HeatMap: Hashable, Sendable {
    /// Squares of so many cells' side, row by row.
    private struct Level: Hashable, Sendable {
        let side: Int
        let columns: Int
        var heat: [Float]
    }

    /// How long until half of the heat is gone.
    static let halfLifeMs: Float = 60_000
    /// How often a picture of heat is drawn anew while it cools.
    static let frameMs: Int64 = 2_000
    /// What is colder than this isn't shown.
    static let least: Float = 0.05
    /// Sides of the squares that are counted.
    private static let sides = [1, 4, 16, 64]
    /// The most squares of one side: more would take more memory than they are worth.
    private static let maxSquares = 4 << 20
    /// The factor's exponent that makes all heat be written anew, far below what a number can hold.
    private static let maxExponent: Float = 60
    /// The side of the squares that a tour goes to.
    static let tourSide = 16

    let size: CanvasSize
    private var levels: [Level]
    /// When the factor was 1.
    private var startMs: Int64
    /// Of all cells together.
    private var total: Float = 0

    init(size: CanvasSize, nowMs: Int64) {
        self.size = size
        startMs = nowMs
        let kept = Self.sides.filter { side in
            Self.count(size.width, side) * Self.count(size.height, side) <= Self.maxSquares
        }
        levels = kept.map { side in
            let columns = Self.count(size.width, side)
            let heat = [Float](repeating: 0, count: columns * Self.count(size.height, side))
            return Level(side: side, columns: columns, heat: heat)
        }
    }

    private static func count(_ length: Int, _ side: Int) -> Int { (length + side - 1) / side }

    /// A pixel came.
    mutating func add(x: Int, y: Int, nowMs: Int64) {
        guard size.contains(x: x, y: y) else { return }
        var exponent = Float(nowMs - startMs) / Self.halfLifeMs
        if exponent > Self.maxExponent {
            restart(nowMs: nowMs)
            exponent = 0
        }
        let weight = exp2f(exponent)
        for at in levels.indices {
            let square = y / levels[at].side * levels[at].columns + x / levels[at].side
            levels[at].heat[square] += weight
        }
        total += weight
    }

    private mutating func restart(nowMs: Int64) {
        let factor = factor(nowMs: nowMs)
        for at in levels.indices {
            for square in levels[at].heat.indices { levels[at].heat[square] *= factor }
        }
        total *= factor
        startMs = nowMs
    }

    /// What heat is to be multiplied with to be that of now.
    func factor(nowMs: Int64) -> Float { exp2f(-Float(nowMs - startMs) / Self.halfLifeMs) }

    /// Whether anything is warm enough to be shown.
    func isWarm(nowMs: Int64) -> Bool { total * factor(nowMs: nowMs) >= Self.least }

    // MARK: Looking

    /// The number of the squares that are no smaller than so many cells' side, where there are such.
    func level(atLeast side: Int) -> Int {
        levels.firstIndex { $0.side >= side } ?? levels.count - 1
    }

    /// The heat around a place inside the canvas before the factor, in squares of a level.
    func unscaled(at place: Place, level: Int) -> Float {
        let level = levels[level]
        return level.heat[place.y / level.side * level.columns + place.x / level.side]
    }

    /// The heat around a place inside the canvas: pixels, each halved a minute.
    func heat(at place: Place, squaresAtLeast side: Int = 1, nowMs: Int64) -> Float {
        unscaled(at: place, level: level(atLeast: side)) * factor(nowMs: nowMs)
    }

    /// The heat that is shown as the hottest, in squares of a level.
    func hottest(level: Int) -> Float { 8 * Float(levels[level].side) }

    /// The middle of the warmest square that isn't left out; nil where all others are cold.
    ///
    /// - Parameter visited: middles of squares, as this returned them.
    func busiest(leavingOut visited: [Place], nowMs: Int64) -> Place? {
        let number = level(atLeast: Self.tourSide)
        let level = levels[number]
        var best: (square: Int, heat: Float)?
        for (square, heat) in level.heat.enumerated() where heat > best?.heat ?? 0 {
            if !visited.contains(middle(of: square, level)) { best = (square, heat) }
        }
        guard let best, best.heat * factor(nowMs: nowMs) >= Self.least else { return nil }
        return middle(of: best.square, level)
    }

    private func middle(of square: Int, _ level: Level) -> Place {
        Place(
            x: min(square % level.columns * level.side + level.side / 2, size.width - 1),
            y: min(square / level.columns * level.side + level.side / 2, size.height - 1))
    }
}
