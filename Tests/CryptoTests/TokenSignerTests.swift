import Crypto
import Testing

@Suite struct TokenSignerTests {
    let key = Ed25519PrivateKey()
    let claims = TokenClaims(
        subject: "0000000000001", sessionID: "0000000000002", kind: "account", name: "Ada \"/é",
        generation: 3,
        roles: ["admin"], issuedAt: 1_000, expiresAt: 1_900)
    var signer: TokenSigner { TokenSigner(key: key, issuer: "here") }

    /// A token with this header and payload, truly signed by the key.
    func signed(header: String, payload: String) -> String {
        let text = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(payload.utf8))
        return text + "." + Base64URL.encode(key.sign(Array(text.utf8)))
    }

    @Test("the signature over RFC 8037 appendix A.4's text is the one printed there")
    func vector() throws {
        let seed = try #require(Base64URL.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"))
        let text = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
        let printed = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        #expect(Base64URL.encode(try Ed25519PrivateKey(rawSeed: seed).sign(Array(text.utf8))) == printed)
    }

    @Test("a token gives back its claims until its time is over")
    func lifetime() {
        let token = signer.sign(claims)
        #expect(signer.verify(token, nowSeconds: 1_000) == .valid(claims))
        #expect(signer.verify(token, nowSeconds: 1_899) == .valid(claims))
        #expect(signer.verify(token, nowSeconds: 1_900) == .expired)
    }

    @Test("a token without a name keeps none")
    func nameless() {
        var claims = claims
        claims.name = nil
        #expect(signer.verify(signer.sign(claims), nowSeconds: 0) == .valid(claims))
    }

    @Test("a name of few letters but many bytes is left out instead of making a token too long")
    func heavyName() {
        var claims = claims
        claims.name = String(repeating: "e" + String(repeating: "\u{301}", count: 60), count: 24)
        let token = signer.sign(claims)
        #expect(token.utf8.count <= TokenSigner.maxTokenBytes)
        claims.name = nil
        #expect(signer.verify(token, nowSeconds: 0) == .valid(claims))
    }

    @Test("a token of another key, issuer or audience is worth nothing, expired or not")
    func foreign() {
        let token = signer.sign(claims)
        for other in [
            TokenSigner(key: Ed25519PrivateKey(), issuer: "here"),
            TokenSigner(key: key, issuer: "there"),
            TokenSigner(key: key, issuer: "here", audience: "others"),
        ] {
            #expect(other.verify(token, nowSeconds: 1_000) == .invalid)
            #expect(other.verify(token, nowSeconds: 2_000) == .invalid)
        }
    }

    @Test(
        "no header but the signer's own is taken, however well it is signed",
        arguments: [
            #"{"alg":"none","typ":"at+jwt"}"#, #"{"alg":"HS256","typ":"at+jwt"}"#,
            #"{"alg":"EdDSA","typ":"JWT"}"#, #"{"typ":"at+jwt","alg":"EdDSA"}"#, #"{"alg":"EdDSA"}"#,
            #"{"alg":"EdDSA","typ":"at+jwt","crit":["x"]}"#, "",
        ])
    func headers(header: String) throws {
        let payload = try #require(self.payload(of: signer.sign(claims)))
        #expect(
            signer.verify(
                signed(header: #"{"alg":"EdDSA","typ":"at+jwt"}"#, payload: payload), nowSeconds: 0)
                == .valid(claims))
        #expect(signer.verify(signed(header: header, payload: payload), nowSeconds: 0) == .invalid)
    }

    @Test(
        "a payload that lacks a claim or gives one of another type is refused",
        arguments: [
            "", "{}", "[]", "null", "\u{1}", #"{"iss":"here","aud":"pixelwars"}"#,
            #"{"iss":"here","aud":["pixelwars"],"sub":"a","sid":"b","kind":"guest","gen":0,"roles":[],"iat":0,"exp":9}"#,
            #"{"iss":"here","aud":"pixelwars","sub":"a","sid":"b","kind":"guest","gen":0,"roles":[],"iat":0,"exp":"9"}"#,
            #"{"iss":"here","aud":"pixelwars","sub":"a","sid":"b","kind":"guest","gen":0,"roles":[],"iat":0,"exp":1e99}"#,
            #"{"iss":"here","aud":"pixelwars","sub":"a","sid":"b","kind":"guest","gen":0,"roles":[],"iat":0}"#,
        ])
    func payloads(payload: String) {
        let token = signed(header: #"{"alg":"EdDSA","typ":"at+jwt"}"#, payload: payload)
        #expect(signer.verify(token, nowSeconds: 0) == .invalid)
    }

    @Test(
        "hostile text is refused",
        arguments: [
            "", ".", "..", "...", "a.b.c", "é.é.é", "\0", "eyJhbGciOiJFZERTQSJ9..",
            "eyJhbGciOiJub25lIn0.e30.",
        ])
    func hostile(text: String) {
        #expect(signer.verify(text, nowSeconds: 0) == .invalid)
    }

    @Test("text longer than any token is refused", arguments: [".", "A", "é"])
    func oversized(character: Character) {
        #expect(signer.verify(String(repeating: character, count: 1 << 20), nowSeconds: 0) == .invalid)
    }

    @Test("a token changed in any one character is refused")
    func tampered() {
        let token = Array(signer.sign(claims).utf8)
        for place in token.indices {
            var changed = token
            changed[place] = changed[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let verdict = signer.verify(String(decoding: changed, as: UTF8.self), nowSeconds: 0)
            #expect(verdict == .invalid, "changed at \(place)")
        }
        for length in 0..<token.count {
            let verdict = signer.verify(String(decoding: token[..<length], as: UTF8.self), nowSeconds: 0)
            #expect(verdict == .invalid, "cut at \(length)")
        }
    }

    /// The payload's JSON of a well-formed token.
    func payload(of token: String) -> String? {
        let parts = token.split(separator: ".")
        guard parts.count == 3, let bytes = Base64URL.decode(String(parts[1])) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
