import Engine
import Protocol

/// Lays a command's answer out for people or for programs.
enum HostReport {
    /// Lines for a person; nothing in them can command a terminal.
    static func text(_ answer: HostAnswer) -> String {
        switch answer {
        case .done(let words), .refused(_, let words): return words
        case .accounts(let accounts, let total):
            guard !accounts.isEmpty else { return "Nobody is here." }
            let head = ["ID", "NAME", "STATE", "ROLE", "CONNECTED", "SIGN-INS"]
            let table = table([head] + accounts.map(row))
            return total > accounts.count ? table + "\n… and \(total - accounts.count) more" : table
        case .flags(let flags):
            guard !flags.isEmpty else { return "There is nothing to review." }
            return table([["TIME", "ACCOUNT", "NAME", "BANNED", "REASON", "EVIDENCE"]] + flags.map(row))
        case .feedback(let entries):
            guard !entries.isEmpty else { return "Nobody wrote yet." }
            return table([["TIME", "FROM", "NAME", "MESSAGE"]] + entries.map(row))
        case .skins(let skins):
            guard !skins.isEmpty else { return "There are no skins." }
            return table([["ID", "TITLE", "PRICE", "OWNERS"]] + skins.map(row))
        case .audit(let entries):
            guard !entries.isEmpty else { return "Nothing was changed yet." }
            return table([["NO.", "TIME", "WHO", "WHAT", "OF", "DETAIL"]] + entries.map(row))
        case .knobs(let knobs):
            return table([["NAME", "VALUE", "SET", "OPTION", "TAKES"]] + knobs.map(row))
        case .status(let status): return table(rows(status))
        case .picture(let png): return "A picture of \(png.count) bytes."
        case .rollback(let report): return words(report)
        case .rollbacks(let rollbacks):
            return rollbacks.isEmpty ? "Nothing was taken back yet." : table(rows(rollbacks))
        case .protectedAreas(let areas):
            return areas.isEmpty ? "Nothing is protected." : table(rows(areas))
        }
    }

    /// One JSON document.
    static func json(_ answer: HostAnswer) -> String { String(decoding: answer.json(), as: UTF8.self) }

    private static func row(_ account: HostAccount) -> [String] {
        var state = account.status.rawValue
        if let position = account.position { state += " \(position)" }
        if let leftMs = account.idleLeftMs { state += ", \(max(0, leftMs) / 1000) s left" }
        if let reason = account.banReason {
            let end = account.banUntilMs.map { " until \(Timestamp.text(ms: $0))" } ?? ""
            state = "banned\(end): \(PlayerName.displayed(reason))"
        }
        return [
            account.id.description, PlayerName.displayed(account.name), state, account.role.rawValue,
            account.isConnected ? "yes" : "no", String(account.sessions),
        ]
    }

    private static func row(_ flag: HostFlag) -> [String] {
        [
            Timestamp.text(ms: flag.atMs), flag.account.id.description,
            PlayerName.displayed(flag.account.name),
            flag.isBanned ? flag.banUntilMs.map { "until \(Timestamp.text(ms: $0))" } ?? "yes" : "no",
            flag.reason,
            PlayerName.displayed(flag.evidence),
        ]
    }

    private static func row(_ entry: FeedbackEntry) -> [String] {
        let who = entry.account?.id.description ?? (entry.isGuest ? "guest" : "gone")
        return [
            Timestamp.text(ms: entry.atMs), who, PlayerName.displayed(entry.account?.name ?? "-"),
            PlayerName.displayed(entry.message),
        ]
    }

    private static func row(_ skin: HostSkin) -> [String] {
        [skin.id, PlayerName.displayed(skin.title), String(skin.price), String(skin.owners)]
    }

    private static func row(_ knob: KnobEntry) -> [String] {
        [knob.name, knob.value, knob.isSet ? "yes" : "no", knob.option, knob.wanted]
    }

    private static func rows(_ status: HostStatus) -> [[String]] {
        [
            ["release", status.release], ["up", "\(status.uptimeMs / 1000) s"],
            ["playing", String(status.players)], ["waiting", String(status.queued)],
            ["sockets", "\(status.connections), \(status.spectators) of them spectators'"],
            ["accounts", String(status.accounts)],
            ["canvas", "\(status.width)x\(status.height), epoch \(status.epoch), version \(status.version)"],
            ["storage", status.isStorageHealthy ? "takes writes" : "takes no writes"],
            ["pending", "\(status.pendingRecords) records"],
        ]
    }

    private static func row(_ entry: AuditEntry) -> [String] {
        [
            String(entry.id), Timestamp.text(ms: entry.atMs), words(entry.actor, name: entry.actorName),
            entry.action,
            PlayerName.displayed(entry.subjectName ?? entry.subject), PlayerName.displayed(entry.detail),
        ]
    }

    private static func table(_ rows: [[String]]) -> String {
        let columns = rows.first?.count ?? 0
        let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, text in
                // Nothing stands to the right of the last column.
                column == columns - 1
                    ? text : text + String(repeating: " ", count: widths[column] - text.count)
            }.joined(separator: "  ").trimmed
        }.joined(separator: "\n")
    }
}

extension String {
    /// Without spaces at its end.
    fileprivate var trimmed: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
