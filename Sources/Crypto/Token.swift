/// What an access token says about its holder.
public struct TokenClaims: Hashable, Sendable {
    /// The account's or guest's id (`sub`).
    public var subject: String
    /// The sign-in's id (`sid`).
    public var sessionID: String
    /// `account` or `guest` (`kind`).
    public var kind: String
    /// The name at signing (`name`); none where it is looked up.
    public var name: String?
    /// How many refreshes the sign-in has seen (`gen`).
    public var generation: Int
    /// What the holder may do beyond playing (`roles`).
    public var roles: [String]
    /// When it was made, in seconds since 1970 (`iat`).
    public var issuedAt: Int64
    /// From when on it is worth nothing, in seconds since 1970 (`exp`).
    public var expiresAt: Int64

    /// Joins the parts.
    public init(
        subject: String, sessionID: String, kind: String, name: String?, generation: Int, roles: [String],
        issuedAt: Int64, expiresAt: Int64
    ) {
        self.subject = subject
        self.sessionID = sessionID
        self.kind = kind
        self.name = name
        self.generation = generation
        self.roles = roles
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }
}

/// What became of a token that was looked at.
public enum TokenVerdict: Hashable, Sendable {
    /// Ours and alive.
    case valid(TokenClaims)
    /// Ours, but its time is over.
    case expired
    /// Not ours, or not a token at all.
    case invalid
}
