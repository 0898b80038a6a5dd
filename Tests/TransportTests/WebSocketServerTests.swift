import Testing

@testable import Transport

@Suite("WebSockets, the server's end")
struct WebSocketServerTests {
    @Test("the handshake's answer is RFC 6455's own example")
    func handshake() throws {
        let net = try Loopback()
        _ = try net.listenForSockets()
        let peer = try net.connect()
        peer.send(RawPeer.handshake)
        net.wait("101") { peer.text.hasSuffix("\r\n\r\n") }
        #expect(peer.text.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
        #expect(peer.text.contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"))
        net.close()
    }

    @Test(
        "frames right behind the handshake are not lost, also when it is accepted later",
        arguments: [false, true])
    func earlyFrames(isLater: Bool) throws {
        let net = try Loopback()
        let heard = Heard()
        var open: [HTTPExchange] = []
        try net.listen { exchange in
            open.append(exchange)
            if !isLater { _ = exchange.upgrade(subprotocol: nil, handlers: heard.handlers) }
        }
        let peer = try net.connect()
        peer.send(Array(RawPeer.handshake.utf8) + RawPeer.frame(1, Array("early".utf8)))
        net.wait("request") { open.count == 1 }
        if isLater {
            net.settle()
            _ = open[0].upgrade(subprotocol: nil, handlers: heard.handlers)
        }
        net.wait("message") { heard.messages == [.text(Array("early".utf8))] }
        net.close()
    }

    @Test("a handshake behind an unanswered request waits for that answer")
    func pipelinedHandshake() throws {
        let net = try Loopback()
        var open: [HTTPExchange] = []
        try net.listen { exchange in
            open.append(exchange)
            if exchange.isUpgradeRequest {
                _ = exchange.upgrade(subprotocol: nil, handlers: Heard().handlers)
            }
        }
        let peer = try net.connect()
        peer.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n" + RawPeer.handshake)
        net.wait("request") { open.count == 1 }
        net.settle()
        #expect(open.count == 1)
        open[0].respond(HTTPResponse(status: 204))
        net.wait("both") { peer.text.contains("HTTP/1.1 101") }
        #expect(peer.text.hasPrefix("HTTP/1.1 204"))
        net.close()
    }

    @Test("a refused handshake leaves the connection to HTTP")
    func refusedHandshake() throws {
        let net = try Loopback()
        try net.listen { $0.respond(HTTPResponse(status: $0.isUpgradeRequest ? 401 : 200)) }
        let peer = try net.connect()
        peer.send(RawPeer.handshake + "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        net.wait("both") { peer.text.contains("HTTP/1.1 200") }
        #expect(peer.text.hasPrefix("HTTP/1.1 401"))
        net.close()
    }

    @Test(
        "messages of every length class come whole, text and binary told apart",
        arguments: [0, 1, 125, 126, 4096])
    func lengths(count: Int) throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        let (peer, socket, heard) = try net.upgrade(accepted)
        let bytes = [UInt8](repeating: 0x61, count: count)
        peer.send(RawPeer.frame(1, bytes) + RawPeer.frame(2, bytes))
        net.wait("messages") { heard.messages == [.text(bytes), .binary(bytes)] }
        socket.send(text: bytes)
        socket.send(binary: bytes)
        net.wait("answers") { RawPeer.frames(in: peer.received)?.count == 2 }
        let frames = try #require(RawPeer.frames(in: peer.received))
        #expect(frames.map(\.opcode) == [1, 2])
        #expect(frames.map(\.payload) == [bytes, bytes])
        net.close()
    }

