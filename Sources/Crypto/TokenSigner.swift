import FoundationEssentials

/// Makes and checks access tokens: JSON Web Tokens (RFC 7519) signed with Ed25519 (RFC 8037).
///
/// After RFC 8725, nothing a token says about itself is trusted: its header must be, byte for byte, the one
/// that this signer writes (algorithm and type pinned), the signature is checked before the payload is read,
/// and issuer, audience and expiry are checked after it.
public struct TokenSigner: Sendable {
    /// The longest token that is looked at, in bytes; a longer one is never made.
    public static let maxTokenBytes = 2048

    private static let header = Base64URL.encode(Array(#"{"alg":"EdDSA","typ":"at+jwt"}"#.utf8))

    private let key: Ed25519PrivateKey
    private let issuer: String
    private let audience: String

    /// Binds a key to the names that its tokens carry.
    ///
    /// - Parameters:
    ///   - key: Signs, and checks what it signed.
    ///   - issuer: The server's name (`iss`).
    ///   - audience: Whom tokens are meant for (`aud`).
    public init(key: Ed25519PrivateKey, issuer: String, audience: String = "pixelwars") {
        self.key = key
        self.issuer = issuer
        self.audience = audience
    }

    /// The token that says so.
    ///
    /// A name whose bytes would make the token longer than `maxTokenBytes` is left out of it.
    public func sign(_ claims: TokenClaims) -> String {
        let token = token(claims)
        guard token.utf8.count > Self.maxTokenBytes else { return token }
        var nameless = claims
        nameless.name = nil
        let shorter = self.token(nameless)
        precondition(shorter.utf8.count <= Self.maxTokenBytes, "ids and roles come from the server itself")
        return shorter
    }

    private func token(_ claims: TokenClaims) -> String {
        let payload = Payload(claims, issuer: issuer, audience: audience)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let json = try? encoder.encode(payload) else {
            preconditionFailure("texts and whole numbers always have a JSON form")
        }
        let signed = Self.header + "." + Base64URL.encode([UInt8](json))
        return signed + "." + Base64URL.encode(key.sign(Array(signed.utf8)))
    }

    /// What a token is worth now.
    ///
    /// - Parameters:
    ///   - token: Any text at all.
    ///   - nowSeconds: Seconds since 1970.
    public func verify(_ token: String, nowSeconds: Int64) -> TokenVerdict {
        guard token.utf8.count <= Self.maxTokenBytes else { return .invalid }
        let parts = token.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].elementsEqual(Self.header.utf8),
            let signature = Base64URL.decode(Array(parts[2])),
            let json = Base64URL.decode(Array(parts[1])),
            Ed25519.isValid(
                signature: signature, of: Array(token.utf8[..<parts[1].endIndex]), publicKey: key.publicKey),
            let payload = try? JSONDecoder().decode(Payload.self, from: Data(json)),
            payload.iss == issuer, payload.aud == audience
        else { return .invalid }
        return payload.exp > nowSeconds ? .valid(payload.claims) : .expired
    }
}

/// The claims under their registered names (RFC 7519 §4.1) and ours.
private struct Payload: Codable {
    var iss: String
    var aud: String
    var sub: String
    var sid: String
    var kind: String
    var name: String?
    var gen: Int
    var roles: [String]
    var iat: Int64
    var exp: Int64

    init(_ claims: TokenClaims, issuer: String, audience: String) {
        iss = issuer
        aud = audience
        sub = claims.subject
        sid = claims.sessionID
        kind = claims.kind
        name = claims.name
        gen = claims.generation
        roles = claims.roles
        iat = claims.issuedAt
        exp = claims.expiresAt
    }

    var claims: TokenClaims {
        TokenClaims(
            subject: sub, sessionID: sid, kind: kind, name: name, generation: gen, roles: roles,
            issuedAt: iat,
            expiresAt: exp)
    }
}
