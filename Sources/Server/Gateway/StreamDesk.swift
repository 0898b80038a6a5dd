import Engine
import Protocol
import Raster
import Transport

/// The streams of frames that are open; confined to the loop's thread.
final class StreamDesk {
    private var streams: [RequestID: BodyStream] = [:]

    /// The last words of a stream that the server ends.
    private let farewell = BodyPart(TerminalFrame.closing("The server is going away."))
    private let opening = BodyPart(TerminalFrame.opening)

    /// Turns a request's answer into a stream; what becomes of it is told by `take`.
    func open(_ id: RequestID, _ waiting: RequestDesk.Pending, take: @escaping (Input) -> Void) {
        let head = HTTPResponse(status: 200, headers: Self.headers, body: [])
        if waiting.exchange.request.method == "HEAD" {
            waiting.exchange.respond(head)
            return take(.streamClosed(id))
        }
        let stream = waiting.exchange.stream(
            head, onClear: { take(.streamRead(id)) }, onClosed: { take(.streamClosed(id)) })
        guard let stream else {
            let failure = Failure(.badRequest, "a stream can't follow other requests on their connection")
            waiting.exchange.respond(AnswerResponse.failure(failure))
            return take(.streamClosed(id))
        }
        streams[id] = stream
        send(opening, to: id, take: take)
    }

    /// Sends a frame, laid out once, to all these streams.
    func send(_ frame: [UInt8], to ids: [RequestID], take: (Input) -> Void) {
        let part = BodyPart(frame)
        for id in ids { send(part, to: id, take: take) }
    }

    private func send(_ part: BodyPart, to id: RequestID, take: (Input) -> Void) {
        guard let stream = streams[id] else { return }
        stream.send(part)
        // What has left at once is read as far as we can know; the rest says so when it has.
        if stream.isClear { take(.streamRead(id)) }
    }

    /// Ends a stream with a last word.
    func end(_ id: RequestID) {
        guard let stream = streams.removeValue(forKey: id) else { return }
        stream.send(farewell)
        stream.end()
    }

    /// Forgets a stream whose peer is gone.
    func forget(_ id: RequestID) { streams[id] = nil }

    private static let headers: HTTPHeaders = [
        "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff", "X-Accel-Buffering": "no",
    ]
}
