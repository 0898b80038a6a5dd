import Testing

@testable import Transport

@Suite("The count of sent bytes")
struct SentBytesTests {
    @Test("an answer's bytes are counted as they arrive, also where the system takes them in parts")
    func answers() throws {
        let net = try Loopback()
        let sizes = ["/1": 1, "/2": 5_000_000]
        try net.listen {
            $0.respond(
                HTTPResponse(status: 200, body: [UInt8](repeating: 7, count: sizes[$0.request.path] ?? 0)))
        }
        let peer = try SocketPeer(from: "127.0.0.1", toPort: try #require(net.listener?.port))
        #expect(net.loop.sentBytes == 0)
        for (path, fields) in [("/1", ""), ("/2", ""), ("/1", "Connection: close\r\n")] {
            peer.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\(fields)\r\n")
        }
        let wake = net.loop.makeTimer {}
        net.wait("end") {
            wake.schedule(afterMs: 1)
            return peer.read()
        }
        #expect(peer.received.count > 5_000_002)
        #expect(net.loop.sentBytes == UInt64(peer.received.count))
        net.close()
    }

    @Test("a broadcast's bytes are counted, those that wait only once they went", arguments: [10, 400_000])
    func broadcasts(size: Int) throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        let peer = try SocketPeer(from: "127.0.0.1", toPort: try #require(net.listener?.port))
        peer.send(RawPeer.handshake)
        net.wait("socket") { accepted.sockets.count == 1 }
        let frame = EncodedFrame(binary: [UInt8](repeating: 7, count: size))
        let before = Int(net.loop.sentBytes)
        let socket = accepted.sockets[0]
        for _ in 0..<20 { WebSocket.broadcast(frame, to: [socket]) }
        let all = 20 * frame.byteCount
        #expect(Int(net.loop.sentBytes) - before <= all - socket.backlogBytes)
        #expect((socket.backlogBytes > 0) == (size > 10))
        let wake = net.loop.makeTimer {}
        net.wait("all of it") {
            wake.schedule(afterMs: 1)
            peer.read()
            return peer.received.count == before + all && socket.backlogBytes == 0
        }
        #expect(Int(net.loop.sentBytes) == before + all)
        net.close()
    }

    @Test("of what a closed connection was sending, the part that went is counted")
    func cutOff() throws {
        let net = try Loopback()
        let accepted = try net.listenForSockets()
        let peer = try SocketPeer(from: "127.0.0.1", toPort: try #require(net.listener?.port))
        peer.send(RawPeer.handshake)
        net.wait("socket") { accepted.sockets.count == 1 }
        accepted.sockets[0].send(binary: [UInt8](repeating: 7, count: 20_000_000))
        let atFirst = net.loop.sentBytes
        // It goes on by libuv as the peer takes some; only a timer wakes the loop for that.
        let wake = net.loop.makeTimer {}
        net.wait("part") {
            if peer.received.count < 8_000_000 { peer.read(maxBytes: 500_000) }
            wake.schedule(afterMs: 1)
            return peer.received.count >= 8_000_000
        }
        accepted.sockets[0].terminate()
        net.wait("end") {
            wake.schedule(afterMs: 1)
            return peer.read()
        }
        #expect(peer.received.count < 20_000_000)
        #expect(net.loop.sentBytes > atFirst)
        #expect(net.loop.sentBytes == UInt64(peer.received.count))
        net.close()
    }

    @Test("with TLS it is the records that count")
    func records() throws {
        let certificate = try Certificate()
        let net = try Loopback()
        let body = [UInt8](repeating: 7, count: 100 * TLSSession.maxRecordBytes)
        try net.listen(tls: certificate.server) { $0.respond(HTTPResponse(status: 200, body: body)) }
        let url = try #require(ServerURL("https://127.0.0.1:\(net.listener?.port ?? 0)"))
        let client = HTTPClient(loop: net.loop, url: url, tls: certificate.client)
        var received = 0
        client.send(HTTPClientRequest(method: "GET", target: "/"), timeoutMs: Loopback.patienceMs) {
            if case .success(let answer) = $0 { received = answer.body.count }
        }
        net.wait("answer") { received == body.count }
        // A record has a head of 5 bytes and a tag of 16 at least; both heads of HTTP have far less in all.
        #expect(Int(net.loop.sentBytes) > body.count + 100 * 21)
        client.close()
        net.close()
    }
}
