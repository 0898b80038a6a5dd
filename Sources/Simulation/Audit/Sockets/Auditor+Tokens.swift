import Engine
import Protocol

/// By which token a socket lives, and for how long.
extension Auditor {
    /// Until when a socket lives by a token: to the token's end, but no longer than any token lives, and a
    /// fifteenth of an access token's life.
    func untilUs(_ identity: Identity) -> Int64 {
        let lifeMs =
            identity.account == nil ? Int64(Limits.guestTokenSeconds) * 1000 : tokenLifeMs
        let leftMs = max(0, min(identity.expiresAtMs - verdict.now.wallMs, lifeMs))
        return verdict.nowUs + (leftMs + tokenLifeMs / 15) * 1000
    }

    mutating func prolong(_ id: ConnectionID, by identity: Identity) {
        sockets.prolong(id, by: identity.sessionID, untilUs: untilUs(identity))
    }

    mutating func authenticate(
        _ id: ConnectionID, _ replyTo: Int?, _ credential: Credential, _ effects: [Effect]
    ) {
        guard let socket = sockets[id] else { return }
        presences.hear(socket.session, atUs: verdict.nowUs)
        if closes(id, .tooManyMessages, in: effects) {
            lose(id, effects)
            return
        }
        let isTaken = effects.contains {
            if case .send(id, let envelope) = $0 { envelope.message == .ok } else { false }
        }
        guard case .valid(let identity) = credential, signIns.head.accepts(identity),
            identity.id == socket.holder
        else {
            blame(unless(!isTaken, .freshTokens, "a token that proves nothing was taken"))
            return
        }
        blame(unless(isTaken, .freshTokens, "a good token of \(identity.sessionID) wasn't taken"))
        presences.hear(identity.sessionID, atUs: verdict.nowUs)
        prolong(id, by: identity)
    }

    func error(on id: ConnectionID, replyTo: Int?, in effects: [Effect]) -> Failure? {
        for case .send(id, let envelope) in effects where envelope.replyTo == replyTo {
            if case .error(let failure) = envelope.message { return failure }
        }
        return nil
    }

    func isFull(_ effects: [Effect], _ id: ConnectionID) -> Bool {
        error(on: id, replyTo: nil, in: effects)?.code == .queueFull
    }
}

extension Identity {
    /// The account it proves; nil for a guest.
    var account: Identifier? {
        if case .account = kind { id } else { nil }
    }
}
