import Client
import Protocol

/// A timeline in the model, compared by where it stands and what it holds.
struct ReplayTape: Hashable, Sendable {
    var timeline: Timeline

    init(_ timeline: Timeline) {
        self.timeline = timeline
    }

    /// About 12 MB of changes, and as much of whole canvases.
    static let memory: Timeline.Memory = {
        var memory = Timeline.Memory()
        memory.maxChanges = 400_000
        memory.maxKeyframeBytes = 12 * 1024 * 1024
        memory.pageChanges = page
        return memory
    }()

    /// Changes that are asked for at once, and at a speed from which on more are needed.
    static let page = Limits.standardHistoryChanges
    static let fastPage = Limits.maxHistoryChanges
    static let fastSpeed = 100
    /// How far back is asked for at once.
    static let backVersions: Version = 1_000

    static func == (one: ReplayTape, other: ReplayTape) -> Bool { one.standing == other.standing }

    func hash(into hasher: inout Hasher) { hasher.combine(standing) }

    private var standing: [Version] {
        [
            Version(timeline.epoch), timeline.version, timeline.versions.lowerBound,
            timeline.versions.upperBound,
            timeline.coveredThrough,
        ]
    }

    /// The last version from where a timeline stands up to another that was made up to a time.
    ///
    /// Looks ever further ahead, then between: a second of playing can be a hundred thousand versions.
    static func version(of timeline: Timeline, through high: Version, upToMs timeMs: Int64) -> Version {
        func isPast(_ version: Version) -> Bool { timeline.timeMs(of: version).map { $0 <= timeMs } ?? false }
        var known = timeline.version
        var step: Version = 1
        while known + step <= high, isPast(known + step) {
            known += step
            step *= 2
        }
        var end = min(known + step, high + 1)
        while known + 1 < end {
            let middle = known + (end - known) / 2
            if isPast(middle) { known = middle } else { end = middle }
        }
        return known
    }

    /// The version before the first change after a time, from a version on up to where a timeline stands.
    static func version(of timeline: Timeline, from low: Version, sinceMs timeMs: Int64) -> Version {
        var (known, end) = (low, timeline.version + 1)
        while known + 1 < end {
            let middle = known + (end - known) / 2
            if timeline.timeMs(of: middle).map({ $0 <= timeMs }) ?? true {
                known = middle
            } else {
                end = middle
            }
        }
        return min(known, timeline.version)
    }
}
