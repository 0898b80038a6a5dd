import Engine
import Game
import Protocol
import Simulation

/// Runs: how points are judged, what is kept of runs, and who is flagged.
extension Scene {
    static let run = Identifier(rawValue: 60)
    static let runSeed: UInt64 = 5
    private static let through = Input.committed(CommitID(rawValue: 1))

    // MARK: Playing

    static func drawn(
        _ message: ClientMessage, _ number: UInt64, draw: Identifier = run, _ effects: [Effect]
    ) -> (Input, [Effect]) {
        let draw = Draw(id: draw, seed: runSeed)
        return (.drawn(socket(number), ClientEnvelope(id: 7, message), draw), effects)
    }

    static func says(_ message: ServerMessage, to number: UInt64 = 1) -> Effect {
        .send(socket(number), ServerEnvelope(replyTo: 7, message))
    }

    /// At 2 s Ann begins a run of steps.
    static let begins = Step(
        atUs: 2_000_000,
        took: [
            drawn(.startRun(.steps), 1, [says(.runStarted(RunStart(run: run, game: .steps, seed: runSeed)))])
        ],
        standing: opened)

    /// The point that takes a step, 200 ms after the one before.
    static func point(_ step: Int, of id: Identifier = run) -> RunPoint {
        let stretch = ArcadeStretch(seed: runSeed, hits: step - 1, startMs: 0)
        let target = Steps.target(of: stretch, atMs: step * 200)
        return RunPoint(run: id, seq: step, x: target.x, y: target.y, tMs: step * 200)
    }

    static func hit(_ point: RunPoint) -> Effect {
        says(.score(RunScore(run: run, seq: point.seq, score: point.seq, tMs: point.tMs, seed: nil)))
    }

    /// A point that arrives as it is made.
    static func sends(
        _ point: RunPoint, _ effects: [Effect], afterMs: Int? = nil, who number: UInt64 = 1
    ) -> Step {
        Step(
            atUs: 2_000_000 + Int64(afterMs ?? point.tMs) * 1000,
            took: [drawn(.point(point), number, effects)],
            standing: opened)
    }

    static func hits(_ steps: ClosedRange<Int>) -> [Step] {
        steps.map { sends(point($0), [hit(point($0))]) }
    }

    static func flags(_ who: Identifier, _ reason: FlagRecord.Reason) -> Effect {
        .log(.flagged(account: who, reason, evidence: "seen"))
    }

    /// A point beside its target.
    static let missed = RunPoint(
        run: run, seq: 1, x: (point(1).x + 1) % 5, y: point(1).y, tMs: 200)
    static let refused = fails(1, .pointRejected)
    static let cheats = Step(
        atUs: 1_900_000, meanwhile: [.cheats(ann), .cheats(bob)], standing: opened)

    static let runWords: [Doctored] = [
        Doctored(.fairPoints, "a point counts beside its target", [begins, sends(missed, [hit(missed)])]),
        Doctored(.fairPoints, "a hit doesn't count", [begins, sends(point(1), [refused])]),
        Doctored(
            .fairPoints, "a point of the future counts",
            [begins, sends(point(2), [hit(point(2))], afterMs: 100)]),
        Doctored(
            .fairPoints, "a point counts that took longer than its line does",
            [begins, sends(point(1), [hit(point(1))], afterMs: 700)]),
        Doctored(
            .fairPoints, "a point counts twice",
            [begins] + hits(1...2) + [sends(point(2), [hit(point(2))], afterMs: 500)]),
        Doctored(
            .fairPoints, "a point counts in someone else's run",
            [cheats, begins, sends(point(1), [hit(point(1))], who: 2)]),
        Doctored(
            .oneRun, "someone plays two runs",
            [
                begins,
                Step(
                    atUs: 3_000_000,
                    took: [
                        drawn(
                            .startRun(.dot), 1, draw: Identifier(rawValue: 61),
                            [
                                says(
                                    .runStarted(
                                        RunStart(run: Identifier(rawValue: 61), game: .dot, seed: runSeed)))
                            ])
                    ], standing: opened),
            ]),
        Doctored(
            .honest, "a hit is flagged",
            [begins, sends(point(1), [hit(point(1)), flags(ann, .pointInFuture)])]),
        Doctored(
            .honest, "someone is flagged who only played",
            [begins, sends(missed, [refused, flags(ann, .offTarget)])]),
        Doctored(
            .flagged, "a cheat isn't flagged", [cheats, begins, sends(missed, [refused])]),
        Doctored(
            .flagged, "a point for someone else's run isn't flagged",
            [cheats, begins, sends(point(1), [fails(2, .notFound)], who: 2)]),
        Doctored(
            .flagged, "a flag isn't kept",
            [
                cheats, begins, sends(missed, [refused, flags(ann, .offTarget)]),
                Step(atUs: 3_000_000, meanwhile: [.kept([]), .kept([])], standing: opened),
            ]),
    ]

