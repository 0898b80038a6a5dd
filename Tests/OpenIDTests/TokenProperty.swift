import Crypto
import Foundation
import OpenID

/// What must hold for any bytes at all that come from an identity provider, or from whoever says that they do.
///
/// The unit tests hold it on damaged examples and past finds; the fuzz targets on whatever they invent.
enum TokenProperty: String, CaseIterable, Sendable {
    /// A token, whole or as a change of a good one.
    case idToken
    /// The claims of a token that the provider's own key signed.
    case idClaims
    case keySet
    case providerDocument
    /// An answer of the token endpoint, after a byte that chooses its status.
    case tokenAnswer
    /// `Cache-Control` and `Age`, a line each.
    case freshness

    private static let issuer = "https://id.example.org"
    private static let client = "pixels.apps.example.org"
    private static let now: Int64 = 1_800_000_000
    private static let rules = IDTokenRules(issuer: issuer, clientID: client)
    private static let good = TestKey.first.token([
        "iss": issuer, "aud": client, "sub": "110169", "iat": now - 5, "exp": now + 3600,
        "email_verified": true, "name": "Ada L.", "nonce": "n-1",
    ])
    private static let keys: KeySet = {
        guard let keys = try? KeySet(json: TestKey.set(TestKey.first.jwk())) else {
            preconditionFailure("a key set of one key")
        }
        return keys
    }()

    /// What is broken; nil where all is well.
    func broken(by bytes: [UInt8]) -> String? {
        switch self {
        case .idToken: Self.token(bytes)
        case .idClaims: Self.claims(bytes)
        case .keySet: Self.keySet(bytes)
        case .providerDocument: Self.document(bytes)
        case .tokenAnswer: Self.answer(bytes)
        case .freshness: Self.freshness(bytes)
        }
    }

    private static func outcome(
        _ token: String, nonce: String? = nil, keys: KeySet = keys
    ) -> Result<IDTokenClaims, IDTokenFailure> {
        do throws(IDTokenFailure) {
            return .success(try rules.check(token, keys: keys, nonce: nonce, nowSeconds: now))
        } catch {
            return .failure(error)
        }
    }

    /// No text but the one that was signed is taken.
    ///
    /// The first bytes say which part of it the rest stands for.
    private static func token(_ bytes: [UInt8]) -> String? {
        var texts = [String(decoding: bytes, as: UTF8.self)]
        if bytes.count > 3 {
            var changed = Array(good.utf8)
            let start = (Int(bytes[0]) << 8 | Int(bytes[1])) % changed.count
            let end = min(changed.count, start + Int(bytes[2]))
            changed.replaceSubrange(start..<end, with: bytes[3...])
            texts.append(String(decoding: changed, as: UTF8.self))
        }
        for text in texts where text != good {
            if case .success = outcome(text) { return "\(text) is taken" }
        }
        return nil
    }

    /// What is taken says what the rules ask for, as another reader of JSON reads it.
    private static func claims(_ bytes: [UInt8]) -> String? {
        let head = Base64URL.encode(TestKey.json(["alg": "RS256", "kid": TestKey.first.id]))
        let signed = head + "." + Base64URL.encode(bytes)
        let token = signed + "." + Base64URL.encode(TestKey.first.sign(signed))
        guard case .success(let proved) = outcome(token) else { return nil }
        if case .success = outcome(token, nonce: "another sign-in's") { return "the nonce is passed over" }
        if proved.expiresAt <= now - IDTokenRules.skewSeconds { return "it has ended" }
        guard let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else {
            return nil
        }
        guard object["iss"] as? String == issuer else { return "another issuer's is taken" }
        let audiences = (object["aud"] as? String).map { [$0] } ?? object["aud"] as? [String] ?? []
        guard audiences.contains(client) else { return "another application's is taken" }
        guard let subject = object["sub"] as? String, proved.holder == "\(issuer) \(subject)" else {
            return "\(proved.holder) is someone else"
        }
        return proved.name == object["name"] as? String ? nil : "another name"
    }

    /// A token is taken only where its signer's key is in the set; keys of any numbers do no harm.
    private static func keySet(_ bytes: [UInt8]) -> String? {
        guard let keys = try? KeySet(json: bytes) else { return nil }
        if keys.count > 32 { return "\(keys.count) keys" }
        guard case .success = outcome(good, keys: keys) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.contains("\\") || text.contains(TestKey.first.modulus)
            ? nil : "taken without the key"
    }

    /// Addresses are read as they are printed, and lead to https or to this machine.
    private static func document(_ bytes: [UInt8]) -> String? {
        guard let document = try? ProviderDocument(json: bytes, issuer: issuer) else { return nil }
        let exchange = CodeExchange(
            state: [1], nonce: [2], verifier: [3], redirectURI: "https://pixels.example.org/device/callback")
        for endpoint in [document.authorization, document.token, document.keys] {
            guard Endpoint(endpoint.description) == endpoint else { return "\(endpoint) doesn't come back" }
            guard endpoint.origin.hasPrefix("https://") else { return "\(endpoint) is open to all" }
            let address = exchange.authorizationURL(at: endpoint, clientID: client)
            guard address.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return "\(address)" }
        }
        return nil
    }

    /// What is told of a refusal is short and visible.
    private static func answer(_ bytes: [UInt8]) -> String? {
        let status = bytes.first.map { $0 & 1 == 0 ? 200 : 400 } ?? 200
        do throws(ProviderFailure) {
            _ = try CodeExchange.idToken(status: status, json: Array(bytes.dropFirst()))
        } catch {
            let words = error.description
            if words.count > 256 || words.unicodeScalars.contains(where: { $0.value < 0x20 }) { return words }
        }
        return nil
    }

    private static func freshness(_ bytes: [UInt8]) -> String? {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        let seconds = Freshness.seconds(cacheControl: lines.first, age: lines.count > 1 ? lines[1] : nil)
        return (seconds ?? 0) >= 0 ? nil : "\(seconds ?? 0) seconds"
    }
}
