import Dispatch
import Glibc
import Transport

/// Reads stdin, or what stands in its place, on a thread of its own, a piece at a time: the next one when the last was dealt with.
final class StandardInput: Sendable {
    /// What was read.
    enum Piece: Sendable {
        case bytes([UInt8])
        case end
        case failed(String)
    }

    private let turn = DispatchSemaphore(value: 0)

    /// Begins to read; each piece is received on the loop.
    init(
        loop: EventLoop, descriptor: Int32 = STDIN_FILENO, receive: @escaping (Piece) -> Void
    ) throws(TransportError) {
        let mailbox = try loop.makeMailbox(receive)
        let turn = turn
        Thread.start {
            while true {
                var bytes = [UInt8](repeating: 0, count: 64 * 1024)
                let count = read(descriptor, &bytes, bytes.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    mailbox.send(count == 0 ? .end : .failed(String(cString: strerror(errno))))
                    return
                }
                bytes.removeLast(bytes.count - count)
                mailbox.send(.bytes(bytes))
                turn.wait()
            }
        }
    }

    /// Lets the next piece be read.
    func proceed() {
        turn.signal()
    }
}

/// A thread that nobody waits for: it ends with the process.
private enum Thread {
    static func start(_ body: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "stdin")
        queue.async(execute: body)
    }
}
