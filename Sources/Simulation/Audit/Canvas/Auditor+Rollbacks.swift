import Engine
import Protocol

/// Rollbacks take back what their orders cover, their undos bring back what nobody touched, and players change
/// nothing that is protected.
extension Auditor {
    /// Takes a record of what hosts did with the canvas; false for any other.
    mutating func keepCanvas(_ record: Record) -> Bool {
        switch record {
        case .epoch(let epoch): keep(epoch)
        case .rollback(let rollback): keep(rollback)
        case .protection(let protection):
            let id = protection.protection.area.id
            canvasBook.areas[id] = protection.endedAtMs == nil ? protection : nil
            verdict.tally.protections += 1
        case .change, .account, .session, .sessionEnded, .presence, .presencesCleared, .presenceEnded, .guest,
            .guestEnded, .flag, .snapshot, .clickGame, .clickPush, .clickContributions, .relay, .puzzle,
            .score, .points, .run, .skin, .skinOwned, .impression, .feedback, .flagsCleared, .audit, .knob,
            .telegram:
            return false
        }
        return true
    }

    private mutating func keep(_ rollback: Rollback) {
        if canvasBook.rollbacks[rollback.id] == nil { verdict.tally.rollbacks += 1 }
        canvasBook.rollbacks[rollback.id] = rollback
        blame(
            unless(
                rollback.epoch == history.epoch.epoch, .lawfulRollback,
                "rollback \(rollback.id) is of epoch \(rollback.epoch)"))
    }

    /// Judges a change before it is added to the history.
    mutating func judge(_ change: ChangeRecord) {
        guard let id = change.rollback else {
            let role = signIns.durable.accounts[change.account]?.role ?? .player
            let isProtected = role < .moderator && canvasBook.isProtected(change.cell, on: history.epoch)
            blame(
                unless(
                    !isProtected, .protectedCells,
                    "version \(change.version) changes cell \(change.cell) by \(change.account)"))
            return
        }
        let breach: String?
        switch canvasBook.rollbacks[id]?.target {
        case nil: breach = "of no rollback that is kept"
        case .rollback(let undone): breach = breachOfReturn(change, undone)
        case .placements(let account, let fromMs, let toMs, let box):
            breach = breachOfOrder(change, account, fromMs, toMs, box)
        }
        blame(
            unless(
                breach == nil, .lawfulRollback, "version \(change.version) of rollback \(id) \(breach ?? "")")
        )
        verdict.tally.rolledBack += 1
    }

    private func breachOfOrder(
        _ change: ChangeRecord, _ account: Identifier?, _ fromMs: Int64, _ toMs: Int64, _ box: CanvasBox
    ) -> String? {
        let width = history.epoch.size.width
        guard box.contains(x: change.cell % width, y: change.cell / width) else { return "lies outside" }
        let pile = history.pileOfCell[change.cell] ?? []
        let covered = history.covers(pile, account: account, fromMs: fromMs, toMs: toMs)
        if covered.isEmpty { return "takes back what its order doesn't cover" }
        if change.placements != covered || change.undoes != covered.first {
            return "takes back too few or many"
        }
        let former = pile.dropLast(covered.count).last.flatMap { history[$0]?.color } ?? 0
        if change.color != former { return "brings another color" }
        let top = covered.last.flatMap { history[$0]?.account }
        return change.account == top ? nil : "is told of another's pixel"
    }

    private func breachOfReturn(_ change: ChangeRecord, _ undone: Int) -> String? {
        guard let latest = history.latestOfCell[change.cell].flatMap({ history[$0] }) else {
            return "lies where nothing was changed"
        }
        if latest.rollback != undone || change.undoes != latest.version {
            return "isn't of an untouched cell"
        }
        if change.color != history.color(beforeRollback: latest.version) { return "brings another color" }
        if !change.placements.isEmpty { return "takes placements back" }
        return change.account == latest.account ? nil : "is told of another's pixel"
    }

