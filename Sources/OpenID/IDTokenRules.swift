import Crypto
import Protocol

/// Whom an ID token must come from and be meant for (OpenID Connect Core §3.1.3.7).
public struct IDTokenRules: Hashable, Sendable {
    /// Google's name of itself.
    public static let google = "https://accounts.google.com"
    /// The same as Google's older tokens have it.
    private static let googleBare = "accounts.google.com"
    /// How far two clocks may be apart, in seconds.
    public static let skewSeconds: Int64 = 60
    private static let maxSubjectBytes = 255
    /// How long a token may live, in seconds; those of providers live an hour.
    private static let maxLifeSeconds: Int64 = 7 * 24 * 3600

    /// The provider's name, as `iss` must have it.
    public let issuer: String
    /// The application's name at the provider, as `aud` must have it.
    public let clientID: String

    /// Joins the parts.
    public init(issuer: String, clientID: String) {
        self.issuer = issuer
        self.clientID = clientID
    }

    /// What a token proves.
    ///
    /// - Parameters:
    ///   - nonce: what the sign-in began with; none where the caller got the token by itself.
    ///   - nowSeconds: seconds since 1970.
    public func check(
        _ text: String, keys: KeySet, nonce: String?, nowSeconds: Int64
    ) throws(IDTokenFailure) -> IDTokenClaims {
        let token = try CompactToken(text)
        let key = try Self.key(of: token, in: keys)
        guard RS256.isValid(signature: token.signature, of: token.signed, by: key) else {
            // Without a name nobody knows whether it is another key's or nobody's.
            throw token.keyID == nil ? .unknownKey : .badSignature
        }
        let claims: Claims
        do throws(Failure) {
            claims = try Claims(JSONFields(token.payload))
        } catch {
            throw .malformed
        }
        guard claims.issuer == issuer || (issuer == Self.google && claims.issuer == Self.googleBare) else {
            throw .wrongIssuer
        }
        // Who asked for it matters only where it is meant for more than one.
        guard claims.audiences.contains(clientID),
            claims.audiences.count == 1 || claims.authorizedParty == clientID
        else { throw .wrongAudience }
        guard nowSeconds - Self.skewSeconds < claims.expiresAt else { throw .expired }
        guard claims.issuedAt <= nowSeconds + Self.skewSeconds,
            claims.notBefore ?? .min <= nowSeconds + Self.skewSeconds
        else { throw .fromTheFuture }
        guard claims.issuedAt > nowSeconds - Self.maxLifeSeconds,
            claims.expiresAt <= nowSeconds + Self.maxLifeSeconds
        else { throw .malformed }
        if let nonce {
            guard let own = claims.nonce, constantTimeEquals(Array(own.utf8), Array(nonce.utf8)) else {
                throw .wrongNonce
            }
        }
        let subject = claims.subject.utf8
        guard !subject.isEmpty, subject.count <= Self.maxSubjectBytes,
            subject.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { throw .malformed }
        guard claims.isEmailVerified else { throw .emailNotVerified }
        return IDTokenClaims(
            holder: holder(of: claims.subject), name: claims.name, issuedAt: claims.issuedAt,
            expiresAt: claims.expiresAt, fingerprint: SHA256.hash(token.signed))
    }

    /// The key that a token names; a provider with one key needn't name it (OpenID Connect Core §10.1).
    private static func key(of token: CompactToken, in keys: KeySet) throws(IDTokenFailure) -> RSAPublicKey {
        guard let keyID = token.keyID else {
            guard let only = keys.only else { throw .noKeyID }
            return only
        }
        guard let key = keys[keyID] else { throw .unknownKey }
        return key
    }

    /// A person's name among all people of all providers: Google's own is the bare subject, so that no other
    /// provider that a host turns to can speak for someone of Google's.
    private func holder(of subject: String) -> String {
        issuer == Self.google ? subject : "\(issuer) \(subject)"
    }
}

/// What a token proved.
public struct IDTokenClaims: Hashable, Sendable {
    /// Who it is: the subject, with the issuer's name before it where that isn't Google.
    public let holder: String
    /// What the person is called there, as it stood.
    public let name: String?
    /// When it was made, in seconds since 1970.
    public let issuedAt: Int64
    /// When it ends, in seconds since 1970.
    public let expiresAt: Int64
    /// SHA-256 of what was signed: the same for every text of the same token.
    public let fingerprint: [UInt8]
}

/// The claims that are looked at, as they stood.
private struct Claims {
    let issuer: String
    let subject: String
    let audiences: [String]
    let authorizedParty: String?
    let expiresAt: Int64
    let issuedAt: Int64
    let notBefore: Int64?
    let nonce: String?
    let name: String?
    let isEmailVerified: Bool

    init(_ fields: JSONFields) throws(Failure) {
        issuer = try fields.string("iss")
        subject = try fields.string("sub")
        audiences = try Self.audiences(fields)
        authorizedParty = try fields.optionalString("azp")
        expiresAt = Int64(try fields.int("exp"))
        issuedAt = Int64(try fields.int("iat"))
        notBefore = try fields.optionalInt("nbf").map { Int64($0) }
        nonce = try fields.optionalString("nonce")
        name = try fields.optionalString("name")
        isEmailVerified = Self.isTrue(fields, "email_verified")
    }

    /// One name, or a list of them (RFC 7519 §4.1.3).
    private static func audiences(_ fields: JSONFields) throws(Failure) -> [String] {
        if let one = try? fields.string("aud") { return [one] }
        return try fields.strings("aud")
    }

    /// Some providers write their truths as texts.
    private static func isTrue(_ fields: JSONFields, _ name: String) -> Bool {
        if let flag = try? fields.bool(name) { return flag }
        return (try? fields.string(name)) == "true"
    }
}
