import Crypto
import OpenID
import Testing

@Suite("An ID token")
struct IDTokenTests {
    private static let issuer = "https://id.example.org"
    private static let client = "pixels.apps.example.org"
    private static let now: Int64 = 1_800_000_000
    private let rules = IDTokenRules(issuer: issuer, clientID: client)
    private let keys: KeySet

    init() throws {
        keys = try KeySet(json: TestKey.set(TestKey.first.jwk()))
    }

    private func claims(_ change: (inout [String: Any]) -> Void = { _ in }) -> [String: Any] {
        var claims: [String: Any] = [
            "iss": Self.issuer, "aud": Self.client, "sub": "110169484474386276334", "iat": Self.now - 5,
            "exp": Self.now + 3600, "email": "ada@example.org", "email_verified": true, "name": "Ada L.",
            "nonce": "n-1",
        ]
        change(&claims)
        return claims
    }

    private func outcome(
        _ token: String, nonce: String? = nil, at seconds: Int64 = now, keys: KeySet? = nil,
        rules: IDTokenRules? = nil
    ) -> Result<IDTokenClaims, IDTokenFailure> {
        do throws(IDTokenFailure) {
            return .success(
                try (rules ?? self.rules).check(
                    token, keys: keys ?? self.keys, nonce: nonce, nowSeconds: seconds))
        } catch {
            return .failure(error)
        }
    }

    private func failure(
        _ token: String, nonce: String? = nil, at seconds: Int64 = now, keys: KeySet? = nil
    ) -> IDTokenFailure? {
        if case .failure(let failure) = outcome(token, nonce: nonce, at: seconds, keys: keys) {
            failure
        } else {
            nil
        }
    }

    private func failure(changing change: (inout [String: Any]) -> Void) -> IDTokenFailure? {
        failure(TestKey.first.token(claims(change)))
    }

    @Test("of the provider for this application proves who someone is")
    func good() throws {
        let proved = try outcome(TestKey.first.token(claims()), nonce: "n-1").get()
        #expect(proved.holder == "https://id.example.org 110169484474386276334")
        #expect(proved.name == "Ada L.")
        #expect(proved.expiresAt == Self.now + 3600)
        #expect(proved.issuedAt == Self.now - 5)
        #expect(proved.fingerprint.count == 32)
    }

    @Test("of Google's names its issuer in either of two ways, and its holder by the bare subject")
    func google() throws {
        let rules = IDTokenRules(issuer: IDTokenRules.google, clientID: Self.client)
        for issuer in ["https://accounts.google.com", "accounts.google.com"] {
            let token = TestKey.first.token(claims { $0["iss"] = issuer })
            #expect(try outcome(token, rules: rules).get().holder == "110169484474386276334")
            #expect(failure(token) == .wrongIssuer)
        }
        for issuer in ["http://accounts.google.com", "https://accounts.google.com/", "google.com", ""] {
            let token = TestKey.first.token(claims { $0["iss"] = issuer })
            #expect(throws: IDTokenFailure.wrongIssuer) { try outcome(token, rules: rules).get() }
        }
    }

