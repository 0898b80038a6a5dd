import Game
import Protocol

/// Who pushes clicks.
struct ClickPusher: Hashable, Sendable {
    var session: Identifier
    var holder: Identifier
    var isGuest: Bool

    /// The account; nil for a guest.
    var account: Identifier? { isGuest ? nil : holder }
}

extension ClickPusher {
    /// Whoever a token speaks for.
    init(_ identity: Identity) {
        let isGuest = if case .guest = identity.kind { true } else { false }
        self.init(session: identity.sessionID, holder: identity.id, isGuest: isGuest)
    }
}

/// A push that waits for storage to tell what it knows.
struct WaitingPush: Sendable {
    var push: ClickPush
    var pusher: ClickPusher
    var asker: Asker
}

/// A sign-in's pushes, as far as memory knows them.
struct ClickSession: Sendable {
    /// A push whose commit isn't through.
    struct Pending: Sendable {
        var batchID: String?
        /// Whoever sent it again meanwhile, and hears the same.
        var repeats: [Asker] = []
    }

    /// The latest pushes with a name, oldest first.
    var recent: [ClickHistory.Push] = []
    /// Whether storage knows more of them.
    var hasOlder = false
    /// The game that `total` is of.
    var game: Identifier?
    /// Clicks in that game.
    var total = 0
    var pending: [Pending] = []
    /// Pushes that came while storage is asked, in order; nil while it isn't asked.
    var waiting: [WaitingPush]?
    /// The guest that it is of; nil for an account's.
    var guest: Identifier?
    /// When its last push came, on the monotonic clock in microseconds.
    var lastPushUs: Int64
    /// What storage is asked; an answer to anything else came too late.
    var query: QueryID?

    /// Starts knowing nothing.
    init(of pusher: ClickPusher, at now: Moment) {
        guest = pusher.isGuest ? pusher.holder : nil
        lastPushUs = now.monotonicUs
    }

    /// Whether it can be forgotten: storage knows as much, and nobody waits.
    var isSettled: Bool { pending.isEmpty && waiting == nil }

    /// The answer that a named push had.
    func receipt(of batchID: String) -> ClickReceipt? {
        // By bytes, as storage compares them: a text that only looks alike is another name.
        recent.last { $0.batchID.utf8.elementsEqual(batchID.utf8) }?.receipt
    }

    /// Keeps the answer of a named push in place of the oldest.
    mutating func remember(_ push: ClickHistory.Push) {
        recent.append(push)
        guard recent.count > Limits.recentPushes else { return }
        recent.removeFirst()
        hasOlder = true
    }
}

/// An account or guest in click games.
struct ClickHolder: Sendable {
    /// The game that `planet` is of.
    var game: Identifier?
    /// The index of the planet.
    var planet = 0
    /// Whether storage knows of it.
    var isPlanetDurable = true
    /// When its last push came, on the monotonic clock in microseconds.
    var lastPushUs: Int64?
    /// Implausible pushes since the last flag.
    var implausible = 0
    /// The game in which it was flagged last.
    var flaggedIn: Identifier?
}

/// Click games and who pushes in them.
struct ClickDesk: Sendable {
    let pace: ClickPace
    /// The games with all that was accepted.
    var queue: ClickQueue
    /// The games as storage has them: what everyone may see.
    private(set) var durable: ClickQueue
    var sessions: [Identifier: ClickSession] = [:]
    var holders: [Identifier: ClickHolder] = [:]
    /// Whether a name for a game that nobody ordered is under way.
    var isDrawing = false
    /// Whether storage is asked who contributed to the game that is over.
    var isClosing = false
    /// Before when storage isn't asked that again, on the monotonic clock in microseconds; nil where it may be.
    var closeRetryUs: Int64?
    /// Whether the running game has pushes that its row doesn't tell of.
    var hasUnwritten = false
    /// When contributions were written last, on the monotonic clock in microseconds.
    var writtenUs: Int64?
    var totals = TotalsClock()
    var counts = ClickCounts()
    /// Pushes whose commits aren't through.
    private(set) var pendingCount = 0
    /// What pending pushes changed, oldest first.
    private var touched: ArraySlice<Touched> = []
    /// The end of a game, until it is told.
    private(set) var ended: ClickGameView?

    /// A sign-in and a holder that a push changed, and when the holder's push before that one came.
    private struct Touched {
        var session: Identifier
        var holder: Identifier
        var formerPushUs: Int64?
    }