    // MARK: Records

    static func runScore(
        _ who: Identifier, _ ms: Int, of id: Identifier = run, atMs: Int64 = wallMs + 7_000
    ) -> Record {
        .score(ScoreRecord(board: .arcade(.steps), account: who, score: ms, source: id, atMs: atMs))
    }

    static func result(
        _ reason: RunEndReason = .completed, score: Int = 5_000, rank: Int? = 1, percent: Int? = 100,
        points: Int = 55
    ) -> RunResult {
        RunResult(
            run: run, game: .steps, reason: reason, score: score, rank: rank, multiplierPercent: percent,
            profilePoints: points)
    }

    static func ranRun(_ result: RunResult, steps: Int = 25, endedAtMs: Int64 = wallMs + 7_000) -> Record {
        .run(
            RunRecord(
                id: run, game: .steps, account: ann, seed: runSeed,
                points: (1...steps).map { [point($0).x, point($0).y, point($0).tMs] }, result: result,
                startedAtMs: wallMs + 2_000, endedAtMs: endedAtMs))
    }

    /// Bob's best run of steps is as good as Ann's, Cat's is worse.
    private static let others: [Record] = [
        account(bob), account(cat), runScore(bob, 5_000, of: Identifier(rawValue: 62)),
        runScore(cat, 5_001, of: Identifier(rawValue: 63)),
    ]

    static let paid: [Record] = [
        account(ann), runScore(ann, 5_000), account(ann, points: 55),
        entry(ann, 55, .arcade, run.description), ranRun(result()),
    ]

    /// Ann takes all steps in 5 s, which is kept, and what is told of it.
    static func finishes(_ records: [Record], _ told: [RunResult]) -> [Step] {
        [begins] + hits(1...25) + [
            Step(
                atUs: 7_100_000, took: [(through, told.map { says(.runEnded($0)) })],
                meanwhile: [.kept(records)], standing: opened)
        ]
    }

