import Protocol

extension ServerEngine {
    static let badName = Failure(
        .badRequest, "name must be 1 to \(Limits.maxNameCharacters) printable characters.")
    private static let keyBytes = 32
    static let noEntropy = Failure(.internalError, "The server drew no secrets for this call.")

    /// Names a guest; the edge signs its token.
    mutating func guest(_ wished: String?, _ proofs: EdgeProofs, from caller: Caller, at now: Moment)
        -> Answer
    {
        guard let entropy = proofs.entropy else { return .failure(Self.noEntropy) }
        if draining != .serving { return .failure(Failure(.shuttingDown, "The server is stopping.")) }
        let name: String
        if let wished {
            guard let valid = PlayerName.validated(wished) else { return .failure(Self.badName) }
            name = valid
        } else {
            name = "guest-\(entropy.accountID.description.suffix(5))"
        }
        if let failure = rates.guest(from: caller.address, at: now) { return .failure(failure) }
        let identity = Identity(
            id: entropy.accountID, sessionID: entropy.sessionID, kind: .guest(name: name), generation: 0,
            expiresAtMs: now.wallMs + Int64(Limits.guestTokenSeconds) * 1000)
        plays.signIns[.guest, default: 0] += 1
        return .guest(identity, name: name)
    }

    /// Hands a challenge out to a key.
    mutating func challenge(
        _ publicKey: [UInt8], _ proofs: EdgeProofs, from caller: Caller, at now: Moment
    ) -> Answer {
        guard let entropy = proofs.entropy else { return .failure(Self.noEntropy) }
        guard publicKey.count == Self.keyBytes else {
            return .failure(Failure(.badRequest, "public_key must be 32 bytes."))
        }
        if let failure = rates.signIn(from: caller.address, at: now) { return .failure(failure) }
        challenges.issue(entropy.challenge, to: publicKey, at: now)
        return .challenge(entropy.challenge)
    }

    /// Signs a device in, registering it at its first use; answered once durable.
    mutating func signIn(
        _ id: RequestID, _ proof: DeviceSignIn, _ proofs: EdgeProofs, from caller: Caller, at now: Moment,
        into effects: inout [Effect]
    ) {
        switch admitted(proof, proofs, from: caller, at: now) {
        case .failure(let failure):
            effects.append(.respond(id, .failure(failure)))
        case .success(let (account, isNew, entropy)):
            if isNew {
                accounts.put(account)
                commits.add(.account(account), reversal: .account(account.id, former: nil))
            }
            plays.signIns[.deviceKey, default: 0] += 1
            openSession(of: account, isNew: isNew, entropy, for: id, at: now)
        }
    }

    /// Begins a sign-in of an account that may sign in; answered once durable.
    mutating func openSession(
        of account: AccountRecord, isNew: Bool, _ entropy: Entropy, for id: RequestID, at now: Moment
    ) {
        let ended = tooMany(of: account.id)
        for session in ended { end(session) }
        let record = SessionRecord(
            id: entropy.sessionID, account: account.id, refreshHash: entropy.refreshHash, generation: 0,
            refreshedAtMs: now.wallMs,
            expiresAtMs: now.wallMs + Int64(Limits.refreshTokenSeconds) * 1000)
        let session = SessionTable.Session(record: record, refreshedUs: now.monotonicUs)
        hold(session, of: account, isNew: isNew, ended: ended, entropy.refreshToken, for: id, at: now)
    }

    /// The sign-ins that end to make room for one more: the oldest, but those in use last.
    private func tooMany(of account: Identifier) -> [Identifier] {
        let running = sessions.sessions(of: account)
        let isOpen = { (session: Identifier) in self.presences[session]?.connections.isEmpty == false }
        let byUse = running.filter { !isOpen($0) } + running.filter(isOpen)
        return Array(byUse.prefix(max(0, running.count - Limits.maxSessionsPerAccount + 1)))
    }

    /// Puts a sign-in in place and answers once it is durable.
    mutating func hold(
        _ session: SessionTable.Session, of account: AccountRecord, isNew: Bool = false,
        ended: [Identifier] = [], _ refreshToken: [UInt8], for id: RequestID, at now: Moment
    ) {
        let record = session.record
        let former = sessions[record.id]
        sessions.put(session)
        planFamilyEnd(record, at: now)
        let identity = identity(of: account, session: record, at: now)
        commits.add(
            .session(record),
            held: Held(
                asker: .request(id),
                answer: .session(
                    identity, name: account.name, refreshToken: refreshToken, isNew: isNew, ended: ended)),
            reversal: .session(record.id, former: former))
    }

    private mutating func admitted(
        _ proof: DeviceSignIn, _ proofs: EdgeProofs, from caller: Caller, at now: Moment
    ) -> Result<(account: AccountRecord, isNew: Bool, entropy: Entropy), Failure> {
        guard let entropy = proofs.entropy else { return .failure(Self.noEntropy) }
        guard proof.publicKey.count == Self.keyBytes else {
            return .failure(Failure(.badRequest, "public_key must be 32 bytes."))
        }
        var wished: String?
        if let name = proof.name {
            guard let valid = PlayerName.validated(name) else { return .failure(Self.badName) }
            wished = valid
        }
        if let failure = rates.signIn(from: caller.address, at: now) ?? writeRefusal {
            return .failure(failure)
        }
        guard challenges.use(proof.challenge, by: proof.publicKey, at: now) else {
            return .failure(Failure(.invalidChallenge, "This challenge is not open; ask for a new one."))
        }
        guard proofs.signatureValid else {
            return .failure(Failure(.invalidSignature, "The signature doesn't hold for this host and key."))
        }
        if let account = accounts.account(withKey: proof.publicKey) {
            if let refusal = banRefusal(account.id) { return .failure(refusal) }
            return .success((account, false, entropy))
        }
        if let wished, accounts.isTaken(wished) {
            return .failure(Failure(.nameTaken, "Someone has this name; choose another."))
        }
        let account = AccountRecord(
            id: entropy.accountID, name: wished ?? accounts.freeName(for: entropy.accountID),
            publicKey: proof.publicKey, createdAtMs: now.wallMs)
        return .success((account, true, entropy))
    }
}
