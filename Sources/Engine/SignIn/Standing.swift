import Game
import Protocol

extension ServerEngine {
    /// What a token is worth now: one whose sign-in is over, or whose holder is gone, is worth nothing however
    /// long its signature holds.
    func standing(_ credential: Credential) -> Credential {
        guard case .valid(let identity) = credential else { return credential }
        switch identity.kind {
        case .account:
            guard sessions[identity.sessionID]?.record.account == identity.id,
                let account = accounts[identity.id]
            else { return .invalid }
            return account.banReason.map { .banned(reason: $0, untilMs: account.banUntilMs) } ?? credential
        case .guest:
            return guests[identity.id]?.isRemoved == true ? .invalid : credential
        }
    }

    /// A caller with what its token is worth now.
    func standing(_ caller: Caller) -> Caller {
        Caller(address: caller.address, credential: standing(caller.credential))
    }

    /// The name a token speaks for; nil for an account that doesn't exist.
    func name(of identity: Identity) -> String? {
        switch identity.kind {
        case .account: accounts[identity.id]?.name
        case .guest(let name): guests[identity.id]?.name ?? name
        }
    }

    /// The word for the state of whoever a token speaks for.
    func word(of identity: Identity) -> StatusWord {
        switch identity.kind {
        case .account: players.word(of: identity.id)
        case .guest: .spectator
        }
    }

    /// The answer to who someone is.
    func me(_ identity: Identity, at now: Moment) -> MeAnswer? {
        guard let name = name(of: identity) else { return nil }
        let roles =
            switch identity.kind {
            case .account: accounts.role(of: identity.id).words
            case .guest: [String]()
            }
        return MeAnswer(
            account: AccountName(id: identity.id, name: name), status: word(of: identity),
            points: accounts[identity.id]?.points ?? 0, roles: roles, skin: accounts[identity.id]?.skin,
            loginBonus: accounts[identity.id].flatMap { bonus(of: $0, at: now) },
            google: accounts[identity.id].map { $0.googleID != nil })
    }

    /// An access token's claims for an account's sign-in.
    func identity(of account: AccountRecord, session: SessionRecord, at now: Moment) -> Identity {
        Identity(
            id: account.id, sessionID: session.id, kind: .account, generation: session.generation,
            expiresAtMs: now.wallMs + Int64(configuration.accessTokenSeconds) * 1000,
            role: accounts.role(of: account.id))
    }
}
