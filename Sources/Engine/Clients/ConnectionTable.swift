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

    var identity: Identity
    var name: String
    var lastSeenUs: Int64
    /// The timestamp of the message rate.
    var messagesNs: Int64
    var feed = Feed.none
    /// Since when it leaves bytes unread; nil while it leaves none.
    var congestedSinceUs: Int64?
    /// What it may leave unread beyond the limit: the merged frame that it was sent last.
    var catchUpBytes = 0

    /// The account it speaks for; nil for a guest.
    var account: Identifier? {
        if case .account = identity.kind { identity.id } else { nil }
    }
}

/// Every open WebSocket; an account has at most one.
struct ConnectionTable: Sendable {
    private var open: [ConnectionID: Connection] = [:]
    private var ofAccount: [Identifier: ConnectionID] = [:]

    /// How many are open.
    var count: Int { open.count }

    /// All of them, sorted by age.
    var sorted: [ConnectionID] { open.keys.sorted() }

    /// The connection's fields; only an open one may be set.
    subscript(id: ConnectionID) -> Connection? {
        get { open[id] }
        _modify { yield &open[id] }
    }

    /// The account's one connection.
    func connection(of account: Identifier) -> ConnectionID? {
        ofAccount[account]
    }

    /// Adds a connection; an account's former one must be gone.
    mutating func add(_ connection: Connection, as id: ConnectionID) {
        open[id] = connection
        if let account = connection.account { ofAccount[account] = id }
    }

    /// Forgets a connection.
    mutating func remove(_ id: ConnectionID) -> Connection? {
        guard let connection = open.removeValue(forKey: id) else { return nil }
        if let account = connection.account { ofAccount[account] = nil }
        return connection
    }

    /// Notes a sign of life and counts a message; nil where there is no such connection, false over the rate.
    mutating func hear(_ id: ConnectionID, rule: GCRA?, at now: Moment) -> Bool? {
        guard open[id] != nil else { return nil }
        open[id]?.lastSeenUs = now.monotonicUs
        guard let rule, let arrival = open[id]?.messagesNs else { return true }
        guard rule.waitUs(arrival, at: now.monotonicUs) == 0 else { return false }
        open[id]?.messagesNs = rule.spent(arrival, at: now.monotonicUs)
        return true
    }

    /// Notes a sign of life.
    mutating func alive(_ id: ConnectionID, at now: Moment) {
        open[id]?.lastSeenUs = now.monotonicUs
    }
}