    /// A whole commit was kept: a rollback that is complete left nothing that it covers.
    mutating func settleRollbacks(_ records: [Record]) {
        for case .rollback(let rollback) in records where rollback.isComplete {
            let through = canvasBook.leastThrough ?? 0
            canvasBook.leastThrough = nil
            for (cell, latest) in history.latestOfCell where latest <= through {
                let isLeft: Bool
                switch rollback.target {
                case .rollback(let undone): isLeft = history[latest]?.rollback == undone
                case .placements(let account, let fromMs, let toMs, let box):
                    let width = history.epoch.size.width
                    let pile = history.pileOfCell[cell] ?? []
                    isLeft =
                        box.contains(x: cell % width, y: cell / width)
                        && !history.covers(pile, account: account, fromMs: fromMs, toMs: toMs).isEmpty
                }
                blame(
                    unless(
                        !isLeft, .lawfulRollback,
                        "rollback \(rollback.id) is complete and leaves cell \(cell)"))
            }
        }
    }

    /// Notes an order, and how much the server could know when it was given.
    mutating func order(_ command: HostCommand, _ call: HostCallID) {
        switch command {
        case .rollback(let order):
            canvasBook.orders[call] = CanvasBook.Order(
                order: order, through: committedVersion, epoch: history.epoch(at: committedVersion).epoch)
            if !order.isPreview {
                canvasBook.leastThrough = min(canvasBook.leastThrough ?? .max, committedVersion)
            }
        case .undoRollback: canvasBook.leastThrough = min(canvasBook.leastThrough ?? .max, committedVersion)
        case .list, .kick, .grant, .flags, .clearFlags, .ban, .unban, .feedback, .skins, .installSkin, .audit,
            .announce, .knobs, .setKnob, .status, .newGame, .rollbacks, .protect, .unprotect,
            .protectedAreas, .picture:
            break
        }
    }

    /// Holds a host's answer against what its order covered when it was given.
    mutating func watch(_ answer: HostAnswer, to call: HostCallID) {
        let order = canvasBook.orders.removeValue(forKey: call)
        switch answer {
        case .rollback(let report):
            guard let order, order.epoch == history.epoch(at: committedVersion).epoch else { return }
            let account = order.order.account.flatMap { Identifier($0) }
            let covered = history.covered(by: order.order, account: account, through: order.through)
            let count = covered.values.reduce(0) { $0 + $1.count }
            let isPreview = order.order.isPreview
            let isTrue =
                isPreview
                ? report.cells == covered.count && report.placements == count && report.id == nil
                : report.cells + report.skipped == covered.count
            if isPreview { verdict.tally.previews += 1 }
            blame(
                unless(
                    isTrue, .lawfulRollback,
                    "a report tells of \(report.cells) cells and \(report.placements) placements, not of "
                        + "\(covered.count) and \(count)"))
        case .rollbacks(let told):
            let kept = canvasBook.rollbacks.values.filter {
                $0.epoch == history.epoch(at: committedVersion).epoch
            }
            blame(
                unless(
                    told.allSatisfy { canvasBook.rollbacks[$0.id] != nil } && told.count <= kept.count,
                    .lawfulRollback, "rollbacks are listed that aren't kept"))
        case .accounts, .flags, .feedback, .skins, .audit, .knobs, .status, .protectedAreas, .picture, .done,
            .refused:
            break
        }
    }

    /// Holds what a start found of rollbacks and areas against what was kept.
    mutating func recover(canvas recovered: RecoveredState) {
        let epoch = history.epoch.epoch
        let kept = canvasBook.rollbacks.values.filter { $0.epoch == epoch }.sorted { $0.id < $1.id }
        blame(unless(recovered.rollbacks == kept, .lawfulRollback, "a start found other rollbacks"))
        let areas = canvasBook.areas.values.map(\.protection).sorted { $0.area.id < $1.area.id }
        blame(unless(recovered.protections == areas, .protectedCells, "a start found other protected areas"))
        blame(
            unless(
                recovered.lastRollback >= canvasBook.rollbacks.keys.max() ?? 0, .lawfulRollback,
                "a start would use a rollback's number again"))
        canvasBook.restart()
    }
}
