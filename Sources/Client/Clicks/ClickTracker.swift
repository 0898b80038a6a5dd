public import Protocol

/// Counts clicks where they are made, and pushes them so that each counts once.
///
/// One batch at a time is on its way, under a name that stays the same until the server's answer comes: a repeat
/// of one that was counted changes nothing. What doesn't fit into a plausible batch goes into the next. Clicks
/// are dropped only where the server says that it will never count them.
public struct ClickTracker: Sendable {
    /// Clicks a second that are plausible, where a server doesn't say.
    public static let plausiblePerSecond = 20
    /// Clicks that are close enough for one number, in microseconds; also how soon the first are pushed.
    public static let stretchUs: Int64 = 1_000_000
    /// How long an answer is waited for, in microseconds.
    public static let answerTimeoutUs: Int64 = 10_000_000

    /// Clicks made and not yet known to be counted, those under way among them.
    public var heldCount: Int { pending.reduce(outstanding?.count ?? 0) { $0 + $1.count } }
    /// Clicks that the server counted.
    public private(set) var acceptedCount = 0
    /// Clicks that the server will never count.
    public private(set) var droppedCount = 0

    private struct Stretch {
        var startUs: Int64
        var count: Int
    }

    private struct Batch {
        var id: String
        var clicks: [Int]
        var phase: Phase

        var count: Int { clicks.reduce(0, +) }
    }

    private enum Phase {
        case underWay(answerByUs: Int64)
        /// Not answered, or told to wait.
        case waiting(untilUs: Int64)
    }

    private var pending: [Stretch] = []
    private var outstanding: Batch?
    /// The time between two pushes; nil without a connection.
    private var intervalUs: Int64?
    private var perSecond: Int
    /// When the latest push left.
    private var sentUs: Int64?
    /// Since when, at the least, the server credits clicks: its latest answer to a push, or the first click.
    private var creditedFromUs: Int64?
    private var backoff = Backoff()
    private var generator: SeededGenerator

    /// Starts without clicks and without a connection.
    ///
    /// - Parameters:
    ///   - generator: names the batches and spreads the repeats; from a seed that no other tracker of this
    ///     account had, since a name that was used before isn't counted again.
    ///   - perSecond: clicks a second that the server takes for plausible.
    public init(generator: SeededGenerator, perSecond: Int = ClickTracker.plausiblePerSecond) {
        self.generator = generator
        self.perSecond = max(1, perSecond)
    }

    /// Notes clicks; `count` is from 1.
    public mutating func click(count: Int = 1, atUs nowUs: Int64) {
        precondition(count > 0, "clicks are counted from 1")
        if creditedFromUs == nil { creditedFromUs = nowUs }
        if let last = pending.last,
            nowUs - last.startUs < Self.stretchUs || pending.count >= Limits.maxClickStretches
        {
            pending[pending.count - 1].count += count
        } else {
            pending.append(Stretch(startUs: nowUs, count: count))
        }
    }

    /// A connection is open whose server wants a push each so many seconds.
    public mutating func linked(pushRateSeconds: Int) {
        let seconds = min(max(pushRateSeconds, 1), Limits.clickGameSeconds.upperBound)
        intervalUs = Int64(seconds) * 1_000_000
    }

    /// The connection is gone; the batch under way may or may not have been counted.
    public mutating func linkLost(atUs nowUs: Int64) {
        intervalUs = nil
        if case .underWay? = outstanding?.phase { retry(atUs: nowUs) }
    }

    /// When `due` is to be asked next; nil while there is nothing to push, or no connection.
    public var nextUs: Int64? {
        guard let intervalUs else { return nil }
        switch outstanding?.phase {
        case .underWay(let answerByUs): return answerByUs
        case .waiting(let untilUs): return untilUs
        case nil: break
        }
        guard let first = pending.first, let creditedFromUs else { return nil }
        let paced = sentUs.map { $0 + intervalUs } ?? first.startUs
        return max(paced, max(first.startUs, creditedFromUs) + Self.stretchUs)
    }

    /// The push to send now, which counts as sent; nil where there is none.
    public mutating func due(atUs nowUs: Int64) -> ClickPush? {
        guard let nextUs, nextUs <= nowUs else { return nil }
        if case .underWay? = outstanding?.phase {
            retry(atUs: nowUs)
            return nil
        }
        if outstanding == nil { outstanding = cut(atUs: nowUs) }
        outstanding?.phase = .underWay(answerByUs: nowUs + Self.answerTimeoutUs)
        guard let outstanding else { return nil }
        sentUs = nowUs
        return ClickPush(clicks: outstanding.clicks, batchID: outstanding.id)
    }

