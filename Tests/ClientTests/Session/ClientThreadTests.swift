import Client
import Crypto
import Protocol
import Stage
import Synchronization
import Testing

@Suite("A client on its own thread", .serialized)
struct ClientThreadTests {
    @Test("takes commands from another thread, tells its events, and ends when told to")
    func thread() throws {
        let scene = try Scene()
        defer { scene.end() }
        var configuration = ClientConfiguration(
            url: scene.server.url, identity: .device(Ed25519PrivateKey(), name: nil))
        configuration.countsIntervalMs = 0
        let events = Events()
        let thread = try ClientThread(configuration: configuration) { events.append($0) }
        #expect(scene.run { events.contains(.connection(.connected)) })
        thread.play()
        thread.place(x: 3, y: 4, color: 5)
        thread.send(ClientEnvelope(id: 77, .undo))
        let refusal = ClientEvent.failed(Failure(.nothingToUndo, "nothing"), replyTo: 77)
        #expect(scene.run { events.contains(refusal) })
        #expect(scene.server.messages.contains(.place(Pixel(x: 3, y: 4, color: 5))))
        #expect(scene.server.messages.contains(.play))
        thread.rename("Grace")
        let grace = ClientEvent.renamed(AccountName(id: scene.server.account.id, name: "Grace"))
        #expect(scene.run { events.contains(grace) })
        playGames(thread, scene, events)
        thread.stop()
        #expect(events.contains(.connection(.closed(.stopped))))
    }

    /// Clicks, and plays a relay from its room to the answer, by commands from this thread.
    private func playGames(_ thread: ClientThread, _ scene: Scene, _ events: Events) {
        var relay = ScriptedRelay(creator: scene.server.account)
        _ = relay.start()
        scene.server.relay = relay
        let id = relay.view.relay
        thread.click(count: 3)
        thread.join(relay: id)
        #expect(scene.run { events.contains(.relay(relay.state(for: scene.server.account.id))) })
        #expect(scene.run { scene.server.clicks.total == 3 })
        let points = Mutex<[RelayPlayer]>([])
        thread.perform { client in
            client.relayPoints(id) { result in points.withLock { $0 = (try? result.get()) ?? [] } }
        }
        #expect(scene.run { points.withLock { $0 } == relay.players })
        thread.answer(relay: id, puzzle: Identifier(rawValue: 5), "no such puzzle")
        #expect(scene.run { scene.server.messages.contains { if case .answer = $0 { true } else { false } } })
        thread.leaveRoom(relay: id)
        #expect(scene.run { scene.server.count(.leaveRoom(relay: id)) == 1 })
    }

    /// What the client's thread told, read from the test's.
    private final class Events: Sendable {
        private let events = Mutex<[ClientEvent]>([])

        func append(_ event: ClientEvent) { events.withLock { $0.append(event) } }
        func contains(_ event: ClientEvent) -> Bool { events.withLock { $0.contains(event) } }
    }
}
