import Engine
import Protocol

/// What the auditor knows of rollbacks and protected areas.
struct CanvasBook: Sendable {
    /// An order to take placements back, as it was given.
    struct Order: Sendable {
        var order: RollbackOrder
        /// The last version that the server could count then.
        var through: Version
        var epoch: Int
    }

    /// Every rollback that was kept, by number.
    var rollbacks: [Int: Rollback] = [:]
    /// The areas that are protected, by number.
    var areas: [Int: ProtectionRecord] = [:]
    /// Orders that weren't answered.
    var orders: [HostCallID: Order] = [:]
    /// The versions that rollbacks under way may not have seen more of.
    var leastThrough: Version?

    /// Whether a player may not change a cell.
    func isProtected(_ cell: Int, on epoch: EpochRecord) -> Bool {
        let (x, y) = (cell % epoch.size.width, cell / epoch.size.width)
        return areas.values.contains { $0.protection.area.box.contains(x: x, y: y) }
    }

    /// What is over with a canvas, and what with a server's life.
    mutating func begin() { areas = [:] }
    mutating func restart() {
        orders = [:]
        leastThrough = nil
    }
}

extension History {
    /// The placements that an order covers, by cell: worked out by building every pile anew up to a version.
    func covered(by order: RollbackOrder, account: Identifier?, through: Version) -> [Int: [Version]] {
        let epoch = epoch(at: through)
        var piles: [Int: [Version]] = [:]
        var before: [Version: [Version]] = [:]
        for change in stretch(from: epoch.firstVersion, to: through) {
            let pile = piles[change.cell] ?? []
            if let undone = change.undoes {
                if change.rollback != nil { before[change.version] = pile }
                piles[change.cell] = before[undone] ?? pile.filter { $0 < undone }
            } else {
                piles[change.cell] = pile + [change.version]
            }
        }
        let box = order.box ?? CanvasBox(all: epoch.size)
        var covered: [Int: [Version]] = [:]
        for (cell, pile) in piles where box.contains(x: cell % epoch.size.width, y: cell / epoch.size.width) {
            let top = covers(pile, account: account, fromMs: order.fromMs, toMs: order.toMs)
            if !top.isEmpty { covered[cell] = top }
        }
        return covered
    }

    /// The placements on top of a pile that an order covers.
    func covers(_ pile: [Version], account: Identifier?, fromMs: Int64, toMs: Int64) -> [Version] {
        let beneath = pile.lastIndex { version in
            guard let placement = self[version] else { return true }
            return placement.atMs < fromMs || placement.atMs > toMs
                || (account != nil && placement.account != account)
        }
        return Array(pile[(beneath.map { $0 + 1 } ?? 0)...])
    }
}
