import Protocol

/// A sign-in that was heard of lately.
struct Presence: Sendable {
    let holder: Identifier
    let isGuest: Bool
    /// Since when, in milliseconds since 1970.
    let sinceMs: Int64
    /// The last sign of life beside those that its open sockets note, on the monotonic clock in microseconds.
    var lastSeenUs: Int64
    /// The sockets open under it, oldest first.
    var connections: [ConnectionID] = []

    /// Takes a socket out, with the last sign of life on it.
    mutating func lose(_ connection: ConnectionID, lastHeardUs: Int64) {
        connections.removeAll { $0 == connection }
        lastSeenUs = max(lastSeenUs, lastHeardUs)
    }

    /// What storage keeps of it.
    func record(session: Identifier) -> PresenceRecord {
        PresenceRecord(session: session, holder: holder, isGuest: isGuest, sinceMs: sinceMs)
    }
}

/// Who is here: every sign-in that showed a sign of life within the heartbeat timeout.
struct PresenceBook: Sendable {
    private var present: [Identifier: Presence] = [:]
    /// Whether storage's rows may be wrong, because it refused writes or a commit failed.
    var isUnsettled: Bool

    /// Starts with nobody here.
    init(isUnsettled: Bool) { self.isUnsettled = isUnsettled }

    /// How many are here.
    var count: Int { present.count }

    /// By sign-in.
    subscript(session: Identifier) -> Presence? {
        get { present[session] }
        _modify { yield &present[session] }
    }

    /// All of them, sorted by sign-in.
    var sorted: [(session: Identifier, presence: Presence)] {
        present.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
