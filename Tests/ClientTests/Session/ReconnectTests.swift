import Client
import Crypto
import Protocol
import Stage
import Testing
import Transport

@Suite("Reconnecting", .serialized)
struct ReconnectTests {
    @Test("a lost connection is sought again after a wait, and the canvas is current again")
    func dropped() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        client.start()
        #expect(scene.run { client.isConnected && client.replica.isCurrent })
        scene.server.sockets[0].terminate()
        #expect(scene.run { if case .waiting = client.state { true } else { false } })
        guard case .waiting(let attempt, let delayMs, _)? = scene.states.last else { return }
        #expect(attempt == 1 && (0...Backoff.baseMs).contains(delayMs))
        #expect(scene.events.contains(.latency(us: nil)))
        #expect(client.place(x: 0, y: 0, color: 1) == nil)

        var random = SeededGenerator(seed: 4)
        scene.server.place(9, using: &random)
        #expect(scene.run { client.isConnected && client.replica.isCurrent })
        #expect(client.replica.cells == scene.server.canvas.cells)
        #expect(scene.server.sockets.count == 2)
        #expect(scene.server.count("GET /api/canvas/snapshot") == 1)
    }

    @Test("a busy server is tried again until it takes us")
    func busy() throws {
        let scene = try Scene()
        defer { scene.end() }
        scene.server.handshakeRefusals = [
            Failure(.storageUnavailable, "full"), Failure(.shuttingDown, "soon"),
        ]
        let client = scene.client()
        client.start()
        #expect(scene.run { client.isConnected })
        #expect(scene.server.count("GET /ws") == 3)
        let attempts = scene.states.compactMap { state in
            if case .waiting(let attempt, _, _) = state { attempt } else { nil }
        }
        #expect(attempts == [1, 2])
    }

    @Test(
        "after a close that means it, only play comes back",
        arguments: [CloseCode.replaced, .signedOut, .banned])
    func final(code: CloseCode) throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        client.start()
        #expect(scene.run { client.isConnected })
        scene.server.sockets[0].close(code: code.rawValue)
        #expect(scene.run { client.state == .closed(.code(code.rawValue)) })
        client.play()
        #expect(scene.run { client.isConnected })
        #expect(scene.server.sockets.count == 2)
    }

    @Test("a restarting server's close is no end")
    func goingAway() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        client.start()
        #expect(scene.run { client.isConnected })
        scene.server.sockets[0].close(code: CloseCode.goingAway.rawValue)
        #expect(scene.run { client.isConnected && scene.server.sockets.count == 2 })
    }

    @Test("a client that shall not come back tells why it ended")
    func once() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client { $0.reconnects = false }
        client.start()
        #expect(scene.run { client.isConnected })
        scene.server.sockets[0].terminate()
        #expect(scene.run { client.state == .closed(.lost("the connection was lost")) })
    }

    @Test("nobody at the address is told with the next attempt's time")
    func nobody() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        scene.server.close()
        client.start()
        #expect(scene.run { if case .waiting(2, _, _) = client.state { true } else { false } })
    }
}
