import Protocol

/// The messages of runs.
extension GoldenVectors {
    private static let run = Identifier(rawValue: 0x4444_4444_4444_4444)

    static let arcadeClient: [(name: String, envelope: ClientEnvelope)] = [
        ("client-start-run", ClientEnvelope(id: 10, .startRun(.shakyDot))),
        ("client-point", ClientEnvelope(id: 11, .point(RunPoint(run: run, seq: 1, x: 31, y: 17, tMs: 842)))),
        ("client-end-run", ClientEnvelope(.endRun(run))),
    ]

    static let arcadeServer: [(name: String, envelope: ServerEnvelope)] = [
        (
            "server-run-started",
            ServerEnvelope(
                replyTo: 10, .runStarted(RunStart(run: run, game: .shakyDot, seed: 0x0123_4567_89AB_CDEF)))
        ),
        ("server-run-started-steps", ServerEnvelope(.runStarted(RunStart(run: run, game: .steps, seed: 7)))),
        (
            "server-score",
            ServerEnvelope(
                replyTo: 11, .score(RunScore(run: run, seq: 1, score: 1, tMs: 842, seed: 0xFEDC_BA98)))
        ),
        (
            "server-score-steps",
            ServerEnvelope(.score(RunScore(run: run, seq: 2, score: 2, tMs: 900, seed: nil)))
        ),
        (
            "server-run-ended",
            ServerEnvelope(
                .runEnded(
                    RunResult(
                        run: run, game: .shakyDot, reason: .time, score: 41, rank: 2, multiplierPercent: 250,
                        profilePoints: 102)))
        ),
        (
            "server-run-ended-burst",
            ServerEnvelope(
                replyTo: 12,
                .runEnded(
                    RunResult(
                        run: run, game: .dot, reason: .burst, score: 16, rank: nil, multiplierPercent: nil,
                        profilePoints: 0)))
        ),
    ]
}
