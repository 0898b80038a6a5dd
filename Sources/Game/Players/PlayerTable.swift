public import Protocol

/// Who plays and who waits; all others are afk.
///
/// Every change of state passes `PlayerState.after`. Time is a monotonic number of microseconds; a deadline
/// that has come counts only once `pass` is called, so the owner does that before anything else happens at a
/// time. `play` and everything that frees a place is to be followed by `promote` until it gives nobody more.
public struct PlayerTable: Sendable {
    /// What a host sets.
    public struct Rules: Hashable, Sendable {
        /// Accounts playing at once.
        public var capacity: Int
        /// Accounts waiting at once.
        public var maxQueued: Int
        /// From the last game action to the end of play, and from a lost socket to the loss of a position.
        public var idleUs: Int64

        /// Joins the parts.
        public init(capacity: Int, maxQueued: Int, idleUs: Int64) {
            self.capacity = capacity
            self.maxQueued = maxQueued
            self.idleUs = idleUs
        }
    }

    /// What `play` led to.
    public enum Entry: Hashable, Sendable {
        case queued
        case alreadyQueued
        case alreadyPlaying
        case queueFull
    }

    struct Playing: Sendable {
        var deadlineUs: Int64
        /// The deadline that the account's client counts down to.
        var toldDeadlineUs: Int64
        /// The deadline as clients were told it, in milliseconds since 1970; nil before the first time.
        var deadlineMs: Int64?
        var hasSocket: Bool
    }

    enum Look: Hashable, Sendable {
        case idle(Identifier)
        case countdown(Identifier)
        case absence(Identifier)
    }

    private(set) var rules: Rules
    var playing: [Identifier: Playing] = [:]
    var line = WaitingLine()
    var looks = DeadlineBook<Look>()
    var positions = PositionClock()
    /// Whether load allows further players.
    public var admission: Admission
    /// How many play without a socket.
    public private(set) var stalledCount = 0
    /// How often each event changed a state since the start.
    public private(set) var transitions: [PlayerEvent: Int] = [:]

    /// Starts with everyone afk.
    public init(rules: Rules, admission: Admission = Admission(maxLoopLagUs: 0, maxSentBitsPerSecond: 0)) {
        self.rules = rules
        self.admission = admission
    }

    /// How many play, with a socket or without.
    public var playingCount: Int { playing.count }

    /// How many wait.
    public var queuedCount: Int { line.count }

    /// How many of them have a socket open.
    public var presentQueuedCount: Int { line.presentCount }

    /// Those who play, sorted, so that the order never depends on hashing.
    public var playingSorted: [Identifier] { playing.keys.sorted() }

    /// Those who wait, first come first.
    public var queuedInOrder: [Identifier] { line.inOrder }

    /// An account's state.
    public func state(of account: Identifier) -> PlayerState {
        if playing[account] != nil { return .playing }
        return line[account] == nil ? .afk : .queued
    }

    /// The word for an account's state: who plays without a socket is stalled.
    public func word(of account: Identifier) -> StatusWord {
        switch state(of: account) {
        case .afk: .afk
        case .queued: .queued
        case .playing: playing[account]?.hasSocket == true ? .playing : .stalled
        }
    }

    /// When play ends for an account unless it acts; nil where it doesn't play.
    public func idleDeadlineUs(of account: Identifier) -> Int64? { playing[account]?.deadlineUs }

    /// The position in line from 1 and since when, in milliseconds since 1970; nil where it doesn't wait.
    public func place(of account: Identifier) -> (position: Int, sinceMs: Int64)? {
        guard let waiting = line[account], let position = line.position(of: account) else { return nil }
        return (position, waiting.sinceMs)
    }

    /// Goes by other rules from now on; whoever plays or waits stays, and the deadlines that players were told.
    ///
    /// Whoever waits without a socket is measured by the new time.
    public mutating func follow(_ rules: Rules, atUs nowUs: Int64) {
        self.rules = rules
        // What this makes due is looked at as soon as time goes on.
        for account in line.inOrder {
            guard let sinceUs = line[account]?.absentSinceUs else { continue }
            looks.plan(.absence(account), atUs: max(nowUs + 1, sinceUs + rules.idleUs))
        }
        for account in playingSorted {
            guard let toldUs = playing[account]?.toldDeadlineUs else { continue }
            looks.plan(.countdown(account), atUs: max(nowUs + 1, toldUs - countdownUs))
        }
    }

    // MARK: What an account does

    /// Puts an account in line; who waits or plays already keeps what it has.
    public mutating func play(_ account: Identifier, hasSocket: Bool, atUs: Int64, atMs: Int64) -> Entry {
        let former = state(of: account)
        switch former {
        case .queued: return .alreadyQueued
        case .playing: return .alreadyPlaying
        case .afk: break
        }
        // Whoever is let in at once needs no room in line.
        let passesThrough = isOpen && line.firstPresent == nil && hasSocket
        guard line.count < rules.maxQueued || passesThrough else { return .queueFull }
        note(.play, in: former)
        // Whoever is in another lane now must not miss its turn.
        if line.append(account, sinceMs: atMs, absentSinceUs: hasSocket ? nil : atUs) {
            positions.moved(atUs: atUs)
        }
        if !hasSocket { looks.plan(.absence(account), atUs: atUs + rules.idleUs) }
        return .queued
    }

