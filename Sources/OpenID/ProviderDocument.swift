import Protocol

/// Where a provider's parts are, as its discovery document says (OpenID Connect Discovery §3).
public struct ProviderDocument: Hashable, Sendable {
    /// How the application proves itself where it turns a code into a token (OpenID Connect Core §9).
    public enum ClientProof: Hashable, Sendable {
        /// `client_secret_basic`: in the `Authorization` header.
        case basic
        /// `client_secret_post`: in the body.
        case post
    }

    /// Where a browser signs in.
    public let authorization: Endpoint
    /// Where a code becomes a token.
    public let token: Endpoint
    /// Where the keys are.
    public let keys: Endpoint
    /// How the application proves itself.
    public let clientProof: ClientProof

    /// The longest document that is looked at.
    public static let maxBytes = 64 * 1024

    /// Where an issuer's document is; nil for what can't be an issuer.
    public static func place(of issuer: String) -> Endpoint? {
        guard let endpoint = Endpoint(issuer), !issuer.contains("?") else { return nil }
        let path = endpoint.target.hasSuffix("/") ? String(endpoint.target.dropLast()) : endpoint.target
        return Endpoint(endpoint.origin + path + "/.well-known/openid-configuration")
    }

    /// Reads a document, which must be about this very issuer.
    public init(json: [UInt8], issuer: String) throws(ProviderFailure) {
        guard json.count <= Self.maxBytes else { throw .malformed("the discovery document is too long") }
        do throws(Failure) {
            let fields = try JSONFields(json)
            guard try fields.string("issuer") == issuer else {
                throw Failure(.badRequest, "it is about another issuer")
            }
            authorization = try Self.endpoint("authorization_endpoint", fields, of: issuer)
            token = try Self.endpoint("token_endpoint", fields, of: issuer)
            keys = try Self.endpoint("jwks_uri", fields, of: issuer)
            let proofs =
                fields.has("token_endpoint_auth_methods_supported")
                ? try fields.strings("token_endpoint_auth_methods_supported") : []
            clientProof =
                proofs.contains("client_secret_post") && !proofs.contains("client_secret_basic")
                ? .post : .basic
        } catch {
            throw .malformed("the discovery document can't be used: \(error.message)")
        }
    }

    /// A provider elsewhere sends nobody to this machine, where other programs than it listen.
    private static func endpoint(
        _ name: String, _ fields: JSONFields, of issuer: String
    ) throws(Failure) -> Endpoint {
        guard let endpoint = Endpoint(try fields.string(name)),
            endpoint.isSecure || Endpoint(issuer)?.isSecure == false
        else {
            throw Failure(.badRequest, "\(name) must be an https address")
        }
        return endpoint
    }
}
