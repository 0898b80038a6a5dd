import Client
import Protocol

/// A run as it is played at this screen: the tracker decides, the rest is to be seen.
struct ArcadePlay: Hashable, Sendable {
    private var tracker: RunTracker
    /// Where the crosshair is, in the field's units.
    private(set) var aim: Place
    /// Where it was before, the newest last.
    private(set) var trail: [Step] = []
    /// The latest shot.
    private(set) var shot: Shot?
    private var glide = KeyGlide()

    /// A place that the crosshair left.
    struct Step: Hashable, Sendable {
        var place: Place
        var untilMs: Int64
    }

    /// A shot that is still to be seen.
    struct Shot: Hashable, Sendable {
        enum Kind: Hashable, Sendable {
            /// On its way to the server.
            case fired
            case hit
            /// Told to nobody.
            case miss
        }
        var kind: Kind
        var place: Place
        var untilMs: Int64

        /// How long a hit or a miss is to be seen.
        static let shownMs: Int64 = 240
    }

    /// How long the crosshair's way is to be seen.
    static let trailMs: Int64 = 400
    static let maxTrail = 8
    /// How far a jump goes in a field of pixels.
    static let jump = 6
    /// The time that is left is shown in steps of so many milliseconds.
    static let clockMs: Int64 = 100

    init(_ start: RunStart, startedAtMs: Int64) {
        tracker = RunTracker(start, startedAtMs: startedAtMs)
        let field = start.game.rules.field
        aim = Place(x: field.width / 2, y: field.height / 2)
    }

    var run: Identifier { tracker.run }
    var game: ArcadeGameID { tracker.game }
    /// Hits, or steps taken.
    var score: Int { tracker.score }
    /// The number in each cell, row by row; empty for games without any.
    var labels: [Int] { tracker.labels }
    /// Whether nothing counts any more.
    var isOver: Bool { tracker.isOver }
    var field: ArcadeField { tracker.game.rules.field }
    private var extent: Extent { Extent(width: field.width, height: field.height) }

    /// Whether it is a game of steps, played in cells.
    var isOfSteps: Bool {
        switch game.rules.category {
        case .timed: false
        case .steps: true
        }
    }

    // MARK: What the person does

    /// Moves the crosshair by a key; held, it gets faster where there are pixels to cross.
    mutating func move(dx: Int, dy: Int, by key: KeyPress.Key, nowMs: Int64) {
        let steps = isOfSteps ? 1 : glide.step(key, atMs: nowMs)
        point(at: Place(x: aim.x + dx * steps, y: aim.y + dy * steps), nowMs: nowMs)
    }

    mutating func jump(dx: Int, dy: Int, nowMs: Int64) {
        let length = isOfSteps ? 1 : Self.jump
        point(at: Place(x: aim.x + dx * length, y: aim.y + dy * length), nowMs: nowMs)
    }

    /// Moves the crosshair to a place, or to the nearest on the field.
    mutating func point(at place: Place, nowMs: Int64) {
        let place = extent.nearest(place)
        guard place != aim else { return }
        trail = trail.suffix(Self.maxTrail - 1) + [Step(place: aim, untilMs: nowMs + Self.trailMs)]
        aim = place
    }

    /// Shoots at the first of some places that hits; returns the point to send.
    mutating func shoot(at places: [Place], nowMs: Int64) -> RunPoint? {
        // Until the server has answered nobody knows what there is to hit.
        guard tracker.unanswered == nil, !tracker.isOver, tracker.leftMs(atMs: nowMs) > 0 else { return nil }
        for place in places {
            guard let point = tracker.aim(x: place.x, y: place.y, atMs: nowMs) else { continue }
            aim = place
            shot = Shot(kind: .fired, place: place, untilMs: .max)
            return point
        }
        shot = Shot(kind: .miss, place: aim, untilMs: nowMs + Shot.shownMs)
        return nil
    }

    // MARK: What the server tells

    mutating func take(_ score: RunScore, nowMs: Int64) {
        guard tracker.take(score), shot?.kind == .fired else { return }
        shot = Shot(kind: .hit, place: shot?.place ?? aim, untilMs: nowMs + Shot.shownMs)
    }

    /// The point doesn't count; returns whether it was the one on its way.
    mutating func refuse(_ point: RunPoint, _ failure: Failure) -> Bool {
        guard tracker.unanswered == point else { return false }
        tracker.refused(failure)
        shot = nil
        return true
    }

    // MARK: Time

    /// Takes away what was to be seen for a moment.
    mutating func fade(nowMs: Int64) {
        trail.removeAll { $0.untilMs <= nowMs }
        if let shot, shot.untilMs <= nowMs { self.shot = nil }
    }

    /// What is left of the run's time.
    func leftMs(nowMs: Int64) -> Int { tracker.leftMs(atMs: nowMs) }

    /// What counts now; nil once the time is up, when there is nothing to hit any more.
    func target(nowMs: Int64) -> ArcadeTarget? {
        leftMs(nowMs: nowMs) > 0 ? tracker.target(atMs: nowMs) : nil
    }

    /// Milliseconds as the screen shows them: those that are left, or in a game of steps those that passed.
    func shownMs(nowMs: Int64) -> Int {
        isOfSteps ? tracker.elapsedMs(atMs: nowMs) : tracker.leftMs(atMs: nowMs)
    }

    /// When something that is shown changes next by time alone.
    func nextChangeMs(nowMs: Int64) -> Int64 {
        let elapsed = Int64(tracker.elapsedMs(atMs: nowMs))
        let tickMs = nowMs + Self.clockMs - elapsed % Self.clockMs
        let fading = trail.map(\.untilMs) + (shot.map { [$0.untilMs] } ?? [])
        let nextMs = fading.filter { $0 > nowMs }.reduce(tickMs) { min($0, $1) }
        // What a game moves by, and when, is known to the game alone.
        let target = tracker.target(atMs: nowMs)
        return (nowMs + 1..<max(nextMs, nowMs + 1)).first { tracker.target(atMs: $0) != target } ?? nextMs
    }
}
