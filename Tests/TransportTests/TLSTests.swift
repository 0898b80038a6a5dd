import Glibc
import Testing

@testable import Transport

@Suite("TLS")
struct TLSTests {
    @Test(
        "requests go over TLS to a server whose certificate names the host, by name and by address",
        arguments: ["localhost", "127.0.0.1"])
    func requests(host: String) throws {
        let certificate = try Certificate()
        let net = try Loopback()
        let body = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try net.listen(tls: certificate.server) {
            $0.respond(HTTPResponse(status: $0.request.isSecure ? 200 : 500, body: $0.request.body + body))
        }
        let url = try #require(ServerURL("https://\(host):\(net.listener?.port ?? 0)"))
        let client = HTTPClient(loop: net.loop, url: url, tls: certificate.client)
        var answers: [HTTPResponse] = []
        for _ in 0..<2 {
            client.send(
                HTTPClientRequest(method: "POST", target: "/", body: [1, 2, 3]),
                timeoutMs: Loopback.patienceMs
            ) {
                if case .success(let answer) = $0 { answers.append(answer) }
            }
        }
        net.wait("answers") { answers.count == 2 }
        #expect(answers.allSatisfy { $0.status == 200 && $0.body == [1, 2, 3] + body })
        client.close()
        net.close()
    }

    @Test("a certificate for another host, or of an unknown authority, is refused", arguments: [true, false])
    func refused(isOtherHost: Bool) throws {
        let certificate = try Certificate(names: isOtherHost ? "DNS:example.org" : "DNS:localhost")
        let net = try Loopback()
        try net.listen(tls: certificate.server) { $0.respond(HTTPResponse(status: 200)) }
        let url = try #require(ServerURL("https://localhost:\(net.listener?.port ?? 0)"))
        let client = HTTPClient(loop: net.loop, url: url, tls: isOtherHost ? certificate.client : nil)
        var failure: TransportError?
        client.send(HTTPClientRequest(method: "GET", target: "/"), timeoutMs: Loopback.patienceMs) {
            if case .failure(let error) = $0 { failure = error } else { Issue.record("it was taken") }
        }
        net.wait("failure") { failure != nil }
        #expect(failure?.code == .tls)
        #expect(failure?.message.contains(isOtherHost ? "hostname mismatch" : "self-signed") == true)
        client.close()
        net.close()
    }

    @Test("WebSockets go over TLS, with a backlog that drains and an eviction that keeps frames whole")
    func sockets() throws {
        let certificate = try Certificate()
        let net = try Loopback()
        let accepted = try net.listenForSockets(tls: certificate.server)
        let url = try #require(ServerURL("wss://localhost:\(net.listener?.port ?? 0)"))
        let heard = Heard()
        let client = WebSocketClient.connect(
            loop: net.loop, url: url, target: "/ws", tls: certificate.client, handlers: heard.clientHandlers)
        net.wait("open") { heard.opened == 1 && accepted.sockets.count == 1 }
        client.send(text: Array("hello".utf8))
        net.wait("message") { accepted.heard[0].messages == [.text(Array("hello".utf8))] }
        let payload = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
        let frame = EncodedFrame(binary: payload)
        for _ in 0..<100 { accepted.sockets[0].send(frame) }
        net.wait("all frames") { heard.messages.count == 100 }
        #expect(heard.messages.allSatisfy { $0 == .binary(payload) })
        net.wait("drained") { accepted.heard[0].backlogs.last == 0 }
        for _ in 0..<100 { accepted.sockets[0].send(frame) }
        accepted.sockets[0].closeAfterCurrentFrame(code: 4009)
        net.wait("closed") { heard.isOver && accepted.heard[0].isOver }
        #expect(heard.closes == [4009])
        #expect(heard.messages.count < 200)
        #expect(heard.messages.allSatisfy { $0 == .binary(payload) })
        net.close()
    }

    @Test("who doesn't finish the handshake in time, or speaks no TLS, is dropped", arguments: [true, false])
    func handshake(isSilent: Bool) throws {
        let certificate = try Certificate()
        let net = try Loopback()
        var limits = ListenerLimits()
        if isSilent { limits.handshakeTimeoutMs = 30 }
        try net.listen(limits: limits, tls: certificate.server) { _ in Issue.record("a request came") }
        let peer = try net.connect()
        if !isSilent { peer.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n") }
        net.wait("dropped") { peer.didEnd && net.listener?.connectionCount == 0 }
        net.close()
    }

    @Test("a certificate that can't be read is said with its file")
    func unreadable() throws {
        let net = try Loopback()
        let error = #expect(throws: TransportError.self) {
            try net.listen(tls: TLSServerSettings(certificateFile: "/nowhere/c.pem", keyFile: "/k.pem")) {
                _ in
            }
        }
        #expect(error?.code == .tls)
        #expect(error?.message.contains("/nowhere/c.pem") == true)
    }
}

/// A self-signed certificate in a directory of its own.
final class Certificate {
    private let directory: String

    init(names: String = "DNS:localhost,IP:127.0.0.1") throws {
        var template = Array("/tmp/pixelwars-tls-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", "/CN=test", "-addext", "subjectAltName=\(names)",
            "-keyout", "\(directory)/key.pem", "-out", "\(directory)/cert.pem",
        ]
        var process: pid_t = 0
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0)
        var pointers = arguments.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        try #require(posix_spawnp(&process, "openssl", &files, nil, &pointers, environ) == 0)
        var status: Int32 = -1
        waitpid(process, &status, 0)
        try #require(status == 0)
    }

    deinit {
        unlink("\(directory)/key.pem")
        unlink("\(directory)/cert.pem")
        rmdir(directory)
    }

    var server: TLSServerSettings {
        TLSServerSettings(certificateFile: "\(directory)/cert.pem", keyFile: "\(directory)/key.pem")
    }

    var client: TLSClientSettings { TLSClientSettings(authorityFile: "\(directory)/cert.pem") }
}