    /// The server counted a batch.
    ///
    /// - Returns: whether it is news; an answer that comes twice is none.
    @discardableResult
    public mutating func accepted(batchID: String?, atUs nowUs: Int64) -> Bool {
        guard let batch = outstanding, batch.id == batchID else { return false }
        acceptedCount += batch.count
        finish(atUs: nowUs)
        return true
    }

    /// The server refused a batch, for now or for good.
    ///
    /// - Returns: how many clicks will never be counted; 0 where the batch is tried again.
    public mutating func refused(batchID: String?, failure: Failure, atUs nowUs: Int64) -> Int {
        guard let batch = outstanding, batch.id == batchID else { return 0 }
        switch failure.code {
        case .implausibleClicks:
            // This server takes fewer than was thought. It took none of these, so they go again in smaller parts,
            // under other names; and soon enough fewer, before an honest player looks like a cheat.
            guard perSecond > 1 else { return drop(batch, atUs: nowUs) }
            perSecond = max(1, perSecond / 4)
            pending = batch.clicks.map { Stretch(startUs: nowUs, count: $0) } + pending
            outstanding = nil
        case .noActiveGame: return drop(batch, atUs: nowUs)
        case .pushTooSoon, .rateLimited, .cooldown:
            if let retryAfterMs = failure.retryAfterMs {
                outstanding?.phase = .waiting(untilUs: nowUs + Int64(retryAfterMs) * 1000)
            } else {
                retry(atUs: nowUs)
            }
        case .storageUnavailable, .shuttingDown, .internalError, .badRequest, .unauthorized, .tokenExpired,
            .signInRequired, .forbidden, .banned, .notFound, .methodNotAllowed, .bodyTooLarge, .notPlaying,
            .outOfBounds, .badColor, .nothingToUndo, .versionAhead, .epochChanged, .queueFull, .nameTaken,
            .invalidSignature, .invalidChallenge, .invalidRefreshToken, .refreshReused, .originRefused,
            .upgradeRequired, .gameOverlaps, .puzzleOpen, .noPuzzle, .relayFull, .relayStarted,
            .relayNotRunning, .notInRelay, .playerOut, .runOpen, .runOver, .pointRejected, .alreadyOwned,
            .notOwned, .notEnoughPoints, .adNotOver, .protectedArea, .rollbackRunning, .invalidIDToken,
            .emailNotVerified, .googleNotConfigured, .googleUnavailable, .googleTaken, .googleLinked,
            .authorizationPending, .slowDown, .expiredToken, .accessDenied, .unsupportedGrantType,
            .historyGone:
            retry(atUs: nowUs, afterAtLeastMs: failure.retryAfterMs ?? 0)
        }
        return 0
    }

    private mutating func drop(_ batch: Batch, atUs nowUs: Int64) -> Int {
        droppedCount += batch.count
        finish(atUs: nowUs)
        return batch.count
    }

    private mutating func finish(atUs nowUs: Int64) {
        outstanding = nil
        backoff.reset()
        // The server heard this push before its answer came, and will hear the next one after it is sent: no less
        // time can pass for it between the two.
        creditedFromUs = nowUs
    }

    private mutating func retry(atUs nowUs: Int64, afterAtLeastMs: Int = 0) {
        let delayMs = max(afterAtLeastMs, backoff.nextDelayMs(using: &generator))
        outstanding?.phase = .waiting(untilUs: nowUs + Int64(delayMs) * 1000)
    }

    /// The next batch: as much of what is held as is plausible.
    private mutating func cut(atUs nowUs: Int64) -> Batch? {
        guard let creditedFromUs, let intervalUs else { return nil }
        let creditedUs = min(nowUs - creditedFromUs, Int64(Limits.creditedPushIntervals) * intervalUs)
        var left = max(1, Int(creditedUs / 1_000_000) * perSecond)
        var clicks: [Int] = []
        while left > 0, clicks.count < Limits.maxClickStretches, let stretch = pending.first {
            let count = min(stretch.count, left)
            clicks.append(count)
            left -= count
            if count == stretch.count { pending.removeFirst() } else { pending[0].count -= count }
        }
        let name = Identifier(rawValue: generator.next()).description
        let id = name + Identifier(rawValue: generator.next()).description
        return Batch(id: id, clicks: clicks, phase: .waiting(untilUs: nowUs))
    }
}
