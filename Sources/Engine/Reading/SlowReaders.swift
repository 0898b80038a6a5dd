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

    /// Takes out those that have been behind for too long, given since when each is behind now.
    mutating func takeOverdue(
        at now: Moment, since: (ConnectionID) -> Int64?
    ) -> [ConnectionID] {
        var overdue: [ConnectionID] = []
        while let oldest = order.first {
            if since(oldest.connection) == oldest.sinceUs {
                guard oldest.sinceUs + Self.maxCongestedUs <= now.monotonicUs else { break }
                overdue.append(oldest.connection)
            }
            order.removeFirst(1)
        }
        return overdue
    }
}
