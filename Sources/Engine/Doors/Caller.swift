public import Protocol

/// Who stands behind a request or a socket, as the edge found out.
public struct Caller: Hashable, Sendable {
    /// The address that limits count by: an IPv4 address, or an IPv6 /64.
    public var address: String
    /// What the token proved.
    public var credential: Credential

    /// Joins the parts.
    public init(address: String, credential: Credential) {
        self.address = address
        self.credential = credential
    }
}

/// What a bearer token proved, checked at the edge where the keys are.
public enum Credential: Hashable, Sendable {
    case none
    case invalid
    case expired
    case valid(Identity)
    /// A good token of an account that is banned; the engine alone finds that out.
    case banned(reason: String, untilMs: Int64?)
}

/// A valid token's claims.
public struct Identity: Hashable, Sendable {
    /// The account's or guest's id.
    public var id: Identifier
    /// The sign-in it belongs to.
    public var sessionID: Identifier
    /// An account, or a guest with the name its token carries.
    public var kind: Kind
    /// How often this family was refreshed (claim `gen`).
    public var generation: Int
    /// When the token ends, in milliseconds since 1970.
    public var expiresAtMs: Int64
    /// The role that the token names; what is allowed now, the directory of accounts says.
    public var role: Role

    /// Accounts are in the directory; guests live in their token, but for what they changed since.
    public enum Kind: Hashable, Sendable {
        case account
        case guest(name: String)
    }

    /// Joins the parts.
    public init(
        id: Identifier, sessionID: Identifier, kind: Kind, generation: Int, expiresAtMs: Int64,
        role: Role = .player
    ) {
        self.id = id
        self.sessionID = sessionID
        self.kind = kind
        self.generation = generation
        self.expiresAtMs = expiresAtMs
        self.role = role
    }
}

/// Fresh secrets and names from the system's generator, drawn at the edge for the calls that need them.
///
/// The engine takes what a call uses and invents nothing.
public struct Entropy: Hashable, Sendable {
    /// For a new account or guest.
    public var accountID: Identifier
    /// For a new sign-in.
    public var sessionID: Identifier
    /// For a new challenge, 32 bytes.
    public var challenge: [UInt8]
    /// For a new refresh token, 32 bytes; leaves the engine only inside the answer.
    ///
    /// For a refresh it follows from the token that was shown, so that a repeated call gives the same child.
    public var refreshToken: [UInt8]
    /// SHA-256 of `refreshToken`, 32 bytes: what is kept.
    public var refreshHash: [UInt8]

    /// Joins the parts.
    public init(
        accountID: Identifier, sessionID: Identifier, challenge: [UInt8], refreshToken: [UInt8],
        refreshHash: [UInt8]
    ) {
        self.accountID = accountID
        self.sessionID = sessionID
        self.challenge = challenge
        self.refreshToken = refreshToken
        self.refreshHash = refreshHash
    }
}
