import Game
import Protocol

/// Every sign-in that hasn't ended, found by id or by the hash of its refresh token.
struct SessionTable: Sendable {
    private var byID: [Identifier: SessionRecord] = [:]
    private var byHash: [[UInt8]: Identifier] = [:]
    /// Every session once, in the order in which they are looked at for dropping.
    private var order = Ring<Identifier>()

    /// Takes the recovered sign-ins.
    init(_ sessions: [SessionRecord]) {
        for session in sessions { put(session) }
    }

    /// How many are kept.
    var count: Int { byID.count }

    /// All of them, sorted by id.
    var sorted: [SessionRecord] { byID.values.sorted { $0.id < $1.id } }

    subscript(id: Identifier) -> SessionRecord? { byID[id] }

    /// The running sign-in whose refresh token has this hash.
    func session(withHash hash: [UInt8], at now: Moment) -> SessionRecord? {
        guard let id = byHash[hash], let session = byID[id], session.expiresAtMs > now.wallMs else {
            return nil
        }
        return session
    }

    /// Adds a sign-in, or puts its next generation in its place.
    mutating func put(_ session: SessionRecord) {
        if let former = byID.updateValue(session, forKey: session.id) {
            byHash[former.refreshHash] = nil
        } else {
            order.append(session.id)
        }
        byHash[session.refreshHash] = session.id
    }

    /// Takes a change back that never became durable: the former record returns, or none.
    mutating func revert(_ id: Identifier, to former: SessionRecord?) {
        if let former {
            put(former)
        } else if let session = byID.removeValue(forKey: id) {
            byHash[session.refreshHash] = nil
        }
    }

    /// Looks at two sessions and forgets those that have ended: called for each new one, so that ended ones
    /// go faster than new ones come.
    mutating func sweep(at now: Moment) {
        for _ in 0..<2 {
            guard let id = order.popFirst() else { return }
            guard let session = byID[id] else { continue }
            if session.expiresAtMs > now.wallMs {
                order.append(id)
            } else {
                byID[id] = nil
                byHash[session.refreshHash] = nil
            }
        }
    }
}
