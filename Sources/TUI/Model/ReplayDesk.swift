import Client
import Protocol

/// The canvas's past on the screen: where in it one is, how it is played, and what is on its way for that.
///
/// One question is asked at a time, ahead of where it plays; what is in memory is bounded by the timeline.
struct ReplayDesk: Hashable, Sendable {
    /// How far it is.
    enum Stage: Hashable, Sendable {
        /// Nothing was asked for yet.
        case away
        case loading
        case ready
        /// There is nothing to be seen, and why.
        case absent(Words)
    }

    /// How many times faster than it was it can be played.
    static let speeds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000]
    /// Between two pictures while it plays, in milliseconds; with reduced motion fewer.
    static let frameMs: Int64 = 33
    static let stillFrameMs: Int64 = 500
    /// Names of those who were active are of so much playing before the shown moment, in seconds.
    static let activeSeconds = 60
    /// Of no more changes than these.
    static let activeChanges: Version = 20_000
    static let countingMs: Int64 = 500
    static let maxPromptCharacters = 32
    /// After a refusal nothing is asked for by itself for so long.
    static let restMs: Int64 = 5_000

    var stage = Stage.away
    /// What is kept of the past.
    var past: HistoryAnswer?
    var tape: ReplayTape?
    var image: CanvasImage?
    /// What of it is in view.
    var viewport = Viewport(columns: 1, rows: 1)
    var isPlaying = false
    var speedIndex = 3
    /// The shown moment, in milliseconds since 1970.
    var timeMs: Int64 = 0
    /// Since when time passed, on the screen's own clock.
    var tickedMs: Int64 = 0
    /// Where it is to go, once what that needs has come.
    var goal: Version?
    /// A time to go to, whose version the server knows.
    var sought: Int64?
    var restsUntilMs: Int64 = 0
    /// What was asked for and isn't answered.
    var asking: ReplayWish?
    /// The version after which changes were asked for last, for the names of who made them.
    var soughtAfter: Version?
    var active: Active?
    var countedMs: Int64 = 0
    /// What is typed to go somewhere.
    var prompt: LineEditor?
    /// Whether the mouse holds the bar.
    var isScrubbing = false
    var drag: Model.Drag?

    /// Who was active before the shown moment.
    struct Active: Hashable, Sendable {
        /// The busiest first.
        var entries: [Timeline.Activity.Entry]
        /// Whether all changes of that time were in memory.
        var isWhole: Bool
    }

    var speed: Int { Self.speeds[speedIndex] }
    var version: Version { tape?.timeline.version ?? 0 }
    /// The first and the last version that can be gone to.
    var versions: ClosedRange<Version>? {
        past.map { $0.oldestVersion...max($0.latestVersion, $0.oldestVersion) }
    }
    /// The epoch that is shown, and its place among those that are kept, from 0.
    var epoch: (place: Int, epoch: HistoryEpoch)? {
        guard let past, let tape,
            let place = past.epochs.firstIndex(where: { $0.epoch == tape.timeline.epoch })
        else { return nil }
        return (place, past.epochs[place])
    }
    /// Whether something is asked for that the person waits for.
    var isBusy: Bool {
        if case .find = asking { return true }
        return stage == .loading || goal != nil || sought != nil
    }

    // MARK: What a person does

    mutating func changeSpeed(by step: Int) {
        speedIndex = min(max(speedIndex + step, 0), Self.speeds.count - 1)
    }

    /// Plays, or stops; at the very end it begins at the start of the epoch.
    mutating func toggle(nowMs: Int64) {
        isPlaying.toggle()
        tickedMs = nowMs
        guard isPlaying, let versions, version == versions.upperBound, let epoch else { return }
        go(to: max(epoch.epoch.firstVersion, versions.lowerBound))
    }

    mutating func stop() { isPlaying = false }

    /// Goes to a version, or to the nearest that is kept.
    mutating func go(to version: Version) {
        guard let versions else { return }
        goal = min(max(version, versions.lowerBound), versions.upperBound)
        sought = nil
        restsUntilMs = 0
    }

    /// Goes to a time, or to the nearest of which something is kept.
    mutating func seek(timeMs: Int64) {
        guard let past, let first = past.epochs.first else { return }
        goal = nil
        restsUntilMs = 0
        sought = timeMs
        if timeMs <= first.startedAtMs { go(to: past.oldestVersion) }
    }

    /// Goes to where an epoch begins: the shown one or the one before, or the one after.
    mutating func goToEpoch(_ step: Int) {
        guard let past, let epoch else { return }
        let isInside = version > epoch.epoch.firstVersion
        let place = step > 0 ? epoch.place + 1 : isInside ? epoch.place : epoch.place - 1
        if past.epochs.indices.contains(place) { go(to: past.epochs[place].firstVersion) }
    }

    mutating func openPrompt() { prompt = LineEditor(maxCharacters: Self.maxPromptCharacters) }

    // MARK: The view

    /// Makes room for the picture.
    mutating func fit(columns: Int, rows: Int) {
        let isWhole = image.map { viewport.zoom == wholeZoom(of: $0) } ?? true
        viewport.columns = max(columns, 1)
        viewport.rows = max(rows, 1)
        if isWhole { showWhole() }
    }

    func wholeZoom(of image: CanvasImage) -> Zoom {
        .whole(
            width: image.size.width, height: image.size.height, columns: viewport.columns,
            halfRows: viewport.halfRows)
    }

    mutating func showWhole() {
        guard let image else { return }
        viewport.zoom = wholeZoom(of: image)
        viewport.center(on: Place(x: image.size.width / 2, y: image.size.height / 2), canvas: image.extent)
    }

    mutating func prepare() { image?.prepare(for: viewport.zoom) }
}
