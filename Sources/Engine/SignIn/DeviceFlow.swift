import Game
import Protocol

/// A terminal's side of its sign-in in a browser (RFC 8628).
extension ServerEngine {
    /// Does what is asked about ways to sign in, but for what changes nothing.
    mutating func writeAuth(
        _ id: RequestID, _ route: AuthRoute, by caller: Caller, proofs: EdgeProofs, at now: Moment,
        into effects: inout [Effect]
    ) {
        switch route {
        case .idToken:
            signIn(id, withGoogle: proofs, from: caller, at: now, into: &effects)
        case .unlink:
            unlink(id, by: caller, at: now, into: &effects)
        case .authorize(let request):
            effects.append(.respond(id, authorize(request, by: caller, proofs, at: now)))
        case .poll:
            if let failure = poll(id, proofs, at: now) { effects.append(.respond(id, .failure(failure))) }
        case .page(let page):
            effects.append(.respond(id, turn(page, by: caller, proofs, at: now)))
        case .methods:
            preconditionFailure("these routes change nothing")
        }
    }

    /// Answers what is asked about ways to sign in and changes nothing.
    func readAuth(_ route: AuthRoute) -> Answer {
        switch route {
        case .methods: .authMethods(AuthMethodsAnswer(google: configuration.signsInWithGoogle))
        case .page(.form(let code)):
            configuration.signsInWithGoogle ? .page(.form(code: code, nil)) : .failure(Self.noGoogle)
        case .idToken, .unlink, .authorize, .poll, .page(.enter), .page(.decide), .page(.callback):
            preconditionFailure("these routes change something")
        }
    }

    /// Hands codes out to a terminal.
    private mutating func authorize(
        _ request: DeviceRequest, by caller: Caller, _ proofs: EdgeProofs, at now: Moment
    ) -> Answer {
        guard configuration.signsInWithGoogle else { return .failure(Self.noGoogle) }
        guard case .codes(let codes) = proofs.auth else { return .failure(Self.noEntropy) }
        if draining != .serving { return .failure(Failure(.shuttingDown, "The server is stopping.")) }
        var link: DeviceGrants.Link?
        if request.link {
            guard let account = caller.account, let identity = caller.identity else {
                return .failure(caller.accountRefusal)
            }
            if let refusal = linkRefusal(account) { return .failure(refusal) }
            link = DeviceGrants.Link(account: account, session: identity.sessionID)
        }
        if let failure = rates.signIn(from: caller.address, at: now) { return .failure(failure) }
        deviceGrants.dropEnded(at: now)
        // Two alike among so many happen once in millions of tries; the next try draws another.
        guard !deviceGrants.isCrowded(caller.address), !deviceGrants.isTaken(codes.userCode, at: now) else {
            return .failure(
                Failure(
                    .rateLimited, "Too many sign-ins wait from here; wait a little.",
                    retryAfterMs: Limits.crowdedRetryMs))
        }
        deviceGrants.add(
            DeviceGrants.Grant(
                userCode: codes.userCode, deviceHash: codes.deviceHash, address: caller.address,
                client: request.client, link: link, startedUs: now.monotonicUs,
                nextPollUs: now.monotonicUs),
            at: now)
        planGrantEnd()
        return .deviceAuthorization(codes)
    }

    /// Forgets the grants whose time is over.
    mutating func sweepGrants(at now: Moment) {
        deviceGrants.dropEnded(at: now)
        planGrantEnd()
    }

    private mutating func planGrantEnd() {
        if let endUs = deviceGrants.nextEndUs { sweeps.plan(.deviceGrants, atUs: endUs) }
    }

    /// Answers a terminal's poll: the error of RFC 8628 §3.5 that says where its sign-in is, or nil where it is
    /// allowed and the session follows once it is durable.
    private mutating func poll(_ id: RequestID, _ proofs: EdgeProofs, at now: Moment) -> Failure? {
        guard configuration.signsInWithGoogle else { return Self.noGoogle }
        guard let entropy = proofs.entropy, case .deviceHash(let hash) = proofs.auth else {
            return Self.noEntropy
        }
        guard var grant = deviceGrants.grant(ofHash: hash, at: now) else {
            return Failure(.expiredToken, "This sign-in is over, or was never begun; begin a new one.")
        }
        let isTooSoon = now.monotonicUs < grant.nextPollUs
        if isTooSoon { grant.pollPauseUs += DeviceGrants.pauseUs }
        grant.nextPollUs = now.monotonicUs + grant.pollPauseUs
        deviceGrants.put(grant)
        if isTooSoon {
            return Failure(.slowDown, "Wait \(grant.pollPauseUs / 1_000_000) seconds between two of these.")
        }
        switch grant.state {
        case .waiting:
            return Failure(.authorizationPending, "Nobody has entered the code and allowed this yet.")
        case .denied:
            deviceGrants.remove(hash)
            return Failure(.accessDenied, "The sign-in was refused in the browser.")
        case .refused(let failure):
            deviceGrants.remove(hash)
            return failure
        case .allowed(let holder):
            return use(grant, holder, entropy, for: id, at: now)
        }
    }

    /// Signs a terminal in, or links, as its person allowed; the grant is good for one.
    private mutating func use(
        _ grant: DeviceGrants.Grant, _ holder: GoogleHolder, _ entropy: Entropy, for id: RequestID,
        at now: Moment
    ) -> Failure? {
        if let refusal = writeRefusal { return refusal }
        deviceGrants.remove(grant.deviceHash)
        // What was allowed a while ago may have become impossible.
        if let refusal = refusal(of: holder, linkingTo: grant.link?.account) { return refusal }
        if let link = grant.link {
            guard sessions[link.session] != nil else {
                return Failure(.accessDenied, "The sign-in that asked for the link is over.")
            }
            self.link(holder, to: link.account, entropy, for: id, at: now)
        } else {
            signIn(holder, entropy, for: id, at: now)
        }
        commits.note(reversal: .deviceGrant(grant))
        return nil
    }
}
