import Client
import Crypto
import Protocol
import Stage
import Testing
import Transport

@Suite("Being banned", .serialized)
struct BanTests {
    private static let failure = Failure(.banned, "This account is banned: bots")

    /// A client that ends by a ban with its reason, and then is quiet.
    private func expectEnd(_ scene: Scene, _ client: GameClient) {
        #expect(scene.run { if case .closed = client.state { true } else { false } })
        guard case .closed(let reason) = client.state else { return }
        #expect(reason == .refused(Self.failure) && reason.ban == Self.failure)
        #expect(reason.description == "This account is banned: bots")
        let calls = scene.server.calls.count
        // What a client would try again, it would try within its longest wait's first part.
        let timer = scene.loop.makeTimer {}
        var turns = 0
        #expect(
            scene.run {
                turns += 1
                timer.schedule(afterMs: 5)
                return turns > 100
            })
        #expect(scene.server.calls.count == calls && client.state == .closed(reason))
        #expect(scene.states.count { if case .closed = $0 { true } else { false } } == 1)
    }

    private func connected(_ scene: Scene, _ adjust: (inout ClientConfiguration) -> Void = { _ in })
        -> GameClient
    {
        let client = scene.client(adjust)
        client.start()
        #expect(scene.run { client.isConnected && client.replica.isCurrent })
        return client
    }

    @Test("ends a sign-in")
    func signIn() throws {
        let scene = try Scene()
        defer { scene.end() }
        scene.server.banReason = "bots"
        let client = scene.client()
        client.start()
        expectEnd(scene, client)
        #expect(scene.server.handshakes.isEmpty)
    }

    @Test("closes the socket, and the reason is asked for once", arguments: [true, false])
    func socket(reconnects: Bool) throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = connected(scene) { $0.reconnects = reconnects }
        scene.server.ban("bots")
        expectEnd(scene, client)
        #expect(scene.server.count("GET /api/me") == 1 && scene.server.sockets.count == 1)
    }

    @Test("without a reason it was a kick")
    func kicked() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = connected(scene)
        scene.server.hangUp(.banned)
        #expect(scene.run { client.state == .closed(.code(CloseCode.banned.rawValue)) })
        #expect(CloseReason.code(CloseCode.banned.rawValue).ban == nil)
    }

    @Test("found by a call ends the session, and the call hears of it first")
    func call() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = connected(scene)
        scene.server.banReason = "bots"
        var heard: Failure?
        var wasOver = true
        client.me { result in
            if case .failure(let failure) = result { heard = failure }
            if case .closed = client.state { wasOver = true } else { wasOver = false }
        }
        expectEnd(scene, client)
        #expect(heard == Self.failure && !wasOver)
    }

    @Test("found by a refresh ends the session")
    func refresh() throws {
        let scene = try Scene()
        defer { scene.end() }
        scene.server.sessions.expiresInSeconds = 1
        let client = connected(scene)
        scene.server.banReason = "bots"
        expectEnd(scene, client)
    }

    @Test("told on the socket ends the session")
    func message() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = connected(scene)
        scene.server.receives = { message in
            if case .place = message { .error(Self.failure) } else { nil }
        }
        client.place(x: 0, y: 0, color: 1)
        expectEnd(scene, client)
    }

    @Test("found by a watcher's fetch ends the session")
    func watching() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client(mode: .watch) { $0.countsIntervalMs = 20 }
        client.start()
        #expect(scene.run { client.state == .watching && client.replica.isCurrent })
        scene.server.banReason = "bots"
        expectEnd(scene, client)
    }

    @Test("drops the kept session, so that a later start signs in by the key")
    func kept() throws {
        let state = try StateDirectory()
        let scene = try Scene()
        defer { scene.end() }
        let identity = try state.keyring.identity(profile: "ada", name: nil)
        let client = scene.client(identity: identity)
        client.start()
        #expect(scene.run { client.isConnected && client.replica.isCurrent })
        #expect(state.names().contains { $0.hasSuffix(".session") })
        scene.server.ban("bots")
        expectEnd(scene, client)
        #expect(!state.names().contains { $0.hasSuffix(".session") })
        scene.server.banReason = nil
        client.play()
        #expect(scene.run { client.isConnected })
        #expect(scene.server.sessions.signInCount == 2)
    }
}
