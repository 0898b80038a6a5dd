import OpenID
import Testing

@Suite("A provider's key set")
struct KeySetTests {
    private func count(_ keys: [String: Any]...) throws -> Int {
        try KeySet(json: TestKey.json(["keys": keys])).count
    }

    @Test("gives the keys that can sign an ID token and passes over all others")
    func kinds() throws {
        let key = TestKey.first
        #expect(try count(key.jwk()) == 1)
        #expect(
            try count(
                key.jwk {
                    $0["use"] = nil
                    $0["alg"] = nil
                }) == 1)
        #expect(try count(key.jwk { $0["use"] = "enc" }) == 0)
        #expect(try count(key.jwk { $0["alg"] = "RS384" }) == 0)
        #expect(try count(key.jwk { $0["kty"] = "EC" }) == 0)
        #expect(try count(key.jwk { $0["kid"] = nil }) == 0)
        #expect(try count(key.jwk { $0["n"] = nil }) == 0)
        #expect(try count(key.jwk { $0["e"] = "AQ" }) == 0)
        #expect(try count(key.jwk { $0["n"] = key.modulus + "=" }) == 0)
        #expect(try count(TestKey("weak", bits: 1024).jwk()) == 0)
        #expect(try count(["kty": "oct", "kid": "s", "k": "c2VjcmV0"], key.jwk()) == 1)
    }

    @Test("takes a name that stands twice for nobody's")
    func ambiguity() throws {
        #expect(try count(TestKey.first.jwk(), TestKey.second.jwk { $0["kid"] = "first" }) == 0)
    }

    @Test("is refused where it is none, too long or has too many keys")
    func limits() {
        for json in ["", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[1]}"#] {
            #expect(throws: ProviderFailure.self) { try KeySet(json: Array(json.utf8)) }
        }
        #expect(throws: ProviderFailure.self) {
            try KeySet(json: TestKey.json(["keys": [String](repeating: "", count: 33).map { ["kid": $0] }]))
        }
        #expect(throws: ProviderFailure.self) {
            try KeySet(
                json: TestKey.json(["keys": [[String: Any]]()]) + [UInt8](repeating: 0x20, count: 70_000))
        }
    }
}

@Suite("A provider's discovery document")
struct ProviderDocumentTests {
    private static let issuer = "https://id.example.org"

    private func document(
        issuer: String = issuer, _ change: (inout [String: Any]) -> Void = { _ in }
    ) throws(ProviderFailure) -> ProviderDocument {
        var fields: [String: Any] = [
            "issuer": Self.issuer, "authorization_endpoint": "https://id.example.org/auth?x=1",
            "token_endpoint": "https://token.example.org:8443/token",
            "jwks_uri": "https://keys.example.org/certs",
        ]
        change(&fields)
        return try ProviderDocument(json: TestKey.json(fields), issuer: issuer)
    }

    @Test("tells where everything is")
    func good() throws {
        let document = try document()
        #expect(document.authorization.description == "https://id.example.org/auth?x=1")
        #expect(document.token.origin == "https://token.example.org:8443")
        #expect(document.token.target == "/token")
        #expect(document.keys.target == "/certs")
        #expect(document.clientProof == .basic)
    }

    @Test("says how the application proves itself")
    func proofs() throws {
        let name = "token_endpoint_auth_methods_supported"
        #expect(try document { $0[name] = ["client_secret_post"] }.clientProof == .post)
        #expect(
            try document { $0[name] = ["client_secret_post", "client_secret_basic"] }.clientProof == .basic)
    }

    @Test("about another issuer, or with an address that isn't safe, is refused")
    func refused() {
        #expect(throws: ProviderFailure.self) { try document(issuer: "https://id.example.org/") }
        for address in [
            "http://id.example.org/a", "ftp://id.example.org", "/auth", "javascript:alert(1)", "",
        ] {
            #expect(throws: ProviderFailure.self, "\(address)") {
                try document { $0["authorization_endpoint"] = address }
            }
        }
        #expect(throws: ProviderFailure.self) { try document { $0["jwks_uri"] = nil } }
    }

    @Test("leads to this machine only where the provider itself is on it")
    func loopback() throws {
        let here = "http://127.0.0.1:9000"
        for name in ["authorization_endpoint", "token_endpoint", "jwks_uri"] {
            #expect(throws: ProviderFailure.self, "\(name)") { try document { $0[name] = here + "/x" } }
            let own = try document(issuer: here) {
                $0["issuer"] = here
                $0[name] = here + "/x"
            }
            #expect([own.authorization, own.token, own.keys].contains { $0.description == here + "/x" })
        }
    }

    @Test("stands in the well-known place under its issuer")
    func place() {
        #expect(
            ProviderDocument.place(of: "https://accounts.google.com")?.description
                == "https://accounts.google.com/.well-known/openid-configuration")
        #expect(
            ProviderDocument.place(of: "https://id.example.org/realms/a/")?.target
                == "/realms/a/.well-known/openid-configuration")
        #expect(ProviderDocument.place(of: "http://127.0.0.1:9000") != nil)
        #expect(ProviderDocument.place(of: "http://id.example.org") == nil)
    }
}