    /// Takes the games that were kept.
    init(_ configuration: EngineConfiguration, kept: [ClickGame]) {
        pace = ClickPace(
            pushRateSeconds: configuration.clickPushRateSeconds,
            maxClicksPerSecond: configuration.maxClicksPerSecond)
        queue = ClickQueue(
            routine: ClickQueue.Routine(
                seconds: configuration.clickGameSeconds, planets: Array(configuration.planets.prefix(2))),
            kept: kept)
        durable = queue
    }

    /// The game that takes pushes now.
    func open(at now: Moment) -> ClickGame? {
        isClosing || queue.isOver(atMs: now.wallMs) ? nil : queue.active
    }

    /// Notes a push whose commit begins to be waited for.
    mutating func pend(_ pusher: ClickPusher, formerPushUs: Int64?) {
        pendingCount += 1
        touched.append(
            Touched(session: pusher.session, holder: pusher.holder, formerPushUs: formerPushUs))
    }

    /// Takes a push as durable.
    ///
    /// - Returns: those who sent it again meanwhile.
    mutating func settle(_ record: ClickPushRecord, isNewHolder: Bool) -> [Asker] {
        pendingCount -= 1
        _ = touched.popFirst()
        durable.withActive { game in
            guard let planet = game.index(of: record.planet) else { return }
            if isNewHolder { game.enlist(for: planet) }
            game.add(record.accepted, to: planet)
        }
        if holders[record.holder]?.game == record.game { holders[record.holder]?.isPlanetDurable = true }
        totals.isDue = true
        hasUnwritten = true
        counts.pushes += 1
        counts.batchClicks.add(Int64(record.accepted))
        guard sessions[record.session]?.pending.isEmpty == false else { return [] }
        return sessions[record.session]?.pending.removeFirst().repeats ?? []
    }

    /// Takes the games as durable as they were when their record was made.
    mutating func settle(_ queue: ClickQueue) {
        if let finished = queue.finished, finished.id != durable.finished?.id { ended = finished.view }
        durable = queue
        totals.isDue = true
    }

    /// Takes the end of a game that is to be told.
    mutating func takeEnded() -> ClickGameView? {
        defer { ended = nil }
        return ended
    }

    /// Takes everything back that isn't durable; sign-ins that it touched are asked of storage anew.
    ///
    /// - Returns: those who sent pushes again and wait.
    mutating func rollBack() -> [Asker] {
        queue = durable
        isClosing = false
        // What wrote the contributions may be among what failed.
        hasUnwritten = queue.active != nil
        var askers: [Asker] = []
        for change in touched.reversed() {
            if let gone = sessions.removeValue(forKey: change.session) {
                askers += gone.pending.flatMap(\.repeats) + (gone.waiting ?? []).map(\.asker)
            }
            holders[change.holder]?.lastPushUs = change.formerPushUs
            if holders[change.holder]?.isPlanetDurable == false { holders[change.holder]?.game = nil }
        }
        touched = []
        pendingCount = 0
        return askers
    }

    /// Forgets, after a game, whoever didn't push in it: storage knows them.
    ///
    /// Whoever pushed so lately that the next push is judged by it stays.
    mutating func forgetIdle(after game: Identifier, at now: Moment) {
        sessions = sessions.filter { _, session in session.game == game || !session.isSettled }
        holders = holders.filter { _, holder in
            holder.game == game || !holder.isPlanetDurable
                || holder.lastPushUs.map { now.monotonicUs - $0 < pace.maxCreditUs } ?? false
        }
    }

    /// Forgets a tenth of the sign-ins where memory has no room for one more: those that pushed least lately.
    ///
    /// - Returns: whether there is room now.
    mutating func makeRoom() -> Bool {
        guard sessions.count >= Limits.maxClickSessions else { return true }
        let settled = sessions.filter(\.value.isSettled).sorted {
            ($0.value.lastPushUs, $0.key.rawValue) < ($1.value.lastPushUs, $1.key.rawValue)
        }
        for (id, session) in settled.prefix(Limits.maxClickSessions / 10) {
            sessions[id] = nil
            // A guest has this one sign-in, so that nobody else needs to know its planet.
            if let guest = session.guest, holders[guest]?.isPlanetDurable != false { holders[guest] = nil }
        }
        return sessions.count < Limits.maxClickSessions
    }
}
