package import Protocol

/// What moderators and admins ask, with books of its own; it does what it is told and judges nothing but roles.
package struct ScriptedHost {
    /// The role of the one account there is.
    package var role = Role.player
    /// Everything that was asked by someone with a role, in order.
    package private(set) var asked: [AdminRoute] = []
    package var accounts: [HostAccount] = []
    package var knobs: [KnobEntry] = []
    package var audit: [AuditEntry] = []
    package var rollbacks: [Rollback] = []
    package var samples: [FigureSample] = []
    /// What the next rollback, or its preview, comes to.
    package var report = RollbackReport(id: nil, cells: 0, placements: 0, accounts: 0)
    /// Refuses the next questions with these.
    package var refusals: [Failure] = []

    package init() {}

    mutating func answer(_ route: AdminRoute, atMs: Int64) throws(Failure) -> HostAnswer {
        guard role.allows(route.command, atMs: atMs) else {
            throw Failure(.forbidden, "Only others may do this.")
        }
        asked.append(route)
        if !refusals.isEmpty { throw refusals.removeFirst() }
        switch route {
        case .accounts(let all):
            return .accounts(all ? accounts : accounts.filter(\.isConnected), total: accounts.count)
        case .knobs: return .knobs(knobs)
        case .setKnob(let name, let value): return try set(name, value)
        case .audit(let limit, let before):
            return .audit(Array(audit.filter { $0.id < before ?? .max }.prefix(limit)))
        case .canvas(let route): return answer(route)
        case .flags: return .flags([])
        case .feedback: return .feedback([])
        case .status:
            return .status(
                HostStatus(
                    release: "0.0.0", uptimeMs: 1_000, players: 1, queued: 0, connections: 1, spectators: 0,
                    accounts: accounts.count, version: 7, epoch: 1, width: 16, height: 12,
                    isStorageHealthy: true,
                    pendingRecords: 0))
        case .kick, .ban, .unban, .grant, .clearFlags, .announce: return .done("Done.")
        }
    }

    private func answer(_ route: AdminCanvasRoute) -> HostAnswer {
        switch route {
        case .rollbacks: return .rollbacks(rollbacks)
        case .rollBack(let order):
            var report = report
            report.id = order.isPreview ? nil : rollbacks.count + 1
            return .rollback(report)
        case .undoRollback(let id):
            var report = report
            (report.id, report.undid) = (rollbacks.count + 2, id)
            return .rollback(report)
        case .protectedAreas: return .protectedAreas([])
        case .newGame, .protect, .unprotect: return .done("Done.")
        }
    }

    private mutating func set(_ name: String, _ value: String?) throws(Failure) -> HostAnswer {
        guard let index = knobs.firstIndex(where: { $0.name == name }) else {
            throw Failure(.notFound, "There is no knob of this name.")
        }
        knobs[index].value = value ?? knobs[index].option
        knobs[index].isSet = value != nil
        return .done("\(name) is \(knobs[index].value).")
    }
}
