import Client
import Protocol
import Stage
import Testing
import Transport

@Suite("Arcade runs", .serialized)
struct RunTests {
    /// What was told of runs.
    private func news(_ scene: Scene) -> [ClientEvent] {
        scene.events.filter { event in
            switch event {
            case .runStarted, .runRefused, .scored, .pointRefused, .runEnded, .runLost: true
            default: false
            }
        }
    }

    private func started(_ scene: Scene) -> RunTracker? {
        scene.events.lazy.reversed().compactMap { event in
            guard case .runStarted(let start, let atMs) = event else { return nil }
            return RunTracker(start, startedAtMs: atMs)
        }.first
    }

    /// A connected client with a run that has begun.
    private func play(_ scene: Scene, _ game: ArcadeGameID, codec: MessageCodec = .binary) throws -> (
        GameClient, RunTracker
    ) {
        let client = scene.client { $0.codec = codec }
        client.start()
        #expect(scene.run { client.isConnected })
        client.startRun(game)
        #expect(scene.run { started(scene) != nil })
        return (client, try #require(started(scene)))
    }

    /// Hits the target as soon as time has moved on; tells the point.
    private func hit(_ scene: Scene, _ client: GameClient, _ tracker: inout RunTracker) throws -> RunPoint {
        var point: RunPoint?
        let timer = scene.loop.makeTimer {}
        #expect(
            scene.run {
                let nowMs = scene.loop.monotonicUs / 1000
                let target = tracker.target(atMs: nowMs)
                point = tracker.aim(x: target.x, y: target.y, atMs: nowMs)
                timer.schedule(afterMs: 1)
                return point != nil
            })
        let sent = try #require(point)
        client.point(sent)
        return sent
    }

    @Test("points score, and the result is told", arguments: MessageCodec.allCases)
    func timed(codec: MessageCodec) throws {
        let scene = try Scene()
        defer { scene.end() }
        var (client, tracker) = try play(scene, .shakyDot, codec: codec)
        #expect(tracker.game == .shakyDot && tracker.elapsedMs(atMs: scene.loop.monotonicUs / 1000) < 10_000)
        for count in 1...3 {
            _ = try hit(scene, client, &tracker)
            #expect(scene.run { news(scene).count == 1 + count })
            guard case .scored(let score)? = news(scene).last else {
                Issue.record("no score")
                return
            }
            tracker.take(score)
            #expect(tracker.score == count)
        }
        #expect(scene.server.arcade.points == tracker.hits)
        scene.server.endRun(.time)
        #expect(scene.run { news(scene).count == 5 })
        guard case .runEnded(let result)? = news(scene).last else {
            Issue.record("no result")
            return
        }
        tracker.take(result)
        #expect(tracker.isOver && result.rank == 2 && result.profilePoints == 7)
        client.startRun(.dot)
        #expect(scene.run { scene.server.arcade.runs.count == 2 && news(scene).count == 6 })
    }

    @Test("the last step completes a game of steps, and its time is the score")
    func steps() throws {
        let scene = try Scene()
        defer { scene.end() }
        var (client, tracker) = try play(scene, .steps)
        for count in 1...25 {
            _ = try hit(scene, client, &tracker)
            #expect(scene.run { news(scene).count > count })
            if case .scored(let score) = news(scene)[count] { tracker.take(score) }
        }
        #expect(scene.run { news(scene).count == 27 })
        guard case .runEnded(let result)? = news(scene).last else {
            Issue.record("no result")
            return
        }
        #expect(result.reason == .completed && result.score == tracker.hits.last?.tMs)
    }

    @Test("a refused point is told as itself, and the run goes on")
    func late() throws {
        let scene = try Scene()
        defer { scene.end() }
        var (client, tracker) = try play(scene, .dot)
        let failure = Failure(.pointRejected, "late")
        scene.server.arcade.pointRefusals = [failure]
        let point = try hit(scene, client, &tracker)
        #expect(scene.run { news(scene).last == .pointRefused(point, failure) })
        tracker.refused(failure)
        let next = try hit(scene, client, &tracker)
        #expect(next.seq == 2)
        #expect(scene.run { scene.server.arcade.points == [next] })
        #expect(!scene.events.contains { if case .failed = $0 { true } else { false } })
    }

    @Test("one run at a time is asked for, and a refused one can be asked for again")
    func oneAtATime() throws {
        let scene = try Scene()
        defer { scene.end() }
        let (client, tracker) = try play(scene, .dot)
        client.startRun(.steps)
        #expect(scene.run { news(scene).count == 2 })
        guard case .runRefused(.steps, let failure)? = news(scene).last else {
            Issue.record("not refused")
            return
        }
        #expect(failure.code == .runOpen && scene.server.arcade.runs.count == 1)
        client.endRun(tracker.run)
        #expect(
            scene.run {
                if case .runEnded(let result)? = news(scene).last { result.reason == .left } else { false }
            })
        let full = Failure(.storageUnavailable, "full")
        scene.server.arcade.startRefusals = [full]
        client.startRun(.steps)
        #expect(scene.run { news(scene).last == .runRefused(.steps, full) })
        client.startRun(.steps)
        #expect(scene.run { started(scene)?.game == .steps })
    }

    @Test("an end that comes too late is no news, and a run that nobody knows is lost")
    func endings() throws {
        let scene = try Scene()
        defer { scene.end() }
        let (client, tracker) = try play(scene, .dot)
        scene.server.endRun(.time)
        client.endRun(tracker.run)
        #expect(scene.run { scene.server.count(.endRun(tracker.run)) == 1 })
        client.startRun(.dot)
        #expect(scene.run { scene.server.arcade.runs.count == 2 && news(scene).count == 3 })
        let second = try #require(started(scene)?.run)
        scene.server.arcade = ScriptedArcade()
        client.endRun(second)
        #expect(scene.run { news(scene).last == .runLost(second) })
    }

    @Test("a run is lost with its socket, and no new one begins by itself")
    func lost() throws {
        let scene = try Scene()
        defer { scene.end() }
        let (client, tracker) = try play(scene, .dot)
        scene.server.sockets[0].terminate()
        #expect(scene.run { scene.server.sockets.count == 2 && client.isConnected })
        #expect(news(scene).last == .runLost(tracker.run) && news(scene).count == 2)
        scene.server.arcade = ScriptedArcade()
        scene.server.receives = { [unowned server = scene.server] message in
            if case .startRun = message { server.sockets.last?.terminate() }
            return nil
        }
        client.startRun(.dot)
        #expect(scene.run { news(scene).count == 3 })
        guard case .runRefused(.dot, _)? = news(scene).last else {
            Issue.record("not refused")
            return
        }
    }

    @Test("without a connection a run is refused, and who was sent away for idling comes back for it")
    func away() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        client.startRun(.dot)
        #expect(scene.run { if case .runRefused(.dot, _)? = news(scene).last { true } else { false } })
        client.start()
        #expect(scene.run { client.isConnected && scene.server.status == .playing(idleDeadlineMs: nil) })
        scene.server.sendAway()
        #expect(scene.run { client.state == .watching })
        client.startRun(.dot)
        #expect(scene.run { started(scene) != nil })
        #expect(scene.server.handshakes == [true, false] && scene.server.status == .afk)
    }
}
