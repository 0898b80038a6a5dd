import Game
import Protocol

extension ServerEngine {
    /// Puts a row of the audit beside the records that were added in this step: one commit keeps all of them or
    /// none.
    mutating func audit(
        _ action: String, of subject: String, _ detail: String = "", by actor: Actor, at now: Moment
    ) {
        commits.add(
            .audit(
                AuditRecord(
                    atMs: now.wallMs, actor: actor, action: action, subject: subject, detail: detail)))
    }

    /// The same for what was done to an account.
    mutating func audit(
        _ action: String, of account: Identifier, _ detail: String = "", by actor: Actor, at now: Moment
    ) {
        commits.add(.audit(Self.row(action, of: account, detail, by: actor, at: now)))
    }

    /// Keeps a row about something that is done and leaves no record, such as a kick: at once, or when storage
    /// takes writes again; of very many the latest are lost.
    mutating func auditDone(
        _ action: String, of account: Identifier, _ detail: String = "", by actor: Actor, at now: Moment
    ) {
        keep(Self.row(action, of: account, detail, by: actor, at: now))
    }

    /// Has a row kept that stands for itself.
    mutating func keep(_ row: AuditRecord) {
        if takesAudits {
            commits.add(.audit(row), reversal: .audit(row))
        } else if unkeptAudits.count < Limits.maxUnkeptAudits {
            unkeptAudits.append(row)
        }
    }

    /// Has the rows kept that storage took no writes for.
    mutating func keepWaitingAudits() {
        guard !unkeptAudits.isEmpty, takesAudits else { return }
        let waiting = unkeptAudits
        unkeptAudits = []
        for row in waiting { commits.add(.audit(row), reversal: .audit(row)) }
    }

    private var takesAudits: Bool {
        storage == .healthy && commits.pendingCount < Limits.maxPendingRecords
    }

    private static func row(
        _ action: String, of account: Identifier, _ detail: String, by actor: Actor, at now: Moment
    ) -> AuditRecord {
        AuditRecord(
            atMs: now.wallMs, actor: actor, action: action, subject: account.description, account: account,
            detail: detail)
    }

    /// Gives a host's command its answer, by whichever way it came.
    func tell(_ asker: Asker, _ answer: HostAnswer, into effects: inout [Effect]) {
        switch asker {
        case .host(let call): effects.append(.answerHost(call, answer))
        case .request(let id):
            if case .refused(let code, let message) = answer {
                effects.append(.respond(id, .failure(Failure(code, message))))
            } else {
                effects.append(.respond(id, .host(answer)))
            }
        case .socket, .nobody: break
        }
    }
}
