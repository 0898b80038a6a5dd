import Game
import Protocol

/// How far a stopping server has come.
enum DrainProgress: Hashable, Sendable {
    /// It isn't stopping.
    case serving
    /// New things are refused; what is held becomes durable.
    case committing
    /// Clients were told; a last snapshot is taken and kept.
    case keepingSnapshot
    case drained
}

extension ServerEngine {
    /// Refuses what is new from now on.
    mutating func beginDrain(at now: Moment, into effects: inout [Effect]) {
        guard draining == .serving else { return }
        endTimedOutRuns(at: now, into: &effects)
        stopRollingBack(Failure(.shuttingDown, "The server is stopping."), into: &effects)
        draining = .committing
        effects.append(.log(.draining(connections: connections.count)))
    }

    /// Goes as far towards the end as it can now.
    mutating func pursueDrain(at now: Moment, into effects: inout [Effect]) {
        if draining == .committing, commits.isEmpty {
            for id in connections.sorted { effects.append(.close(id, .goingAway)) }
            endStreams(into: &effects)
            for id in connections.sorted { forget(id, at: now, into: &effects) }
            draining = .keepingSnapshot
        }
        guard draining == .keepingSnapshot, commits.isEmpty else { return }
        if storage == .healthy {
            guard snapshots.underWay == nil else { return }
            if snapshots.served.map({ $0.version < canvas.durableVersion }) ?? true {
                takeSnapshot(at: now, into: &effects)
                return
            }
            if snapshots.toPersist(at: now, isLast: true) != nil {
                startCommit(at: now, into: &effects)
                return
            }
        }
        draining = .drained
        effects.append(.drained)
    }
}
