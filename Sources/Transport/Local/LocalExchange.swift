/// One command and the place for its answer; confined to its loop's thread.
///
/// After its peer is gone, an answer does nothing. One that is dropped unanswered ends the connection.
public final class LocalExchange {
    /// The line, without its end.
    public let request: [UInt8]

    private var connection: LocalConnection?

    init(request: [UInt8], connection: LocalConnection) {
        self.request = request
        self.connection = connection
    }

    deinit { connection?.close() }

    /// Sends the answer and ends the connection behind it; the first call counts.
    public func respond(_ bytes: [UInt8]) {
        connection?.answer(bytes)
        connection = nil
    }
}
