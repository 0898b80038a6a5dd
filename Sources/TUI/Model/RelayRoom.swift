import Client
import Protocol

/// One relay as its room hears it, and what of it stands out on the screen for a while.
struct RelayRoom: Hashable, Sendable {
    /// The relay as the room's events leave it.
    private(set) var replica: RelayReplica
    /// The relay as told last; before the first word of its room, as the call told that led here.
    private(set) var view: RelayView
    /// When the puzzle was first seen.
    private(set) var puzzleSinceMs: Int64
    /// What the players sit over, by their accounts.
    private(set) var kinds: [Identifier: PuzzleType] = [:]
    /// The latest change of each player's points.
    private(set) var changes: [Identifier: Change] = [:]

    /// A change of points that was just told.
    struct Change: Hashable, Sendable {
        var points: Int
        var reason: PointsReason
        var atMs: Int64

        /// How long it stands out.
        static let shownMs: Int64 = 900
    }

    /// Starts from what a call told of a relay; `me` is the reader's account.
    init(_ view: RelayView, me: Identifier?, nowMs: Int64) {
        self.view = view
        puzzleSinceMs = nowMs
        replica = RelayReplica(relay: view.relay, me: me)
        replica.receive(RelayEvent(relay: view.relay, .state(view, puzzle: nil)), atUs: nowMs * 1000)
    }

    // MARK: Who and what

    /// The reader's own open puzzle.
    var puzzle: PuzzleView? { replica.puzzle }

    func player(_ id: Identifier?) -> RelayPlayer? { view.players.first { $0.account.id == id } }

    /// Who gets what a player's next right answer is worth: the next one in the ring who is still in.
    func heir(of id: Identifier?) -> RelayPlayer? { id.flatMap { replica.next(after: $0) } }

    /// How long the relay still lasts at a moment, in milliseconds.
    func leftMs(nowMs: Int64) -> Int64 { Int64(replica.leftMs(atUs: nowMs * 1000)) }

    /// A player's latest change, while it stands out.
    func change(of id: Identifier, nowMs: Int64) -> Change? {
        changes[id].flatMap { $0.atMs + Change.shownMs > nowMs ? $0 : nil }
    }

    /// Whether what is to be remembered of the puzzle is hidden by now.
    func hidesPuzzle(nowMs: Int64) -> Bool { hidingMs.map { $0 <= nowMs } ?? false }

    /// When the puzzle hides what is to be remembered; nil where it hides nothing.
    var hidingMs: Int64? {
        guard case .memory(_, let showMs, _)? = puzzle?.data else { return nil }
        return puzzleSinceMs + Int64(min(max(showMs, 0), Self.longestShownMs))
    }

    /// A server that shows something for longer means for good.
    private static let longestShownMs = 86_400_000

    // MARK: Events

    /// Takes what the room hears.
    mutating func take(_ event: RelayEvent, nowMs: Int64) {
        let former = puzzle?.id
        switch event.kind {
        case .state: changes = [:]
        case .assigned(let account, let puzzle): kinds[account.id] = puzzle.type
        case .solved(let account, _, _, _), .eliminated(let account): kinds[account.id] = nil
        case .pointsChanged(let reason, let players, _): note(players, reason, nowMs: nowMs)
        case .started, .failed, .teamStatus, .ended: break
        }
        replica.receive(event, atUs: nowMs * 1000)
        if let view = replica.view { self.view = view }
        // The same one told again, after a lost connection, was seen already.
        if let puzzle, puzzle.id != former { puzzleSinceMs = nowMs }
    }

    /// Takes the puzzle that was asked for.
    mutating func take(_ puzzle: PuzzleView, nowMs: Int64) {
        if puzzle.id != self.puzzle?.id { puzzleSinceMs = nowMs }
        replica.receive(puzzle)
    }

    private mutating func note(_ players: [RelayPlayer], _ reason: PointsReason, nowMs: Int64) {
        for player in players {
            guard let before = self.player(player.account.id), before.points != player.points else {
                continue
            }
            changes[player.account.id] = Change(
                points: player.points - before.points, reason: reason, atMs: nowMs)
        }
    }

    // MARK: What happened

    /// One thing that happened, in words.
    struct Entry: Hashable, Sendable {
        enum Tone: Hashable, Sendable {
            case news
            case good
            case bad
        }
        var words: String
        var tone: Tone

        /// Nil for what isn't worth a line.
        init?(_ happening: RelayReplica.Happening) {
            func name(_ account: AccountName) -> String { PlayerName.displayed(account.name) }
            switch happening {
            case .joined(let account): (words, tone) = ("\(name(account)) joined", .news)
            case .started: (words, tone) = ("The relay has begun", .news)
            case .solved(let account, let worth, let next):
                (words, tone) = ("\(name(account)) solved one: +\(worth) to \(name(next))", .good)
            case .failed(let account, let penalty):
                (words, tone) = ("\(name(account)) answered wrong: −\(penalty)", .bad)
            case .eliminated(let account): (words, tone) = ("\(name(account)) is out", .bad)
            case .assigned, .ended: return nil
            }
        }
    }

    /// The latest things that happened, the newest first.
    func latest(_ count: Int) -> [Entry] {
        Array(replica.log.reversed().lazy.compactMap { Entry($0) }.prefix(count))
    }
}

extension PuzzleType {
    /// The kind's name with its article, within a sentence.
    var article: String {
        switch self {
        case .arithmetic: "a sum"
        case .anagram: "an anagram"
        case .sequence: "a sequence"
        case .oddOneOut: "an odd one out"
        case .rotation: "a rotation"
        case .logic: "a logic puzzle"
        case .memory: "a memory puzzle"
        }
    }

    /// The kind's name as a title.
    var title: String {
        switch self {
        case .arithmetic: "Sum"
        case .anagram: "Anagram"
        case .sequence: "Sequence"
        case .oddOneOut: "Odd one out"
        case .rotation: "Rotation"
        case .logic: "Logic"
        case .memory: "Memory"
        }
    }
}
