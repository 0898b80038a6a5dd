import Client
import Crypto
import Protocol
import Stage
import Testing
import Transport

/// A scripted server and a client of it on one loop.
final class Scene {
    let loop: EventLoop
    private(set) var server: ScriptedServer
    private let port: Int
    private(set) var events: [ClientEvent] = []
    private var clients: [GameClient] = []

    init(width: Int = 16, height: Int = 12) throws {
        loop = try EventLoop()
        let size = try #require(CanvasSize(width: width, height: height))
        server = try ScriptedServer(loop: loop, size: size)
        port = server.url.port
    }

    /// A client that is not started yet.
    func client(
        identity: ClientConfiguration.Identity = .device(Ed25519PrivateKey(), name: nil),
        mode: ClientConfiguration.Mode = .play, _ adjust: (inout ClientConfiguration) -> Void = { _ in }
    ) -> GameClient {
        var configuration = ClientConfiguration(url: server.url, identity: identity, mode: mode)
        configuration.wantsToPlay = true
        configuration.countsIntervalMs = 0
        configuration.seed = 1
        adjust(&configuration)
        let client = GameClient(loop: loop, configuration: configuration) { [weak self] event in
            self?.events.append(event)
        }
        clients.append(client)
        return client
    }

    /// Runs the loop until the condition holds; false after a minute.
    func run(until condition: () -> Bool) -> Bool {
        loop.run(until: condition, timeoutMs: 60_000)
    }

    var states: [ConnectionState] {
        events.compactMap { event in
            if case .connection(let state) = event { state } else { nil }
        }
    }

    /// Puts another server in the place of one that is gone, one that knows nobody.
    func restartServer() throws {
        server.close()
        server = try ScriptedServer(loop: loop, size: server.canvas.size, port: port)
    }

    /// Ends what holds the loop.
    func end() {
        for client in clients { client.stop() }
        server.close()
        loop.run(until: { false }, timeoutMs: 20)
    }
}
