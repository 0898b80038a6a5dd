import Protocol
import Testing

@testable import Game

/// Runs for tests, with seeds that follow from the time.
enum ArcadeStage {
    static func run(_ game: ArcadeGameID, seed: UInt64 = 1, rules: ArcadeRules = .standard) -> ArcadeRun {
        ArcadeRun(
            id: Identifier(rawValue: 900), game: game, account: Identifier(rawValue: 1), seed: seed,
            startedAtMs: 1_700_000_000_000, rules: rules)
    }

    /// The seed of the stretch that a hit begins.
    static func seed(atMs: Int) -> UInt64 { UInt64(truncatingIfNeeded: atMs) &* 0x9E37_79B9 &+ 5 }

    /// Rules that no number of points breaks.
    static let unbounded: ArcadeRules = {
        var rules = ArcadeRules.standard
        rules.burst.threshold = 1_000
        return rules
    }()
}

extension ArcadeRun {
    /// The left top of what counts at a time, as a point.
    func aim(seq: Int, atMs: Int) -> Point {
        let target = game.rules.target(of: stretch, atMs: max(atMs, stretch.startMs))
        return Point(seq: seq, x: target.x, y: target.y, tMs: atMs)
    }

    /// Takes a point, on a line without latency unless told otherwise.
    mutating func take(
        _ point: Point, lagMs: Int = 0, latencyMs: Int = 0
    ) throws(Rejection) -> Outcome {
        try take(
            point, elapsedMs: point.tMs + lagMs, latencyMs: latencyMs,
            nextSeed: ArcadeStage.seed(atMs: point.tMs))
    }

    /// Hits at a time.
    @discardableResult
    mutating func hit(seq: Int, atMs: Int, lagMs: Int = 0, latencyMs: Int = 0) throws(Rejection) -> Outcome {
        try take(aim(seq: seq, atMs: atMs), lagMs: lagMs, latencyMs: latencyMs)
    }

    /// Why a point is rejected; nil where it counts.
    mutating func refusal(
        of point: Point, lagMs: Int = 0, latencyMs: Int = 0
    ) -> Rejection? {
        do throws(Rejection) {
            _ = try take(point, lagMs: lagMs, latencyMs: latencyMs)
            return nil
        } catch {
            return error
        }
    }
}
