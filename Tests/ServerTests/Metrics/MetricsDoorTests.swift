import Testing
import Transport

@testable import Server

@Suite struct MetricsDoorTests {
    private func ask(_ method: String, _ path: String) throws -> HTTPResponse {
        let loop = try EventLoop()
        var scrapes = 0
        let listener = try MetricsDoor.open(
            loop: loop, at: ServerConfiguration.Listen(host: "127.0.0.1", port: 0), maxConnections: 2
        ) {
            scrapes += 1
            return HTTPResponse(status: 200, headers: [:], body: Array("page \(scrapes)".utf8))
        }
        let url = try #require(ServerURL("http://127.0.0.1:\(listener.port)"))
        let client = HTTPClient(loop: loop, url: url)
        var result: Result<HTTPResponse, TransportError>?
        client.send(HTTPClientRequest(method: method, target: path), timeoutMs: 30_000) { result = $0 }
        loop.run(until: { result != nil }, timeoutMs: 30_000)
        client.close()
        listener.closeAll()
        return try #require(result).get()
    }

    @Test(arguments: [
        ("GET", "/metrics", 200, "page 1"), ("GET", "/healthz", 200, "ok\n"),
        ("GET", "/", 404, "not found\n"), ("GET", "/api/canvas", 404, "not found\n"),
        ("GET", "/metrics/", 404, "not found\n"), ("POST", "/metrics", 405, "GET, HEAD\n"),
        ("GET", "/metrics?x=1", 200, "page 1"),
    ])
    func `metrics and health are served, and nothing else`(
        method: String, path: String, status: Int, body: String
    ) throws {
        let response = try ask(method, path)
        #expect(response.status == status)
        #expect(String(decoding: response.body, as: UTF8.self) == body)
    }
}
