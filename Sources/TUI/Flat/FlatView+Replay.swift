import Client
import Protocol

/// The canvas's past in words.
extension FlatView {
    var replay: [Announcement] {
        let (before, now) = (old.replay, new.replay)
        if case .absent(let words) = now.stage, now.stage != before.stage {
            return [Announcement(.error, words.spoken)]
        }
        guard now.tape != nil, !now.isBusy else { return [] }
        if before.isBusy || before.tape == nil {
            return (before.tape == nil ? Self.past(new) : []) + Self.moment(new)
        }
        // Who was active is told once all of them are known.
        guard let active = now.active, active != before.active, active.isWhole,
            before.active?.isWhole == false
        else { return [] }
        return Self.active(new)
    }

    /// What is kept of the past.
    static func past(_ model: Model) -> [Announcement] {
        guard let past = model.replay.past else { return [] }
        let days = past.retentionDays.map { ", kept for \($0) days" } ?? ""
        let whole = "versions \(past.oldestVersion) to \(past.latestVersion)\(days)"
        return [Announcement(.replay, whole)]
            + past.epochs.enumerated().map { number, epoch in
                let since = ReplayWords.time(ms: epoch.startedAtMs)
                let until = epoch.endedAtMs.map { " to \(ReplayWords.time(ms: $0))" } ?? " on"
                return Announcement(
                    .replay,
                    "canvas \(number + 1), \(epoch.size.width) by \(epoch.size.height), versions "
                        + "\(epoch.firstVersion) to \(epoch.lastVersion), from \(since)\(until)")
            }
    }

    /// Where in the past one is, and who was active before.
    static func moment(_ model: Model) -> [Announcement] {
        let replay = model.replay
        guard let epoch = replay.epoch else { return [] }
        let words =
            "version \(replay.version), \(ReplayWords.time(ms: replay.timeMs)) UTC, canvas \(epoch.place + 1)"
        return [Announcement(.replay, words)] + active(model)
    }

    private static func active(_ model: Model) -> [Announcement] {
        guard let active = model.replay.active, active.isWhole else { return [] }
        let span = ReplayWords.span(seconds: ReplayDesk.activeSeconds * model.replay.speed)
        let names = active.entries.prefix(mostNames).map { "\(FlatWords.name($0.account)) \($0.changes)" }
        let rest = active.entries.count - names.count
        let more = rest > 0 ? ", and \(rest) more" : ""
        let who = names.isEmpty ? "nobody" : names.joined(separator: ", ") + more
        return [Announcement(.replay, "active in the \(span) before: \(who)")]
    }

    private static let mostNames = 10
}
