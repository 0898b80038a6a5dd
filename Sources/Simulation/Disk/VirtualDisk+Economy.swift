import Engine
import Game
import Protocol

/// What the disk keeps of points, skins, ads and words to the host.
extension VirtualDisk {
    private static let hourMs: Int64 = 3_600_000

    mutating func keep(_ impression: ImpressionRecord) {
        if let index = impressions.lastIndex(where: { $0.id == impression.id }) {
            impressions[index] = impression
        } else {
            impressions.append(impression)
        }
    }

    /// Adds what a start finds of the economy.
    func recoverEconomy(into state: inout RecoveredState, nowMs: Int64) {
        state.skins = skins.values.sorted { $0.id < $1.id }
        state.ownerships = ownerships
        state.bests = bests
        state.ads = ads
        let lifeMs = Int64(Limits.impressionLifetimeMs)
        state.telegram = telegram
        state.impressions = impressions.filter {
            $0.completedAtMs == nil && nowMs - $0.shownAtMs < lifeMs
        }
        state.feedback = feedback.filter { nowMs - $0.atMs < Self.hourMs }
    }

    /// Each account's best score of each arcade game, found by looking at all of them.
    private var bests: [BestRun] {
        var found: [BestRun] = []
        for score in scores {
            guard case .arcade(let game) = score.board else { continue }
            let index = found.firstIndex { $0.game == game && $0.account == score.account }
            guard let index else {
                found.append(BestRun(game: game, account: score.account, score: score.score))
                continue
            }
            let isLowest = score.board.measure == .lowest
            let known = found[index].score
            found[index].score = isLowest ? min(known, score.score) : max(known, score.score)
        }
        return found
    }

    /// The newest first.
    var hostFlags: [HostFlag] {
        flags.reversed().map { flag in
            let account = accounts[flag.account]
            return HostFlag(
                account: AccountName(id: flag.account, name: account?.name ?? ""),
                reason: flag.reason.rawValue, evidence: flag.evidence, atMs: flag.atMs,
                isBanned: account?.banReason != nil, banUntilMs: account?.banUntilMs)
        }
    }

    /// The newest rows before a number, the newest first.
    func auditEntries(_ limit: Int, before: Int?) -> [AuditEntry] {
        audits.enumerated().reversed().filter { before == nil || $0.offset + 1 < before ?? 0 }.prefix(limit)
            .map { index, row in
                let actor: AccountRecord? = if case .account(let id) = row.actor { accounts[id] } else { nil }
                return AuditEntry(
                    id: index + 1, atMs: row.atMs, actor: row.actor, actorName: actor?.name,
                    action: row.action, subject: row.subject,
                    subjectName: row.account.flatMap { accounts[$0]?.name }, detail: row.detail)
            }
    }

    /// The newest first.
    var feedbackEntries: [FeedbackEntry] {
        feedback.enumerated().reversed().map { index, record in
            let name = accounts[record.holder].map { AccountName(id: record.holder, name: $0.name) }
            return FeedbackEntry(
                id: index + 1, account: name, isGuest: record.isGuest, message: record.message.text,
                atMs: record.atMs)
        }
    }
}
