import Client
import Protocol

/// How the past is played, and who was active.
extension ReplayDesk {
    /// Lets time pass while it plays.
    mutating func play(palette: Palette, nowMs: Int64) {
        let passedMs = min(max(nowMs - tickedMs, 0), 1_000)
        tickedMs = nowMs
        guard isPlaying, goal == nil, let past, let timeline = tape?.timeline else { return }
        timeMs += passedMs * Int64(speed)
        let covered = timeline.coveredThrough
        let target = ReplayTape.version(of: timeline, through: covered, upToMs: timeMs)
        if target > timeline.version {
            let shownMs = timeMs
            if case .arrived(let changed)? = tape?.timeline.seek(to: target) {
                arrive(changed: changed, palette: palette)
            }
            // Between two changes time goes on.
            timeMs = max(shownMs, timeMs)
        }
        if nowMs - countedMs >= Self.countingMs { count(nowMs: nowMs) }
        guard target == covered else { return }
        if covered < timeline.versions.upperBound {
            // What comes next isn't here yet: time waits for it.
            timeMs = timeline.timeMs(of: covered) ?? timeMs
        } else if let next = past.epochs.first(where: { $0.firstVersion > covered }) {
            if timeMs >= next.startedAtMs { goal = next.firstVersion }
        } else {
            isPlaying = false
            timeMs = timeline.timeMs(of: covered) ?? timeMs
        }
    }

    /// When the picture changes next by time alone; nil for never.
    func nextChangeMs(isStill: Bool, nowMs: Int64) -> Int64? {
        guard isPlaying, goal == nil, asking == nil || !isAtEdge, let timeline = tape?.timeline else {
            return nil
        }
        // The seconds that are shown go on even where nothing else does.
        let secondMs = (1_000 - timeMs % 1_000 + Int64(speed) - 1) / Int64(speed)
        let dueMs = timeline.timeMs(of: timeline.version + 1).map { max($0 - timeMs, 0) / Int64(speed) }
        let least = isStill ? Self.stillFrameMs : Self.frameMs
        return nowMs + max(least, min(secondMs, dueMs ?? .max))
    }

    /// Whether it can play no further before more has come.
    private var isAtEdge: Bool {
        guard let timeline = tape?.timeline else { return true }
        return timeline.version == timeline.coveredThrough && timeline.version < timeline.versions.upperBound
    }

    // MARK: Who was active

    mutating func count(nowMs: Int64) {
        countedMs = nowMs
        guard let timeline = tape?.timeline else { return }
        let known = timeline.coveredFrom
        let first = ReplayTape.version(
            of: timeline, from: max(activeFrom(in: timeline), known), sinceMs: activeSinceMs)
        let activity = timeline.activity(after: first, through: timeline.version)
        let isWhole = activity.isWhole && (first > known || known <= timeline.versions.lowerBound)
        active = Active(entries: activity.entries, isWhole: isWhole)
    }

    /// Since when changes are told by name.
    var activeSinceMs: Int64 { timeMs - Int64(Self.activeSeconds * speed) * 1_000 }

    /// The version after which changes are told by name at most.
    func activeFrom(in timeline: Timeline) -> Version {
        max(timeline.versions.lowerBound, timeline.version - Self.activeChanges)
    }

    /// Counts again who was active, after more has come.
    mutating func recount(nowMs: Int64) { if !isPlaying { count(nowMs: nowMs) } }
}
