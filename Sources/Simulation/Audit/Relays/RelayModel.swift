import Engine
import Game
import Protocol

/// Relays as the disk's records tell, and what each room is owed.
struct RelayModel: Sendable {
    /// A call about relays that isn't answered.
    struct Call: Sendable {
        var route: RelayRoute
        var account: Identifier?
    }

    /// How late an interval may end while all is well.
    static let maxLateUs: Int64 = 5_000_000

    private(set) var kept: [Identifier: Relay] = [:]
    /// What of these the server knows to be kept.
    private(set) var shown: [Identifier: Relay] = [:]
    /// All that relays were in the commit that ended last, for answers on the way.
    private(set) var recent: [Identifier: [RelayView]] = [:]
    /// When each was kept last.
    private(set) var changedUs: [Identifier: Int64] = [:]
    private(set) var puzzles: [Identifier: PuzzleRecord] = [:]
    /// What became of relays in the commit that ended last, for their rooms.
    var owed: [Identifier: [RelayEvent.Kind]] = [:]
    var members: [Identifier: [ConnectionID]] = [:]
    /// What each member was sent and hasn't heard.
    var sent: [ConnectionID: [RelayEvent]] = [:]
    /// Whose each socket is, closed ones too; guests have none.
    var accounts: [ConnectionID: Identifier] = [:]
    var calls: [RequestID: Call] = [:]
    /// Accounts that went afk by idling though they were in a running relay by the disk.
    var idled: [(account: Identifier, relay: Identifier)] = []

    mutating func keep(_ relay: Relay, atUs nowUs: Int64) {
        kept[relay.id] = relay
        recent[relay.id, default: []].append(relay.view)
        changedUs[relay.id] = nowUs
    }

    mutating func keep(_ puzzle: PuzzleRecord) { puzzles[puzzle.id] = puzzle }

    /// A commit begins: what the one before it led to is over.
    mutating func begin() { recent = [:] }

    /// The server knows now that all that was kept is.
    mutating func show() { shown = kept }

    /// A running relay by the disk that an account is still in.
    func running(_ account: Identifier) -> Identifier? {
        let isIn = { (relay: Relay) in
            relay.status == .running && relay.players.contains { $0.account.id == account && $0.isActive }
        }
        return kept.values.filter(isIn).map(\.id).min()
    }

    /// Whether an account may be in a running relay: by the disk, or because someone has just started it.
    func mayRun(_ account: Identifier) -> Bool {
        if running(account) != nil { return true }
        return calls.values.contains { if case .start = $0.route { true } else { false } }
    }

    /// Whether a view is what a relay is, or was on its way there.
    func isTrue(_ view: RelayView) -> Bool {
        shown[view.relay]?.view == view || recent[view.relay]?.contains(view) == true
    }

    func isTrue(_ ring: [RelayPlayer], of relay: Identifier) -> Bool {
        shown[relay]?.ring == ring || recent[relay]?.contains { $0.players == ring } == true
    }

    mutating func drop(_ id: ConnectionID) {
        sent[id] = nil
        for relay in members.keys { members[relay]?.removeAll { $0 == id } }
    }

    /// The server began anew: it knows all that is kept, and nobody is in a room.
    mutating func restart() {
        show()
        begin()
        owed = [:]
        members = [:]
        sent = [:]
        accounts = [:]
        calls = [:]
        idled = []
    }
}