@Suite("A provider's address")
struct EndpointTests {
    @Test(
        "is https, or http on this machine",
        arguments: [
            "https://a", "https://a/", "https://A:1/b?c=d", "http://127.0.0.1:1/", "http://localhost/x",
            "http://[::1]:8/", "http://127.9.9.9/",
        ])
    func taken(text: String) {
        #expect(Endpoint(text) != nil)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "a", "https://", "https:///x", "http://a/", "http://127.0.0.1.evil.org/",
            "http://localhost.evil.org/",
            "http://127.0.0.1@evil.org/", "https://user@a/", "https://a/#f", "https://a/ b", "https://a\\b",
            "http://128.0.0.1/", "http://127.1/", "ws://127.0.0.1/", "https://é/",
        ])
    func refused(text: String) {
        #expect(Endpoint(text) == nil)
    }

    @Test("without a path has the root's")
    func root() {
        #expect(Endpoint("https://A.example?x=1")?.description == "https://a.example/?x=1")
    }
}

@Suite("A web sign-in")
struct CodeExchangeTests {
    private let exchange = CodeExchange(
        state: [UInt8](repeating: 1, count: 32), nonce: [UInt8](repeating: 2, count: 32),
        verifier: [UInt8](repeating: 3, count: 32), redirectURI: "https://pixels.example.org/device/callback")

    @Test("leads to the provider with state, nonce and a challenge, and without the verifier")
    func leads() throws {
        let endpoint = try #require(Endpoint("https://id.example.org/auth?x=1"))
        let url = exchange.authorizationURL(at: endpoint, clientID: "a b")
        #expect(url.hasPrefix("https://id.example.org/auth?x=1&response_type=code&client_id=a%20b&"))
        #expect(url.contains("redirect_uri=https%3A%2F%2Fpixels.example.org%2Fdevice%2Fcallback&"))
        #expect(url.contains("scope=openid%20email%20profile&"))
        #expect(url.contains("state=\(exchange.state)&nonce=\(exchange.nonce)&"))
        #expect(url.contains("code_challenge=\(exchange.challenge)&code_challenge_method=S256"))
        #expect(!url.contains(exchange.verifier))
    }

    @Test("has the challenge of RFC 7636's appendix B")
    func challenge() {
        let bytes: [UInt8] = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105,
            214, 191, 240, 91, 88, 5, 88, 83, 132, 141, 121,
        ]
        let exchange = CodeExchange(state: [], nonce: [], verifier: bytes, redirectURI: "")
        #expect(exchange.verifier == "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        #expect(exchange.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test("shows the code with its verifier, and the secret in one place alone")
    func form() {
        let form = String(decoding: exchange.form(code: "c/1", clientID: "id", secret: nil), as: UTF8.self)
        #expect(form.hasPrefix("grant_type=authorization_code&code=c%2F1&redirect_uri="))
        #expect(form.contains("code_verifier=\(exchange.verifier)"))
        #expect(!form.contains("client_secret"))
        let posted = String(decoding: exchange.form(code: "c", clientID: "id", secret: "s&"), as: UTF8.self)
        #expect(posted.hasSuffix("&client_secret=s%26"))
        #expect(CodeExchange.basic(clientID: "id", secret: "a:b") == "Basic aWQ6YSUzQWI=")
    }

    @Test("takes an ID token from an answer of 200 alone, and tells OAuth's word for a refusal")
    func answers() throws {
        #expect(try CodeExchange.idToken(status: 200, json: Array(#"{"id_token":"a.b.c"}"#.utf8)) == "a.b.c")
        #expect(throws: ProviderFailure.refused("invalid_grant")) {
            try CodeExchange.idToken(status: 400, json: Array(#"{"error":"invalid_grant"}"#.utf8))
        }
        #expect(throws: ProviderFailure.refused("status 502")) {
            try CodeExchange.idToken(status: 502, json: Array("<html>".utf8))
        }
        #expect(throws: ProviderFailure.self) {
            try CodeExchange.idToken(status: 200, json: Array(#"{"access_token":"a"}"#.utf8))
        }
    }
}

@Suite("Cache-Control")
struct FreshnessTests {
    @Test(
        "says how long an answer may be used",
        arguments: [
            (nil, nil, nil), ("public, max-age=22233, must-revalidate", nil, 22_233),
            ("Max-Age = 60", nil, 60), ("max-age=\"60\"", nil, 60), ("max-age=60", "20", 40),
            ("max-age=60", "90", 0), ("max-age=60", "x", 60), ("no-cache, max-age=60", nil, 0),
            ("no-store", nil, 0), ("max-age=-1", nil, 0), ("max-age=x", nil, 0), ("private", nil, nil),
            ("max-age=60, max-age=30", nil, 30), ("s-maxage=5", nil, nil),
        ] as [(String?, String?, Int?)])
    func seconds(cacheControl: String?, age: String?, seconds: Int?) {
        #expect(Freshness.seconds(cacheControl: cacheControl, age: age) == seconds)
    }
}
