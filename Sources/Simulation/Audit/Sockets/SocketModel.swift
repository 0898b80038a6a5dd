import Engine
import Protocol

/// Which sockets are open, whose they are and by which token they live.
struct SocketModel: Sendable {
    struct Socket: Sendable {
        /// Nil for a guest.
        let account: Identifier?
        /// The account or guest.
        let holder: Identifier
        var session: Identifier
        /// Until when it lives without a fresh token.
        var untilUs: Int64
    }

    private var open: [ConnectionID: Socket] = [:]
    private var ofAccount: [Identifier: ConnectionID] = [:]
    /// No socket's token ends before this.
    private var quietUntilUs: Int64 = .max

    var count: Int { open.count }

    subscript(id: ConnectionID) -> Socket? { open[id] }

    /// Accounts with a socket.
    var accounts: [Identifier] { ofAccount.keys.sorted() }

    func connection(of account: Identifier) -> ConnectionID? { ofAccount[account] }

    /// The sockets that are open by a sign-in, oldest first.
    func connections(of session: Identifier) -> [ConnectionID] {
        open.filter { $0.value.session == session }.keys.sorted()
    }

    mutating func add(_ id: ConnectionID, _ socket: Socket) {
        open[id] = socket
        quietUntilUs = min(quietUntilUs, socket.untilUs)
        if let account = socket.account { ofAccount[account] = id }
    }

    mutating func remove(_ id: ConnectionID) -> Socket? {
        guard let socket = open.removeValue(forKey: id) else { return nil }
        if let account = socket.account, ofAccount[account] == id { ofAccount[account] = nil }
        return socket
    }

    /// Lets a socket live on by a token; an older one takes nothing back.
    mutating func prolong(_ id: ConnectionID, by session: Identifier, untilUs: Int64) {
        guard let socket = open[id] else { return }
        open[id]?.session = session
        open[id]?.untilUs = max(socket.untilUs, untilUs)
    }

    /// A socket whose token ended at a time or before; nil where there is none.
    mutating func stale(atUs nowUs: Int64) -> ConnectionID? {
        guard quietUntilUs <= nowUs else { return nil }
        quietUntilUs = open.values.map(\.untilUs).min() ?? .max
        return open.first { $0.value.untilUs <= nowUs }?.key
    }
}
