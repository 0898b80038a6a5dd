import Game
import Protocol

extension ServerEngine {
    /// Follows how much a connection leaves unread: one that is behind gets no frames until it has read all,
    /// then one merged frame that leads it to the present.
    mutating func backlog(
        _ bytes: Int, of id: ConnectionID, at now: Moment, into effects: inout [Effect]
    ) {
        guard let connection = connections[id] else { return }
        // A merged frame may be longer than the limit; whoever is given one must be able to take it.
        if bytes > Limits.maxOutboxBytes + connection.catchUpBytes {
            evict(id, bytes: bytes, at: now, into: &effects)
        } else if bytes > 0 {
            guard connection.congestedSinceUs == nil else { return }
            connections[id]?.congestedSinceUs = now.monotonicUs
            slowReaders.add(id, at: now)
            guard connection.feed == .following else { return }
            let version = publishedVersion(in: connection.lane)
            set(.behind(version), connection.lane, of: id, into: &effects)
        } else {
            connections[id]?.congestedSinceUs = nil
            connections[id]?.catchUpBytes = 0
            guard case .behind(let version) = connection.feed else { return }
            guard canvas.reaches(back: version) else {
                evict(id, bytes: bytes, at: now, into: &effects)
                return
            }
            lead(id, from: version, into: connection.lane, effects: &effects)
        }
    }

    /// Closes whoever has been behind for too long.
    mutating func closeSlowReaders(at now: Moment, into effects: inout [Effect]) {
        while let (id, sinceUs) = slowReaders.oldest {
            let isBehindSince = connections[id]?.congestedSinceUs == sinceUs
            if isBehindSince, let dueUs = slowReaders.dueUs, dueUs > now.monotonicUs { return }
            slowReaders.removeOldest()
            if isBehindSince { evict(id, bytes: nil, at: now, into: &effects) }
        }
    }

    private mutating func evict(
        _ id: ConnectionID, bytes: Int?, at now: Moment, into effects: inout [Effect]
    ) {
        guard let connection = connections[id] else { return }
        plays.evictions += 1
        effects.append(.log(.evicted(id, account: connection.holder, bytes: bytes ?? 0)))
        close(id, .tooSlow, at: now, into: &effects)
    }
}
