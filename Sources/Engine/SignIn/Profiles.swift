import Protocol

extension ServerEngine {
    private static let nameTaken = Failure(.nameTaken, "Someone has this name; choose another.")

    /// Gives an account or a guest another name; answered once durable.
    mutating func rename(
        _ id: RequestID, to name: String, _ caller: Caller, at now: Moment, into effects: inout [Effect]
    ) {
        guard let identity = caller.identity else {
            effects.append(.respond(id, .failure(caller.refusal)))
            return
        }
        guard let name = PlayerName.validated(name) else {
            effects.append(.respond(id, .failure(Self.badName)))
            return
        }
        if let refusal = writeRefusal {
            effects.append(.respond(id, .failure(refusal)))
            return
        }
        guard var me = me(identity, at: now) else { preconditionFailure("a token that stands has a holder") }
        me.account.name = name
        var held = Held(asker: .request(id), answer: .me(me))
        switch identity.kind {
        case .account:
            guard !accounts.isTaken(name, otherThan: identity.id) else {
                effects.append(.respond(id, .failure(Self.nameTaken)))
                return
            }
            let former = account(of: identity)
            var account = former
            account.name = name
            held.log = .renamed(account: account.id)
            accounts.put(account)
            commits.add(.account(account), held: held, reversal: .account(account.id, former: former))
            renameInRelays(AccountName(id: account.id, name: name))
        case .guest:
            keep(guest: identity, name: name, isRemoved: false, held, at: now, into: &effects)
        }
    }

    /// Deletes an account with its sign-ins, or ends a guest; its pixels stay, under no one's name.
    mutating func delete(
        _ id: RequestID, _ caller: Caller, at now: Moment, into effects: inout [Effect]
    ) {
        guard let identity = caller.identity else {
            effects.append(.respond(id, .failure(caller.refusal)))
            return
        }
        if let refusal = writeRefusal {
            effects.append(.respond(id, .failure(refusal)))
            return
        }
        switch identity.kind {
        case .account:
            let former = account(of: identity)
            let stone = accounts.tombstone(of: former, at: now)
            let ended = sessions.sessions(of: identity.id)
            for session in ended.reversed() { end(session) }
            accounts.revert(former.id, to: nil)
            let held = Held(
                asker: .request(id), answer: .signedOut(identity.id, ended), log: .deleted(account: stone.id))
            commits.add(.account(stone), held: held, reversal: .account(stone.id, former: former))
            judgeBests(of: stone.id)
            leaveRelays(AccountName(id: stone.id, name: stone.name), at: now)
        case .guest(let name):
            let held = Held(asker: .request(id), answer: .signedOut(identity.id, [identity.sessionID]))
            keep(guest: identity, name: name, isRemoved: true, held, at: now, into: &effects)
        }
    }

    private func account(of identity: Identity) -> AccountRecord {
        guard let account = accounts[identity.id] else {
            preconditionFailure("a token that stands has a holder")
        }
        return account
    }

    private mutating func keep(
        guest identity: Identity, name: String, isRemoved: Bool, _ held: Held, at now: Moment,
        into effects: inout [Effect]
    ) {
        let former = guests[identity.id]
        guard former != nil || guests.count < Limits.maxGuestRecords else {
            let failure = Failure(
                .rateLimited, "Too many guests changed; try again later.",
                retryAfterMs: Limits.crowdedRetryMs)
            refuse(held.asker, failure, into: &effects)
            return
        }
        let record = GuestRecord(
            id: identity.id, name: name, isRemoved: isRemoved, expiresAtMs: identity.expiresAtMs)
        guests[record.id] = record
        planGuestEnd(record, at: now)
        commits.add(.guest(record), held: held, reversal: .guest(record.id, former: former))
    }
}
