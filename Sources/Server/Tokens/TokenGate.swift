import Engine
import Protocol

/// What stands between callers and the cost of looking at signatures; confined to the loop's thread.
///
/// A token that held once is remembered by its text and costs nothing again. Signatures that don't hold are
/// counted by address: past the rate that address's unknown tokens and signatures aren't looked at any more.
final class TokenGate {
    private let tokens: TokenDesk
    private var failures: RateTable<String>
    /// Tokens that held, and what they say: a young half and an old half, which goes when the young one is full.
    private var young: [String: Identity] = [:]
    private var old: [String: Identity] = [:]

    init(tokens: TokenDesk, failureRate: Rate) {
        self.tokens = tokens
        failures = RateTable(failureRate, maxKeys: Limits.maxRateKeys)
    }

    /// What a bare token proves; throws where the address has shown too many that prove nothing.
    func credential(
        token: String, from address: String, at now: Moment
    ) throws(Failure) -> Credential {
        if let known = young[token] ?? old[token] {
            return known.expiresAtMs / 1000 > now.wallMs / 1000 ? .valid(known) : .expired
        }
        try admit(address, at: now)
        let credential = tokens.credential(token: token, nowMs: now.wallMs)
        switch credential {
        case .valid(let identity): remember(token, identity)
        case .invalid: noteFailure(of: address, at: now)
        // Who is banned the engine alone knows.
        case .expired, .none, .banned: break
        }
        return credential
    }

    /// What an `Authorization` header proves (RFC 6750 §2.1).
    func credential(
        authorization header: String?, from address: String, at now: Moment
    ) throws(Failure) -> Credential {
        guard let header else { return .none }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return .invalid }
        return try credential(token: String(parts[1]), from: address, at: now)
    }

    /// Whether a signature of a sign-in holds, by the caller's own look at it.
    func isValid(from address: String, at now: Moment, _ look: () -> Bool) throws(Failure) -> Bool {
        try admit(address, at: now)
        let holds = look()
        if !holds { noteFailure(of: address, at: now) }
        return holds
    }

    /// Refuses an address that has shown too much that proves nothing.
    func admit(_ address: String, at now: Moment) throws(Failure) {
        let waitUs = failures.waitUs(address, at: now.monotonicUs)
        guard waitUs > 0 else { return }
        throw Failure(
            .rateLimited, "Too many signatures that don't hold; wait a little.",
            retryAfterMs: min(Int((waitUs + 999) / 1000), Limits.maxRetryAfterMs))
    }

    /// Counts what an address showed and proved nothing.
    func noteFailure(of address: String, at now: Moment) {
        _ = failures.spend(address, at: now.monotonicUs)
    }

    private func remember(_ token: String, _ identity: Identity) {
        if young.count >= Limits.maxRememberedTokens / 2 {
            old = young
            young = [:]
        }
        young[token] = identity
    }
}
