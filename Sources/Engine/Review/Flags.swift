import Game
import Protocol

extension ServerEngine {
    /// Notes something about an account that a person should look at; the same again within a while isn't
    /// kept, so that neither the log nor the table grows by what a client repeats.
    mutating func flag(
        _ account: Identifier, _ reason: FlagRecord.Reason, _ evidence: String, at now: Moment,
        into effects: inout [Effect]
    ) {
        guard rates.flag(of: account, reason, at: now) else { return }
        effects.append(.log(.flagged(account: account, reason, evidence: evidence)))
        keep(FlagRecord(account: account, reason: reason, evidence: evidence, atMs: now.wallMs))
    }

    /// Has a flag kept, at once or when storage takes writes again; of very many the latest are lost.
    ///
    /// A server that stops waits for it as for all that it took before.
    mutating func keep(_ flag: FlagRecord) {
        if takesFlags {
            commits.add(.flag(flag), reversal: .flag(flag))
        } else if unkeptFlags.count < Limits.maxUnkeptFlags {
            unkeptFlags.append(flag)
        }
    }

    /// Has the flags kept that storage took no writes for.
    mutating func keepWaitingFlags() {
        guard !unkeptFlags.isEmpty, takesFlags else { return }
        let waiting = unkeptFlags
        unkeptFlags = []
        for flag in waiting { keep(flag) }
    }

    private var takesFlags: Bool {
        storage == .healthy && commits.pendingCount < Limits.maxPendingRecords
    }
}