    @Test(
        "signed with anything but RS256 is refused, whatever its signature is",
        arguments: [
            "none", "None", "", "HS256", "RS384", "PS256", "ES256", "rs256",
        ])
    func algorithms(algorithm: String) {
        let header: [String: Any] = ["alg": algorithm, "kid": "first"]
        #expect(failure(TestKey.first.token(claims(), header: header)) == .wrongAlgorithm)
        #expect(
            failure(TestKey.first.token(claims(), header: header, signature: { _ in [] })) == .wrongAlgorithm)
    }

    @Test("signed by HMAC with the public key as its secret is refused")
    func confusion() {
        let key = TestKey.first
        for secret in [key.modulus, String(decoding: TestKey.json(key.jwk()), as: UTF8.self)] {
            let sign = { (signed: String) in
                HMACSHA256.authenticationCode(for: Array(signed.utf8), key: Array(secret.utf8))
            }
            let honest = key.token(claims(), header: ["alg": "HS256", "kid": "first"], signature: sign)
            #expect(failure(honest) == .wrongAlgorithm)
            let lying = key.token(claims(), header: ["alg": "RS256", "kid": "first"], signature: sign)
            #expect(failure(lying) == .badSignature)
        }
    }

    @Test("that was changed after it was signed is refused")
    func tampering() throws {
        let token = TestKey.first.token(claims())
        let parts = token.split(separator: ".").map(String.init)
        let other = Base64URL.encode(TestKey.json(claims { $0["sub"] = "1" }))
        #expect(failure([parts[0], other, parts[2]].joined(separator: ".")) == .badSignature)
        let header = Base64URL.encode(TestKey.json(["alg": "RS256", "kid": "first"]))
        #expect(failure([header, parts[1], parts[2]].joined(separator: ".")) == .badSignature)
        #expect(failure([parts[0], parts[1], ""].joined(separator: ".")) == .badSignature)
        #expect(
            failure(TestKey.second.token(claims(), header: ["alg": "RS256", "kid": "first"])) == .badSignature
        )
    }

    @Test("that names a key which the provider doesn't have is refused apart: a fresh set may have it")
    func keyIDs() throws {
        let rotated = TestKey.second.token(claims())
        #expect(failure(rotated) == .unknownKey)
        let newer = try KeySet(json: TestKey.set(TestKey.first.jwk(), TestKey.second.jwk()))
        #expect(failure(rotated, keys: newer) == nil)
        #expect(failure(TestKey.first.token(claims(), header: ["alg": "RS256", "kid": ""])) == .malformed)
        let long = String(repeating: "k", count: 300)
        #expect(failure(TestKey.first.token(claims(), header: ["alg": "RS256", "kid": long])) == .malformed)
    }

    @Test("needn't name its key where the provider has one")
    func namelessKeys() throws {
        let header: [String: Any] = ["alg": "RS256"]
        #expect(failure(TestKey.first.token(claims(), header: header)) == nil)
        #expect(failure(TestKey.second.token(claims(), header: header)) == .unknownKey)
        let both = try KeySet(json: TestKey.set(TestKey.first.jwk(), TestKey.second.jwk()))
        #expect(failure(TestKey.first.token(claims(), header: header), keys: both) == .noKeyID)
        let none = try KeySet(json: TestKey.set())
        #expect(failure(TestKey.first.token(claims(), header: header), keys: none) == .noKeyID)
    }

    @Test("whose header asks for something that isn't understood is refused")
    func critical() {
        let header: [String: Any] = ["alg": "RS256", "kid": "first", "crit": ["b64"], "b64": false]
        #expect(failure(TestKey.first.token(claims(), header: header)) == .malformed)
    }

    @Test("for others is refused; one for several says who asked for it")
    func audiences() {
        #expect(failure { $0["aud"] = "other" } == .wrongAudience)
        #expect(failure { $0["aud"] = [String]() } == .wrongAudience)
        #expect(failure { $0["aud"] = ["other", "third"] } == .wrongAudience)
        #expect(failure { $0["aud"] = [Self.client] } == nil)
        #expect(failure { $0["aud"] = [Self.client, "other"] } == .wrongAudience)
        #expect(
            failure {
                $0["aud"] = [Self.client, "other"]
                $0["azp"] = "other"
            } == .wrongAudience)
        #expect(
            failure {
                $0["aud"] = [Self.client, "other"]
                $0["azp"] = Self.client
            } == nil)
        // A phone's own client may ask for a token for the server's.
        #expect(failure { $0["azp"] = "android" } == nil)
    }

    @Test("holds from when it is made to its end, give or take a minute")
    func times() {
        let token = TestKey.first.token(claims())
        #expect(failure(token, at: Self.now + 3600 + 59) == nil)
        #expect(failure(token, at: Self.now + 3600 + 60) == .expired)
        #expect(failure(token, at: Self.now - 5 - 60) == nil)
        #expect(failure(token, at: Self.now - 5 - 61) == .fromTheFuture)
        #expect(failure { $0["nbf"] = Self.now + 60 } == nil)
        #expect(failure { $0["nbf"] = Self.now + 61 } == .fromTheFuture)
        #expect(failure { $0["nbf"] = "soon" } == .malformed)
    }

    @Test("that claims to live for ages is refused, however large its numbers are")
    func lifetimes() {
        for end in [Self.now + 8 * 86_400, Int64.max] {
            #expect(failure { $0["exp"] = end } == .malformed, "\(end)")
        }
        for begin in [Self.now - 8 * 86_400, Int64.min, 0] {
            #expect(failure { $0["iat"] = begin } == .malformed, "\(begin)")
        }
    }

    @Test("of another sign-in is refused where this one began with a nonce")
    func nonces() {
        let token = TestKey.first.token(claims())
        #expect(failure(token, nonce: "n-1") == nil)
        #expect(failure(token, nonce: "n-2") == .wrongNonce)
        #expect(failure(token, nonce: "") == .wrongNonce)
        let without = TestKey.first.token(claims { $0["nonce"] = nil })
        #expect(failure(without, nonce: "n-1") == .wrongNonce)
        #expect(failure(without) == nil)
    }

    @Test("needs an address that the provider vouches for, as a truth or as the word for one")
    func emails() {
        #expect(failure { $0["email_verified"] = "true" } == nil)
        for value in [false, "false", 1, "yes", [true]] as [Any] {
            #expect(failure { $0["email_verified"] = value } == .emailNotVerified, "\(value)")
        }
        #expect(failure { $0["email_verified"] = nil } == .emailNotVerified)
    }

    @Test(
        "without a claim, or with one of the wrong type, is none",
        arguments: [
            "iss", "aud", "sub", "exp", "iat",
        ])
    func claimTypes(name: String) {
        #expect(failure { $0[name] = nil } == .malformed)
        #expect(failure { $0[name] = ["a": 1] } == .malformed)
        #expect(failure { $0[name] = 1.5 } == .malformed)
    }

    @Test("whose subject can't be one is refused")
    func subjects() {
        for subject in ["", "a b", "é", String(repeating: "1", count: 256)] {
            #expect(failure { $0["sub"] = subject } == .malformed, "\(subject)")
        }
        #expect(failure { $0["sub"] = String(repeating: "1", count: 255) } == nil)
    }

    @Test("in another form than three strict parts is refused, and so is one that is too long")
    func forms() {
        let token = TestKey.first.token(claims())
        let parts = token.split(separator: ".").map(String.init)
        for text in [
            "", ".", "..", "a.b", token + ".", token + ".a", token + "=", " " + token, token + "\n",
            [parts[0] + "=", parts[1], parts[2]].joined(separator: "."), parts[0] + "." + parts[1],
            ["bm90IEpTT04", parts[1], parts[2]].joined(separator: "."),
        ] {
            #expect(failure(text) == .malformed, "\(text.prefix(40))")
        }
        let long = TestKey.first.token(claims { $0["name"] = String(repeating: "n", count: 7_000) })
        #expect(failure(long) == .malformed)
    }

    @Test("that names a claim twice is refused, whichever one was meant")
    func duplicates() {
        let json = String(decoding: TestKey.json(claims()), as: UTF8.self).dropLast() + #","sub":"1"}"#
        let header = Base64URL.encode(TestKey.json(["alg": "RS256", "kid": "first"]))
        let signed = header + "." + Base64URL.encode(Array(json.utf8))
        let token = signed + "." + Base64URL.encode(TestKey.first.sign(signed))
        #expect(failure(token) == .malformed)
    }

    @Test("has the same fingerprint each time it is shown, and another has another")
    func fingerprints() throws {
        let token = TestKey.first.token(claims())
        let seen = try outcome(token).get().fingerprint
        #expect(try outcome(token).get().fingerprint == seen)
        let other = TestKey.first.token(claims { $0["iat"] = Self.now - 4 })
        #expect(try outcome(other).get().fingerprint != seen)
    }
}
