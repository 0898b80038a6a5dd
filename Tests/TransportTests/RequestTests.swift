import Testing

@testable import Transport

@Suite("Requests")
struct RequestTests {
    private func echo(_ exchange: HTTPExchange) {
        let request = exchange.request
        let text = "\(request.method) \(request.path) \(request.query ?? "-") \(request.body.count)"
        exchange.respond(HTTPResponse(status: 200, headers: ["X-Kind": "echo"], body: Array(text.utf8)))
    }

    @Test("an answer has status, headers, length and body, and the connection stays for the next one")
    func keepAlive() throws {
        let net = try Loopback()
        try net.listen(onRequest: echo)
        let peer = try net.connect()
        peer.send("GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n")
        net.wait("answer") { peer.text.contains("GET /a b=c 0") }
        #expect(peer.text.hasPrefix("HTTP/1.1 200 OK\r\nDate: "))
        #expect(peer.text.contains("\r\nX-Kind: echo\r\nContent-Length: 12\r\n\r\n"))
        _ = peer.take()
        peer.send("POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")
        net.wait("second answer") { peer.text.contains("POST /b - 3") }
        #expect(!peer.didEnd)
        net.close()
    }

    @Test("a request that comes byte by byte is read like one that comes whole")
    func byteByByte() throws {
        let net = try Loopback()
        try net.listen(onRequest: echo)
        let peer = try net.connect()
        let text =
            "POST /x HTTP/1.1\r\nHost: y\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: 1\r\n\r\n"
        for byte in text.utf8 {
            peer.send([byte])
            net.loop.run(until: { true }, timeoutMs: 1)
        }
        net.wait("answer") { peer.text.contains("POST /x - 5") }
        net.close()
    }

    @Test("answers leave in the order of the requests, whatever order they are given in")
    func pipelining() throws {
        let net = try Loopback()
        var open: [HTTPExchange] = []
        try net.listen { open.append($0) }
        let peer = try net.connect()
        peer.send((0..<5).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined())
        net.wait("five requests") { open.count == 5 }
        for index in [3, 1, 4, 0, 2] {
            open[index].respond(HTTPResponse(status: 200, body: Array("<\(index)>".utf8)))
        }
        net.wait("five answers") { occurrences(of: "HTTP/1.1 200", in: peer.text) == 5 }
        let order = peer.text.split(separator: "<").dropFirst().compactMap(\.first)
        #expect(String(order) == "01234")
        net.close()
    }

    @Test("no more requests than allowed are under way; the others wait and are answered too")
    func pipeliningLimit() throws {
        let net = try Loopback()
        var open: [HTTPExchange] = []
        var limits = ListenerLimits()
        limits.maxPipelined = 2
        try net.listen(limits: limits) { open.append($0) }
        let peer = try net.connect()
        peer.send((0..<6).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined())
        net.wait("two requests") { open.count == 2 }
        net.settle()
        #expect(open.count == 2)
        for index in 0..<6 {
            net.wait("request \(index)") { open.count > index }
            open[index].respond(HTTPResponse(status: 200))
        }
        net.wait("six answers") { occurrences(of: "HTTP/1.1 200", in: peer.text) == 6 }
        net.close()
    }

