import Game
import Protocol

/// Connections that leave bytes unread, by how long they have done so.
struct SlowReaders: Sendable {
    private static let maxCongestedUs = Int64(Limits.maxCongestedMs) * 1000

    private var order = Ring<(connection: ConnectionID, sinceUs: Int64)>()

    /// When the one that is behind for longest must be closed.
    var dueUs: Int64? { order.first.map { $0.sinceUs + Self.maxCongestedUs } }

    /// Notes that a connection began to fall behind.
    mutating func add(_ connection: ConnectionID, at now: Moment) {
        order.append((connection, now.monotonicUs))
    }

    /// The one noted first, which may have caught up since.
    var oldest: (connection: ConnectionID, sinceUs: Int64)? { order.first }

    /// Forgets the one noted first.
    mutating func removeOldest() { order.removeFirst(1) }
}
