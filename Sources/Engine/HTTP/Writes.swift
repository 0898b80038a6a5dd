import Game
import Protocol

extension ServerEngine {
    /// Answers a request that changes something, or asks for a sign-in.
    mutating func write(
        _ id: RequestID, _ route: Route, by caller: Caller, proofs: EdgeProofs, at now: Moment,
        into effects: inout [Effect]
    ) {
        if let failure = rates.request(by: caller, at: now) {
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
        case .logout:
            logout(id, caller, at: now, into: &effects)
        case .rename(let name):
            rename(id, to: name, caller, at: now, into: &effects)
        case .deleteAccount:
            delete(id, caller, at: now, into: &effects)
        case .webSocket(let play, let relay):
            effects.append(.respond(id, handshake(caller, play: play, relay: relay)))
        case .clicks(.push(let push, _)):
            guard let identity = caller.identity else {
                effects.append(.respond(id, .failure(caller.refusal)))
                return
            }
            self.push(push, by: ClickPusher(identity), for: .request(id), at: now, into: &effects)
        case .clicks(.schedule(let order)):
            schedule(order, draw: proofs.draw, id, caller, at: now, into: &effects)
        case .relays(let route):
            writeRelay(id, route, by: caller, draw: proofs.draw, at: now, into: &effects)
        case .skins(let route):
            writeSkins(id, route, by: caller, at: now, into: &effects)
        case .ads(let route):
            writeAds(id, route, by: caller, draw: proofs.draw, at: now, into: &effects)
        case .feedback(let message):
            giveFeedback(message, id, caller, at: now, into: &effects)
        case .admin(let route):
            administer(id, route, by: caller, at: now, into: &effects)
        case .auth(let route):
            writeAuth(id, route, by: caller, proofs: proofs, at: now, into: &effects)
        case .me, .canvas, .snapshot, .changes, .touched, .pixel, .lastPixel, .canvasPNG, .health, .readiness,
            .metrics, .openAPI, .leaderboard, .clicks(.current), .clicks(.contributions), .views, .figures,
            .history:
            preconditionFailure("these routes change nothing")
        }
    }

    private mutating func paintingAccount(
        _ id: RequestID, _ caller: Caller, into effects: inout [Effect]
    ) -> Identifier? {
        guard let account = caller.account else {
            effects.append(.respond(id, .failure(caller.accountRefusal)))
            return nil
        }
        if players.state(of: account) == .playing { return account }
        effects.append(.respond(id, .failure(Self.notPlaying)))
        return nil
    }
}
