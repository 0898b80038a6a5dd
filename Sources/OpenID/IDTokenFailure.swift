/// Why an ID token isn't taken.
public enum IDTokenFailure: Error, Hashable, Sendable, CaseIterable {
    /// Not a token, or claims that are missing or of the wrong type.
    case malformed
    /// Signed by another algorithm than RS256, or not at all.
    case wrongAlgorithm
    /// It doesn't name the key that signed it, and the provider has several.
    case noKeyID
    /// It names a key that the provider doesn't have; a fresh key set may have it.
    case unknownKey
    /// The signature isn't that key's.
    case badSignature
    /// Another provider's.
    case wrongIssuer
    /// Meant for another application.
    case wrongAudience
    case expired
    /// Made in the future.
    case fromTheFuture
    /// Not the one that this sign-in began with.
    case wrongNonce
    /// The provider doesn't vouch for the person's email address.
    case emailNotVerified

    /// One sentence for the person who can act on it.
    public var message: String {
        switch self {
        case .malformed: "This is no ID token."
        case .wrongAlgorithm: "The ID token isn't signed with RS256."
        case .noKeyID: "The ID token doesn't name the key that signed it."
        case .unknownKey: "The ID token is signed by a key that its provider doesn't have."
        case .badSignature: "The ID token's signature doesn't hold."
        case .wrongIssuer: "The ID token comes from another provider."
        case .wrongAudience: "The ID token is meant for another application."
        case .expired: "The ID token has ended; get a new one."
        case .fromTheFuture: "The ID token's time hasn't come; whose clock is wrong?"
        case .wrongNonce: "The ID token belongs to another sign-in."
        case .emailNotVerified: "The provider has not verified this account's email address."
        }
    }
}
