import Game
import Protocol

/// The rollbacks of the running epoch, and the one that is under way.
struct RollbackDesk: Sendable {
    /// A rollback or a preview that isn't over.
    struct Running: Sendable {
        var asker: Asker
        var isPreview: Bool
        /// What will be kept, as far as it has come; its number is 0 until the first change.
        var rollback: Rollback
        /// The look-up under way.
        var query: QueryID?
        /// How much the search found.
        var found: RollbackCount?
        /// Cells that were handed over so far.
        var handedOver = 0
        /// Of them, those that somebody changed in the meantime.
        var skipped = 0
        /// Cells that wait until something can be written.
        var waiting: [RollbackCell] = []
    }

    private(set) var kept: [Rollback]
    private var lastID: Int
    var running: Running?

    /// Starts with what storage kept.
    init(_ recovered: RecoveredState) {
        kept = recovered.rollbacks
        lastID = recovered.lastRollback
    }

    /// Those of this canvas, the newest first.
    var newestFirst: [Rollback] { Array(kept.reversed().prefix(Limits.maxListedRollbacks)) }

    /// One of this canvas.
    subscript(id: Int) -> Rollback? { kept.last { $0.id == id } }

    /// Whether the one under way asked this of storage.
    func waits(for query: QueryID) -> Bool { running?.query == query }

    /// A number for the next one.
    mutating func nextID() -> Int {
        lastID += 1
        return lastID
    }

    /// Notes how far one has come, durably.
    mutating func keep(_ rollback: Rollback) {
        if let index = kept.lastIndex(where: { $0.id == rollback.id }) {
            kept[index] = rollback
        } else {
            kept.append(rollback)
        }
    }

    /// Forgets those of a canvas that is over.
    mutating func forgetAll() { kept = [] }
}
