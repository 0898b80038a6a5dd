import Game
import Protocol

extension ServerEngine {
    /// Answers a request that changes something, or asks for a sign-in.
    mutating func write(
        _ id: RequestID, _ route: Route, by caller: Caller, proofs: EdgeProofs, at now: Moment,
        into effects: inout [Effect]
    ) {
        if let failure = rates.request(by: caller.requestKey, at: now) {
            effects.append(.respond(id, .failure(failure)))
            return
        }
        switch route {
        case .signInAsGuest(let name):
            effects.append(.respond(id, guest(name, proofs, from: caller, at: now)))
        case .requestChallenge(let publicKey):
            effects.append(.respond(id, challenge(publicKey, proofs, from: caller, at: now)))
        case .signInWithDevice(let proof):
            signIn(id, proof, proofs, from: caller, at: now, into: &effects)
        case .refresh:
            refresh(id, proofs, from: caller, at: now, into: &effects)
        case .placePixel(let pixel):
            guard let account = paintingAccount(id, caller, into: &effects) else { return }
            place(pixel, by: account, for: .request(id), at: now, into: &effects)
        case .undoPixel:
            guard let account = paintingAccount(id, caller, into: &effects) else { return }
            undo(by: account, for: .request(id), at: now, into: &effects)
        case .logout, .rename, .deleteAccount:
            effects.append(.respond(id, .failure(Self.comesLater)))
        case .webSocket:
            let failure = Failure(.upgradeRequired, "This is a WebSocket: ask for an upgrade.")
            effects.append(.respond(id, .failure(failure)))
        case .me, .canvas, .snapshot, .changes, .pixel, .lastPixel, .canvasPNG, .health, .readiness, .metrics,
            .openAPI:
            preconditionFailure("these routes change nothing")
        }
    }

    private mutating func paintingAccount(
        _ id: RequestID, _ caller: Caller, into effects: inout [Effect]
    ) -> Identifier? {
        let failure: Failure
        if let account = caller.account, accounts[account] != nil {
            if players.isPlaying(account) { return account }
            failure = Self.notPlaying
        } else if caller.identity != nil, caller.account == nil {
            failure = Failure(.signInRequired, "Guests watch; sign in with a key to play.")
        } else {
            failure = caller.refusal
        }
        effects.append(.respond(id, .failure(failure)))
        return nil
    }
}
