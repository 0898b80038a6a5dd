import Client
import Crypto
import Protocol
import Testing
import Transport

extension EndToEnd.OfServers {
    /// Real clients over real sockets: whatever happens to their connections, they show what the server has.
    @Suite struct ReplicaTests {
        let server: TestServer
        let loop: EventLoop

        init() throws {
            server = try TestServer()
            loop = try EventLoop()
        }

        func client(_ mode: ClientConfiguration.Mode = .play, codec: MessageCodec = .binary) throws
            -> GameClient
        {
            let url = try #require(ServerURL(server.url))
            var configuration = ClientConfiguration(
                url: url,
                identity: mode == .play ? .device(Ed25519PrivateKey(), name: nil) : .guest, mode: mode)
            configuration.codec = codec
            configuration.wantsToPlay = mode == .play
            return GameClient(loop: loop, configuration: configuration) { _ in }
        }

        /// Turns the loop until something is so.
        func turn(_ what: String, until isSo: () -> Bool) throws {
            loop.run(until: isSo, timeoutMs: 60_000)
            try #require(isSo(), "\(what) didn't come")
        }

        @Test("two clients, one killed and back, end with equal replicas", arguments: MessageCodec.allCases)
        func killedAndBack(codec: MessageCodec) throws {
            let painter = try Account(on: server).play(on: server)
            let staying = try client(codec: codec)
            staying.start()
            var killed: GameClient? = try client(codec: codec)
            killed?.start()
            try turn("both canvases") { staying.replica.isCurrent && killed?.replica.isCurrent == true }
            for cell in 0..<300 {
                try painter.send(
                    #"{"type":"place","id":\#(cell),"x":\#(cell * 7 % 64),"y":\#(cell * 5 % 48),"color":\#(1 + cell % 31)}"#
                )
                if cell == 100 { killed?.stop() }
                if cell == 200 { killed = try client(codec: codec) }
                if cell == 201 { killed?.start() }
                loop.run(until: { false }, timeoutMs: 1)
            }
            while try painter.message("placed")["version"] as? Int != 300 {}
            try turn("version 300 in both") {
                staying.replica.version == 300 && killed?.replica.version == 300
            }
            let back = try #require(killed)
            #expect(staying.replica.cells == back.replica.cells)
            #expect(staying.replica.hash == back.replica.hash)
            #expect(try serverCells() == back.replica.cells)
            staying.stop()
            back.stop()
            loop.run(until: { false }, timeoutMs: 20)
        }

        @Test("a watcher, who has no socket, follows by asking")
        func watcher() throws {
            let watcher = try client(.watch)
            watcher.start()
            try turn("the canvas") { watcher.replica.isCurrent }
            let painter = try Account(on: server).play(on: server)
            try painter.send(#"{"type":"place","x":5,"y":6,"color":7}"#)
            try turn("the pixel") { watcher.replica.version == 1 }
            #expect(watcher.replica.cells == (try serverCells()))
            watcher.stop()
            loop.run(until: { false }, timeoutMs: 20)
        }

        @Test("a client outlives the server's kill and follows the one that comes after it on the same port")
        func serverKilled() throws {
            let painter = try Account(on: server).play(on: server)
            for id in 1...50 {
                try painter.send(#"{"type":"place","id":\#(id),"x":\#(id),"y":1,"color":3}"#)
                _ = try painter.message("placed")
            }
            let client = try client()
            client.start()
            try turn("version 50") { client.replica.version == 50 && client.replica.isCurrent }
            let port = server.port
            try server.kill()
            try turn("the loss") { !client.isConnected }
            try server.restart(port: port)
            try turn("the return") { client.isConnected && client.replica.isCurrent }
            #expect(client.replica.version == 50)
            #expect(client.replica.cells == (try serverCells()))
            client.stop()
            loop.run(until: { false }, timeoutMs: 20)
        }

        /// The server's canvas as its snapshot and the changes after it give it.
        func serverCells() throws -> [UInt8] {
            let http = try RawHTTP(port: server.port)
            let snapshot = try http.call("GET", "/api/canvas/snapshot")
            var cells = try SnapshotCodec.inflate(snapshot.body, cellCount: 64 * 48)
            let start = try #require(snapshot.headers["x-canvas-version"])
            let changes = try http.call("GET", "/api/canvas/changes?from=\(start)").json()
            for pixel in try #require(changes["pixels"] as? [[Int]]) {
                cells[pixel[1] * 64 + pixel[0]] = UInt8(pixel[2])
            }
            return cells
        }
    }
}
