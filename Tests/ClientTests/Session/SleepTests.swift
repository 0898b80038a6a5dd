import Protocol
import Stage
import Testing
import Transport

@testable import Client

@Suite("Coming back from sleep", .serialized)
struct SleepTests {
    /// A clock that the test moves on as a sleeping machine's does.
    private final class Clock {
        var sleptUs: Int64 = 0
    }

    private func sleepy(_ scene: Scene, _ client: GameClient) -> Clock {
        let clock = Clock()
        client.bootUs = { [loop = scene.loop] in loop.monotonicUs + clock.sleptUs }
        return clock
    }

    @Test("the time asleep is what one clock is ahead of the other since the last look")
    func detector() {
        var detector = SleepDetector()
        #expect(detector.look(monotonicUs: 5, bootUs: 1_000_005) == 0, "what was before doesn't count")
        #expect(detector.look(monotonicUs: 2_000_005, bootUs: 3_000_005) == 0)
        #expect(detector.look(monotonicUs: 2_000_010, bootUs: 63_000_010) == 60_000_000)
        #expect(detector.look(monotonicUs: 2_000_011, bootUs: 63_000_011) == 0, "once")
        #expect(
            detector.look(monotonicUs: 2_000_020, bootUs: 63_000_000) == 0, "a clock set back is no sleep")
        let boot = SleepDetector.bootUs()
        #expect(boot > 0 && SleepDetector.bootUs() >= boot)
    }

    @Test("after a long sleep the connection is opened anew at once, as what it was")
    func reopens() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        let clock = sleepy(scene, client)
        client.start()
        #expect(scene.run { client.isConnected && client.replica.isLive })
        clock.sleptUs += 600_000_000
        client.lookForSleep()
        #expect(client.state == .connecting)
        #expect(scene.run { client.isConnected && client.replica.isLive && client.replica.isCurrent })
        #expect(scene.server.handshakes == [true, false])
        #expect(!scene.states.contains { if case .waiting = $0 { true } else { false } })
    }

    @Test("after a nap the server is told at once that we are here, on the same connection")
    func nap() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        let clock = sleepy(scene, client)
        client.start()
        #expect(scene.run { client.isConnected && scene.server.count(.heartbeat) == 1 })
        clock.sleptUs += 3_000_000
        client.lookForSleep()
        #expect(scene.run { scene.server.count(.heartbeat) == 2 })
        #expect(scene.server.handshakes == [true] && client.isConnected)
        client.lookForSleep()
        #expect(scene.run { client.isConnected } && scene.server.count(.heartbeat) == 2, "no sleep, no word")
    }

    @Test("whoever waits to try again tries at once")
    func waiting() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        let clock = sleepy(scene, client)
        client.start()
        #expect(scene.run { client.isConnected })
        let port = scene.server.url.port
        scene.server.close()
        // By then the waits are longer than the test may take.
        #expect(
            scene.run { if case .waiting(let attempt, _, _) = client.state { attempt >= 1 } else { false } })
        try scene.restartServer()
        #expect(scene.server.url.port == port)
        clock.sleptUs += 60_000_000
        client.lookForSleep()
        #expect(client.state == .connecting || client.state == .signingIn)
        #expect(scene.run { client.isConnected && client.replica.isCurrent })
    }

    @Test("a watcher who polls asks for what is new at once")
    func watcher() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client(identity: .guest, mode: .watch)
        let clock = sleepy(scene, client)
        client.start()
        #expect(scene.run { client.state == .watching && client.replica.isCurrent })
        var random = SeededGenerator(seed: 8)
        scene.server.place(9, using: &random, losingFrame: true)
        let asked = scene.server.requests.count
        clock.sleptUs += 60_000_000
        client.lookForSleep()
        #expect(scene.run { client.replica.cells == scene.server.canvas.cells })
        #expect(scene.server.requests.count == asked + 1)
    }
}
