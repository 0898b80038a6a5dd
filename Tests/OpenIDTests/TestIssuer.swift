import COpenSSL
import Crypto
import Foundation

/// A key that signs as a provider does, in tests alone: the server only checks.
final class TestKey: @unchecked Sendable {
    let id: String
    private let key: OpaquePointer?

    /// Keys that tests share: making one takes a while.
    static let first = TestKey("first")
    static let second = TestKey("second")

    init(_ id: String, bits: Int32 = 2048) {
        self.id = id
        let context = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil)
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        EVP_PKEY_keygen_init(context)
        EVP_PKEY_CTX_set_rsa_keygen_bits(context, bits)
        let made = EVP_PKEY_generate(context, &key)
        precondition(made == 1, "OpenSSL makes keys")
        self.key = key
    }

    deinit { EVP_PKEY_free(key) }

    private func number(_ name: String) -> [UInt8] {
        var number: OpaquePointer?
        EVP_PKEY_get_bn_param(key, name, &number)
        defer { BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: Int(BN_num_bits(number) + 7) / 8)
        BN_bn2bin(number, &bytes)
        return bytes
    }

    var modulus: String { Base64URL.encode(number(OSSL_PKEY_PARAM_RSA_N)) }
    var exponent: String { Base64URL.encode(number(OSSL_PKEY_PARAM_RSA_E)) }

    /// The key as a key set has it.
    func jwk(_ change: (inout [String: Any]) -> Void = { _ in }) -> [String: Any] {
        var jwk: [String: Any] = [
            "kty": "RSA", "kid": id, "use": "sig", "alg": "RS256", "n": modulus, "e": exponent,
        ]
        change(&jwk)
        return jwk
    }

    func sign(_ message: String) -> [UInt8] {
        let bytes = Array(message.utf8)
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var length = 0
        EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key)
        EVP_DigestSign(context, nil, &length, bytes, bytes.count)
        var signature = [UInt8](repeating: 0, count: length)
        let signed = EVP_DigestSign(context, &signature, &length, bytes, bytes.count)
        precondition(signed == 1, "a key signs")
        return signature
    }

    /// A token with this header and these claims, signed by this key.
    func token(
        _ claims: [String: Any], header: [String: Any]? = nil, signature: ((String) -> [UInt8])? = nil
    ) -> String {
        let header = header ?? ["alg": "RS256", "typ": "JWT", "kid": id]
        let signed = [header, claims].map { Base64URL.encode(Self.json($0)) }.joined(separator: ".")
        return signed + "." + Base64URL.encode((signature ?? sign)(signed))
    }

    static func json(_ object: Any) -> [UInt8] {
        guard let data = try? JSONSerialization.data(withJSONObject: object, options: .sortedKeys) else {
            preconditionFailure("tests write JSON")
        }
        return Array(data)
    }

    /// A key set's document.
    static func set(_ keys: [String: Any]...) -> [UInt8] { json(["keys": keys]) }
}
