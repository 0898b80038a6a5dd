import Game
import Protocol

/// Relays that wait, run, or ended lately, and who is in their rooms.
struct RelayDesk: Sendable {
    /// Relays with all that was accepted.
    private(set) var working: [Identifier: Relay] = [:]
    /// Relays as storage has them: what everyone may see.
    private(set) var durable: [Identifier: Relay] = [:]
    /// When each running one's next interval is over, on the monotonic clock in microseconds.
    var nextDecayUs: [Identifier: Int64] = [:]
    private var byCode: [RelayCode: Identifier] = [:]
    /// Those that changed since they were last durable.
    private var touched: Set<Identifier> = []
    /// How many sockets are in each room.
    private var members: [Identifier: Int] = [:]
    /// In how many running relays an account is still in.
    private var runningOf: [Identifier: Int] = [:]

    /// Takes the relays that were kept.
    init(_ kept: [Relay]) {
        for relay in kept {
            working[relay.id] = relay
            byCode[relay.code] = relay.id
        }
        durable = working
        countRunning()
    }

    /// How many there are by how far they have come.
    func count(_ status: RelayStatus) -> Int {
        durable.values.reduce(0) { $0 + ($1.status == status ? 1 : 0) }
    }

    /// Sockets in rooms, once a room.
    var memberCount: Int { members.values.reduce(0, +) }

    /// How many haven't ended.
    var openCount: Int { working.values.reduce(0) { $0 + ($1.status == .ended ? 0 : 1) } }

    /// Drops the relays that ended first where memory has no room for one more.
    mutating func makeRoom() {
        guard working.count >= 2 * Limits.maxRelays else { return }
        let ended = working.values.filter { $0.status == .ended && durable[$0.id] == $0 }
            .sorted { ($0.createdAtMs, $0.id.rawValue) < ($1.createdAtMs, $1.id.rawValue) }
        for relay in ended.prefix(Limits.maxRelays / 10) { forget(relay.id) }
    }

    /// Relays as storage has them, the newest first.
    var durableSorted: [Relay] {
        durable.values.sorted { ($1.createdAtMs, $1.id.rawValue) < ($0.createdAtMs, $0.id.rawValue) }
    }

    /// Ids of all of them, sorted.
    var sortedIDs: [Identifier] { working.keys.sorted() }

    /// The relay that an id or a code leads to.
    func find(_ reference: RelayReference) -> Relay? {
        switch reference {
        case .id(let id): working[id]
        case .code(let code): byCode[code].flatMap { working[$0] }
        }
    }

    /// A code that no relay has, made from random bits.
    func freeCode(_ bits: UInt64) -> RelayCode {
        var bits = bits
        while byCode[RelayCode(random: bits)] != nil { bits &+= 1 }
        return RelayCode(random: bits)
    }

    /// In how many relays that haven't ended an account is.
    func openCount(of account: Identifier) -> Int {
        working.values.reduce(0) {
            $0 + ($1.status != .ended && $1.index(of: account) != nil ? 1 : 0)
        }
    }

    /// Relays with an account in them, sorted.
    func with(_ account: Identifier) -> [Identifier] {
        working.values.filter { $0.index(of: account) != nil }.map(\.id).sorted()
    }

    /// Whether an account is still in in a running relay.
    func isRunning(_ account: Identifier) -> Bool { runningOf[account] != nil }

    /// Puts what became of a relay in its place, whose record is on its way to storage.
    mutating func put(_ relay: Relay) {
        let former = working.updateValue(relay, forKey: relay.id)
        byCode[relay.code] = relay.id
        touched.insert(relay.id)
        if let former, former.status == .running { count(former, by: -1) }
        if relay.status == .running { count(relay, by: 1) }
    }

    /// Takes a relay as durable as it was when its record was made.
    mutating func settle(_ relay: Relay) {
        // One that was dropped meanwhile stays dropped.
        guard working[relay.id] != nil else { return }
        durable[relay.id] = relay
        if working[relay.id] == relay { touched.remove(relay.id) }
    }

    /// Takes everything back that isn't durable.
    mutating func rollBack() {
        for id in touched.sorted() {
            if let kept = durable[id] {
                working[id] = kept
            } else {
                forget(id)
            }
        }
        touched = []
        countRunning()
    }

    /// Drops a relay from memory; storage keeps it.
    mutating func forget(_ id: Identifier) {
        if let code = working[id]?.code { byCode[code] = nil }
        working[id] = nil
        durable[id] = nil
        nextDecayUs[id] = nil
        touched.remove(id)
    }

    private mutating func countRunning() {
        runningOf = [:]
        for relay in working.values where relay.status == .running { count(relay, by: 1) }
    }

    private mutating func count(_ relay: Relay, by step: Int) {
        for player in relay.players where player.isActive {
            let count = (runningOf[player.account.id] ?? 0) + step
            runningOf[player.account.id] = count > 0 ? count : nil
        }
    }

    // MARK: Rooms

    /// How many sockets are in a room.
    func memberCount(of relay: Identifier) -> Int { members[relay] ?? 0 }

    /// Counts a socket that enters or leaves a room.
    mutating func count(member step: Int, of relay: Identifier) {
        let count = memberCount(of: relay) + step
        members[relay] = count > 0 ? count : nil
    }
}
