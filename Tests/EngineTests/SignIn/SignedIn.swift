import Engine
import Protocol
import Testing

/// What a sign-in or a refresh answered.
struct SignedIn {
    var identity: Identity
    var name: String
    var refreshToken: [UInt8]

    init(_ answer: Answer?) throws {
        guard case .session(let identity, let name, let token) = try #require(answer) else {
            Issue.record("no session: \(String(describing: answer))")
            throw Failure(.internalError, "no session")
        }
        self.identity = identity
        self.name = name
        refreshToken = token
    }
}

extension Desk {
    /// The refresh token with which an account of `withAccounts` starts.
    static func firstToken(_ number: UInt64) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) } + [UInt8](repeating: 0, count: 24)
    }

    /// The desk's hash of a refresh token.
    static func hash(of token: [UInt8]) -> [UInt8] { token.reversed() }

    /// The token that follows from another, as the edge's key would have it.
    static func child(of token: [UInt8]) -> [UInt8] { token.map { $0 &+ 1 } }

    /// What the edge works out for a refresh.
    mutating func refreshProofs(_ token: [UInt8]) -> EdgeProofs {
        var entropy = entropy()
        entropy.refreshToken = Self.child(of: token)
        entropy.refreshHash = Self.hash(of: entropy.refreshToken)
        return EdgeProofs(entropy: entropy, presentedRefreshHash: Self.hash(of: token))
    }

    /// Shows a refresh token; nil where storage is asked about it, or its answer waits.
    mutating func refresh(_ token: [UInt8]) -> Answer? {
        settle(.refresh(token: ""), proofs: refreshProofs(token))
    }

    /// Shows a refresh token that memory doesn't know, and has storage answer.
    mutating func refresh(_ token: [UInt8], storageFinds session: Identifier?) -> Answer? {
        let answer = ask(.refresh(token: ""), proofs: refreshProofs(token))
        guard let query, query.query == .refreshToken(hash: Self.hash(of: token)) else { return answer }
        give(.queryAnswered(query.id, .refreshToken(session: session)))
        if let answer = self.answer(to: lastRequestID) { return answer }
        let before = effects
        pass(ms: 25)
        give(.wake)
        effects = before + effects
        return self.answer(to: lastRequestID)
    }

    /// Signs a key in with a challenge drawn for it.
    mutating func signIn(key: [UInt8], name: String? = nil) -> Answer? {
        guard
            case .challenge(let challenge) = ask(
                .requestChallenge(publicKey: key), proofs: EdgeProofs(entropy: entropy()))
        else { return nil }
        let proof = DeviceSignIn(publicKey: key, challenge: challenge, signature: [], name: name)
        return settle(
            .signInWithDevice(proof), proofs: EdgeProofs(entropy: entropy(), signatureValid: true))
    }
}
