import Game
import Protocol

// A rollback is searched for on the storage thread and made in the engine, both in bounded steps: the search reads
// the history in pieces, and each group of cells is one commit and a part of one frame. Cells that somebody changes
// in the meantime stay as they are. A group is durable before the next one begins, so a rollback that a crash or a
// full disk ends is a shorter one: it is listed, it can be undone, and its order can be repeated.
extension ServerEngine {
    /// Takes placements back, or counts them; told once all of it is durable.
    mutating func rollBack(
        _ order: RollbackOrder, by actor: Actor, for asker: Asker, at now: Moment,
        into effects: inout [Effect]
    ) {
        do throws(Failure) {
            let account = try order.account.map { (who) throws(Failure) in try self.account(of: who) }
            if let account, !mayTakeBack(from: account, actor) {
                throw Failure(.forbidden, "Only admins can roll back someone with a role.")
            }
            let box = order.box ?? CanvasBox(all: canvas.size)
            guard box.lies(on: canvas.size) else {
                throw Failure(.outOfBounds, "The box must lie on the canvas.")
            }
            let (fromMs, toMs) = (max(0, order.fromMs), min(order.toMs, Limits.lastMomentMs))
            guard fromMs <= toMs else {
                throw Failure(.badRequest, "The first moment must not lie after the last.")
            }
            let rollback = Rollback(
                id: 0, epoch: canvas.epoch, actor: actor, atMs: now.wallMs,
                target: .placements(account: account, fromMs: fromMs, toMs: toMs, box),
                firstVersion: 0)
            let target = RollbackSearch.Target.placements(
                account: account, fromMs: fromMs, toMs: toMs)
            try search(target, in: box, rollback, isPreview: order.isPreview, for: asker, into: &effects)
        } catch {
            refuse(asker, error, into: &effects)
        }
    }

    /// Brings back what a rollback took, where nobody changed it since; that is a rollback, too.
    mutating func undoRollback(
        _ id: Int, by actor: Actor, for asker: Asker, at now: Moment, into effects: inout [Effect]
    ) {
        do throws(Failure) {
            guard let undone = rollbacks[id] else {
                throw Failure(.notFound, "There is no rollback \(id) of this canvas.")
            }
            guard isEqual(actor, to: undone.actor) else {
                throw Failure(.forbidden, "Only admins can undo what an admin took back.")
            }
            let rollback = Rollback(
                id: 0, epoch: canvas.epoch, actor: actor, atMs: now.wallMs, target: .rollback(id),
                firstVersion: 0)
            let target = RollbackSearch.Target.rollback(id, since: undone.firstVersion)
            let box = CanvasBox(all: canvas.size)
            try search(target, in: box, rollback, isPreview: false, for: asker, into: &effects)
        } catch {
            refuse(asker, error, into: &effects)
        }
    }

    /// Whether someone may take an account's placements back: an admin everybody's, their own too.
    private func mayTakeBack(from account: Identifier, _ actor: Actor) -> Bool {
        guard case .account(let own) = actor else { return true }
        return accounts.role(of: own) == .admin || accounts.role(of: account) == .player
    }

    /// Whether someone has at least the say of another one.
    private func isEqual(_ actor: Actor, to other: Actor) -> Bool {
        guard case .account(let own) = actor, accounts.role(of: own) < .admin else { return true }
        guard case .account(let account) = other else { return false }
        return accounts.role(of: account) < .admin
    }

    /// An account of an id or a name; one that is gone is still found by its id.
    private func account(of who: String) throws(Failure) -> Identifier {
        if let account = accounts.account(called: who) { return account.id }
        if let id = Identifier(who) { return id }
        throw Failure(
            .notFound, "There is no account with the id or name \(PlayerName.displayed(who)).")
    }

    private mutating func search(
        _ target: RollbackSearch.Target, in box: CanvasBox, _ rollback: Rollback, isPreview: Bool,
        for asker: Asker, into effects: inout [Effect]
    ) throws(Failure) {
        guard rollbacks.running == nil else {
            throw Failure(.rollbackRunning, "Another rollback is under way; wait until it is over.")
        }
        if let refusal = isPreview ? nil : paintRefusal { throw refusal }
        let search = RollbackSearch(
            epoch: canvas.epoch, firstVersion: epoch.firstVersion, through: canvas.durableVersion,
            size: canvas.size, box: box, target: target)
        if !isPreview { canvas.watch() }
        rollbacks.running = RollbackDesk.Running(asker: asker, isPreview: isPreview, rollback: rollback)
        askForRollback(.begin(search), into: &effects)
    }

    private mutating func askForRollback(_ step: RollbackStep, into effects: inout [Effect]) {
        let query = ask(.rollback(step), .rollback, into: &effects)
        rollbacks.running?.query = query
    }

