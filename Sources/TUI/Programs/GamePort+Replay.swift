import Client
import Protocol

/// What is asked about the canvas's past, on the client's thread.
extension GamePort {
    static func call(
        _ wish: ReplayWish, _ client: GameClient, _ deliver: @escaping @Sendable (Report) -> Void
    ) {
        // It waits where the server says so, and lives until its answer.
        let history = HistoryClient(client)
        func tell<Value>(_ result: Result<Value, Failure>, _ report: (Value) -> ReplayReport) {
            withExtendedLifetime(history) {
                switch result {
                case .success(let value): deliver(.replay(report(value)))
                case .failure(let failure): deliver(.replay(.failed(wish, failure)))
                }
            }
        }
        switch wish {
        case .overview: history.overview { tell($0) { .overview($0) } }
        case .fetch(let need): history.fetch(need) { tell($0) { .supply($0) } }
        case .find(let timeMs): history.state(at: .time(ms: timeMs)) { tell($0) { .found($0) } }
        }
    }
}
