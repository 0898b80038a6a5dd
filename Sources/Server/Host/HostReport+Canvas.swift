import Protocol

extension HostReport {
    /// What a rollback came to, or would, in words.
    static func words(_ report: RollbackReport) -> String {
        let cells = count(report.cells, "cell", "cells")
        let placements = count(report.placements, "placement", "placements")
        let accounts = count(report.accounts, "account", "accounts")
        let skipped =
            report.skipped > 0
            ? " \(count(report.skipped, "cell", "cells")) changed meanwhile and stayed." : ""
        if let id = report.id, let undid = report.undid {
            return "Rollback \(id) brought back \(cells) of rollback \(undid).\(skipped)"
        }
        if let id = report.id {
            return "Rollback \(id) took back \(placements) of \(accounts): \(cells) changed.\(skipped)"
        }
        if report.undid != nil { return "Nothing is left of it to bring back." }
        if report.cells == 0 { return "There is nothing to take back." }
        return "Would take back \(placements) of \(accounts): \(cells) would change. --apply does it."
    }

    /// A row for each rollback.
    static func rows(_ rollbacks: [Rollback]) -> [[String]] {
        let head = ["ID", "TIME", "BY", "CELLS", "PLACEMENTS", "STATE", "WHAT"]
        return [head]
            + rollbacks.map { rollback in
                [
                    String(rollback.id), Timestamp.text(ms: rollback.atMs), words(rollback.actor),
                    String(rollback.cells), String(rollback.placements),
                    rollback.isComplete ? "complete" : "stopped midway", words(rollback.target),
                ]
            }
    }

    /// A row for each protected area.
    static func rows(_ areas: [HostProtectedArea]) -> [[String]] {
        [["ID", "TIME", "BY", "BOX", "NOTE"]]
            + areas.map { protection in
                let area = protection.area
                return [
                    String(area.id), Timestamp.text(ms: protection.atMs), words(protection.actor),
                    area.box.words, area.note.isEmpty ? "-" : PlayerName.displayed(area.note),
                ]
            }
    }

    private static func words(_ target: Rollback.Target) -> String {
        switch target {
        case .rollback(let id): return "undoes rollback \(id)"
        case .placements(let account, let fromMs, let toMs, let box):
            let since = fromMs > 0 ? " since \(Timestamp.text(ms: fromMs))" : ""
            let until = toMs < Limits.lastMomentMs ? " until \(Timestamp.text(ms: toMs))" : ""
            return "\(account?.description ?? "everyone")\(since)\(until) in \(box.words)"
        }
    }

    /// Who did something; an account by its name, where that is known.
    static func words(_ actor: Actor, name: String? = nil) -> String {
        switch actor {
        case .console: "console"
        case .account(let id): name.map(PlayerName.displayed) ?? id.description
        case .telegram(let user): "telegram \(user)"
        }
    }

    private static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }
}