    @Test("long messages to a client have 64-bit lengths")
    func longMessage() throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        let (peer, socket, _) = try net.upgrade(accepted)
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
        socket.send(binary: bytes)
        net.wait("message") { RawPeer.frames(in: peer.received)?.first?.payload == bytes }
        net.close()
    }

    @Test(
        "a flood of frames that end no message closes with the listener's code, whatever they are",
        arguments: [UInt8(9), 10, 0])
    func frameFlood(opcode: UInt8) throws {
        let net = try Loopback()
        var limits = ListenerLimits()
        limits.maxExtraFramesPerSecond = 100
        limits.frameFloodCode = 4008
        let accepted = try net.listenForSockets(limits: limits)
        let (peer, _, heard) = try net.upgrade(accepted)
        if opcode == 0 { peer.send(RawPeer.frame(1, [], fin: false)) }
        // More than comes in one second's grace, also where the second turns over in between.
        let flood = Array(repeatElement(RawPeer.frame(opcode, [], fin: opcode != 0), count: 250).joined())
        peer.send(flood)
        net.wait("closed") { heard.closes == [4008] }
        net.wait("close frame") { RawPeer.frames(in: peer.received)?.last?.opcode == 8 }
        #expect(RawPeer.frames(in: peer.received)?.last?.payload.prefix(2) == [0x0F, 0xA8])
        net.close()
    }

    @Test("the longest message may come in parts of one byte, with a ping behind each")
    func smallestParts() throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        let (peer, _, heard) = try net.upgrade(accepted)
        let bytes = [UInt8](repeating: 0x61, count: 4_000)
        var frames = RawPeer.frame(1, [0x61], fin: false)
        for _ in 1..<3_999 { frames += RawPeer.frame(0, [0x61], fin: false) + RawPeer.frame(9, []) }
        peer.send(frames + RawPeer.frame(0, [0x61]))
        net.wait("message") { heard.messages == [.text(bytes)] }
        net.close()
    }

    @Test("fragments join, with control frames between them, also byte by byte", arguments: [false, true])
    func fragments(isByteByByte: Bool) throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        let (peer, socket, heard) = try net.upgrade(accepted)
        // The euro sign is cut in two, which is allowed in fragments.
        let bytes =
            RawPeer.frame(1, [0x61, 0xE2], fin: false) + RawPeer.frame(9, Array("hi".utf8))
            + RawPeer.frame(0, [0x82], fin: false) + RawPeer.frame(10, []) + RawPeer.frame(0, [], fin: false)
            + RawPeer.frame(0, [0xAC, 0x62]) + RawPeer.frame(2, [7])
        if isByteByByte {
            for byte in bytes {
                peer.send([byte])
                net.loop.run(until: { true }, timeoutMs: 1)
                net.settle()
            }
        } else {
            peer.send(bytes)
        }
        net.wait("messages") { heard.messages == [.text(Array("a€b".utf8)), .binary([7])] }
        net.wait("pong") { RawPeer.frames(in: peer.received)?.first?.payload == Array("hi".utf8) }
        #expect(RawPeer.frames(in: peer.received)?.map(\.opcode) == [10])
        #expect(socket.isOpen)
        net.close()
    }

    @Test(
        "what breaks the protocol is closed with its code",
        arguments: [
            ("unmasked", RawPeer.frame(1, [0x61], isMasked: false), 1002),
            ("reserved bit 1", RawPeer.frame(1, [0x61], reserved: 4), 1002),
            ("reserved bit 3", RawPeer.frame(1, [0x61], reserved: 1), 1002),
            ("unknown data opcode", RawPeer.frame(3, [0x61]), 1002),
            ("unknown control opcode", RawPeer.frame(11, []), 1002),
            ("long ping", RawPeer.frame(9, [UInt8](repeating: 1, count: 126)), 1002),
            ("fragmented ping", RawPeer.frame(9, [1], fin: false), 1002),
            ("continuation of nothing", RawPeer.frame(0, [1]), 1002),
            (
                "new message inside a fragmented one",
                RawPeer.frame(1, [0x61], fin: false) + RawPeer.frame(1, [0x61]), 1002
            ),
            ("length not minimal", [0x82, 0xFE, 0, 1, 0, 0, 0, 0, 1], 1002),
            ("length negative", [0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1002),
            ("close of one byte", RawPeer.frame(8, [3]), 1002),
            ("close with a reserved code", RawPeer.frame(8, [0x03, 0xED]), 1002),
            ("close with a code below 1000", RawPeer.frame(8, [0, 5]), 1002),
            ("close with a reason that isn't UTF-8", RawPeer.frame(8, [0x03, 0xE8, 0xFF]), 1007),
            ("text that isn't UTF-8", RawPeer.frame(1, [0xC3, 0x28]), 1007),
            ("text cut in a character", RawPeer.frame(1, [0xE2, 0x82]), 1007),
            ("a surrogate in text", RawPeer.frame(1, [0xED, 0xA0, 0x80]), 1007),
            (
                "text that goes wrong in its second fragment",
                RawPeer.frame(1, [0xE2], fin: false) + RawPeer.frame(0, [0x28]), 1007
            ),
            ("too long", RawPeer.frame(2, [UInt8](repeating: 1, count: 4097)), 1009),
            ("too long by its header alone", RawPeer.frame(2, [], claimedLength: 1 << 40) + [1], 1009),
            (
                "too long in fragments",
                RawPeer.frame(2, [UInt8](repeating: 1, count: 4000), fin: false)
                    + RawPeer.frame(0, [UInt8](repeating: 1, count: 97)), 1009
            ),
        ] as [(String, [UInt8], Int)])
    func violations(what: String, bytes: [UInt8], code: Int) throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        let (peer, socket, heard) = try net.upgrade(accepted)
        peer.send(RawPeer.frame(1, Array("good".utf8)) + bytes + RawPeer.frame(1, Array("after".utf8)))
        net.wait("end") { peer.didEnd && heard.isOver }
        let frames = try #require(RawPeer.frames(in: peer.received))
        #expect(frames.last?.opcode == 8)
        #expect(frames.last?.payload.prefix(2) == [UInt8(code >> 8), UInt8(code & 255)])
        #expect(frames.count == 1)
        #expect(heard.messages == [.text(Array("good".utf8))])
        #expect(heard.closes == [UInt16(code)])
        #expect(!socket.isOpen)
        peer.close()
        net.wait("connection gone") { net.listener?.connectionCount == 0 }
        net.close()
    }

    @Test("a broken peer doesn't spoil the reader for the next one")
    func readersStayClean() throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        let (bad, _, badHeard) = try net.upgrade(accepted)
        bad.send(RawPeer.frame(1, [0x61], fin: false) + RawPeer.frame(1, [0x61]))
        net.wait("bad one closed") { badHeard.isOver }
        let (half, _, _) = try net.upgrade(accepted)
        half.send(Array(RawPeer.frame(1, [0x61, 0x62]).dropLast()))
        let (good, _, heard) = try net.upgrade(accepted)
        good.send(RawPeer.frame(1, [0x63]))
        net.wait("good one heard") { heard.messages == [.text([0x63])] }
        net.close()
    }

    @Test(
        "the peer's close is answered with its code and ends the connection",
        arguments: [1000, 1001, 3000, 4999])
    func peerCloses(code: Int) throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        let (peer, _, heard) = try net.upgrade(accepted)
        let payload = [UInt8(code >> 8), UInt8(code & 255)]
        peer.send(RawPeer.frame(8, payload + Array("bye".utf8)))
        net.wait("end") { peer.didEnd && heard.isOver }
        #expect(heard.closes == [UInt16(code)])
        #expect(RawPeer.frames(in: peer.received)?.first?.payload.prefix(2) == payload[...])
        net.close()
    }

    @Test("our close waits for the peer's, and what the peer sends meanwhile is not delivered")
    func weClose() throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        let (peer, socket, heard) = try net.upgrade(accepted)
        socket.close(code: 4001, reason: "afk")
        socket.send(text: [0x61])
        net.wait("close frame") { RawPeer.frames(in: peer.received)?.count == 1 }
        #expect(peer.received == [0x88, 5, 0x0F, 0xA1] + Array("afk".utf8))
        peer.send(RawPeer.frame(1, [0x61]))
        net.settle()
        #expect(heard.messages.isEmpty && !heard.isOver)
        peer.send(RawPeer.frame(8, [0x0F, 0xA1]))
        net.wait("over") { heard.isOver && peer.didEnd }
        #expect(heard.closes == [4001])
        #expect(peer.received.count == 7)
        net.close()
    }

    @Test("a peer that never answers our close is dropped in the close time-out")
    func closeTimeout() throws {
        let net = try Loopback()
        var limits = ListenerLimits()
        limits.closeTimeoutMs = 30
        let accepted = try net.listenForSockets(limits: limits)
        let (peer, socket, heard) = try net.upgrade(accepted)
        socket.close(code: 1000)
        net.wait("over") { heard.isOver && peer.didEnd }
        #expect(heard.closes == [nil])
        net.close()
    }

    @Test("a connection that is lost is reported once, without a code", arguments: [true, false])
    func lost(byPeer: Bool) throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        let (peer, socket, heard) = try net.upgrade(accepted)
        if byPeer { peer.close() } else { socket.terminate() }
        net.wait("over") { heard.isOver }
        socket.terminate()
        socket.close(code: 1000)
        net.settle()
        #expect(heard.closes == [nil])
        net.close()
    }

    @Test("a ping goes out at each interval, and its pong gives the round trip")
    func pings() throws {
        let net = try Loopback()
        var limits = ListenerLimits()
        limits.pingIntervalMs = 20
        let accepted = try net.listenForSockets(limits: limits)
        let (peer, socket, heard) = try net.upgrade(accepted)
        net.wait("ping") { RawPeer.frames(in: peer.received)?.first?.opcode == 9 }
        peer.send(RawPeer.frame(10, [1, 2, 3]))
        net.settle()
        #expect(heard.pongs == 0 && socket.roundTripUs == nil, "a pong that answers no ping measures nothing")
        let payload = try #require(RawPeer.frames(in: peer.received)?.first?.payload)
        peer.send(RawPeer.frame(10, payload))
        net.wait("pong heard") { heard.pongs == 1 }
        #expect((socket.roundTripUs ?? -1) >= 0)
        _ = peer.take()
        net.wait("next ping") { RawPeer.frames(in: peer.received)?.first?.opcode == 9 }
        net.close()
    }
}
