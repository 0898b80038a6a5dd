import Client
import Crypto
import Protocol
import Stage
import Testing
import Transport

@Suite("Playing relays", .serialized)
struct RelayTests {
    private func kinds(_ scene: Scene) -> [RelayEvent.Kind] {
        scene.events.compactMap { event in if case .relay(let event) = event { event.kind } else { nil } }
    }

    private func states(_ scene: Scene) -> Int {
        kinds(scene).count { if case .state = $0 { true } else { false } }
    }

    /// A client in the room of a relay that it made.
    private func enter(_ scene: Scene) throws -> (GameClient, RelayView) {
        let client = scene.client()
        client.start()
        #expect(scene.run { client.isConnected })
        var view: RelayView?
        client.createRelay(RelayOptions()) { view = try? $0.get() }
        #expect(scene.run { view != nil })
        let relay = try #require(view)
        client.join(relay: relay.relay)
        #expect(scene.run { states(scene) == 1 })
        return (client, relay)
    }

    @Test("a relay is made, listed, joined, started and played")
    func plays() throws {
        let scene = try Scene()
        defer { scene.end() }
        let (client, relay) = try enter(scene)
        var listed: [RelayView] = []
        client.listRelays { listed = (try? $0.get()) ?? [] }
        #expect(scene.run { listed == [relay] })
        var joined: RelayView?
        client.joinRelay(.code(relay.code)) { joined = try? $0.get() }
        #expect(scene.run { joined?.relay == relay.relay })
        var started: RelayView?
        client.startRelay(relay.relay) { started = try? $0.get() }
        #expect(scene.run { started?.status == .running })
        var puzzle: PuzzleView?
        client.currentPuzzle(relay: relay.relay) { puzzle = try? $0.get() }
        #expect(scene.run { puzzle != nil })
        let open = try #require(puzzle)
        let wrong = try #require(client.answer(relay: relay.relay, puzzle: open.id, "?"))
        #expect(scene.run { scene.events.contains(.done(replyTo: wrong)) })
        #expect(kinds(scene).contains(.failed(by: scene.server.account, puzzle: open.id, penalty: 5)))
        client.answer(relay: relay.relay, puzzle: open.id, "2")
        #expect(scene.run { scene.server.relay?.players.first?.solves == 1 })
        var points: [RelayPlayer] = []
        client.relayPoints(relay.relay) { points = (try? $0.get()) ?? [] }
        #expect(scene.run { points.map(\.points) == [105] })
        let late = try #require(client.answer(relay: relay.relay, puzzle: open.id, "2"))
        #expect(
            scene.run { scene.events.contains(.failed(Failure(.noPuzzle, "no such puzzle"), replyTo: late)) })
        var second: Failure?
        client.newPuzzle(relay: relay.relay) { if case .failure(let failure) = $0 { second = failure } }
        #expect(scene.run { second?.code == .puzzleOpen })
    }

    @Test("the room is entered again after a lost connection, and not after it was left")
    func rejoins() throws {
        let scene = try Scene()
        defer { scene.end() }
        let (client, relay) = try enter(scene)
        scene.server.sockets[0].terminate()
        #expect(scene.run { states(scene) == 2 })
        let left = try #require(client.leaveRoom(relay: relay.relay))
        #expect(scene.run { scene.events.contains(.done(replyTo: left)) })
        #expect(client.rooms.isEmpty)
        scene.server.sockets[1].terminate()
        #expect(scene.run { scene.server.sockets.count == 3 && client.isConnected })
        #expect(scene.server.count(.join(relay: relay.relay)) == 2)
    }

    @Test("a room that is gone is told, and not sought again")
    func gone() throws {
        let scene = try Scene()
        defer { scene.end() }
        let (client, relay) = try enter(scene)
        scene.server.relay = nil
        scene.server.sockets[0].terminate()
        let failure = Failure(.notFound, "there is no such relay")
        #expect(scene.run { scene.events.contains(.roomRefused(relay.relay, failure)) })
        #expect(client.rooms.isEmpty)
    }

    @Test("a room asked for before the connection opens is entered then, and one too many is refused")
    func early() throws {
        let scene = try Scene()
        defer { scene.end() }
        let relay = ScriptedRelay(creator: scene.server.account)
        scene.server.relay = relay
        let client = scene.client(identity: .guest)
        client.join(relay: relay.view.relay)
        client.start()
        #expect(scene.run { states(scene) == 1 })
        let others = (1...UInt64(Limits.maxRoomsPerConnection)).map { Identifier(rawValue: 800 + $0) }
        for other in others { client.join(relay: other) }
        let refused = {
            scene.events.compactMap { event in if case .roomRefused(let id, _) = event { id } else { nil } }
        }
        #expect(scene.run { refused().count == others.count })
        #expect(Set(refused()) == Set(others) && client.rooms == [relay.view.relay])
    }

    @Test("a leaderboard is asked for by its board and period, and a call before the sign-in is refused")
    func board() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        var refusal: Failure?
        client.leaderboard(.relay, .week) { if case .failure(let failure) = $0 { refusal = failure } }
        #expect(scene.run { refusal?.code == .unauthorized })
        client.start()
        #expect(scene.run { client.isConnected })
        var answer: LeaderboardAnswer?
        client.leaderboard(.relay, .week) { answer = try? $0.get() }
        #expect(scene.run { answer != nil })
        #expect(answer?.board == .relay && answer?.period == .week && answer?.entries.first?.score == 1234)
    }
}
