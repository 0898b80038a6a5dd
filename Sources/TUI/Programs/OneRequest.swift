import Protocol
import Transport

/// One question to a server from a program that asks nothing else.
enum OneRequest {
    /// Asks, after a while, and waits for the answer on a loop of its own.
    ///
    /// - Throws: `ProgramFailure` that names the server.
    static func answer(
        to request: RouteRequest, of url: ServerURL, afterMs: Int = 0, timeoutMs: Int
    ) throws(ProgramFailure) -> HTTPResponse {
        var result: Result<HTTPResponse, TransportError>?
        do throws(TransportError) {
            let loop = try EventLoop()
            let client = HTTPClient(loop: loop, url: url, maxAnswerBytes: Limits.maxAnswerBytes)
            let timer = loop.makeTimer {
                let request = HTTPClientRequest(
                    method: request.method, target: request.target,
                    headers: HTTPHeaders(request.headers.map { ($0.name, $0.value) }), body: request.body)
                client.send(request, timeoutMs: timeoutMs) { result = $0 }
            }
            timer.schedule(afterMs: afterMs)
            _ = loop.run(until: { result != nil }, timeoutMs: afterMs + timeoutMs + 1_000)
            client.close()
            guard let response = try result?.get() else { throw TransportError(.timedOut, "no answer") }
            return response
        } catch {
            let words = error.description
            throw ProgramFailure(words.contains(url.description) ? words : "\(url): \(words)")
        }
    }
}
