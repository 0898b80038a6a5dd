/// An answer whose body goes out part by part until someone ends it; confined to its loop's thread.
///
/// It queues nothing of its own: whoever sends waits until `isClear` before the next part, so that a peer that
/// doesn't read costs one part at most. The connection ends with the body.
public final class BodyStream {
    private weak var connection: HTTPConnection?
    private let isChunked: Bool
    /// Called whenever all that was sent has left, after something had to wait.
    private let onClear: () -> Void
    /// Called once when the peer or the connection is gone; not after `end`.
    private var onClosed: (() -> Void)?
    private var hadBacklog = false

    init(
        connection: HTTPConnection, isChunked: Bool, onClear: @escaping () -> Void,
        onClosed: @escaping () -> Void
    ) {
        self.connection = connection
        self.isChunked = isChunked
        self.onClear = onClear
        self.onClosed = onClosed
    }

    /// Whether all that was sent has been taken by the system.
    public var isClear: Bool { (connection?.stream.backlogBytes ?? 0) == 0 }

    /// Sends a part, sharing its bytes with everyone else it is sent to.
    public func send(_ part: BodyPart) {
        guard onClosed != nil, let connection else { return }
        connection.stream.send(isChunked ? part.chunk : part.bare)
        connection.streamBacklogDidChange()
    }

    /// Ends the body behind all that was sent, and with it the connection.
    public func end() {
        guard onClosed != nil else { return }
        onClosed = nil
        connection?.endBody(isChunked ? ByteBlock(BodyPart.last) : nil)
    }

    /// Takes what the connection's backlog is now.
    func backlogDidChange(_ bytes: Int) {
        if bytes > 0 {
            hadBacklog = true
        } else if hadBacklog {
            hadBacklog = false
            if onClosed != nil { onClear() }
        }
    }

    /// Notes that nothing more can be sent.
    func didClose() {
        let onClosed = self.onClosed
        self.onClosed = nil
        onClosed?()
    }
}
