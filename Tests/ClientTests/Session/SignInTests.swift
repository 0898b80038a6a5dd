import Client
import Crypto
import Protocol
import Stage
import Testing

@Suite("Signing in", .serialized)
struct SignInTests {
    @Test("a device proves its key by the challenge and connects", arguments: MessageCodec.allCases)
    func device(codec: MessageCodec) throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client { $0.codec = codec }
        client.start()
        #expect(scene.run { client.isConnected && client.replica.isCurrent })
        #expect(
            scene.server.requests.prefix(3) == [
                "POST /api/auth/device/challenge", "POST /api/auth/device", "GET /ws",
            ])
        #expect(client.account?.name == "Ada")
        #expect(scene.states == [.signingIn, .connecting, .connected])
        #expect(client.replica.cells == scene.server.canvas.cells)
    }

    @Test("a taken name is wished for with a number, and at last not at all")
    func takenName() throws {
        let scene = try Scene()
        defer { scene.end() }
        scene.server.takenNames = ["ada"]
        let client = scene.client(identity: .device(Ed25519PrivateKey(), name: "ada"))
        client.start()
        #expect(scene.run { client.isConnected })
        let names = scene.server.wishedNames
        #expect(names.count == 2 && names[0] == "ada")
        #expect(names.last??.hasPrefix("ada-") == true)
    }

    @Test("a token's life of any length is taken", arguments: [Int.min, 0, .max])
    func anyLife(expiresInSeconds: Int) throws {
        let scene = try Scene()
        defer { scene.end() }
        scene.server.sessions.expiresInSeconds = expiresInSeconds
        let client = scene.client()
        client.start()
        #expect(scene.run { client.isConnected })
    }

    @Test("a ban ends it for good")
    func banned() throws {
        let scene = try Scene()
        defer { scene.end() }
        scene.server.refusesSignIn = true
        let client = scene.client()
        client.start()
        #expect(scene.run { client.state == .closed(.refused(Failure(.banned, "banned"))) })
        #expect(scene.server.requests.count == 1)
    }

    @Test("an expired token is refreshed once, the call repeated, and the socket told")
    func expired() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        client.start()
        #expect(scene.run { client.isConnected && client.replica.isCurrent })
        scene.server.sessions.expire()
        var random = SeededGenerator(seed: 3)
        // A lost frame and one after it: the gap makes the client call with its expired token.
        scene.server.place(3, using: &random, losingFrame: true)
        scene.server.place(2, using: &random)
        #expect(scene.run { client.replica.cells == scene.server.canvas.cells })
        #expect(scene.server.count("POST /api/auth/refresh") == 1)
        #expect(scene.server.count("POST /api/auth/device") == 1)
        let isTold = {
            scene.server.messages.contains { if case .authenticate = $0 { true } else { false } }
        }
        #expect(scene.run(until: isTold))
        #expect(client.isConnected && scene.server.sockets.count == 1)
    }

    @Test("a token is refreshed before it ends")
    func refreshesEarly() throws {
        let scene = try Scene()
        defer { scene.end() }
        scene.server.sessions.expiresInSeconds = 1
        let client = scene.client()
        client.start()
        #expect(scene.run { scene.server.count("POST /api/auth/refresh") >= 2 })
        #expect(scene.states == [.signingIn, .connecting, .connected])
    }

    @Test("a handshake refused for its token is repeated with a fresh one")
    func staleHandshake() throws {
        let scene = try Scene()
        defer { scene.end() }
        scene.server.handshakeRefusals = [Failure(.tokenExpired, "expired")]
        let client = scene.client()
        client.start()
        #expect(scene.run { client.isConnected })
        #expect(scene.server.count("POST /api/auth/refresh") == 1)
        #expect(scene.server.count("GET /ws") == 2)
    }

    @Test("a handshake that is forbidden ends it for good")
    func forbidden() throws {
        let scene = try Scene()
        defer { scene.end() }
        scene.server.handshakeRefusals = [Failure(.originRefused, "not from there")]
        let client = scene.client()
        client.start()
        #expect(scene.run { client.state == .closed(.refused(Failure(.originRefused, "not from there"))) })
    }
}
