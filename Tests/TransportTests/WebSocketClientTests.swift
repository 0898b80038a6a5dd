import Testing

@testable import Transport

@Suite("WebSockets, the client's end")
struct WebSocketClientTests {
    @Test(
        "both ends talk, in text and binary, of every length class, with the subprotocol chosen",
        arguments: [0, 125, 126, 65_535, 65_536, 300_000])
    func talk(count: Int) throws {
        let net = try Loopback()
        var limits = ListenerLimits()
        limits.maxMessageBytes = 1 << 20
        let accepted = try net.listenForSockets(limits: limits)
        let heard = Heard()
        var chosen: String?
        var handlers = heard.clientHandlers
        handlers.opened = { chosen = $1 }
        let client = WebSocketClient.connect(
            loop: net.loop, url: try net.url, target: "/ws", subprotocols: ["b", "a"], handlers: handlers)
        net.wait("open") { client.isOpen && accepted.sockets.count == 1 }
        #expect(chosen == "b")
        let bytes = [UInt8](repeating: 0x62, count: count)
        client.send(text: bytes)
        client.send(binary: bytes)
        accepted.sockets[0].send(text: bytes)
        accepted.sockets[0].send(binary: bytes)
        net.wait("messages") { heard.messages.count == 2 && accepted.heard[0].messages.count == 2 }
        #expect(heard.messages == [.text(bytes), .binary(bytes)])
        #expect(accepted.heard[0].messages == [.text(bytes), .binary(bytes)])
        client.close(code: 1000, reason: "done")
        net.wait("over") { heard.isOver && accepted.heard[0].isOver }
        #expect(heard.closes == [1000] && accepted.heard[0].closes == [1000])
        net.wait("connection gone") { net.listener?.connectionCount == 0 }
        net.close()
    }

    @Test("a server's close reaches the client with its code")
    func serverCloses() throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        let heard = Heard()
        _ = WebSocketClient.connect(
            loop: net.loop, url: try net.url, target: "/", handlers: heard.clientHandlers)
        net.wait("open") { heard.opened == 1 && accepted.sockets.count == 1 }
        accepted.sockets[0].send(text: [0x61])
        accepted.sockets[0].close(code: 4003, reason: "replaced")
        net.wait("over") { heard.isOver && accepted.heard[0].isOver }
        #expect(heard.messages == [.text([0x61])])
        #expect(heard.closes == [4003] && accepted.heard[0].closes == [4003])
        net.close()
    }

    @Test("masks are fresh for each frame")
    func masks() {
        let payload = [UInt8](repeating: 0, count: 4)
        let frames = (0..<100).map { _ in FrameWriter.encode(.binary, payload, isMasked: true) }
        let masks = Set(frames.map { block in withExtendedLifetime(block) { Array(block.buffer[2..<6]) } })
        #expect(masks.count > 95)
    }

    @Test("a refusal comes with its status and body")
    func refused() throws {
        let net = try Loopback()
        try net.listen { $0.respond(HTTPResponse(status: 401, body: Array("no".utf8))) }
        let heard = Heard()
        let socket = WebSocketClient.connect(
            loop: net.loop, url: try net.url, target: "/", handlers: heard.clientHandlers)
        net.wait("refusal") { heard.refused.count == 1 }
        #expect(heard.refused[0].status == 401)
        #expect(heard.refused[0].body == Array("no".utf8))
        socket.terminate()
        net.settle()
        #expect(heard.closes.isEmpty && heard.failed.isEmpty)
        net.close()
    }

    @Test(
        "an answer that isn't this handshake's is a failure",
        arguments: [
            "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n",
            "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
            "nonsense\r\n\r\n", "",
        ])
    func wrongAnswer(wire: String) throws {
        let net = try Loopback()
        try net.listen { $0.answerRaw(Array(wire.utf8)) }
        let heard = Heard()
        _ = WebSocketClient.connect(
            loop: net.loop, url: try net.url, target: "/", handlers: heard.clientHandlers)
        net.wait("failure") { heard.failed.count == 1 }
        #expect(heard.opened == 0 && heard.closes.isEmpty && heard.refused.isEmpty)
        net.close()
    }

    @Test("a server that doesn't answer the handshake, and a socket closed before it is open, are failures")
    func noAnswer() throws {
        let net = try Loopback()
        try net.listen { _ in }
        var limits = WebSocketClient.Limits()
        limits.connectTimeoutMs = 30
        let late = Heard()
        _ = WebSocketClient.connect(
            loop: net.loop, url: try net.url, target: "/", limits: limits, handlers: late.clientHandlers)
        let closed = Heard()
        WebSocketClient.connect(
            loop: net.loop, url: try net.url, target: "/", handlers: closed.clientHandlers
        )
        .close(code: 1000)
        net.wait("failures") { late.failed.count == 1 && closed.failed.count == 1 }
        #expect(late.failed[0].code == .timedOut)
        #expect(closed.failed[0].code == .cancelled)
        net.close()
    }

    @Test("a client notices a server that is silent for too long, and measures one that answers")
    func deadServer() throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        var limits = WebSocketClient.Limits()
        limits.pingIntervalMs = 10
        // Long beside the pings, so that a busy machine doesn't make the server silent.
        limits.pongTimeoutMs = 1_000
        let heard = Heard()
        let client = WebSocketClient.connect(
            loop: net.loop, url: try net.url, target: "/", limits: limits, handlers: heard.clientHandlers)
        net.wait("pongs") { heard.pongs >= 2 }
        #expect((client.roundTripUs ?? -1) >= 0)
        net.listener?.openStreams.forEach { $0.pauseReading() }
        net.wait("over") { heard.isOver }
        #expect(heard.closes == [nil])
        #expect(accepted.sockets.count == 1)
        net.close()
    }

    @Test(
        "a server's masked frame, or one over the limit, is closed with its code",
        arguments: [(true, 1002), (false, 1009)])
    func badServer(isMasked: Bool, code: UInt16) throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        var limits = WebSocketClient.Limits()
        limits.maxMessageBytes = 1000
        let heard = Heard()
        _ = WebSocketClient.connect(
            loop: net.loop, url: try net.url, target: "/", limits: limits, handlers: heard.clientHandlers)
        net.wait("open") { heard.opened == 1 && accepted.sockets.count == 1 }
        let payload = [UInt8](repeating: 1, count: isMasked ? 5 : 1001)
        let wire = RawPeer.frame(2, payload, isMasked: isMasked)
        net.listener?.openStreams.forEach { $0.send(ByteBlock(wire)) }
        net.wait("over") { heard.isOver && accepted.heard[0].isOver }
        #expect(heard.closes == [code] && accepted.heard[0].closes == [code])
        net.close()
    }
}
