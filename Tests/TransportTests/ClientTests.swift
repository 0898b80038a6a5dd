import Testing

@testable import Transport

@Suite("HTTP clients")
struct HTTPClientTests {
    typealias Answer = Result<HTTPResponse, TransportError>

    private func text(_ answer: Answer) -> String? {
        (try? answer.get()).map { String(decoding: $0.body, as: UTF8.self) }
    }

    private func code(_ answer: Answer?) -> TransportError.Code? {
        if case .failure(let error) = answer { error.code } else { nil }
    }

    @Test("requests are answered in their order over one connection")
    func order() throws {
        let net = try Loopback()
        var remotes: Set<NetAddress> = []
        try net.listen { exchange in
            remotes.insert(exchange.request.remote)
            let text = "\(exchange.request.method)\(exchange.request.target)\(exchange.request.body.count)"
            exchange.respond(HTTPResponse(status: 200, body: Array(text.utf8)))
        }
        let client = HTTPClient(loop: net.loop, url: try net.url)
        var answers: [String] = []
        for (method, body) in [("GET", 0), ("POST", 3), ("HEAD", 0), ("PUT", 100)] {
            let request = HTTPClientRequest(
                method: method, target: "/x?y", body: .init(repeating: 1, count: body))
            client.send(request, timeoutMs: Loopback.patienceMs) { answers.append(text($0) ?? "failed") }
        }
        #expect(answers.isEmpty)
        net.wait("answers") { answers.count == 4 }
        #expect(answers == ["GET/x?y0", "POST/x?y3", "", "PUT/x?y100"])
        #expect(remotes.count == 1)
        client.close()
        net.close()
    }

    @Test("a request after the server ended the idle connection goes over a fresh one")
    func stale() throws {
        let net = try Loopback()
        var limits = ListenerLimits()
        limits.headerTimeoutMs = 30
        try net.listen(limits: limits) { $0.respond(HTTPResponse(status: 200)) }
        let client = HTTPClient(loop: net.loop, url: try net.url)
        for _ in 0..<2 {
            var answer: Answer?
            client.send(HTTPClientRequest(method: "POST", target: "/"), timeoutMs: Loopback.patienceMs) {
                answer = $0
            }
            net.wait("answer") { answer != nil }
            #expect(code(answer) == nil)
            net.wait("idle connection ended") { net.listener?.connectionCount == 0 }
        }
        client.close()
        net.close()
    }

    @Test(
        "an idempotent request lost on a used connection is sent once more, another is not",
        arguments: ["GET", "POST"])
    func lostOnUsedConnection(method: String) throws {
        let net = try Loopback()
        var count = 0
        try net.listen { exchange in
            count += 1
            // The second request finds its connection dropped without a word.
            if count == 2 {
                net.listener?.closeConnections()
            } else {
                exchange.respond(HTTPResponse(status: 200))
            }
        }
        let client = HTTPClient(loop: net.loop, url: try net.url)
        var answers: [Answer] = []
        for _ in 0..<2 {
            client.send(HTTPClientRequest(method: method, target: "/"), timeoutMs: Loopback.patienceMs) {
                answers.append($0)
            }
        }
        net.wait("answers") { answers.count == 2 }
        #expect(code(answers[0]) == nil)
        #expect(code(answers[1]) == (method == "GET" ? nil : .connectionLost))
        #expect(count == (method == "GET" ? 3 : 2))
        client.close()
        net.close()
    }

    @Test("an answer that doesn't come in time fails its request and not the next one")
    func timeout() throws {
        let net = try Loopback()
        try net.listen { if $0.request.path != "/slow" { $0.respond(HTTPResponse(status: 200)) } }
        let client = HTTPClient(loop: net.loop, url: try net.url)
        var slow: Answer?
        var quick: Answer?
        client.send(HTTPClientRequest(method: "GET", target: "/slow"), timeoutMs: 30) { slow = $0 }
        client.send(HTTPClientRequest(method: "GET", target: "/quick"), timeoutMs: Loopback.patienceMs) {
            quick = $0
        }
        net.wait("both") { slow != nil && quick != nil }
        #expect(code(slow) == .timedOut)
        #expect(code(quick) == nil)
        client.close()
        net.close()
    }

    @Test(
        "answers in other forms, and those that aren't answers",
        arguments: [
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "abc", nil),
            ("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end", "until the end", nil),
            ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", "x", nil),
            ("HTTP/1.1 204 No Content\r\n\r\n", "", nil),
            ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", nil, .connectionLost),
            ("HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n", nil, .tooLarge),
            ("SSH-2.0-OpenSSH\r\n", nil, .protocolViolation),
            ("", nil, .connectionLost),
        ] as [(String, String?, TransportError.Code?)])
    func forms(wire: String, body: String?, failure: TransportError.Code?) throws {
        let net = try Loopback()
        // A server of any manners: the exchange is answered by hand.
        try net.listen { exchange in exchange.answerRaw(Array(wire.utf8)) }
        let client = HTTPClient(loop: net.loop, url: try net.url, maxAnswerBytes: 20)
        var answer: Answer?
        client.send(HTTPClientRequest(method: "GET", target: "/"), timeoutMs: Loopback.patienceMs) {
            answer = $0
        }
        net.wait("answer") { answer != nil }
        #expect(answer.flatMap(text) == body)
        #expect(code(answer) == failure)
        client.close()
        net.close()
    }

    @Test("nobody listening, and a closed client, are said as such")
    func failures() throws {
        let net = try Loopback()
        try net.listen { _ in }
        let url = try net.url
        net.listener?.closeAll()
        net.settle()
        let client = HTTPClient(loop: net.loop, url: url)
        var answers: [Answer] = []
        client.send(HTTPClientRequest(method: "GET", target: "/"), timeoutMs: Loopback.patienceMs) {
            answers.append($0)
        }
        net.wait("refused") { answers.count == 1 }
        client.send(HTTPClientRequest(method: "GET", target: "/"), timeoutMs: Loopback.patienceMs) {
            answers.append($0)
        }
        client.close()
        client.send(HTTPClientRequest(method: "GET", target: "/"), timeoutMs: Loopback.patienceMs) {
            answers.append($0)
        }
        net.wait("cancelled") { answers.count == 3 }
        #expect(answers.map(code) == [.connectionRefused, .cancelled, .cancelled])
        net.close()
    }
}

extension HTTPListener {
    /// Drops the connections and goes on listening.
    func closeConnections() {
        for stream in openStreams { stream.fail(TransportError(.cancelled, "dropped by the test")) }
    }
}

extension HTTPExchange {
    /// Answers with bytes of the test's choice and ends the connection.
    func answerRaw(_ bytes: [UInt8]) {
        connection?.stream.send(ByteBlock(bytes))
        connection?.stream.end()
    }
}