    /// Gives a place or a position back; false if there was none.
    public mutating func leave(_ account: Identifier, on event: PlayerEvent = .leave, atUs: Int64) -> Bool {
        let former = state(of: account)
        note(event, in: former)
        switch former {
        case .afk: return false
        case .queued: takeOutOfLine(account, atUs: atUs)
        case .playing: takePlace(from: account)
        }
        return true
    }

    /// Moves the idle deadline of a playing account; true if its client has to be told of it now.
    public mutating func act(_ account: Identifier, atUs: Int64) -> Bool {
        guard let player = playing[account] else { preconditionFailure("only who plays can act") }
        note(.action, in: .playing)
        let deadlineUs = atUs + rules.idleUs
        if player.deadlineUs != deadlineUs { playing[account]?.deadlineMs = nil }
        playing[account]?.deadlineUs = deadlineUs
        // A shorter time than before brings a deadline nearer, which the look and the client have to know.
        if deadlineUs < player.deadlineUs { looks.plan(.idle(account), atUs: deadlineUs) }
        return player.hasSocket
            && (atUs >= player.toldDeadlineUs - countdownUs || deadlineUs < player.toldDeadlineUs)
    }

    /// Notes that an account's socket opened, which changes no deadline and no position.
    public mutating func arrive(_ account: Identifier) {
        let former = state(of: account)
        note(.arrival, in: former)
        switch former {
        case .afk: break
        case .queued: line.setAbsent(account, sinceUs: nil)
        case .playing: setSocket(of: account, isOpen: true)
        }
    }

    /// Notes that an account's socket is gone: a place is kept to its deadline, a position for as long.
    public mutating func depart(_ account: Identifier, atUs: Int64) {
        let former = state(of: account)
        note(.departure, in: former)
        switch former {
        case .afk: break
        case .queued:
            line.setAbsent(account, sinceUs: atUs)
            looks.plan(.absence(account), atUs: atUs + rules.idleUs)
        case .playing: setSocket(of: account, isOpen: false)
        }
    }

    private mutating func setSocket(of account: Identifier, isOpen: Bool) {
        guard playing[account]?.hasSocket == !isOpen else { return }
        playing[account]?.hasSocket = isOpen
        stalledCount += isOpen ? -1 : 1
    }

    /// The deadline for an account's client to count down to, in milliseconds since 1970; nil where it doesn't play.
    ///
    /// An unmoved deadline is told as the same number, unless the wall clock was put elsewhere.
    public mutating func tellDeadline(of account: Identifier, atUs: Int64, atMs: Int64) -> Int64? {
        guard let player = playing[account] else { return nil }
        let derivedMs = atMs + (player.deadlineUs - atUs) / 1000
        let deadlineMs = player.deadlineMs.flatMap { abs($0 - derivedMs) <= 2 ? $0 : nil } ?? derivedMs
        playing[account]?.deadlineMs = deadlineMs
        playing[account]?.toldDeadlineUs = player.deadlineUs
        // A countdown that runs already needs no look: whoever acts now is told at once.
        let startUs = player.deadlineUs - countdownUs
        if startUs > atUs { looks.plan(.countdown(account), atUs: startUs) }
        return deadlineMs
    }

    /// Notes the position that an account was told.
    public mutating func toldPosition(_ account: Identifier, _ position: Int, atUs: Int64) {
        line.told(account, position: position, atUs: atUs)
    }

    // MARK: Places

    /// Whether someone could be let in now.
    var isOpen: Bool { playing.count < rules.capacity && admission.pause == nil }

    /// Gives a free place to the first in line whose socket is open; nil where there is no such place or person.
    public mutating func promote(atUs: Int64) -> Identifier? {
        guard isOpen, let account = line.firstPresent else { return nil }
        note(.promotion, in: .queued)
        takeOutOfLine(account, atUs: atUs)
        let deadlineUs = atUs + rules.idleUs
        playing[account] = Playing(deadlineUs: deadlineUs, toldDeadlineUs: deadlineUs, hasSocket: true)
        looks.plan(.idle(account), atUs: deadlineUs)
        return account
    }

    mutating func takeOutOfLine(_ account: Identifier, atUs: Int64) {
        // Nobody moves up behind the last.
        if !line.isLast(account) { positions.moved(atUs: atUs) }
        line.remove(account)
    }

    mutating func takePlace(from account: Identifier) {
        if playing.removeValue(forKey: account)?.hasSocket == false { stalledCount -= 1 }
    }

    /// How long before its end a client counts down.
    var countdownUs: Int64 { min(Int64(Limits.idleCountdownMs) * 1000, rules.idleUs / 2) }

    /// Holds a change of state against the table.
    mutating func note(_ event: PlayerEvent, in former: PlayerState) {
        guard let next = former.after(event) else {
            preconditionFailure("\(event.rawValue) can't happen to who is \(former.rawValue)")
        }
        if next != former { transitions[event, default: 0] += 1 }
    }
}
