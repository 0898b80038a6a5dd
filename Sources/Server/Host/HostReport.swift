import Engine
import FoundationEssentials
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
        }
    }

    /// One JSON document.
    static func json(_ answer: HostAnswer) -> String {
        switch answer {
        case .accounts(let accounts, let total): json(Accounts(accounts: accounts, total: total))
        case .flags(let flags): json(["flags": flags])
        case .feedback(let entries): json(["feedback": entries])
        case .skins(let skins): json(["skins": skins])
        case .done(let words), .refused(_, let words): json(["message": words])
        }
    }

    private static func json(_ document: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let json = try? encoder.encode(document) else {
            preconditionFailure("texts and whole numbers always have a JSON form")
        }
        return String(decoding: json, as: UTF8.self)
    }

    private struct Accounts: Encodable {
        let accounts: [HostAccount]
        let total: Int
    }

    private static func row(_ account: HostAccount) -> [String] {
        var state = account.status.rawValue
        if let position = account.position { state += " \(position)" }
        if let leftMs = account.idleLeftMs { state += ", \(max(0, leftMs) / 1000) s left" }
        if let reason = account.banReason { state = "banned: \(PlayerName.displayed(reason))" }
        return [
            account.id.description, PlayerName.displayed(account.name), state, account.role.rawValue,
            account.isConnected ? "yes" : "no", String(account.sessions),
        ]
    }

    private static func row(_ flag: HostFlag) -> [String] {
        [
            Timestamp.text(ms: flag.atMs), flag.account.id.description,
            PlayerName.displayed(flag.account.name), flag.isBanned ? "yes" : "no", flag.reason,
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
