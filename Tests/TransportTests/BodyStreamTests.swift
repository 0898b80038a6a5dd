import Testing

@testable import Transport

@Suite("Streamed answers")
struct BodyStreamTests {
    /// What a stream said of itself.
    private final class Heard {
        var stream: BodyStream?
        var clears = 0
        var closes = 0
    }

    private func listen(_ net: Loopback, limits: ListenerLimits = ListenerLimits()) throws -> Heard {
        let heard = Heard()
        try net.listen(limits: limits) { exchange in
            heard.stream = exchange.stream(
                HTTPResponse(status: 200, headers: ["X-Kind": "stream"]), onClear: { heard.clears += 1 },
                onClosed: { heard.closes += 1 })
        }
        return heard
    }

    private func part(_ text: String) -> BodyPart { BodyPart(Array(text.utf8)) }

    @Test("go out in chunks as they come, and end with the connection")
    func chunks() throws {
        let net = try Loopback()
        let heard = try listen(net)
        let peer = try net.connect()
        peer.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        net.wait("head") { peer.text.hasSuffix("\r\n\r\n") }
        #expect(
            peer.text.contains("\r\nX-Kind: stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n"))
        #expect(!peer.text.contains("Content-Length"))
        _ = peer.take()
        let part = part("0123456789abcdef!")
        heard.stream?.send(part)
        net.wait("first part") { peer.text == "11\r\n0123456789abcdef!\r\n" }
        #expect(heard.stream?.isClear == true)
        heard.stream?.send(part)
        heard.stream?.end()
        net.wait("end") { peer.didEnd }
        #expect(peer.text.hasSuffix("11\r\n0123456789abcdef!\r\n0\r\n\r\n"))
        heard.stream?.send(part)
        #expect(heard.closes == 0, "whoever ends it knows")
        net.close()
    }

    @Test("are bare bytes to a peer of HTTP/1.0, whose body ends with its connection")
    func old() throws {
        let net = try Loopback()
        let heard = try listen(net)
        let peer = try net.connect()
        peer.send("GET / HTTP/1.0\r\n\r\n")
        net.wait("head") { peer.text.hasSuffix("\r\n\r\n") }
        #expect(!peer.text.contains("chunked"))
        _ = peer.take()
        heard.stream?.send(part("abc"))
        heard.stream?.end()
        net.wait("end") { peer.didEnd }
        #expect(peer.text == "abc")
        net.close()
    }

    @Test("say when a slow peer has read all, and share one part's memory until then")
    func slow() throws {
        let net = try Loopback()
        let heard = try listen(net)
        let peer = try net.connect()
        peer.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        net.wait("head") { !peer.received.isEmpty }
        peer.pause()
        let large = BodyPart([UInt8](repeating: 7, count: 4_000_000))
        heard.stream?.send(large)
        #expect(heard.stream?.isClear == false)
        #expect(heard.clears == 0)
        peer.resume()
        net.wait("cleared") { heard.clears == 1 }
        #expect(heard.stream?.isClear == true)
        net.close()
    }

    @Test("end when the peer does, once")
    func peerEnds() throws {
        let net = try Loopback()
        let heard = try listen(net)
        let peer = try net.connect()
        peer.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        net.wait("head") { !peer.received.isEmpty }
        peer.end()
        net.wait("closed") { heard.closes == 1 }
        net.wait("gone") { net.listener?.connectionCount == 0 }
        heard.stream?.send(part("x"))
        heard.stream?.end()
        net.settle()
        #expect(heard.closes == 1)
        net.close()
    }

    @Test("are given up when a peer takes nothing for the write timeout")
    func stuck() throws {
        let net = try Loopback()
        var limits = ListenerLimits()
        limits.writeTimeoutMs = 30
        let heard = try listen(net, limits: limits)
        let peer = try net.connect()
        peer.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        net.wait("head") { !peer.received.isEmpty }
        peer.pause()
        heard.stream?.send(BodyPart([UInt8](repeating: 7, count: 8_000_000)))
        net.wait("closed") { heard.closes == 1 }
        net.close()
    }

    @Test("aren't begun while another answer is owed, and no request is taken behind one")
    func order() throws {
        let net = try Loopback()
        var exchanges: [HTTPExchange] = []
        try net.listen { exchanges.append($0) }
        let peer = try net.connect()
        peer.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n")
        net.wait("both") { exchanges.count == 2 }
        let head = HTTPResponse(status: 200)
        #expect(exchanges[1].stream(head, onClear: {}, onClosed: {}) == nil)
        let stream = try #require(exchanges[0].stream(head, onClear: {}, onClosed: {}))
        peer.send("GET /3 HTTP/1.1\r\nHost: x\r\n\r\n")
        net.settle()
        #expect(exchanges.count == 2)
        #expect(!exchanges[1].isOpen)
        stream.end()
        net.wait("end") { peer.didEnd }
        net.close()
    }

    @Test("the listener's end is the stream's")
    func closeAll() throws {
        let net = try Loopback()
        let heard = try listen(net)
        let peer = try net.connect()
        peer.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        net.wait("head") { !peer.received.isEmpty }
        net.listener?.closeAll()
        net.wait("closed") { heard.closes == 1 }
        net.close()
    }
}
