import Client
import Protocol
import Stage
import Testing
import Transport

@Suite("Being sent away, and coming back", .serialized)
struct AwayTests {
    private static let afk = ClientEvent.status(.afk, idleLeftMs: nil)

    private func isPlaying(_ scene: Scene) -> Bool {
        scene.events.last { if case .status = $0 { true } else { false } }
            == .status(.playing(idleDeadlineMs: nil), idleLeftMs: nil)
    }

    private func play(_ scene: Scene, _ client: GameClient) {
        client.start()
        #expect(scene.run { client.isConnected && client.replica.isCurrent && isPlaying(scene) })
    }

    @Test("who idles watches on in their own name, and play comes back", arguments: [true, false])
    func idle(isTold: Bool) throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client { $0.countsIntervalMs = 50 }
        play(scene, client)
        if isTold {
            scene.server.sendAway()
        } else {
            scene.server.status = .afk
            scene.server.hangUp(.afk)
        }
        #expect(scene.run { client.state == .watching })
        #expect(scene.events.count { $0 == Self.afk } == 1)
        let told = scene.events.count
        let before = scene.server.calls.count
        var random = SeededGenerator(seed: 9)
        scene.server.place(12, using: &random, losingFrame: true)
        #expect(scene.run { client.replica.cells == scene.server.canvas.cells })
        #expect(scene.run { scene.events[told...].contains(.counts(players: 3, queued: 1)) })
        let calls = scene.server.calls[before...]
        #expect(calls.allSatisfy { $0.token == "token-1" && $0.request.hasPrefix("GET /api/canvas") })
        #expect(client.state == .watching && scene.server.handshakes == [true])
        client.play()
        #expect(scene.run { client.isConnected && client.replica.isLive && isPlaying(scene) })
        #expect(scene.server.handshakes == [true, true])
        #expect(
            scene.states == [
                .signingIn, .connecting, .connected, .watching, .connecting, .connected,
            ])
    }

    @Test("who watches after idling goes on watching when the server comes back")
    func serverGone() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client { $0.countsIntervalMs = 50 }
        play(scene, client)
        scene.server.sendAway()
        #expect(scene.run { client.state == .watching })
        scene.server.close()
        #expect(scene.run { if case .waiting = client.state { true } else { false } })
        try scene.restartServer()
        #expect(scene.run { client.state == .watching && client.replica.isCurrent })
        #expect(scene.server.handshakes.isEmpty)
    }

    @Test("stops asking once its sign-in is over and there is no other")
    func bannedMeanwhile() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client { $0.countsIntervalMs = 50 }
        play(scene, client)
        scene.server.sendAway()
        #expect(scene.run { client.state == .watching && client.replica.isCurrent })
        scene.server.refusesSignIn = true
        scene.server.sessions.forget()
        #expect(scene.run { if case .watching = client.state { false } else { true } })
    }

    @Test("a wish to play that the goodbye crossed is asked again")
    func crossing() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        play(scene, client)
        scene.server.receives = { [unowned server = scene.server] message in
            guard message == .play else { return nil }
            server.sendAway()
            return .ok
        }
        client.play()
        #expect(scene.run { client.isConnected && scene.server.handshakes.count == 2 && isPlaying(scene) })
        #expect(scene.server.handshakes == [true, true])
    }

    @Test("a connection that was lost comes back as what it was, and asks for nothing")
    func resumes() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        play(scene, client)
        scene.server.sockets[0].terminate()
        #expect(scene.run { scene.server.handshakes.count == 2 && client.isConnected })
        #expect(scene.server.handshakes == [true, false])
        #expect(scene.run { client.replica.isLive && isPlaying(scene) })
    }

    @Test("after a restart of the server the client is AFK and stays so")
    func restarted() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        play(scene, client)
        try scene.restartServer()
        #expect(scene.run { if case .waiting = client.state { true } else { false } })
        #expect(scene.run { client.isConnected && client.replica.isCurrent })
        #expect(scene.server.handshakes.allSatisfy { !$0 } && scene.server.count(.play) == 0)
        #expect(!client.replica.isLive && !client.isAskingToPlay)
    }

    @Test("a wish to play that no connection answered is asked by the next")
    func unanswered() throws {
        let scene = try Scene()
        defer { scene.end() }
        scene.server.handshakeRefusals = [Failure(.shuttingDown, "soon")]
        let client = scene.client()
        play(scene, client)
        #expect(scene.server.handshakes == [true, true])
    }

    @Test("a place in the queue is an answer, and outlives the connection")
    func queued() throws {
        let scene = try Scene()
        defer { scene.end() }
        let queued = PlayerStatus.queued(position: 2, sinceMs: 5)
        scene.server.playAnswers = [.status(queued)]
        let client = scene.client()
        client.start()
        #expect(scene.run { scene.events.contains(.status(queued, idleLeftMs: nil)) })
        #expect(!client.isAskingToPlay && client.replica.isLive)
        scene.server.sockets[0].terminate()
        #expect(scene.run { scene.events.count { $0 == .status(queued, idleLeftMs: nil) } == 2 })
        #expect(scene.server.handshakes == [true, false])
        scene.server.promote(.playing(idleDeadlineMs: nil))
        #expect(scene.run { isPlaying(scene) })
    }

    @Test("a full queue is an answer, too")
    func queueFull() throws {
        let scene = try Scene()
        defer { scene.end() }
        let full = Failure(.queueFull, "full")
        scene.server.playAnswers = [.error(full), .error(full)]
        let client = scene.client()
        client.start()
        #expect(scene.run { scene.events.contains(.failed(full, replyTo: nil)) })
        #expect(client.isConnected && !client.isAskingToPlay)
        client.play()
        #expect(client.isAskingToPlay)
        #expect(scene.run { !client.isAskingToPlay })
        scene.server.sockets[0].terminate()
        #expect(scene.run { scene.server.handshakes.count == 2 && client.isConnected })
        #expect(scene.server.handshakes == [true, false])
    }

    @Test("a full queue told by the handshake itself doesn't shut the client out")
    func queueFullAtTheDoor() throws {
        let scene = try Scene()
        defer { scene.end() }
        let full = Failure(.queueFull, "full")
        scene.server.handshakeRefusals = [full]
        let client = scene.client()
        client.start()
        #expect(scene.run { client.isConnected })
        #expect(scene.events.contains(.failed(full, replyTo: nil)))
        #expect(scene.server.handshakes == [true, false])
    }

    @Test("play and leave that come before the welcome are said after it")
    func beforeWelcome() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client { $0.wantsToPlay = false }
        client.start()
        #expect(scene.run { client.state == .connecting })
        client.play()
        #expect(scene.run { isPlaying(scene) })
        #expect(scene.server.handshakes == [false] && scene.server.count(.play) == 1)
        scene.server.sockets[0].terminate()
        #expect(scene.run { if case .waiting = client.state { true } else { false } })
        client.leave()
        #expect(scene.run { client.isConnected && scene.server.count(.leave) == 1 })
        #expect(scene.run { scene.events.last { if case .status = $0 { true } else { false } } == Self.afk })
        #expect(client.isConnected && scene.server.status == .afk)
    }

    @Test("a session that was over gets a fresh token and comes back without a wait")
    func sessionOver() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client { $0.stableAfterMs = 600_000 }
        play(scene, client)
        scene.server.hangUp(.sessionOver)
        #expect(scene.run { client.isConnected && scene.server.handshakes.count == 2 })
        #expect(
            scene.states == [
                .signingIn, .connecting, .connected, .signingIn, .connecting, .connected,
            ])
        #expect(scene.server.sessions.refreshCount == 1)
        #expect(scene.server.calls.last { $0.request == "GET /ws" }?.token == "token-2")
        // A server that never has enough isn't asked in a circle.
        scene.server.hangUp(.sessionOver)
        #expect(scene.run { if case .waiting(1, _, _) = client.state { true } else { false } })
        #expect(scene.run { client.isConnected && scene.server.sessions.refreshCount == 2 })
    }

    @Test("a deadline is told as the time that is left by the server's clock")
    func deadline() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        play(scene, client)
        let status = PlayerStatus.playing(idleDeadlineMs: scene.server.timeMs + 15_000)
        scene.server.promote(status)
        var left: Int?
        let isTold = {
            for case .status(status, .some(let leftMs)) in scene.events { left = leftMs }
            return left != nil
        }
        #expect(scene.run(until: isTold))
        #expect((5_000...15_100).contains(try #require(left)))
    }
}
