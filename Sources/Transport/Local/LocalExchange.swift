/// One command and the place for its answer; confined to its loop's thread.
///
/// After its peer is gone, an answer does nothing. One that is dropped unanswered ends the connection.
public final class LocalExchange {
    /// The line, without its end.
    public let request: [UInt8]

    /// Called when the peer goes before it has an answer: what is done for it alone can be given up.
    ///
    /// A peer that shut its own end first and went later isn't seen going.
    public var onGone: (() -> Void)?

    private var connection: LocalConnection?

    init(request: [UInt8], connection: LocalConnection) {
        self.request = request
        self.connection = connection
    }

    deinit { connection?.close() }

    /// Sends the answer and ends the connection behind it; the first call counts.
    public func respond(_ bytes: [UInt8]) {
        onGone = nil
        connection?.answer(bytes)
        connection = nil
    }

    func peerDidGo() {
        let told = onGone
        onGone = nil
        connection = nil
        told?()
    }
}
