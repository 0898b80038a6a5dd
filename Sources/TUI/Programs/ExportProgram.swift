import Files
import Protocol
import Transport

/// `pixelwars export FILE.png`: saves the canvas as the server paints it.
struct ExportProgram: Hashable, Sendable {
    var file: String
    var url: ServerURL

    private static let timeoutMs = 30_000
    /// A longer cooldown isn't waited out.
    private static let maxWaitMs = 120_000
    private static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

    /// Fetches, waiting out a cooldown once, and writes the file.
    func run() throws(ProgramFailure) {
        let first = try fetch(afterMs: 0)
        switch first {
        case .picture(let bytes): try save(bytes)
        case .later(let waitMs):
            guard case .picture(let bytes) = try fetch(afterMs: waitMs) else {
                throw ProgramFailure("\(url): still asks to wait; try again later")
            }
            try save(bytes)
        }
    }

    private func save(_ bytes: [UInt8]) throws(ProgramFailure) {
        do throws(FileError) {
            try WholeFile.write(bytes, to: file, mode: 0o644)
        } catch { throw ProgramFailure(error.description) }
    }

    private enum Fetched {
        case picture([UInt8])
        case later(waitMs: Int)
    }

    private func fetch(afterMs: Int) throws(ProgramFailure) -> Fetched {
        var result: Result<HTTPResponse, TransportError>?
        let answer: HTTPResponse
        do throws(TransportError) {
            let loop = try EventLoop()
            let client = HTTPClient(loop: loop, url: url, maxAnswerBytes: Limits.maxAnswerBytes)
            let route = Route.canvasPNG.request
            let timer = loop.makeTimer {
                let request = HTTPClientRequest(
                    method: route.method, target: route.target,
                    headers: HTTPHeaders(route.headers.map { ($0.name, $0.value) }), body: route.body)
                client.send(request, timeoutMs: Self.timeoutMs) { result = $0 }
            }
            timer.schedule(afterMs: afterMs)
            _ = loop.run(until: { result != nil }, timeoutMs: afterMs + Self.timeoutMs + 1_000)
            client.close()
            guard let response = try result?.get() else { throw TransportError(.timedOut, "no answer") }
            answer = response
        } catch {
            let words = error.description
            throw ProgramFailure(words.contains(url.description) ? words : "\(url): \(words)")
        }
        return try read(answer)
    }

    private func read(_ response: HTTPResponse) throws(ProgramFailure) -> Fetched {
        if response.status == 200 {
            guard response.body.starts(with: Self.signature) else {
                throw ProgramFailure("\(url): the answer is no PNG picture")
            }
            return .picture(response.body)
        }
        let failure = try? Failure(json: response.body)
        if response.status == 429, let wait = failure?.retryAfterMs, wait <= Self.maxWaitMs {
            return .later(waitMs: wait)
        }
        let words = failure.map { PlayerName.displayed($0.message) } ?? "status \(response.status)"
        throw ProgramFailure("\(url): \(words)")
    }
}
