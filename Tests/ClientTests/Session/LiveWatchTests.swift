import Client
import Protocol
import Stage
import Testing
import Transport

@Suite("Watching live", .serialized)
struct LiveWatchTests {
    private func liveScene() throws -> Scene {
        let scene = try Scene()
        scene.server.hasLiveSpectators = true
        return scene
    }

    private func watch(_ scene: Scene, _ client: GameClient) {
        client.start()
        #expect(scene.run { client.state == .watching && client.replica.isLive && client.replica.isCurrent })
    }

    /// Calls for changes since so many calls.
    private func changesCalls(_ scene: Scene, since count: Int = 0) -> Int {
        scene.server.requests.dropFirst(count).count { $0 == "GET /api/canvas/changes" }
    }

    @Test("a watcher gets frames over a guest's socket, which never asks to play, and asks for no changes")
    func frames() throws {
        let scene = try liveScene()
        defer { scene.end() }
        let client = scene.client(identity: .guest, mode: .watch)
        watch(scene, client)
        #expect(scene.server.handshakes == [false] && scene.server.sockets.count == 1)
        let asked = scene.server.requests.count
        var random = SeededGenerator(seed: 8)
        for _ in 0..<5 {
            scene.server.place(30, using: &random)
            #expect(scene.run { client.replica.cells == scene.server.canvas.cells })
        }
        #expect(changesCalls(scene, since: asked) == 0)
        #expect(!client.isConnected && client.place(x: 0, y: 0, color: 1) == nil, "watching is read-only")
        #expect(
            scene.run { scene.events.contains { if case .latency(us: .some) = $0 { true } else { false } } })
        #expect(scene.states == [.signingIn, .connecting, .watching])
        #expect(!scene.events.contains { if case .welcome = $0 { true } else { false } })
    }

    @Test("a frame that begins before the newcomer's version joins")
    func overlap() throws {
        let scene = try liveScene()
        defer { scene.end() }
        var random = SeededGenerator(seed: 9)
        scene.server.place(20, using: &random)
        let client = scene.client(identity: .guest, mode: .watch)
        watch(scene, client)
        let asked = scene.server.requests.count
        let before = scene.server.canvas.version - 15
        scene.server.place(10, using: &random, losingFrame: true)
        scene.server.publish(.pixels(scene.server.canvas.frame(from: before)))
        #expect(scene.run { client.replica.cells == scene.server.canvas.cells })
        #expect(changesCalls(scene, since: asked) == 0)
    }

    @Test("a watcher who is refused a socket polls, and so does one whose socket says nothing")
    func refused() throws {
        let scene = try liveScene()
        defer { scene.end() }
        scene.server.handshakeRefusals = [Failure(.rateLimited, "enough sockets", retryAfterMs: 5_000)]
        let client = scene.client(identity: .guest, mode: .watch)
        client.start()
        #expect(scene.run { client.state == .watching && client.replica.isCurrent })
        #expect(!client.replica.isLive && scene.server.handshakes == [false])
        var random = SeededGenerator(seed: 10)
        scene.server.place(30, using: &random, losingFrame: true)
        #expect(scene.run { client.replica.cells == scene.server.canvas.cells })
        #expect(scene.states == [.signingIn, .connecting, .watching])
    }

    @Test("a watcher whose socket is lost comes back to watch live")
    func comesBack() throws {
        let scene = try liveScene()
        defer { scene.end() }
        let client = scene.client(identity: .guest, mode: .watch)
        watch(scene, client)
        scene.server.sockets[0].terminate()
        #expect(scene.run { scene.server.handshakes.count == 2 })
        #expect(scene.run { client.state == .watching && client.replica.isLive })
    }

    @Test("an account that watches, and a guest who doesn't want to, open no socket")
    func others() throws {
        for isAccount in [true, false] {
            let scene = try liveScene()
            defer { scene.end() }
            let client =
                isAccount
                ? scene.client(mode: .watch)
                : scene.client(identity: .guest, mode: .watch) { $0.watchesLive = false }
            client.start()
            #expect(scene.run { client.state == .watching && client.replica.isCurrent })
            #expect(scene.server.handshakes.isEmpty && !client.replica.isLive)
        }
    }

    @Test(
        "who stands aside watches live by the socket there is, told by the first look or the first frame",
        arguments: [true, false])
    func aside(isTold: Bool) throws {
        let scene = try liveScene()
        defer { scene.end() }
        let client = scene.client {
            $0.wantsToPlay = false
            $0.countsIntervalMs = isTold ? 20 : 0
        }
        client.start()
        #expect(scene.run { client.isConnected && client.replica.isCurrent })
        var random = SeededGenerator(seed: 11)
        if !isTold { scene.server.place(5, using: &random) }
        #expect(scene.run { client.replica.isLive && client.replica.isCurrent })
        scene.server.place(5, using: &random)
        #expect(scene.run { client.replica.cells == scene.server.canvas.cells })
        client.play()
        #expect(scene.run { scene.server.status != .afk && !client.isAskingToPlay })
        client.leave()
        #expect(
            scene.run {
                scene.events.last { if case .status = $0 { true } else { false } }
                    == .status(.afk, idleLeftMs: nil)
            })
        #expect(client.replica.isLive, "frames go on, slower")
    }
}
