import Crypto
import Protocol

/// A provider's public keys by their names (RFC 7517 §5).
public struct KeySet: Hashable, Sendable {
    private let keys: [String: RSAPublicKey]

    /// Keys that are looked at; providers have two to four.
    static let maxKeys = 32
    /// The longest document that is looked at.
    public static let maxBytes = 64 * 1024

    /// Reads a document and keeps of it what can sign an ID token.
    ///
    /// Those are RSA keys with a name, for signatures, for RS256 where they say so, neither weak nor overlong. A
    /// name that stands twice is nobody's.
    ///
    /// - Throws: `ProviderFailure.malformed` where it is no key set, or has too many keys.
    public init(json: [UInt8]) throws(ProviderFailure) {
        guard json.count <= Self.maxBytes else { throw .malformed("the key set is too long") }
        let items: [JSONFields]
        do throws(Failure) {
            items = try JSONFields(json).objects("keys")
        } catch {
            throw .malformed("the key set is none: \(error.message)")
        }
        guard items.count <= Self.maxKeys else { throw .malformed("the key set has too many keys") }
        var keys: [String: RSAPublicKey] = [:]
        var ambiguous: Set<String> = []
        for item in items {
            guard let (name, key) = Self.key(item) else { continue }
            if keys.updateValue(key, forKey: name) != nil { ambiguous.insert(name) }
        }
        for name in ambiguous { keys[name] = nil }
        self.keys = keys
    }

    /// How many can be used.
    public var count: Int { keys.count }

    subscript(name: String) -> RSAPublicKey? { keys[name] }

    /// The key of a provider that has one; nil where there are more, or none.
    var only: RSAPublicKey? { keys.count == 1 ? keys.values.first : nil }

    /// Keys of other kinds stand in sets by right, so that one that isn't understood is passed over.
    private static func key(_ fields: JSONFields) -> (name: String, key: RSAPublicKey)? {
        guard let kind = try? fields.string("kty"), kind == "RSA",
            let name = try? fields.string("kid"),
            says(fields, "use", "sig"), says(fields, "alg", "RS256"),
            let n = try? fields.string("n"), let modulus = Base64URL.decode(n),
            let e = try? fields.string("e"), let exponent = Base64URL.decode(e),
            let key = try? RSAPublicKey(modulus: modulus, exponent: exponent)
        else { return nil }
        return (name, key)
    }

    /// Whether a member is absent, or this word.
    private static func says(_ fields: JSONFields, _ name: String, _ word: String) -> Bool {
        !fields.has(name) || (try? fields.string(name)) == word
    }
}

/// Why what a provider answered can't be used; the message is for the host.
public enum ProviderFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// An answer that isn't what the standards say.
    case malformed(String)
    /// The provider refused, with OAuth's word for why (RFC 6749 §5.2).
    case refused(String)

    /// The message.
    public var description: String {
        switch self {
        case .malformed(let what): what
        case .refused(let word): "the provider refused: \(word)"
        }
    }
}