    /// Goes on with what a step of the search came to.
    mutating func rollbackFound(
        _ finding: RollbackFinding, by query: QueryID, at now: Moment, into effects: inout [Effect]
    ) {
        guard rollbacks.waits(for: query), let running = rollbacks.running else { return }
        rollbacks.running?.query = nil
        switch finding {
        case .unfinished: askForRollback(.goOn, into: &effects)
        case .found(let count) where count.placements > Limits.maxRollbackPlacements:
            stopRollingBack(Self.tooMuch, into: &effects)
        case .found(let count):
            rollbacks.running?.found = count
            if running.isPreview || count.cells == 0 {
                endRollback(into: &effects)
            } else {
                askForCells(into: &effects)
            }
        case .cells(let cells):
            rollbacks.running?.waiting = cells
            goOnRollingBack(at: now, into: &effects)
        case .none:
            let failure = Failure(.internalError, "The search for the rollback was lost.")
            stopRollingBack(failure, into: &effects)
        }
    }

    private static let tooMuch = Failure(
        .badRequest,
        "That is about more than \(Limits.maxRollbackPlacements) placements: name an account, a shorter time or a smaller box."
    )

    private mutating func askForCells(into effects: inout [Effect]) {
        let first = rollbacks.running?.handedOver ?? 0
        askForRollback(.cells(from: first, count: Limits.maxRollbackCells), into: &effects)
    }

    /// Changes the cells that wait, as soon as something can be written.
    mutating func goOnRollingBack(at now: Moment, into effects: inout [Effect]) {
        guard var running = rollbacks.running, !running.waiting.isEmpty else { return }
        if let refusal = paintRefusal {
            // Storage that is only behind will catch up; all else ends the rollback.
            if draining != .serving || storage != .healthy { stopRollingBack(refusal, into: &effects) }
            return
        }
        let cells = running.waiting.filter { canvas.watched?[$0.cell] == false }
        running.skipped += running.waiting.count - cells.count
        running.handedOver += running.waiting.count
        running.waiting = []
        let isFirst = running.rollback.id == 0
        if isFirst {
            running.rollback.id = rollbacks.nextID()
            running.rollback.firstVersion = canvas.headVersion + 1
        }
        running.rollback.cells += cells.count
        running.rollback.placements += cells.reduce(0) { $0 + $1.placements.count }
        running.rollback.isComplete = running.handedOver >= running.found?.cells ?? 0
        rollbacks.running = running
        commits.add(
            .rollback(running.rollback),
            held: Held(asker: .nobody, answer: .rolledBack(running.rollback)))
        for cell in cells { change(cell, by: running.rollback.id, at: now) }
        if isFirst { auditRollback(running, at: now) }
    }

    private mutating func change(_ cell: RollbackCell, by rollback: Int, at now: Moment) {
        let change = canvas.rollBack(
            cell: cell.cell, to: cell.color, before: cell.undoes, account: cell.account,
            atUs: now.monotonicUs)
        commits.add(
            .change(
                ChangeRecord(
                    version: change.version, cell: change.cell, color: change.color,
                    account: change.account, atMs: now.wallMs, undoes: change.undoes, rollback: rollback,
                    placements: cell.placements)))
    }

    private mutating func auditRollback(_ running: RollbackDesk.Running, at now: Moment) {
        let subject = "rollback \(running.rollback.id)"
        let actor = running.rollback.actor
        switch running.rollback.target {
        case .rollback(let id): audit("undo_rollback", of: subject, "of rollback \(id)", by: actor, at: now)
        case .placements(let account, let fromMs, let toMs, let box):
            let when = "\(Timestamp.text(ms: fromMs)) to \(Timestamp.text(ms: toMs))"
            let whose = account.map { "account \($0)" } ?? "everyone"
            audit("rollback", of: subject, "\(whose), \(when), \(box.words)", by: actor, at: now)
        }
    }

    /// A group of cells is durable: the next one begins, or all is done.
    mutating func rolledBack(_ rollback: Rollback, at now: Moment, into effects: inout [Effect]) {
        if rollback.epoch == canvas.epoch { rollbacks.keep(rollback) }
        guard let running = rollbacks.running, running.rollback.id == rollback.id else { return }
        if rollback.isComplete {
            boards.forget()
            effects.append(.log(.rolledBack(id: rollback.id, cells: rollback.cells)))
            endRollback(into: &effects)
        } else {
            askForCells(into: &effects)
        }
    }

    private mutating func endRollback(into effects: inout [Effect]) {
        guard let running = rollbacks.running else { return }
        let found = running.found ?? RollbackCount(cells: 0, placements: 0, accounts: 0)
        let isMade = running.rollback.id != 0
        let report = RollbackReport(
            id: isMade ? running.rollback.id : nil, undid: running.rollback.undoes,
            cells: isMade ? running.rollback.cells : found.cells,
            placements: isMade ? running.rollback.placements : found.placements, accounts: found.accounts,
            skipped: running.skipped)
        forgetRunning(into: &effects)
        tell(running.asker, .rollback(report), into: &effects)
    }

    /// Ends the rollback under way where it stands.
    mutating func stopRollingBack(_ failure: Failure, into effects: inout [Effect]) {
        guard let running = rollbacks.running else { return }
        forgetRunning(into: &effects)
        var failure = failure
        if rollbacks[running.rollback.id] != nil {
            failure.message += " Rollback \(running.rollback.id) stopped midway; its order can be repeated."
        }
        refuse(running.asker, failure, into: &effects)
    }

    private mutating func forgetRunning(into effects: inout [Effect]) {
        rollbacks.running = nil
        canvas.unwatch()
        ask(.rollback(.end), .rollback, into: &effects)
    }
}
