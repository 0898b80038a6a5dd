package import Protocol

/// Sign-ins and their tokens by the contract: a refresh token is good once, its answer may be asked for again for a
/// while, and anything else that comes twice revokes the whole family.
package struct ScriptedSessions {
    /// Refresh tokens that came when they shouldn't have.
    package private(set) var reuseCount = 0
    /// Refreshes that were granted, and those of them that repeated one.
    package private(set) var refreshCount = 0
    package private(set) var repeatCount = 0
    /// Sign-ins so far.
    package private(set) var signInCount = 0
    /// Seconds that an access token is said to live.
    package var expiresInSeconds = 900
    /// How long the token before the latest may be repeated, in milliseconds.
    package var graceMs: Int64 = 30_000

    private struct Family {
        var generation = 0
        var refreshedUs: Int64 = 0
    }
    private enum Standing { case good, expired }

    private var families: [Int: Family] = [:]
    private var access: [String: Standing] = [:]
    private var issued = 0

    package mutating func signIn(_ account: AccountName) -> SessionAnswer {
        signInCount += 1
        families[signInCount] = Family()
        return grant(family: signInCount, generation: 0, account)
    }

    package mutating func refresh(_ token: String, _ account: AccountName, atUs nowUs: Int64) throws(Failure)
        -> SessionAnswer
    {
        let parts = token.split(separator: "-")
        guard parts.count == 3, let number = Int(parts[1]), let generation = Int(parts[2]),
            var family = families[number]
        else { throw Failure(.invalidRefreshToken, "unknown") }
        if generation == family.generation {
            family.generation += 1
            family.refreshedUs = nowUs
        } else if generation == family.generation - 1, nowUs - family.refreshedUs < graceMs * 1000 {
            repeatCount += 1
        } else {
            reuseCount += 1
            families[number] = nil
            throw Failure(.refreshReused, "used before")
        }
        families[number] = family
        refreshCount += 1
        return grant(family: number, generation: family.generation, account)
    }

    /// A guest's token.
    package mutating func issueToken() -> String {
        issued += 1
        access["token-\(issued)"] = .good
        return "token-\(issued)"
    }

    package func check(_ token: String) throws(Failure) {
        switch access[token] {
        case .good: break
        case .expired: throw Failure(.tokenExpired, "expired")
        case nil: throw Failure(.unauthorized, "unknown")
        }
    }

    /// Every access token ends.
    package mutating func expire() {
        access = access.mapValues { _ in .expired }
    }

    /// Nobody was ever signed in, as on a server that lost its data.
    package mutating func forget() {
        access = [:]
        families = [:]
    }

    private mutating func grant(family: Int, generation: Int, _ account: AccountName) -> SessionAnswer {
        SessionAnswer(
            accessToken: issueToken(), refreshToken: "refresh-\(family)-\(generation)",
            expiresInSeconds: expiresInSeconds, sessionID: Identifier(rawValue: UInt64(100 + family)),
            account: account)
    }
}
