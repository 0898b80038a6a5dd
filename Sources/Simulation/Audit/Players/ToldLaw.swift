import Protocol

/// What clients were told of their places: true when told, at most once a second, and never long out of date.
struct ToldLaw: Sendable {
    private static let paceUs = Int64(Limits.positionIntervalMs) * 1000
    /// What a deadline's milliseconds, rounded on two clocks, may be off.
    static let roundingUs: Int64 = 2_000

    /// The position each account was told last, and when.
    private var positions: [Identifier: (position: Int, atUs: Int64)] = [:]
    /// The deadline that each account's client counts down to.
    private var deadlines: [Identifier: Int64] = [:]
    /// Since when what an account was told is out of date.
    private var stale: [Identifier: Int64] = [:]
    private var seenChanges = -1

    /// Takes a position that was told; a push isn't the answer to anything.
    mutating func tell(
        _ account: Identifier, position: Int, isPush: Bool, atUs nowUs: Int64, into verdict: inout Verdict
    ) {
        if isPush, let last = positions[account] {
            let lanes = position > Limits.positionsNear ? Int64(Limits.positionLanes) : 1
            verdict.check(
                nowUs - last.atUs >= Self.paceUs * lanes, .truePositions,
                "\(account) is told its position again after \((nowUs - last.atUs) / 1000) ms")
        }
        positions[account] = (position, nowUs)
        stale[account] = nil
    }

    /// Takes a deadline that was told.
    mutating func tell(_ account: Identifier, deadlineUs: Int64) {
        deadlines[account] = deadlineUs
        positions[account] = nil
        stale[account] = nil
    }

    /// Forgets what an account was told, because it has neither place nor position any more.
    mutating func forget(_ account: Identifier) {
        positions[account] = nil
        deadlines[account] = nil
        stale[account] = nil
    }

    /// Holds what was told against what is.
    mutating func judge(
        _ players: PlayerModel, atUs nowUs: Int64, latenessUs: Int64, into verdict: inout Verdict
    ) {
        if seenChanges != players.lineChanges {
            seenChanges = players.lineChanges
            for (index, waiting) in players.line.enumerated() {
                let isTold = positions[waiting.account]?.position == index + 1
                stale[waiting.account] =
                    isTold || waiting.absentSinceUs != nil ? nil : stale[waiting.account] ?? nowUs
            }
        }
        for (account, sinceUs) in stale {
            let isNear = players.position(of: account).map { $0 <= Limits.positionsNear } ?? true
            let limitUs = Self.paceUs * (isNear ? 2 : 2 * Int64(Limits.positionLanes)) + latenessUs
            verdict.check(
                nowUs - sinceUs <= limitUs, .truePositions,
                "\(account) wasn't told its position for \((nowUs - sinceUs) / 1000) ms")
        }
        let countdownUs = min(Int64(Limits.idleCountdownMs) * 1000, players.idleUs / 2)
        for (account, deadlineUs) in players.deadlines where players.connected.contains(account) {
            guard let toldUs = deadlines[account] else {
                verdict.check(false, .trueDeadlines, "\(account) plays and wasn't told")
                continue
            }
            verdict.check(
                abs(toldUs - deadlineUs) <= Self.roundingUs || nowUs < toldUs - countdownUs + latenessUs,
                .trueDeadlines,
                "\(account) counts down to a deadline \(deadlineUs - toldUs) us too early")
        }
    }
}
