public import Protocol

/// A relay as one of its room sees it, folded from what the server tells.
///
/// The first word is `relay_state`, after each reconnect too; what comes before it is passed over.
public struct RelayReplica: Hashable, Sendable {
    /// Happenings that are remembered.
    public static let maxLog = 64

    /// What just happened, for a line of a log.
    public enum Happening: Hashable, Sendable {
        case joined(AccountName)
        case started
        case assigned(AccountName, PuzzleType, worth: Int)
        case solved(AccountName, worth: Int, awardedTo: AccountName)
        case failed(AccountName, penalty: Int)
        case eliminated(AccountName)
        case ended(RelayEndReason)
    }

    /// How it ended.
    public struct Ending: Hashable, Sendable {
        /// Why; none where we came after the end.
        public var reason: RelayEndReason?
        /// Who earned how many profile points.
        public var awards: [RelayAward]
    }

    /// The relay.
    public let relay: Identifier
    /// Who looks at it; nil for nobody in particular.
    public let me: Identifier?
    /// All of it by the latest word; nil before the first.
    public private(set) var view: RelayView?
    /// Our own open puzzle.
    public private(set) var puzzle: PuzzleView?
    /// What happened, oldest first.
    public private(set) var log: [Happening] = []
    /// How many happenings there were in all, those among them that were forgotten.
    public private(set) var happenedCount = 0
    /// How it ended; nil before.
    public private(set) var ending: Ending?
    /// When `view.leftMs` was told, on the caller's clock.
    private var toldUs: Int64 = 0

    /// Starts without knowing anything but which relay it is.
    public init(relay: Identifier, me: Identifier?) {
        self.relay = relay
        self.me = me
    }

    /// The ring, in order; empty before the first word.
    public var players: [RelayPlayer] { view?.players ?? [] }
    /// We as a player; nil for a watcher.
    public var own: RelayPlayer? { players.first { $0.account.id == me } }
    /// How far it has come; nil before the first word.
    public var status: RelayStatus? { view?.status }
    /// Whether we are to have a puzzle now.
    public var isPlaying: Bool { status == .running && own?.isActive == true }

    /// Who gets the worth of a player's puzzle: the next active one in the ring; nil where there is none.
    public func next(after account: Identifier) -> RelayPlayer? {
        guard let index = players.firstIndex(where: { $0.account.id == account }) else { return nil }
        let others = players[(index + 1)...] + players[..<index]
        return others.first { $0.isActive }
    }

    /// How long it still lasts, in milliseconds.
    public func leftMs(atUs nowUs: Int64) -> Int {
        guard let view else { return 0 }
        guard view.status == .running else { return view.leftMs }
        return max(0, view.leftMs - Int(max(0, nowUs - toldUs) / 1000))
    }

    /// Takes a puzzle that came as the answer to a call.
    public mutating func receive(_ puzzle: PuzzleView) {
        guard isPlaying else { return }
        self.puzzle = puzzle
    }

    /// Takes an event; another relay's is none of ours.
    public mutating func receive(_ event: RelayEvent, atUs nowUs: Int64) {
        guard event.relay == relay else { return }
        if case .state(let view, let puzzle) = event.kind { return take(view, puzzle, atUs: nowUs) }
        guard view != nil else { return }
        switch event.kind {
        case .state: break
        case .started(let view):
            take(view, puzzle, atUs: nowUs)
            note(.started)
        case .assigned(let account, let puzzle):
            if account.id == me, puzzle.data != nil { self.puzzle = puzzle }
            note(.assigned(account, puzzle.type, worth: puzzle.worth))
        case .solved(let account, let puzzle, let worth, let next):
            // The next one may have come first.
            if account.id == me, self.puzzle?.id == puzzle { self.puzzle = nil }
            note(.solved(account, worth: worth, awardedTo: next))
        case .failed(let account, _, let penalty): note(.failed(account, penalty: penalty))
        case .pointsChanged(_, let players, let leftMs):
            view?.players = players
            view?.leftMs = leftMs
            toldUs = nowUs
        case .eliminated(let account): eliminated(account)
        case .teamStatus(let status, let players): team(status, players)
        case .ended(let reason, let players, let awards):
            view?.players = players
            end(Ending(reason: reason, awards: awards))
            note(.ended(reason))
        }
    }

    private mutating func take(_ view: RelayView, _ puzzle: PuzzleView?, atUs nowUs: Int64) {
        self.view = view
        self.puzzle = puzzle
        toldUs = nowUs
        if view.status == .ended, ending == nil { end(Ending(reason: nil, awards: [])) }
    }

    private mutating func eliminated(_ account: AccountName) {
        if let index = players.firstIndex(where: { $0.account.id == account.id }) {
            view?.players[index].isActive = false
            view?.players[index].points = 0
        }
        if account.id == me { puzzle = nil }
        note(.eliminated(account))
    }

    private mutating func team(_ status: RelayStatus, _ players: [RelayPlayer]) {
        let known = self.players.map(\.account.id)
        view?.status = status
        view?.players = players
        for player in players where !known.contains(player.account.id) { note(.joined(player.account)) }
        if status == .ended, ending == nil { end(Ending(reason: nil, awards: [])) }
    }

    private mutating func end(_ ending: Ending) {
        self.ending = ending
        view?.status = .ended
        view?.leftMs = 0
        puzzle = nil
    }

    private mutating func note(_ happening: Happening) {
        happenedCount += 1
        log.append(happening)
        if log.count > Self.maxLog { log.removeFirst() }
    }
}
