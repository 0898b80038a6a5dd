import Client
import Protocol
import Stage
import Testing
import Transport

@Suite("A history client", .serialized)
struct HistoryClientTests {
    private func scene(_ changes: Int = 100) throws -> Scene {
        let scene = try Scene()
        var random = SeededGenerator(seed: 3)
        var history = ScriptedHistory(size: scene.server.canvas.size)
        history.scribble(changes, using: &random)
        scene.server.history = history
        return scene
    }

    private func outcome<Value>(
        _ scene: Scene, _ call: (@escaping HistoryClient.Answer<Value>) -> Void
    ) throws -> Result<Value, Failure> {
        var outcome: Result<Value, Failure>?
        call { outcome = $0 }
        #expect(scene.run { outcome != nil })
        return try #require(outcome)
    }

    @Test("reads what is kept, the canvas at a version and a time, and the changes after one")
    func reads() throws {
        let scene = try scene()
        defer { scene.end() }
        let history = try #require(scene.server.history)
        let client = HistoryClient(loop: scene.loop, url: scene.server.url)
        defer { client.close() }
        #expect(try outcome(scene) { client.overview($0) }.get() == history.overview)
        let moments: [HistoryMoment] = [.version(0), .version(37), .time(ms: history.nowMs)]
        for moment in moments {
            let canvas = try outcome(scene) { client.state(at: moment, $0) }.get()
            #expect(try canvas == history.canvas(at: moment))
        }
        let page = try outcome(scene) { client.page(after: 20, limit: 30, $0) }.get()
        #expect(try page == history.page(after: 20, limit: 30))
        #expect(scene.server.calls.allSatisfy { $0.token == nil })
    }

    @Test("reads with a client's sign-in, too")
    func readsSignedIn() throws {
        let scene = try scene()
        defer { scene.end() }
        let game = scene.client { $0.followsCanvas = false }
        game.start()
        #expect(scene.run { game.isConnected })
        let client = HistoryClient(game)
        #expect(try outcome(scene) { client.overview($0) }.get().latestVersion == 100)
        #expect(scene.server.calls.last?.token != nil)
    }

    @Test("waits where the server asks it to, and gives a refusal for good on")
    func waits() throws {
        let scene = try scene()
        defer { scene.end() }
        let client = HistoryClient(loop: scene.loop, url: scene.server.url)
        defer { client.close() }
        let later = Failure(.cooldown, "wait", retryAfterMs: 5)
        scene.server.fetchRefusals = [later, later]
        #expect(try outcome(scene) { client.page(after: 0, $0) }.get().changes.count == 100)
        #expect(scene.server.count("GET /api/history/changes") == 3)
        let gone = try outcome(scene) { client.state(at: .version(101), $0) }
        #expect(gone == .failure(Failure(.versionAhead, "not yet")))
        scene.server.fetchRefusals = [Failure(.cooldown, "wait", retryAfterMs: 3_600_000)]
        #expect(throws: Failure.self) { try outcome(scene) { client.overview($0) }.get() }
    }

    @Test("fetches what a timeline lacks until it is where it was wished to be")
    func feedsATimeline() throws {
        let scene = try scene(900)
        defer { scene.end() }
        let history = try #require(scene.server.history)
        let client = HistoryClient(loop: scene.loop, url: scene.server.url)
        defer { client.close() }
        var memory = Timeline.Memory()
        memory.pageChanges = 100
        var timeline = Timeline(try history.canvas(at: .version(0)), versions: 0...900, memory: memory)
        for version in [Version(150), 700, 650, 900, 0] {
            for _ in 0..<20 {
                guard case .needs(let need) = timeline.seek(to: version) else { break }
                let isTaken = timeline.take(try outcome(scene) { client.fetch(need, $0) }.get())
                #expect(isTaken)
            }
            #expect(timeline.version == version)
            #expect(try timeline.cells == history.canvas(at: .version(version)).cells)
        }
    }

    @Test("tells of a canvas that isn't the one asked for, instead of asking for ever")
    func refusesAnotherVersion() throws {
        let scene = try scene()
        defer { scene.end() }
        let history = try #require(scene.server.history)
        let (asked, other) = (try history.canvas(at: .version(40)), try history.canvas(at: .version(41)))
        let client = HistoryClient(loop: scene.loop, url: scene.server.url)
        defer { client.close() }
        scene.server.historyLie = { _ in ScriptedServer.canvas(other) }
        let result = try outcome(scene) { client.state(at: .version(40), $0) }
        #expect(throws: Failure.self) { try result.get() }
        var timeless = other
        for version in [Version(-1), .max] {
            timeless.version = version
            scene.server.historyLie = { [timeless] _ in ScriptedServer.canvas(timeless) }
            let result = try outcome(scene) { client.state(at: .time(ms: other.atMs), $0) }
            #expect(throws: Failure.self) { try result.get() }
        }
        scene.server.historyLie = { _ in ScriptedServer.canvas(asked) }
        #expect(try outcome(scene) { client.state(at: .version(40), $0) }.get() == asked)
    }

    @Test("tells of changes that are others than those asked for, or more")
    func refusesAnotherPage() throws {
        let scene = try scene()
        defer { scene.end() }
        let history = try #require(scene.server.history)
        let client = HistoryClient(loop: scene.loop, url: scene.server.url)
        defer { client.close() }
        for page in [try history.page(after: 8, limit: 30), try history.page(after: 7, limit: 31)] {
            scene.server.historyLie = { _ in
                HTTPResponse(
                    status: 200, headers: ["Content-Type": "application/json"], body: page.json())
            }
            let result = try outcome(scene) { client.page(after: 7, limit: 30, $0) }
            #expect(throws: Failure.self) { try result.get() }
        }
    }
}
