import Protocol

/// Who watches the canvas as a stream of frames, by what they see: a frame is drawn once for all who see the same.
///
/// A watcher has one frame under way at most. Who hasn't read it gets none meanwhile, and then the latest: a slow
/// line costs neither memory nor other people's frames.
struct WatchDesk: Sendable {
    /// What is watched, and how often it changes at most.
    struct Show: Hashable, Sendable {
        var view: CanvasView
        var framesPerSecond: Int
    }

    private struct Watcher: Sendable {
        var show: Show
        var holder: RateKey
        var address: String
        /// The number of the last frame it was given.
        var seen = 0
        /// Whether what it was given is still on its way.
        var isReading = true
    }

    private struct Stage: Sendable {
        var watchers: [RequestID] = []
        /// Those of them who wait for the next frame.
        var ready: Set<RequestID> = []
        var frame: (version: Version, number: Int, bytes: [UInt8])?
        var startedUs: Int64 = .min
    }

    private var watchers: [RequestID: Watcher] = [:]
    private var stages: [Show: Stage] = [:]
    /// The stages in the order in which they began.
    private var order: [Show] = []
    private var countOfHolder: [RateKey: Int] = [:]
    private var countAtAddress: [String: Int] = [:]

    /// How many watch.
    var count: Int { watchers.count }

    /// How many different views they watch.
    var showCount: Int { order.count }

    /// All who watch, in the order of their coming within a view.
    var all: [RequestID] { order.flatMap { stages[$0]?.watchers ?? [] } }

    /// Why one more can't watch; nil where it can.
    func refusal(_ show: Show, holder: RateKey, address: String) -> Failure? {
        let isCrowded =
            watchers.count >= Limits.maxWatchers
            || countOfHolder[holder, default: 0] >= Limits.maxWatchersPerHolder
            || countAtAddress[address, default: 0] >= Limits.maxWatchersPerAddress
            || (stages[show] == nil && order.count >= Limits.maxWatchedViews)
        guard isCrowded else { return nil }
        return Failure(
            .rateLimited, "Too many streams are open; end one, or try again in a moment.",
            retryAfterMs: Limits.crowdedRetryMs)
    }

    /// Adds a watcher, who is given something first and says when it has read that.
    mutating func add(_ id: RequestID, _ show: Show, holder: RateKey, address: String) {
        watchers[id] = Watcher(show: show, holder: holder, address: address)
        if stages[show] == nil { order.append(show) }
        stages[show, default: Stage()].watchers.append(id)
        countOfHolder[holder, default: 0] += 1
        countAtAddress[address, default: 0] += 1
    }

    /// Forgets a watcher.
    mutating func remove(_ id: RequestID) {
        guard let watcher = watchers.removeValue(forKey: id) else { return }
        countOfHolder[watcher.holder] = Self.oneLess(countOfHolder[watcher.holder])
        countAtAddress[watcher.address] = Self.oneLess(countAtAddress[watcher.address])
        stages[watcher.show]?.watchers.removeAll { $0 == id }
        stages[watcher.show]?.ready.remove(id)
        if stages[watcher.show]?.watchers.isEmpty == true {
            stages[watcher.show] = nil
            order.removeAll { $0 == watcher.show }
        }
    }

    private static func oneLess(_ count: Int?) -> Int? { count.flatMap { $0 > 1 ? $0 - 1 : nil } }

    /// Notes that a watcher has read all it was given; the frame that it missed meanwhile, where it did.
    mutating func read(_ id: RequestID) -> [UInt8]? {
        guard let watcher = watchers[id], watcher.isReading else { return nil }
        if let frame = stages[watcher.show]?.frame, frame.number != watcher.seen {
            watchers[id]?.seen = frame.number
            return frame.bytes
        }
        watchers[id]?.isReading = false
        stages[watcher.show]?.ready.insert(id)
        return nil
    }

    /// What should be drawn next, and when, while the canvas is at a version; nil while nobody waits for a frame.
    func next(at version: Version) -> (show: Show, dueUs: Int64)? {
        var next: (show: Show, dueUs: Int64)?
        for show in order {
            guard let stage = stages[show], !stage.ready.isEmpty else { continue }
            let pauseUs =
                stage.frame?.version == version
                ? Int64(Limits.watchRepeatMs) * 1_000 : 1_000_000 / Int64(show.framesPerSecond)
            let dueUs = stage.startedUs + pauseUs
            if dueUs < next?.dueUs ?? .max { next = (show, dueUs) }
        }
        return next
    }

    /// Notes that frames of a view are being drawn.
    mutating func start(_ view: CanvasView, at now: Moment) {
        for show in order where show.view == view { stages[show]?.startedUs = now.monotonicUs }
    }

    /// Takes a frame of a view, and gives those who are to have it now.
    mutating func finish(_ view: CanvasView, of version: Version, _ bytes: [UInt8]) -> [RequestID] {
        var given: [RequestID] = []
        for show in order where show.view == view {
            guard var stage = stages[show] else { continue }
            let number = (stage.frame?.number ?? 0) + 1
            stage.frame = (version, number, bytes)
            for id in stage.watchers where stage.ready.contains(id) {
                watchers[id]?.seen = number
                watchers[id]?.isReading = true
                given.append(id)
            }
            stage.ready = []
            stages[show] = stage
        }
        return given
    }
}
