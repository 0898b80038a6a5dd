import Engine
import Game
import Protocol
import Simulation

/// How runs end, in which order they are kept, and how many of what there may be.
extension Scene {
    private static let through = Input.committed(CommitID(rawValue: 1))

    // MARK: The end of a game's time

    private static let resting = standing {
        $0.playing = []
        $0.deadlinesUs = []
        $0.queue = []
    }

    private static func all(_ message: ClientMessage, atUs: Int64, _ effects: (UInt64) -> [Effect]) -> Step {
        Step(atUs: atUs, took: (1...3).map { says(message, $0, effects($0)) }, standing: resting)
    }

    /// All leave the canvas, and Ann begins a run of 30 s at 2 s, in which she hits nothing.
    private static let idles = [
        all(.leave, atUs: 1_500_000) { [tells($0, .afk)] },
        Step(
            atUs: 2_000_000,
            took: [
                drawn(
                    .startRun(.dot), 1,
                    [says(.runStarted(RunStart(run: run, game: .dot, seed: runSeed)))])
            ], standing: resting),
        all(.heartbeat, atUs: 20_000_000) { _ in [] },
    ]

    private static let gaveUp: (Input, [Effect]) =
        (.message(socket(1), ClientEnvelope(id: 7, .endRun(run))), [])

    private static func hitless(_ reason: RunEndReason, rank: Int? = nil) -> RunResult {
        RunResult(
            run: run, game: .dot, reason: reason, score: 0, rank: rank,
            multiplierPercent: rank.map { _ in 300 }, profilePoints: 0)
    }

    /// By this the run ends when its time is up, and it is kept so.
    private static func ends(by input: (Input, [Effect]), _ result: RunResult, _ records: [Record] = [])
        -> [Step]
    {
        let run = RunRecord(
            id: run, game: .dot, account: ann, seed: runSeed, points: [], result: result,
            startedAtMs: wallMs + 2_000, endedAtMs: wallMs + 32_000)
        return idles + [
            Step(
                atUs: 32_000_000, took: [input, (through, [says(.runEnded(result))])], standing: resting
            ).keeping([account(ann)] + records + [.run(run)], after: 0)
        ]
    }

    private static let zero = Record.score(
        ScoreRecord(board: .arcade(.dot), account: ann, score: 0, source: run, atMs: wallMs + 32_000))

    static let runEnds: [Doctored] = [
        Doctored(
            .fairPoints, "who leaves a game that is over leaves it unfinished",
            ends(by: gaveUp, hitless(.left))),
        Doctored(
            .fairPoints, "a server that stops forgets a game that is over",
            ends(by: (.drain, []), hitless(.left))),
        Doctored(
            .paidRuns, "a run without a hit has a rank", ends(by: gaveUp, hitless(.time, rank: 1))),
        Doctored(
            .paidRuns, "a run without a hit scores",
            ends(by: gaveUp, hitless(.time, rank: 1), [zero])),
    ]

    // MARK: Order

    private static let second = Identifier(rawValue: 61)

    private static func left(
        _ id: Identifier, by who: Identifier, fromUs: Int64, toUs: Int64
    ) -> (result: RunResult, record: Record) {
        let result = RunResult(
            run: id, game: .steps, reason: .left, score: 0, rank: nil, multiplierPercent: nil,
            profilePoints: 0)
        let record = RunRecord(
            id: id, game: .steps, account: who, seed: runSeed, points: [], result: result,
            startedAtMs: wallMs + fromUs / 1000, endedAtMs: wallMs + toUs / 1000)
        return (result, .run(record))
    }

    private static func starts(_ id: Identifier, _ number: UInt64) -> (Input, [Effect]) {
        let start = RunStart(run: id, game: .steps, seed: runSeed)
        return drawn(.startRun(.steps), number, draw: id, [says(.runStarted(start), to: number)])
    }

    private static func quits(_ id: Identifier, _ number: UInt64) -> (Input, [Effect]) {
        (.message(socket(number), ClientEnvelope(id: 7, .endRun(id))), [])
    }

    /// Ann leaves her run at 3 s and Bob his at 4 s; then these are kept.
    private static func bothLeave(_ records: [Record]) -> [Step] {
        [
            Step(atUs: 2_000_000, took: [starts(run, 1), starts(second, 2)], standing: opened),
            Step(atUs: 3_000_000, took: [quits(run, 1)], standing: opened),
            Step(atUs: 4_000_000, took: [quits(second, 2)], standing: opened),
            Step(atUs: 5_000_000, meanwhile: [.kept(records)], standing: opened),
        ]
    }

    private static let annLeft = left(run, by: ann, fromUs: 2_000_000, toUs: 3_000_000).record
    private static let bobLeft = left(second, by: bob, fromUs: 2_000_000, toUs: 4_000_000).record

