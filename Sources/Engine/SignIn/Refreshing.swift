import Game
import Protocol

extension ServerEngine {
    private static let unknownToken = Failure(
        .invalidRefreshToken, "This refresh token is not known; sign in again.")

    /// Gives a sign-in's next pair of tokens for a refresh token (RFC 9700 §4.14.2): the latest brings its
    /// child, the one before may bring the same child again for a moment, any other used one ends the family.
    mutating func refresh(
        _ id: RequestID, _ proofs: EdgeProofs, from caller: Caller, at now: Moment,
        into effects: inout [Effect]
    ) {
        guard let entropy = proofs.entropy, let hash = proofs.presentedRefreshHash else {
            effects.append(.respond(id, .failure(Self.noEntropy)))
            return
        }
        if let failure = rates.signIn(from: caller.address, at: now) ?? writeRefusal {
            effects.append(.respond(id, .failure(failure)))
            return
        }
        let presented = sessions.presented(hash, at: now)
        if let account = presented.account, let refusal = banRefusal(account) {
            effects.append(.respond(id, .failure(refusal)))
            return
        }
        switch presented {
        case .latest(var record):
            record.previousHash = record.refreshHash
            record.refreshHash = entropy.refreshHash
            record.generation += 1
            record.refreshedAtMs = now.wallMs
            record.expiresAtMs = now.wallMs + Int64(Limits.refreshTokenSeconds) * 1000
            grant(
                SessionTable.Session(record: record, refreshedUs: now.monotonicUs), entropy, to: id, at: now)
        case .repeated(let record):
            guard entropy.refreshHash == record.refreshHash, let session = sessions[record.id] else {
                effects.append(.respond(id, .failure(Self.unknownToken)))
                return
            }
            grant(session, entropy, to: id, at: now)
        case .reused(let record):
            revokeReused(record, answering: id, at: now, into: &effects)
        case .unknown:
            ask(.refreshToken(hash: hash), .refreshToken(id), into: &effects)
        }
    }

    /// Ends the family of a used refresh token that storage found.
    mutating func usedTokenFound(
        _ session: Identifier?, for id: RequestID, at now: Moment, into effects: inout [Effect]
    ) {
        guard let session, let record = sessions[session]?.record, record.expiresAtMs > now.wallMs else {
            effects.append(.respond(id, .failure(Self.unknownToken)))
            return
        }
        if let refusal = writeRefusal {
            effects.append(.respond(id, .failure(refusal)))
            return
        }
        revokeReused(record, answering: id, at: now, into: &effects)
    }

    /// Ends the sign-in that a token belongs to.
    mutating func logout(
        _ id: RequestID, _ caller: Caller, at now: Moment, into effects: inout [Effect]
    ) {
        guard let identity = caller.identity, caller.account != nil else {
            effects.append(.respond(id, .failure(caller.accountRefusal)))
            return
        }
        if let refusal = writeRefusal {
            effects.append(.respond(id, .failure(refusal)))
            return
        }
        let held = Held(
            asker: .request(id), answer: .signedOut(identity.id, [identity.sessionID]),
            log: .signedOut(account: identity.id, session: identity.sessionID))
        end(identity.sessionID, held: held)
    }

    private mutating func grant(
        _ session: SessionTable.Session, _ entropy: Entropy, to id: RequestID, at now: Moment
    ) {
        guard let account = accounts[session.record.account] else {
            preconditionFailure("a deleted account has no sign-ins")
        }
        plays.signIns[.refresh, default: 0] += 1
        hold(session, of: account, entropy.refreshToken, for: id, at: now)
    }

    private mutating func revokeReused(
        _ record: SessionRecord, answering id: RequestID, at now: Moment, into effects: inout [Effect]
    ) {
        // That it came again is true whether or not its end can be kept.
        effects.append(.log(.refreshReused(account: record.account, session: record.id)))
        keep(FlagRecord(account: record.account, reason: .refreshReused, atMs: now.wallMs))
        end(record.id, held: Held(asker: .request(id), answer: .reused(record.account, record.id)))
    }

    /// Ends a sign-in, for good once that is durable.
    mutating func end(_ session: Identifier, held: Held? = nil) {
        guard let former = sessions.remove(session) else { return }
        sweeps.cancel(.family(session: session))
        commits.add(.sessionEnded(session), held: held, reversal: .session(session, former: former))
    }
}
