import Client
import Crypto
import Protocol
import Stage
import Testing
import Transport

@Suite("Playing and watching", .serialized)
struct PlayTests {
    @Test("frames keep the canvas current, a lost one is repaired")
    func gap() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        client.start()
        #expect(scene.run { client.isConnected && client.replica.isCurrent })
        var random = SeededGenerator(seed: 5)
        scene.server.place(20, using: &random)
        #expect(scene.run { client.replica.cells == scene.server.canvas.cells })
        let changesBefore = scene.server.count("GET /api/canvas/changes")
        scene.server.place(5, using: &random, losingFrame: true)
        scene.server.place(5, using: &random)
        #expect(scene.run { client.replica.version == scene.server.canvas.version })
        #expect(client.replica.cells == scene.server.canvas.cells)
        #expect(scene.server.count("GET /api/canvas/changes") == changesBefore + 1)
    }

    @Test("a reset brings the new canvas")
    func reset() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        client.start()
        var random = SeededGenerator(seed: 6)
        scene.server.place(20, using: &random, losingFrame: true)
        #expect(scene.run { client.replica.version == 20 })
        scene.server.canvas.reset()
        let head = scene.server.canvas.head
        scene.server.publish(
            .canvasReset(
                epoch: head.epoch, version: head.version, width: head.size.width, height: head.size.height))
        #expect(scene.run { client.replica.isCurrent && client.replica.epoch == head.epoch })
        #expect(client.replica.cells == scene.server.canvas.cells)
    }

    @Test("what the host tells everyone is told as it came")
    func announcement() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        client.start()
        #expect(scene.run { client.isConnected })
        scene.server.publish(.announcement(message: "Back\u{1b} soon", atMs: 7))
        #expect(scene.run(until: { scene.events.contains(.announced("Back\u{1b} soon", atMs: 7)) }))
    }

    @Test("an answer comes with its request's id")
    func answers() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        client.start()
        #expect(scene.run { client.isConnected })
        let placed = try #require(client.place(x: 1, y: 2, color: 3))
        let undone = try #require(client.undo())
        let isAnswered = {
            scene.events.contains(.failed(Failure(.nothingToUndo, "nothing"), replyTo: undone))
        }
        #expect(scene.run(until: isAnswered))
        #expect(scene.events.contains(.placed(PlacedAnswer(version: 1, epoch: 1), replyTo: placed)))
        #expect(scene.server.messages.contains(.place(Pixel(x: 1, y: 2, color: 3))))
    }

    @Test("heartbeats tell the latency")
    func latency() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        client.start()
        let latencies = {
            scene.events.compactMap { event in if case .latency(let us) = event { us } else { nil } }
        }
        #expect(scene.run { !latencies().isEmpty })
        #expect(latencies().allSatisfy { (0..<10_000_000).contains($0) })
    }

    @Test("a heartbeat without an answer makes the latency old news, long before the connection is given up")
    func unansweredHeartbeat() throws {
        let scene = try Scene()
        defer { scene.end() }
        scene.server.heartbeatMs = 3_000
        let client = scene.client()
        client.start()
        let isKnown = {
            scene.events.contains { if case .latency(let us?) = $0 { us >= 0 } else { false } }
        }
        #expect(scene.run(until: isKnown))
        scene.server.answersHeartbeats = false
        #expect(scene.run { scene.events.last == .latency(us: nil) })
        #expect(client.isConnected)
    }

    @Test("a client that doesn't play polls, and frames take over when it does")
    func afkPolls() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client { $0.wantsToPlay = false }
        client.start()
        #expect(scene.run { client.isConnected && client.replica.isCurrent && !client.replica.isLive })
        var random = SeededGenerator(seed: 7)
        scene.server.place(4, using: &random, losingFrame: true)
        #expect(scene.run { client.replica.cells == scene.server.canvas.cells })
        client.play()
        #expect(scene.run { client.replica.isLive && client.replica.isCurrent })
        scene.server.place(4, using: &random)
        #expect(scene.run { client.replica.cells == scene.server.canvas.cells })
        client.leave()
        #expect(scene.run { !client.replica.isLive })
    }

    @Test("a watcher polls as a guest, and waits as long as the server says")
    func watching() throws {
        let scene = try Scene()
        defer { scene.end() }
        scene.server.fetchRefusals = [Failure(.cooldown, "wait", retryAfterMs: 300)]
        let client = scene.client(identity: .guest, mode: .watch)
        let startedUs = scene.loop.monotonicUs
        client.start()
        #expect(scene.run { client.replica.isCurrent })
        #expect(scene.loop.monotonicUs - startedUs >= 300_000)
        #expect(client.state == .watching)
        var random = SeededGenerator(seed: 8)
        scene.server.place(30, using: &random, losingFrame: true)
        #expect(scene.run { client.replica.cells == scene.server.canvas.cells })
        #expect(scene.server.sockets.isEmpty)
        #expect(scene.server.requests.first == "POST /api/auth/guest")
        #expect(scene.events.contains(.counts(players: 3, queued: 1)))
    }

    @Test("a watcher without a guest's token watches all the same")
    func watchingUnsigned() throws {
        let scene = try Scene()
        defer { scene.end() }
        scene.server.refusesSignIn = true
        let client = scene.client(identity: .guest, mode: .watch)
        client.start()
        #expect(scene.run { client.state == .watching && client.replica.isCurrent })
    }

    @Test("raw messages come verbatim, and none of our own heartbeats' answers among them")
    func raw() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client {
            $0.codec = .json
            $0.wantsToPlay = false
            $0.deliversRaw = true
            $0.followsCanvas = false
        }
        client.start()
        #expect(scene.run { client.isConnected })
        client.send(text: Array(#"{"type":"undo","id":5}"#.utf8))
        let raws = {
            scene.events.compactMap { event in if case .raw(let bytes, _) = event { bytes } else { nil } }
        }
        #expect(scene.run { raws().count >= 2 })
        let undone = ServerEnvelope(replyTo: 5, .error(Failure(.nothingToUndo, "nothing")))
        #expect(raws().count == 2 && raws()[1] == MessageCodec.json.encode(undone))
    }
}
