/// Where the player stands, as far as the server has told.
enum PlayState: Hashable, Sendable {
    /// Nothing was heard yet, or nothing since the connection was lost.
    case unknown
    /// A place was asked for and the answer isn't there yet.
    case asking
    case queued(QueueWait)
    /// With the end of patience, where it is known.
    case playing(IdleLimit?)
    /// Signed in and not playing; whether by the player's own wish.
    case afk(hasLeft: Bool)
    /// A guest, who watches.
    case spectator

    var isPlaying: Bool { if case .playing = self { true } else { false } }
    var isQueued: Bool { if case .queued = self { true } else { false } }
    var isAFK: Bool { if case .afk = self { true } else { false } }

    /// Whether both are the same state, whatever belongs to it.
    func isAlike(_ other: PlayState) -> Bool {
        switch (self, other) {
        case (.unknown, .unknown), (.asking, .asking), (.queued, .queued), (.playing, .playing), (.afk, .afk),
            (.spectator, .spectator):
            true
        case (.unknown, _), (.asking, _), (.queued, _), (.playing, _), (.afk, _), (.spectator, _): false
        }
    }
}

/// When idling ends play, on the screen's own clock.
struct IdleLimit: Hashable, Sendable {
    /// In milliseconds on the monotonic clock.
    let deadlineMs: Int64
    /// When the server said so.
    let toldMs: Int64

    /// How long before the end the person is warned.
    static let countdownMs: Int64 = 20_000
    /// How long before the end the warning becomes urgent.
    static let urgentMs: Int64 = 5_000
    /// What a server may promise at most; more is the same to a person.
    private static let maxLeftMs = 7 * 86_400_000

    init(leftMs: Int, nowMs: Int64) {
        deadlineMs = nowMs + Int64(min(max(leftMs, 0), Self.maxLeftMs))
        toldMs = nowMs
    }

    /// Whole seconds left, rounded up, 0 once it is over; nil while nobody needs to be warned.
    func secondsLeft(nowMs: Int64) -> Int? {
        let left = deadlineMs - nowMs
        return left > Self.countdownMs ? nil : Seconds.left(until: deadlineMs, nowMs: nowMs)
    }

    /// When `secondsLeft` changes next; nil for never.
    func nextChangeMs(nowMs: Int64) -> Int64? {
        let startMs = deadlineMs - Self.countdownMs
        return nowMs < startMs ? startMs : Seconds.nextChange(until: deadlineMs, nowMs: nowMs)
    }
}

/// Whole seconds of a clock in milliseconds, and when they change.
enum Seconds {
    /// The seconds until a moment, rounded up; 0 once it is over.
    static func left(until endMs: Int64, nowMs: Int64) -> Int {
        let leftMs = span(nowMs, endMs)
        return Int(leftMs / 1000 + (leftMs % 1000 > 0 ? 1 : 0))
    }

    /// When `left` changes next; nil once it is over.
    static func nextChange(until endMs: Int64, nowMs: Int64) -> Int64? {
        let left = span(nowMs, endMs)
        return left > 0 ? endMs - (left - 1) / 1000 * 1000 : nil
    }

    /// The seconds since a moment, rounded down.
    static func passed(since startMs: Int64, nowMs: Int64) -> Int {
        Int(span(startMs, nowMs) / 1000)
    }

    /// When `passed` changes next.
    static func nextChange(since startMs: Int64, nowMs: Int64) -> Int64 {
        let (next, isFar) = startMs.addingReportingOverflow((span(startMs, nowMs) / 1000 + 1) * 1000)
        return isFar ? .max : next
    }

    /// The milliseconds from one moment to a later one, 0 where it isn't later; a server may tell any moments.
    private static func span(_ fromMs: Int64, _ toMs: Int64) -> Int64 {
        guard toMs > fromMs else { return 0 }
        let (span, isLong) = toMs.subtractingReportingOverflow(fromMs)
        return isLong ? .max / 2 : min(span, .max / 2)
    }
}
