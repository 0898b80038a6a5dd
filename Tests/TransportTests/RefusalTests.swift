import Testing

@testable import Transport

@Suite("Refusals")
struct RefusalTests {
    private static let upgrade =
        "Host: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    private static let key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

    @Test(
        "a request that could be read in two ways, or not at all, is refused and the connection ends",
        arguments: [
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3, 3\r\n\r\nabc", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length : 3\r\n\r\nabc", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400),
            ("POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
            ("GET / HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
            ("GET /#f HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
            ("GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n", 417),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n", 413),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n"
                    + .init(repeating: "x", count: 101), 413
            ),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: " + .init(repeating: "x", count: 300) + "\r\n\r\n", 431),
            ("GET /" + .init(repeating: "x", count: 300), 431),
            ("\u{16}\u{3}\u{1}\u{2}", 400),
            ("GET /ws HTTP/1.1\r\n" + upgrade + "\r\n", 400),
            ("GET /ws HTTP/1.1\r\n" + upgrade + "Sec-WebSocket-Key: short\r\n\r\n", 400),
            ("GET /ws HTTP/1.1\r\n" + upgrade + key + key + "\r\n", 400),
            ("POST /ws HTTP/1.1\r\n" + upgrade + key + "\r\n", 400),
            ("GET /ws HTTP/1.0\r\n" + upgrade + key + "\r\n", 400),
            (
                "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" + key
                    + "\r\n", 400
            ),
            (
                "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 8\r\n" + key + "\r\n", 426
            ),
        ])
    func refused(request: String, status: Int) throws {
        let net = try Loopback()
        var limits = ListenerLimits()
        limits.maxHeaderBytes = 256
        limits.maxBodyBytes = 100
        var taken = 0
        try net.listen(limits: limits) { _ in taken += 1 }
        let peer = try net.connect()
        peer.send(request + "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")
        net.wait("refusal") { peer.didEnd }
        #expect(peer.text.hasPrefix("HTTP/1.1 \(status) "))
        #expect(peer.text.contains("\r\nConnection: close\r\n"))
        #expect(occurrences(of: "\r\nDate: ", in: peer.text) == 1)
        #expect(peer.text.contains("Sec-WebSocket-Version: 13") == (status == 426))
        #expect(taken == 0)
        peer.close()
        net.wait("connection gone") { net.listener?.connectionCount == 0 }
        net.close()
    }

    @Test("a head and a body of exactly the longest length are taken")
    func exactLimits() throws {
        let net = try Loopback()
        var limits = ListenerLimits()
        limits.maxHeaderBytes = 256
        limits.maxBodyBytes = 100
        try net.listen(limits: limits) { $0.respond(HTTPResponse(status: 200)) }
        let peer = try net.connect()
        let start = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\nX: "
        let head = start + String(repeating: "x", count: 256 - start.utf8.count - 4) + "\r\n\r\n"
        peer.send(head + String(repeating: "b", count: 100))
        net.wait("answer") { peer.text.hasPrefix("HTTP/1.1 200") }
        net.close()
    }

    @Test("the refusal reaches a client that is still sending a long body")
    func refusalWhileSending() throws {
        let net = try Loopback()
        try net.listen { _ in }
        let peer = try net.connect()
        peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n")
        peer.send([UInt8](repeating: 1, count: 10_000_000))
        net.wait("refusal and end") { peer.didEnd }
        #expect(peer.text.hasPrefix("HTTP/1.1 413"))
        net.close()
    }

    @Test("answers to good requests come before the refusal of a bad one behind them")
    func refusalBehindGood() throws {
        let net = try Loopback()
        var open: [HTTPExchange] = []
        try net.listen { open.append($0) }
        let peer = try net.connect()
        peer.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGARBAGE\r\n\r\n")
        net.wait("request") { open.count == 1 }
        net.settle()
        open[0].respond(HTTPResponse(status: 200, body: Array("good".utf8)))
        net.wait("end") { peer.didEnd }
        #expect(peer.text.contains("good"))
        #expect(peer.text.contains("HTTP/1.1 400"))
        net.close()
    }

    @Test("a head that doesn't become whole in time gets 408, however often a byte of it comes")
    func slowHead() throws {
        let net = try Loopback()
        var limits = ListenerLimits()
        limits.headerTimeoutMs = 60
        try net.listen(limits: limits) { _ in }
        let peer = try net.connect()
        peer.send("GET / HTTP/1.1\r\nX: ")
        let trickle = net.loop.makeTimer { peer.send("y") }
        net.wait("refusal") {
            trickle.schedule(afterMs: 5)
            return peer.didEnd
        }
        #expect(peer.text.hasPrefix("HTTP/1.1 408 "))
        net.close()
    }

    @Test("a body that doesn't become whole in time gets 408")
    func slowBody() throws {
        let net = try Loopback()
        var limits = ListenerLimits()
        limits.bodyTimeoutMs = 40
        try net.listen(limits: limits) { _ in }
        let peer = try net.connect()
        peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab")
        net.wait("refusal") { peer.didEnd }
        #expect(peer.text.hasPrefix("HTTP/1.1 408 "))
        net.close()
    }

    @Test(
        "a connection idle for too long ends without a word, before a request and after one",
        arguments: [false, true])
    func idle(after request: Bool) throws {
        let net = try Loopback()
        var limits = ListenerLimits()
        limits.headerTimeoutMs = 40
        try net.listen(limits: limits) { $0.respond(HTTPResponse(status: 200)) }
        let peer = try net.connect()
        if request { peer.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
        net.wait("end") { peer.didEnd }
        #expect(occurrences(of: "HTTP/1.1", in: peer.text) == (request ? 1 : 0))
        net.close()
    }

    @Test("a client that takes nothing of its answer is dropped")
    func unread() throws {
        let net = try Loopback()
        var limits = ListenerLimits()
        limits.writeTimeoutMs = 50
        try net.listen(limits: limits) {
            $0.respond(HTTPResponse(status: 200, body: .init(repeating: 1, count: 20_000_000)))
        }
        let peer = try net.connect()
        peer.pause()
        peer.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        net.wait("connected") { net.listener?.connectionCount == 1 }
        net.wait("dropped") { net.listener?.connectionCount == 0 }
        net.close()
    }

    @Test("connections over a cap are closed at once, and room is given back", arguments: [true, false])
    func caps(perAddress: Bool) throws {
        let net = try Loopback()
        var limits = ListenerLimits()
        if perAddress { limits.maxConnectionsPerAddress = 2 } else { limits.maxConnections = 2 }
        try net.listen(limits: limits) { $0.respond(HTTPResponse(status: 200)) }
        let first = try net.connect()
        _ = try net.connect()
        net.wait("two") { net.listener?.connectionCount == 2 }
        let third = try net.connect()
        net.wait("third ends") { third.didEnd }
        first.close()
        net.wait("one") { net.listener?.connectionCount == 1 }
        let fourth = try net.connect()
        fourth.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        net.wait("answer") { fourth.text.hasPrefix("HTTP/1.1 200") }
        net.close()
    }

    @Test("an uncapped address has as many connections as it likes, and the others are still capped")
    func uncapped() throws {
        let net = try Loopback()
        var limits = ListenerLimits()
        limits.maxConnectionsPerAddress = 2
        limits.uncappedAddresses = ["127.0.0.2", "::1"]
        try net.listen(limits: limits) { $0.respond(HTTPResponse(status: 200)) }
        let port = try #require(net.listener?.port)
        let proxies = try (0..<5).map { _ in try SocketPeer(from: "127.0.0.2", toPort: port) }
        net.wait("five") { net.listener?.connectionCount == 5 }
        let others = try (0..<3).map { _ in try SocketPeer(from: "127.0.0.3", toPort: port) }
        net.wait("third ends") { others[2].read() }
        #expect(net.listener?.connectionCount == 7)
        #expect(!others[0].read() && !others[1].read() && proxies.allSatisfy { !$0.read() })
        proxies.forEach { $0.close() }
        net.wait("two") { net.listener?.connectionCount == 2 }
        // Closing uncounted ones gave the others no room.
        let fourth = try SocketPeer(from: "127.0.0.3", toPort: port)
        net.wait("fourth ends") { fourth.read() }
        net.close()
    }

    @Test("a stopping listener ends idle connections and lets those at work finish")
    func stopping() throws {
        let net = try Loopback()
        var open: [HTTPExchange] = []
        try net.listen { open.append($0) }
        let idle = try net.connect()
        let busy = try net.connect()
        busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        net.wait("request") { open.count == 1 }
        net.listener?.stopAccepting()
        net.wait("idle ends") { idle.didEnd }
        #expect(!busy.didEnd)
        open[0].respond(HTTPResponse(status: 200))
        net.wait("busy ends") { busy.didEnd }
        #expect(busy.text.contains("Connection: close\r\n"))
        #expect(throws: TransportError.self) { try net.connect() }
        net.close()
    }

    @Test("a port in use is said with its address")
    func portInUse() throws {
        let net = try Loopback()
        try net.listen { _ in }
        let port = try #require(net.listener?.port)
        do throws(TransportError) {
            _ = try HTTPListener(loop: net.loop, host: "127.0.0.1", port: port) { _ in }
            Issue.record("the port was taken twice")
        } catch {
            #expect(error.code == .system)
            #expect(error.message.contains("127.0.0.1:\(port)"))
        }
        net.close()
    }
}
