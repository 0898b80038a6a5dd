import Game
import Protocol

extension ServerEngine {
    /// Has a snapshot taken if enough versions and time have passed.
    mutating func takeSnapshotIfDue(at now: Moment, into effects: inout [Effect]) {
        guard let dueUs = snapshots.dueUs(at: canvas.durableVersion), dueUs <= now.monotonicUs else { return }
        takeSnapshot(at: now, into: &effects)
    }

    /// Has a snapshot of the durable cells taken.
    mutating func takeSnapshot(at now: Moment, into effects: inout [Effect]) {
        snapshots.start(canvas.durableVersion, at: now)
        effects.append(
            .takeSnapshot(
                canvas.size, epoch: canvas.epoch, version: canvas.durableVersion, cells: canvas.durableCells))
    }

    /// Serves a snapshot from now on, first to those who waited for it.
    mutating func snapshotTaken(_ snapshot: SnapshotAnswer, at now: Moment, into effects: inout [Effect]) {
        guard snapshots.taken(snapshot) else { return }
        canvas.snapshotServed(at: snapshot.version)
        effects.append(.log(.snapshot(version: snapshot.version, bytes: snapshot.zlib.count)))
        let waiting = beforeSnapshot
        beforeSnapshot = []
        for (id, route, caller) in waiting { serve(id, route, by: caller, at: now, into: &effects) }
    }
}
