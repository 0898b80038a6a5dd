/// What became durable since the start of all that stands beside the games, for metrics.
public struct ServiceCounts: Hashable, Sendable {
    /// Skins that accounts bought.
    public var skinsSold = 0
    /// Ads that were shown.
    public var adsShown = 0
    /// Of them, those that were seen to their end.
    public var adsCompleted = 0
    /// What was seen of accounts, by reason.
    public var flags: [FlagRecord.Reason: Int] = [:]
    /// Messages to the host.
    public var feedback = 0

    /// Counts what a commit made durable.
    mutating func count(_ records: [Record]) {
        for record in records {
            switch record {
            case .skinOwned: skinsSold += 1
            case .impression(let impression):
                if impression.completedAtMs == nil { adsShown += 1 } else { adsCompleted += 1 }
            case .flag(let flag): flags[flag.reason, default: 0] += 1
            case .feedback: feedback += 1
            case .change, .account, .session, .sessionEnded, .presence, .presencesCleared, .presenceEnded,
                .guest, .guestEnded, .clickGame, .clickPush, .clickContributions, .relay, .puzzle, .score,
                .points, .run, .skin, .flagsCleared, .snapshot, .epoch, .audit, .rollback,
                .protection, .knob, .telegram:
                break
            }
        }
    }
}