    /// What the disk has of the three.
    private static let signedIn: [Record] = [ann, bob, cat].flatMap { who in
        [
            account(who),
            .session(
                SessionRecord(
                    id: session(who), account: who, refreshHash: token(who, 0).reversed(), previousHash: nil,
                    generation: 0, refreshedAtMs: wallMs + 1_000,
                    expiresAtMs: wallMs + 1_000 + Int64(Limits.refreshTokenSeconds) * 1000)),
        ]
    }

    static let runOrder: [Doctored] = [
        Doctored(.runOrder, "a run overtakes one that ended before it", bothLeave([bobLeft, annLeft])),
        Doctored(
            .runOrder, "a run is kept as if it had ended when it was kept",
            bothLeave([left(run, by: ann, fromUs: 2_000_000, toUs: 5_000_000).record])),
        Doctored(
            .runOrder, "a score is kept as if it had been reached when it was kept",
            finishes([account(ann), runScore(ann, 5_000, atMs: wallMs + 7_100)], [])),
        Doctored(
            .toldResults, "a run that is over isn't kept though nothing waits",
            Array(bothLeave([]).dropLast()) + [
                Step(
                    atUs: 6_000_000,
                    meanwhile: [
                        .kept(signedIn), .settled(present: [session(ann), session(bob), session(cat)]),
                    ],
                    standing: opened)
            ]),
    ]

    // MARK: Paces

    /// Ann begins and leaves a run, which is kept and told.
    private static func restless(_ number: UInt64) -> Step {
        let id = Identifier(rawValue: 1_000 + number)
        let atUs = 2_000_000 + Int64(number) * 10_000
        let (result, record) = left(id, by: ann, fromUs: atUs, toUs: atUs)
        return Step(
            atUs: atUs,
            took: [starts(id, 1), quits(id, 1), (through, [says(.runEnded(result))])], standing: opened
        ).keeping([record], after: 1)
    }

    private static func tooMany(atUs: Int64) -> Step {
        Step(atUs: atUs, took: [drawn(.startRun(.steps), 1, [fails(1, .rateLimited)])], standing: opened)
    }

    private static let begunTwice = Step(
        atUs: 2_500_000,
        took: (0..<4).map { _ in
            drawn(.startRun(.dot), 1, [fails(1, .runOpen), flags(ann, .secondRun)])
        }, standing: opened)

    static let paces: [Doctored] = [
        Doctored(.rate, "a twenty-first run begins at once", (0..<21).map(restless)),
        Doctored(
            .rate, "a second run is one too many", [restless(0), tooMany(atUs: 3_000_000)]),
        Doctored(.flagged, "a fourth flag of a kind is raised", [cheats, begins, begunTwice]),
        Doctored(
            .flagged, "a flag of a commit that failed isn't kept",
            [
                cheats, begins, sends(missed, [refused, flags(ann, .offTarget)]),
                Step(
                    atUs: 3_000_000,
                    took: [
                        (.commitFailed(CommitID(rawValue: 1), .full), [.log(.storageRefusing(.full))]),
                        (.storageProbed(nil), [.log(.storageRecovered)]),
                    ], standing: opened),
                Step(atUs: 4_000_000, meanwhile: [.kept([]), .kept([])], standing: opened),
            ]),
        Doctored(
            .flagged, "a server stops that owes a flag",
            [
                cheats, begins, sends(missed, [refused, flags(ann, .offTarget)]),
                Step(atUs: 3_000_000, took: [(.drain, [])], pursued: [.drained], standing: opened),
            ]),
    ]

    static let lawfulEnds: [Lawful] = [
        Lawful(
            what: "who leaves a game that is over has finished it", steps: ends(by: gaveUp, hitless(.time))),
        Lawful(
            what: "a server that stops keeps a game that is over",
            steps: ends(by: (.drain, []), hitless(.time))),
        Lawful(what: "runs are kept in the order of their ends", steps: bothLeave([annLeft, bobLeft])),
        Lawful(
            what: "twenty runs begin at once, and the next is one too many",
            steps: (0..<20).map(restless) + [tooMany(atUs: 3_000_000)]),
        Lawful(
            what: "a flag that is raised while storage is full is kept when it isn't",
            steps: [
                cheats, begins,
                Step(
                    atUs: 2_050_000,
                    took: [(.commitFailed(CommitID(rawValue: 1), .full), [.log(.storageRefusing(.full))])],
                    standing: opened),
                sends(missed, [refused, flags(ann, .offTarget)]),
                Step(
                    atUs: 3_000_000, took: [(.storageProbed(nil), [.log(.storageRecovered)])],
                    standing: opened),
                Step(
                    atUs: 4_000_000,
                    meanwhile: [
                        .kept([]),
                        .kept([
                            .flag(FlagRecord(account: ann, reason: .offTarget, evidence: "seen", atMs: 0))
                        ]),
                    ], standing: opened),
            ]),
    ]
}
