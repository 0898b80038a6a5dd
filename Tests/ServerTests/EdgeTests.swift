import Crypto
import Engine
import Protocol
import Storage
import Testing
import Transport

@testable import Server

@Suite struct ClientAddressTests {
    @Test(arguments: [
        ("203.0.113.9", [], "203.0.113.9"),
        ("203.0.113.9", ["198.51.100.7"], "203.0.113.9"),
        ("10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["6.6.6.6, 198.51.100.7, 10.0.0.2"], "198.51.100.7"),
        ("10.0.0.1", ["6.6.6.6", "198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["6.6.6.6", "198.51.100.7, 10.0.0.2"], "198.51.100.7"),
        ("10.0.0.1", ["10.0.0.2"], "10.0.0.1"),
        ("10.0.0.1", ["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::/64"),
        ("10.0.0.1", ["[2001:db8:1:2:3::6]"], "2001:db8:1:2::/64"),
        ("10.0.0.1", ["[2001:db8:1:2:3::6]:4711"], "2001:db8:1:2::/64"),
        ("10.0.0.1", ["198.51.100.7:4711"], "198.51.100.7"),
        ("10.0.0.1", ["198.51.100.7, ::ffff:10.0.0.2"], "198.51.100.7"),
        ("10.0.0.1", ["198.51.100.07"], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.7, unknown"], "10.0.0.1"),
    ])
    func `only what trusted proxies wrote counts`(remote: String, forwarded: [String], key: String) {
        let finder = ClientAddress(trustedProxies: ["10.0.0.1", "10.0.0.2"])
        let headers = HTTPHeaders(forwarded.map { ("x-forwarded-for", $0) })
        #expect(finder.limitKey(remote: NetAddress(host: remote, port: 1), headers: headers) == key)
    }
}

@Suite struct LoggedPathTests {
    @Test(arguments: [
        ("/api/relays/BCDFGH/join", "/api/relays/CODE/join"),
        ("/api/relays/bcd-fgh/join", "/api/relays/CODE/join"),
        ("/api/relays/0123456789abc/join", "/api/relays/0123456789abc/join"),
        ("/api/relays", "/api/relays"), ("/api/canvas/pixels/1/2", "/api/canvas/pixels/1/2"), ("", ""),
    ])
    func `a relay's code stays out of the log`(path: String, logged: String) {
        #expect(path.hidingRelayCode == logged)
    }
}

@Suite struct TokenDeskTests {
    private let desk = TokenDesk(signer: TokenSigner(key: Ed25519PrivateKey(), issuer: "test"))
    private let identity = Identity(
        id: Identifier(rawValue: 7), sessionID: Identifier(rawValue: 8), kind: .account, generation: 3,
        expiresAtMs: 1_000_000)

    @Test func `a token proves the identity it was made for until it ends`() {
        let token = desk.token(for: identity, name: "a", nowMs: 100_000)
        #expect(desk.credential(token: token, nowMs: 999_000) == .valid(identity))
        #expect(desk.credential(token: token, nowMs: 1_001_000) == .expired)
    }

    @Test func `a guest's name travels in its token`() {
        var guest = identity
        guest.kind = .guest(name: "visitor é")
        let token = desk.token(for: guest, name: "visitor é", nowMs: 0)
        #expect(desk.credential(token: token, nowMs: 0) == .valid(guest))
    }

    @Test func `a time too far off to be counted in milliseconds is invalid, though truly signed`() {
        let signer = TokenSigner(key: Ed25519PrivateKey(), issuer: "test")
        let desk = TokenDesk(signer: signer)
        for end in [Int64.max, Int64.max / 1000 + 1] {
            let token = signer.sign(
                TokenClaims(
                    subject: identity.id.description, sessionID: identity.sessionID.description,
                    kind: "account", name: nil, generation: 1, roles: [], issuedAt: 0, expiresAt: end))
            #expect(desk.credential(token: token, nowMs: 0) == .invalid)
        }
    }

    @Test func `another key's token is invalid`() {
        let other = TokenDesk(signer: TokenSigner(key: Ed25519PrivateKey(), issuer: "test"))
        let token = other.token(for: identity, name: "a", nowMs: 0)
        #expect(desk.credential(token: token, nowMs: 0) == .invalid)
    }
}

@Suite struct AnswerResponseTests {
    @Test func `a limit says when to try again, in whole seconds and in milliseconds`() throws {
        let response = AnswerResponse.failure(Failure(.cooldown, "wait", retryAfterMs: 1_200))
        #expect(response.status == 429)
        #expect(response.headers["Retry-After"] == "2")
        #expect(String(decoding: response.body, as: UTF8.self).contains("\"retry_after_ms\":1200"))
    }

    @Test func `a new token's lifetime is told whole, however long the commit before the answer took`() throws
    {
        let identity = Identity(
            id: Identifier(rawValue: 7), sessionID: Identifier(rawValue: 8), kind: .account, generation: 0,
            expiresAtMs: 1_000_000)
        let answers = AnswerResponse(
            tokens: TokenDesk(signer: TokenSigner(key: Ed25519PrivateKey(), issuer: "test")),
            metrics: MetricsPage(meters: Meters(), commits: { CommitStatistics() }, sentBytes: { 0 }),
            openAPIDocument: [])
        let response = answers.response(.session(identity, name: "a", refreshToken: [1]), nowMs: 100_004)
        #expect(try SessionAnswer(json: response.body).expiresInSeconds == 900)
    }

    @Test func `401 names the scheme, 405 the methods`() {
        #expect(AnswerResponse.failure(Failure(.unauthorized, "x")).headers["WWW-Authenticate"] == "Bearer")
        let refused = AnswerResponse.failure(Failure(.methodNotAllowed, "x"), allow: ["GET", "HEAD"])
        #expect(refused.status == 405)
        #expect(refused.headers["Allow"] == "GET, HEAD")
    }

    @Test(arguments: [
        ("pixelwars.v1.binary", MessageCodec.binary), ("chat, pixelwars.v1.json", .json),
        (" pixelwars.v1.binary , pixelwars.v1.json", .binary), ("chat", nil), ("", nil),
    ])
    func `the first subprotocol we speak is chosen`(offered: String, codec: MessageCodec?) {
        #expect(MessageCodec.chosen(offered: offered) == codec)
    }
}