    static let runRecords: [Doctored] = [
        Doctored(
            .fairPoints, "a run is kept that nobody played",
            [Step(atUs: 2_000_000, meanwhile: [.kept(paid)], standing: opened)]),
        Doctored(
            .fairPoints, "a run is kept before its end",
            [begins] + hits(1...25).dropLast() + [
                Step(atUs: 7_100_000, meanwhile: [.kept(paid)], standing: opened)
            ]),
        Doctored(
            .fairPoints, "a run ended otherwise",
            finishes([account(ann), ranRun(result(.left, rank: nil, percent: nil, points: 0))], [])),
        Doctored(
            .paidRuns, "a run that was left pays",
            [begins] + hits(1...2) + [
                Step(
                    atUs: 3_000_000, took: [(.message(socket(1), ClientEnvelope(id: 7, .endRun(run))), [])],
                    standing: opened),
                Step(
                    atUs: 3_100_000,
                    meanwhile: [
                        .kept([
                            account(ann),
                            ranRun(
                                result(.left, score: 0, rank: nil, percent: nil, points: 5), steps: 2,
                                endedAtMs: wallMs + 3_000),
                        ])
                    ], standing: opened),
            ]),
        Doctored(
            .paidRuns, "a completed run isn't on the board", finishes([account(ann), ranRun(result())], [])),
        Doctored(
            .paidRuns, "a score has no run", finishes([account(ann), runScore(ann, 5_000)], [])),
        Doctored(
            .paidRuns, "a run pays more than its time is worth",
            finishes(
                [
                    account(ann), runScore(ann, 5_000), account(ann, points: 56),
                    entry(ann, 56, .arcade, run.description), ranRun(result(points: 56)),
                ], [])),
        Doctored(
            .causedPoints, "a run is paid otherwise than is told",
            finishes(
                [
                    account(ann), runScore(ann, 5_000), account(ann, points: 56),
                    entry(ann, 56, .arcade, run.description), ranRun(result()),
                ], [])),
        Doctored(
            .profilePoints, "a run isn't paid",
            finishes([account(ann), runScore(ann, 5_000), ranRun(result())], [])),
        Doctored(
            .fairRanks, "an equal score pushes another down",
            finishes(Array(others.prefix(3)) + paid.dropLast() + [ranRun(result(rank: 2))], [result(rank: 2)])
        ),
        Doctored(
            .fairRanks, "a board gives equal scores two ranks",
            [
                Step(
                    atUs: 2_000_000,
                    took: [
                        asks(21, .leaderboard(.arcade(.steps), .all), ann, [board([5, 5], ranks: [1, 2])])
                    ],
                    standing: opened)
            ]),
        Doctored(
            .toldResults, "a result is told before it is kept",
            [begins] + hits(1...25) + [
                Step(atUs: 7_100_000, pursued: [says(.runEnded(result()))], standing: opened)
            ]),
        Doctored(.toldResults, "a result is told twice", finishes(paid, [result(), result()])),
        Doctored(.toldResults, "a result isn't told", finishes(paid, [])),
        Doctored(
            .keptAcknowledged, "a start forgets a best run",
            finishes(paid, [result()]) + [
                Step(
                    atUs: 8_000_000,
                    meanwhile: [
                        .restarted(
                            RecoveredState(), version: 3, cells: AuditorTests.cells(6, 7), wallMs: wallMs)
                    ], standing: opened)
            ]),
    ]

    private static func board(_ scores: [Int], ranks: [Int]) -> Effect {
        let entries = zip(scores, ranks).enumerated().map { index, entry in
            LeaderboardAnswer.Entry(
                rank: entry.1,
                account: AccountName(id: Identifier(rawValue: UInt64(index + 1)), name: "name"),
                score: entry.0)
        }
        return answers(
            21,
            .leaderboard(LeaderboardAnswer(board: .arcade(.steps), period: .all, entries: entries)))
    }

    static let lawfulRuns: [Lawful] = [
        Lawful(what: "a run is played, kept, paid and told", steps: finishes(paid, [result()])),
        Lawful(
            what: "who was banned before doesn't stand before anyone",
            steps: finishes([account(bob, ban: "why")] + paid, [result()])),
        Lawful(
            what: "two points may come late",
            steps: [begins]
                + [sends(point(1), [refused], afterMs: 700)]
                + [
                    sends(
                        RunPoint(run: run, seq: 2, x: point(1).x, y: point(1).y, tMs: 800),
                        [says(.score(RunScore(run: run, seq: 2, score: 1, tMs: 800, seed: nil)))])
                ]),
        Lawful(
            what: "a cheat is flagged, and the flag is kept",
            steps: [
                cheats, begins, sends(missed, [refused, flags(ann, .offTarget)]),
                Step(
                    atUs: 3_000_000,
                    meanwhile: [
                        .kept([]),
                        .kept([
                            .flag(FlagRecord(account: ann, reason: .offTarget, evidence: "seen", atMs: 0))
                        ]),
                    ], standing: opened),
            ]),
    ]
}
