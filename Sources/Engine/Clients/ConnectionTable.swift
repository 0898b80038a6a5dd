import Protocol

/// A WebSocket as the engine knows it.
struct Connection: Sendable {
    /// What the canvas's frames are to it.
    enum Feed: Hashable, Sendable {
        /// It gets none.
        case none
        /// It gets every frame.
        case following
        /// It has all frames up to a version and gets the rest merged once it has read them.
        case behind(Version)
    }

    /// The account or guest it speaks for.
    let holder: Identifier
    let isGuest: Bool
    /// The sign-in that it lives by.
    var session: Identifier
    /// The address that limits count by.
    let address: String
    /// Until when it lives without a fresh token, on the monotonic clock in microseconds.
    var tokenUntilUs: Int64
    /// The timestamp of the message rate.
    var messagesNs: Int64
    /// The last sign of life on it, on the monotonic clock in microseconds.
    var lastHeardUs: Int64
    /// How long its peer took to answer our latest ping, in microseconds; nil before it did.
    var roundTripUs: Int64?
    var feed = Feed.none
    /// The stream that its frames are of; without any it says nothing.
    var lane = Lane.players
    /// Its part of all sockets that hear click games' totals.
    var totalsLane = 0
    /// The relays whose rooms it is in.
    var rooms: [Identifier] = []
    /// Since when it leaves bytes unread; nil while it leaves none.
    var congestedSinceUs: Int64?
    /// What it may leave unread beyond the limit: the merged frame that it was sent last.
    var catchUpBytes = 0

    /// A socket that has just opened.
    init(_ identity: Identity, from address: String, at now: Moment) {
        holder = identity.id
        isGuest = if case .guest = identity.kind { true } else { false }
        session = identity.sessionID
        self.address = address
        tokenUntilUs = now.monotonicUs
        messagesNs = now.monotonicUs * 1000
        lastHeardUs = now.monotonicUs
    }

    /// The account it speaks for; nil for a guest.
    var account: Identifier? { isGuest ? nil : holder }

    /// Counts a message, which is a sign of life; false over the rate.
    mutating func countMessage(_ rule: GCRA?, at now: Moment) -> Bool {
        lastHeardUs = now.monotonicUs
        guard let rule else { return true }
        guard rule.waitUs(messagesNs, at: now.monotonicUs) == 0 else { return false }
        messagesNs = rule.spent(messagesNs, at: now.monotonicUs)
        return true
    }
}

/// Every open WebSocket; an account has at most one.
struct ConnectionTable: Sendable {
    private var open: [ConnectionID: Connection] = [:]
    private var ofAccount: [Identifier: ConnectionID] = [:]
    private var countByAddress: [String: Int] = [:]

    /// How many are open.
    var count: Int { open.count }

    /// All of them, sorted by age.
    var sorted: [ConnectionID] { open.keys.sorted() }

    /// The connection's fields; only an open one may be set.
    subscript(id: ConnectionID) -> Connection? {
        get { open[id] }
        _modify { yield &open[id] }
    }

    /// How many are of some kind.
    func count(where isCounted: (Connection) -> Bool) -> Int { open.values.count(where: isCounted) }

    /// Every account with a connection, sorted by id.
    var accountsSorted: [Identifier] { ofAccount.keys.sorted() }

    /// The account's one connection.
    func connection(of account: Identifier) -> ConnectionID? {
        ofAccount[account]
    }

    /// How many are open from an address.
    func count(from address: String) -> Int { countByAddress[address] ?? 0 }

    /// Adds a connection; an account's former one must be gone.
    mutating func add(_ connection: Connection, as id: ConnectionID) {
        open[id] = connection
        countByAddress[connection.address, default: 0] += 1
        if let account = connection.account { ofAccount[account] = id }
    }

    /// Forgets a connection.
    mutating func remove(_ id: ConnectionID) -> Connection? {
        guard let connection = open.removeValue(forKey: id) else { return nil }
        let left = count(from: connection.address) - 1
        countByAddress[connection.address] = left > 0 ? left : nil
        if let account = connection.account { ofAccount[account] = nil }
        return connection
    }

    /// Counts a message; nil where there is no such connection, false over the rate.
    mutating func countMessage(_ id: ConnectionID, rule: GCRA?, at now: Moment) -> Bool? {
        open[id]?.countMessage(rule, at: now)
    }
}
