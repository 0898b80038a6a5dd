import Engine
import Synchronization

/// What a storage thread delivered, in order.
final class Inbox: Sendable {
    private let inputs = Mutex<[Input]>([])

    func take(_ input: Input) { inputs.withLock { $0.append(input) } }

    var all: [Input] { inputs.withLock { $0 } }
}
