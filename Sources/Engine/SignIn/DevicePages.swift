import Game
import Protocol

/// The person's side of a terminal's sign-in, in a browser.
extension ServerEngine {
    /// The page that follows from what a person did.
    mutating func turn(
        _ page: DevicePageRoute, by caller: Caller, _ proofs: EdgeProofs, at now: Moment
    ) -> Answer {
        guard configuration.signsInWithGoogle else { return .failure(Self.noGoogle) }
        switch page {
        case .enter(let form):
            return entered(form.code, by: caller, at: now) { _, grant, ask in .page(.confirm(ask)) }
        case .decide(let form, let allows):
            return entered(form.code, by: caller, at: now) { engine, grant, _ in
                if allows { return .page(.leave(grant.userCode)) }
                engine.deviceGrants.decide(grant, .denied)
                return .page(.denied)
            }
        case .callback:
            guard case .back(let code, let holder) = proofs.auth else { return .failure(Self.noEntropy) }
            return allow(code, as: holder, at: now)
        case .form:
            preconditionFailure("this page changes nothing")
        }
    }

    /// Looks a typed code up and goes on with its grant, where that still waits for its person.
    private mutating func entered(
        _ text: String, by caller: Caller, at now: Moment,
        _ body: (inout ServerEngine, DeviceGrants.Grant, DeviceAsk) -> Answer
    ) -> Answer {
        let waitUs = codeLock.waitUs(caller.address, at: now)
        if waitUs > 0 {
            let retryAfterMs = Int((waitUs + 999) / 1000)
            return .page(.form(code: nil, .locked(retryAfterMs: retryAfterMs)))
        }
        if let failure = rates.code(from: caller.address, at: now) {
            return .page(.form(code: text, .locked(retryAfterMs: failure.retryAfterMs ?? 1000)))
        }
        guard let code = UserCode(typed: text), let grant = deviceGrants.grant(of: code, at: now) else {
            codeLock.noteFailure(of: caller.address, at: now)
            return .page(.form(code: nil, .unknownCode))
        }
        // Whoever goes back or reloads guesses nothing.
        guard case .waiting = grant.state, grant.link.map({ accounts[$0.account] != nil }) ?? true
        else { return .page(.form(code: nil, .unknownCode)) }
        return body(&self, grant, ask(of: grant, at: now))
    }

    /// Lets a terminal in as the person who came back from the provider, or tells both why it can't be.
    private mutating func allow(_ code: UserCode, as holder: GoogleHolder, at now: Moment) -> Answer {
        do throws(Failure) {
            try take(holder, at: now)
            guard let grant = deviceGrants.grant(of: code, at: now), case .waiting = grant.state else {
                throw Failure(
                    .expiredToken, "This sign-in is over, or was decided elsewhere; begin a new one.")
            }
            if let refusal = refusal(of: holder, linkingTo: grant.link?.account) {
                deviceGrants.decide(grant, .refused(refusal))
                throw refusal
            }
            deviceGrants.decide(grant, .allowed(holder))
            return .page(.allowed(ask(of: grant, at: now)))
        } catch {
            return .failure(error)
        }
    }

    private func ask(of grant: DeviceGrants.Grant, at now: Moment) -> DeviceAsk {
        DeviceAsk(
            code: grant.userCode, client: grant.client, address: grant.address,
            ageSeconds: Int((now.monotonicUs - grant.startedUs) / 1_000_000),
            linksTo: grant.link.flatMap { accounts[$0.account]?.name })
    }
}
