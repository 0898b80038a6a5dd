import Engine
import Protocol

/// Orders that change something, and the rows of the audit that they lead to: one each, by whoever gave it.
struct AuditLaw: Sendable {
    /// By whichever way an order came, and its answer goes.
    enum Way: Hashable, Sendable {
        case call(HostCallID)
        case request(RequestID)
    }

    /// An order that nobody has answered yet.
    struct Order: Hashable, Sendable {
        var actor: Actor
        var action: String
        /// What it is done to; nil where only the server knows its name.
        var subject: String?
        /// Whether its row was kept.
        var isKept = false
        /// Whether its row may be kept after its answer: what it does leaves no other record.
        var isDoneAtOnce = false

        /// Whether a row tells of it.
        fileprivate func isTold(by row: AuditRecord) -> Bool {
            row.actor == actor && row.action == action && (subject ?? row.subject) == row.subject
        }
    }

    /// By the order in which they came.
    private var open: [(way: Way, order: Order)] = []
    /// Done, and their rows wait for the disk.
    private(set) var owed: [Order] = []
    /// Refused midway: the row of what was made until then may be on its way to the disk.
    private var stopped: [Order] = []

    /// Takes an order that may change something.
    mutating func begin(_ way: Way, _ order: Order) { open.append((way, order)) }

    /// Takes a row that was kept.
    ///
    /// - Returns: whether an order led to it that has none yet.
    mutating func keep(_ row: AuditRecord) -> Bool {
        if let index = owed.firstIndex(where: { $0.isTold(by: row) }) {
            owed.remove(at: index)
            return true
        }
        if let index = open.firstIndex(where: { !$0.order.isKept && $0.order.isTold(by: row) }) {
            open[index].order.isKept = true
            return true
        }
        guard let index = stopped.firstIndex(where: { $0.isTold(by: row) }) else { return false }
        stopped.remove(at: index)
        return true
    }

    /// Takes the answer to an order out, if it is one to such.
    mutating func end(_ way: Way) -> Order? {
        guard let index = open.firstIndex(where: { $0.way == way }) else { return nil }
        return open.remove(at: index).order
    }

    /// Waits for the row of an order that was answered before.
    mutating func owe(_ order: Order) { owed.append(order) }

    /// Lets the row of an order come that was refused midway.
    mutating func stop(_ order: Order) { stopped.append(order) }

    /// The server is gone, and with it what it had to do.
    mutating func forget() {
        open = []
        stopped = []
        owed = []
    }
}

extension AuditLaw.Order {
    /// What a host's command is to leave in the audit; nil where it changes nothing.
    init?(_ command: HostCommand, by actor: Actor) {
        self.init(actor: actor, action: "")
        switch command {
        case .kick(let who):
            (action, subject) = ("kick", Self.account(who))
            isDoneAtOnce = true
        case .grant(let who, _): (action, subject) = ("grant", Self.account(who))
        case .clearFlags(let who): (action, subject) = ("clear_flags", Self.account(who))
        case .ban(let who, _, _): (action, subject) = ("ban", Self.account(who))
        case .unban(let who): (action, subject) = ("unban", Self.account(who))
        case .installSkin: action = "install_skin"
        case .announce:
            (action, subject) = ("announce", "")
            isDoneAtOnce = true
        case .setKnob(let name, let value):
            (action, subject) = (value == nil ? "reset_knob" : "set_knob", name)
        case .newGame: action = "new_game"
        case .rollback(let order):
            guard !order.isPreview else { return nil }
            action = "rollback"
        case .undoRollback: action = "undo_rollback"
        case .protect: action = "protect"
        case .unprotect(let id): (action, subject) = ("unprotect", "area \(id)")
        case .list, .flags, .feedback, .skins, .audit, .knobs, .status, .rollbacks, .protectedAreas, .picture:
            return nil
        }
    }

