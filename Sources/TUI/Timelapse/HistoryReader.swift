import Client
import Protocol
import Transport

/// A server's history for a program that does nothing until an answer is there.
final class HistoryReader {
    private static let timeoutMs = 180_000

    private let url: ServerURL
    private let loop: EventLoop
    private let client: HistoryClient

    init(_ url: ServerURL) throws(ProgramFailure) {
        self.url = url
        do throws(TransportError) {
            loop = try EventLoop()
        } catch { throw ProgramFailure(error.description) }
        client = HistoryClient(loop: loop, url: url)
    }

    deinit { client.close() }

    /// What is kept.
    func overview() throws(ProgramFailure) -> HistoryAnswer {
        try answer { client.overview($0) }
    }

    /// The canvas at a moment.
    func state(at moment: HistoryMoment) throws(ProgramFailure) -> HistoryCanvas {
        try answer { client.state(at: moment, $0) }
    }

    /// What a timeline lacks.
    func supply(_ need: Timeline.Need) throws(ProgramFailure) -> Timeline.Supply {
        try answer { client.fetch(need, $0) }
    }

    private func answer<Value>(
        _ ask: (@escaping HistoryClient.Answer<Value>) -> Void
    ) throws(ProgramFailure) -> Value {
        var result: Result<Value, Failure>?
        ask { result = $0 }
        loop.run(until: { result != nil }, timeoutMs: Self.timeoutMs)
        switch result {
        case .success(let value): return value
        case .failure(let failure):
            let words = PlayerName.displayed(failure.message)
            throw ProgramFailure(words.contains(url.description) ? words : "\(url): \(words)")
        case nil: throw ProgramFailure("\(url): no answer within \(Self.timeoutMs / 1_000) s")
        }
    }
}
