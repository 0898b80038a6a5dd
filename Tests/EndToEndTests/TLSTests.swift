import Client
import Crypto
import Protocol
import Testing
import Transport

extension EndToEnd.OfServers {
    /// A server with a certificate.
    @Suite struct TLSTests {
        @Test("with a certificate everything is encrypted, and a client that trusts it plays")
        func play() throws {
            let directory = try ScratchDirectory()
            let certificate = directory.path + "/cert.pem"
            let key = directory.path + "/key.pem"
            let openssl = try ChildProcess(
                "/usr/bin/openssl",
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days",
                    "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
                    "-keyout", key, "-out", certificate,
                ], in: directory.path)
            try #require(try openssl.wait() == .exited(0), "\(openssl.errors)")
            let server = try TestServer(["--tls-cert", certificate, "--tls-key", key], in: directory)
            #expect(server.scheme == "https")

            let loop = try EventLoop()
            func client(_ tls: TLSClientSettings) throws -> GameClient {
                var configuration = ClientConfiguration(
                    url: try #require(ServerURL(server.url)),
                    identity: .device(Ed25519PrivateKey(), name: nil))
                configuration.tls = tls
                configuration.wantsToPlay = true
                return GameClient(loop: loop, configuration: configuration) { _ in }
            }
            let trusting = try client(TLSClientSettings(authorityFile: certificate))
            let wary = try client(TLSClientSettings())
            trusting.start()
            wary.start()
            loop.run(until: { trusting.replica.isCurrent }, timeoutMs: 60_000)
            #expect(trusting.replica.isCurrent)
            trusting.place(x: 1, y: 2, color: 3)
            loop.run(until: { trusting.replica.version == 1 }, timeoutMs: 60_000)
            #expect(trusting.replica.version == 1)
            #expect(wary.account == nil, "a certificate that nobody vouches for was taken")

            // Words in the clear get no answer, and hurt nobody.
            let plain = try RawHTTP(port: server.port)
            #expect(throws: ConnectionLost.self) { try plain.call("GET", "/healthz") }
            trusting.place(x: 2, y: 2, color: 3)
            loop.run(until: { trusting.replica.version == 2 }, timeoutMs: 60_000)
            #expect(trusting.replica.version == 2)
            trusting.stop()
            wary.stop()
            loop.run(until: { false }, timeoutMs: 20)
        }

        @Test("a certificate or a key that can't be read is named, and nothing is started")
        func unreadable() throws {
            let directory = try ScratchDirectory()
            let process = try TestServer.launch(
                [
                    "--listen", "127.0.0.1:0", "--data", directory.path + "/data", "--tls-cert",
                    directory.path + "/none.pem", "--tls-key", directory.path + "/none.pem",
                ], directory)
            #expect(try process.output() == "")
            #expect(try process.wait() == .exited(1))
            #expect(process.errors.contains("none.pem"), "\(process.errors)")
        }
    }
}