    /// The same for a call over HTTP.
    init?(_ route: Route, by actor: Actor) {
        switch route {
        case .admin(let route): self.init(route.command, by: actor)
        case .skins(.install): self.init(actor: actor, action: "install_skin")
        case .clicks(.schedule): self.init(actor: actor, action: "schedule_click_game")
        case .relays(.decay(let id)):
            self.init(actor: actor, action: "decay_relay", subject: id.description)
        default: return nil
        }
    }

    /// An account's id; nil where it was called by its name.
    private static func account(_ who: String) -> String? { Identifier(who)?.description }
}

/// What hosts change is in the audit: once each, and nothing else.
extension Auditor {
    /// Notes an order, whichever way it came.
    mutating func noteOrder(_ input: Input) {
        switch input {
        case .host(let call, let command, let actor):
            if let order = AuditLaw.Order(command, by: actor) { audits.begin(.call(call), order) }
        case .telegram(.heard(let update)):
            guard let order = update.order else { return }
            let actor = Actor.telegram(user: order.user)
            if let noted = AuditLaw.Order(order.command, by: actor) {
                audits.begin(.call(order.call), noted)
            }
        case .request(let id, let route, let caller, _):
            guard case .valid(let identity) = caller.credential, let account = identity.account else {
                return
            }
            if let order = AuditLaw.Order(route, by: .account(account)) { audits.begin(.request(id), order) }
        default: break
        }
    }

    /// Takes the rows of a commit that was kept.
    mutating func keepAudits(_ records: [Record]) {
        for case .audit(let row) in records {
            verdict.tally.auditRows += 1
            keepTelegram(row)
            blame(
                unless(
                    audits.keep(row), .audited,
                    "\(row.action) \(row.subject) by \(row.actor) is in the audit, and nobody ordered it"))
        }
    }

    /// Holds the answers to orders against the rows that were kept.
    mutating func watchOrders(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .answerHost(let call, let answer):
                telegrams.end(call, answer)
                end(.call(call), Self.outcome(answer), effects)
            case .respond(let id, let answer): end(.request(id), Self.outcome(answer), effects)
            default: break
            }
        }
    }

    /// What an answer says of its order.
    private enum Outcome {
        case refused
        /// Done, or there was nothing to do.
        case done(changes: Bool?)
    }

    private static func outcome(_ answer: HostAnswer) -> Outcome {
        switch answer {
        case .refused: .refused
        case .rollback(let report): .done(changes: report.id != nil)
        default: .done(changes: nil)
        }
    }

    private static func outcome(_ answer: Answer) -> Outcome {
        switch answer {
        case .failure: .refused
        case .host(let answer): outcome(answer)
        // A relay that is over stays as it is.
        case .relayPoints: .done(changes: false)
        default: .done(changes: nil)
        }
    }

    private mutating func end(_ way: AuditLaw.Way, _ outcome: Outcome, _ effects: [Effect]) {
        guard let order = audits.end(way) else { return }
        let name = "\(order.action) \(order.subject ?? "") by \(order.actor)"
        switch outcome {
        case .refused:
            // A rollback is made in groups: one that was stopped has made some.
            let isPart = ["rollback", "undo_rollback"].contains(order.action)
            if isPart, !order.isKept { audits.stop(order) }
            blame(unless(!order.isKept || isPart, .audited, "\(name) is refused, and in the audit"))
        case .done(let changes):
            if order.isDoneAtOnce, !order.isKept {
                if order.action == "announce" || Self.kicks(effects) { audits.owe(order) }
                return
            }
            blame(
                unless(order.isKept || changes == false, .audited, "\(name) is done, and not in the audit"))
        }
    }

    /// Whether someone was there to be kicked.
    private static func kicks(_ effects: [Effect]) -> Bool {
        effects.contains { if case .log(.kicked) = $0 { true } else { false } }
    }

    /// Nothing waits for the disk: no row may be missing.
    mutating func settleAudits() {
        for order in audits.owed {
            blame(
                unless(
                    false, .audited,
                    "\(order.action) \(order.subject ?? "") by \(order.actor) was done, and isn't kept"))
        }
    }
}
