import Crypto
import Protocol

/// A web sign-in's secrets: what goes to the provider by way of the browser, and what stays here.
///
/// The verifier proves that whoever turns the code into a token is who sent the browser (PKCE, RFC 7636); the
/// nonce that the token was made for this sign-in.
public struct CodeExchange: Hashable, Sendable {
    /// Names the sign-in when the browser comes back.
    public let state: String
    /// Stands in the ID token.
    public let nonce: String
    /// Goes to the token endpoint alone.
    public let verifier: String
    /// Where the browser comes back to.
    public let redirectURI: String

    /// Takes secrets drawn elsewhere.
    ///
    /// - Parameters: `state`, `nonce` and `verifier`: 32 random bytes each.
    public init(state: [UInt8], nonce: [UInt8], verifier: [UInt8], redirectURI: String) {
        self.state = Base64URL.encode(state)
        self.nonce = Base64URL.encode(nonce)
        self.verifier = Base64URL.encode(verifier)
        self.redirectURI = redirectURI
    }

    /// PKCE's `S256`.
    public var challenge: String { Base64URL.encode(SHA256.hash(Array(verifier.utf8))) }

    /// Where the browser goes (RFC 6749 §4.1.1); the account is chosen anew each time, since a browser on a
    /// shared machine may be signed in as someone else.
    public func authorizationURL(at endpoint: Endpoint, clientID: String) -> String {
        let fields: [(name: String, value: String?)] = [
            ("response_type", "code"), ("client_id", clientID), ("redirect_uri", redirectURI),
            ("scope", "openid email profile"), ("state", state), ("nonce", nonce),
            ("code_challenge", challenge), ("code_challenge_method", "S256"), ("prompt", "select_account"),
        ]
        let mark = endpoint.target.contains("?") ? "&" : "?"
        return endpoint.description + mark + FormText.encode(fields)
    }

    /// The form that turns a code into a token (RFC 6749 §4.1.3), with the secret in it where it doesn't go
    /// into a header.
    public func form(code: String, clientID: String, secret: String?) -> [UInt8] {
        Array(
            FormText.encode([
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectURI),
                ("code_verifier", verifier), ("client_id", clientID), ("client_secret", secret),
            ]).utf8)
    }

    /// The `Authorization` header of an application (RFC 6749 §2.3.1).
    public static func basic(clientID: String, secret: String) -> String {
        let pair = "\(PercentText.encode(clientID)):\(PercentText.encode(secret))"
        return "Basic " + Base64.encode(Array(pair.utf8))
    }

    /// The ID token in a token endpoint's answer.
    public static func idToken(status: Int, json: [UInt8]) throws(ProviderFailure) -> String {
        let fields = try? JSONFields(json)
        guard status == 200 else {
            let word = fields.flatMap { try? $0.string("error") } ?? "status \(status)"
            throw .refused(PlayerName.displayed(String(word.prefix(64))))
        }
        guard let token = fields.flatMap({ try? $0.string("id_token") }) else {
            throw .malformed("the token endpoint's answer has no ID token")
        }
        return token
    }
}
