import Engine
import Game
import Protocol
import Simulation

/// Runs on lines of all kinds: what is late, what is flagged, and what isn't.
extension Scene {
    private static func pongs(_ us: Int64, atUs: Int64) -> Step {
        Step(atUs: atUs, took: [(.roundTrip(socket(1), us: us), [])], standing: opened)
    }

    /// Ann's line takes 40 ms for a round trip, which excuses 100.
    private static let near = pongs(40_000, atUs: 1_900_000)
    /// It takes 150 ms once the run is under way, and then 10.
    private static let shaken = [
        near, begins, pongs(150_000, atUs: 2_050_000), pongs(10_000, atUs: 2_100_000),
    ]

    /// Three points that each come so long after they were made; these effects follow on the third.
    private static func drags(byMs lateMs: Int, _ effects: [Effect]) -> [Step] {
        [begins]
            + (1...3).map { number in
                let target = point(1)
                let late = RunPoint(run: run, seq: number, x: target.x, y: target.y, tMs: number * 200)
                return sends(late, [refused] + (number == 3 ? effects : []), afterMs: number * 200 + lateMs)
            }
    }

    private static let flagsPast = flags(ann, .pointInPast)

    /// Ann leaves her run at 3 s.
    private static let leaves = Step(
        atUs: 3_000_000, took: [(.message(socket(1), ClientEnvelope(id: 7, .endRun(run))), [])],
        standing: opened)

    /// A point for the run that is over, so long after its end.
    private static func strays(
        _ point: RunPoint = point(1), afterMs: Int, _ effects: [Effect], who number: UInt64 = 1,
        _ code: ErrorCode = .runOver
    ) -> Step {
        Step(
            atUs: 3_000_000 + Int64(afterMs) * 1000,
            took: [drawn(.point(point), number, [fails(number, code)] + effects)], standing: opened)
    }

    private static let unknown = Identifier(rawValue: 99)
    private static let beyond = RunPoint(run: run, seq: 1, x: 0, y: 0, tMs: 600_001)

    static let lines: [Doctored] = [
        Doctored(
            .fairPoints, "a point counts that was longer on its way than any answer to a ping",
            [near, begins, sends(point(1), [hit(point(1))], afterMs: 301)]),
        Doctored(
            .fairPoints, "a point is late that took no longer than the run's longest round trip",
            shaken + [sends(point(1), [refused], afterMs: 410)]),
        Doctored(
            .honest, "someone is flagged whose line took two seconds",
            drags(byMs: 2_250, [flagsPast])),
        Doctored(
            .honest, "someone is flagged for a second point beyond measure",
            Array(drags(byMs: 2_251, []).prefix(2)) + [
                sends(
                    RunPoint(run: run, seq: 2, x: 0, y: 0, tMs: 400), [refused, flagsPast], afterMs: 2_900)
            ]),
        Doctored(
            .flagged, "a third point beyond measure isn't flagged", drags(byMs: 2_251, [])),
        Doctored(
            .honest, "a point is flagged that was under way when its run ended",
            [cheats, begins, leaves, strays(afterMs: 2_250, [flags(ann, .pointAfterEnd)])]),
        Doctored(
            .flagged, "a point that comes long after its run isn't flagged",
            [cheats, begins, leaves, strays(afterMs: 2_251, [])]),
        Doctored(
            .flagged, "a point past its game's end isn't flagged",
            [cheats, begins, leaves, strays(beyond, afterMs: 1, [])]),
        Doctored(
            .honest, "a guess at a run is flagged",
            [cheats, begins, strays(point(1, of: unknown), afterMs: 1, [flags(ann, .foreignRun)], .notFound)]),
        Doctored(
            .flagged, "a point for someone else's run that is over isn't flagged",
            [cheats, begins, leaves, strays(afterMs: 1, [], who: 2, .notFound)]),
    ]

    static let lawfulLines: [Lawful] = [
        Lawful(
            what: "a point comes by the longest round trip of its run",
            steps: shaken + [sends(point(1), [hit(point(1))], afterMs: 410)]),
        Lawful(what: "any number of points takes two seconds", steps: drags(byMs: 2_250, [])),
        Lawful(what: "a third point beyond measure is flagged", steps: drags(byMs: 2_251, [flagsPast])),
        Lawful(
            what: "a point crosses its run's end",
            steps: [begins, leaves, strays(afterMs: 2_250, [])]),
        Lawful(
            what: "a guess at a run harms nobody",
            steps: [begins, strays(point(1, of: unknown), afterMs: 1, [], .notFound)]),
    ]
}