    @Test(
        "forms of requests that are taken",
        arguments: [
            ("GET http://example.org/p?q HTTP/1.1\r\nHost: example.org\r\n\r\n", "GET /p q 0"),
            ("GET http://example.org HTTP/1.1\r\nHost: example.org\r\n\r\n", "GET / - 0"),
            ("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "OPTIONS * - 0"),
            ("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "GET / - 0"),
            ("\r\nGET / HTTP/1.1\r\nhOST: x\r\n\r\n", "GET / - 0"),
            ("PATCH / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab", "PATCH / - 2"),
        ])
    func forms(request: String, answer: String) throws {
        let net = try Loopback()
        try net.listen(onRequest: echo)
        let peer = try net.connect()
        peer.send(request)
        net.wait("answer") { peer.text.hasSuffix("\r\n\r\n" + answer) }
        net.close()
    }

    @Test("the answer to HEAD keeps its length and leaves the body out")
    func head() throws {
        let net = try Loopback()
        try net.listen(onRequest: echo)
        let peer = try net.connect()
        peer.send("HEAD /long HTTP/1.1\r\nHost: x\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n")
        net.wait("both answers") { peer.text.contains("GET /next - 0") }
        #expect(peer.text.contains("Content-Length: 14\r\n\r\nHTTP/1.1 200 OK"))
        net.close()
    }

    @Test("204 and 304 have neither body nor length", arguments: [204, 304])
    func bodiless(status: Int) throws {
        let net = try Loopback()
        try net.listen { $0.respond(HTTPResponse(status: status, body: [1, 2, 3])) }
        let peer = try net.connect()
        peer.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        net.wait("answer") { peer.text.hasSuffix("\r\n\r\n") }
        #expect(!peer.text.contains("Content-Length"))
        net.close()
    }

    @Test(
        "who asks to close, or speaks HTTP/1.0 without keep-alive, is answered and closed",
        arguments: [
            "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
            "GET / HTTP/1.0\r\nHost: x\r\nConnection: close\r\n\r\n",
        ])
    func closing(request: String) throws {
        let net = try Loopback()
        try net.listen(onRequest: echo)
        let peer = try net.connect()
        peer.send(request)
        net.wait("end") { peer.didEnd }
        #expect(peer.text.contains("Connection: close\r\n"))
        #expect(peer.text.hasSuffix("GET / - 0"))
        peer.close()
        net.wait("connection gone") { net.listener?.connectionCount == 0 }
        net.close()
    }

    @Test("HTTP/1.0 with keep-alive stays and is told so")
    func oldKeepAlive() throws {
        let net = try Loopback()
        try net.listen(onRequest: echo)
        let peer = try net.connect()
        peer.send("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        net.wait("answer") { peer.text.contains("/1 - 0") }
        #expect(peer.text.contains("Connection: keep-alive\r\n"))
        peer.send("GET /2 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        net.wait("second answer") { peer.text.contains("/2 - 0") }
        net.close()
    }

    @Test("a client that waits for 100 Continue gets it before it sends its body")
    func expectContinue() throws {
        let net = try Loopback()
        try net.listen(onRequest: echo)
        let peer = try net.connect()
        peer.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n")
        net.wait("continue") { peer.text == "HTTP/1.1 100 Continue\r\n\r\n" }
        peer.send("abcd")
        net.wait("answer") { peer.text.contains("POST / - 4") }
        net.close()
    }

    @Test("a client that ended its side still gets its answers")
    func halfClose() throws {
        let net = try Loopback()
        var open: [HTTPExchange] = []
        try net.listen { open.append($0) }
        let peer = try net.connect()
        peer.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        peer.end()
        net.wait("request") { open.count == 1 }
        net.settle()
        open[0].respond(HTTPResponse(status: 200, body: Array("late".utf8)))
        net.wait("answer and end") { peer.didEnd }
        #expect(peer.text.hasSuffix("late"))
        net.wait("connection gone") { net.listener?.connectionCount == 0 }
        net.close()
    }

    @Test("an answer to a client that is gone does nothing")
    func gone() throws {
        let net = try Loopback()
        var open: [HTTPExchange] = []
        try net.listen { open.append($0) }
        let peer = try net.connect()
        peer.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        net.wait("request") { open.count == 1 }
        #expect(open[0].isOpen)
        net.listener?.closeAll()
        net.wait("connection gone") { net.listener?.connectionCount == 0 }
        #expect(!open[0].isOpen)
        open[0].respond(HTTPResponse(status: 200))
        net.close()
    }

    @Test("a header's value can't add a line of its own")
    func headerInjection() throws {
        let net = try Loopback()
        try net.listen { $0.respond(HTTPResponse(status: 200, headers: ["X": "a\r\nEvil: 1"])) }
        let peer = try net.connect()
        peer.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        net.wait("answer") { peer.text.hasSuffix("\r\n\r\n") }
        #expect(!peer.text.contains("\r\nEvil"))
        net.close()
    }

    @Test("a large answer reaches a client that reads late, whole and in order")
    func largeAnswer() throws {
        let net = try Loopback()
        let body = (0..<6_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try net.listen { $0.respond(HTTPResponse(status: 200, body: body)) }
        let peer = try net.connect()
        peer.pause()
        peer.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        net.settle()
        peer.resume()
        net.wait("end") { peer.didEnd }
        #expect(peer.received.suffix(body.count) == body[...])
        net.close()
    }
}
