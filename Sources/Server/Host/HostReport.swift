import Engine
import FoundationEssentials
import Protocol

/// Lays a command's answer out for people or for programs.
enum HostReport {
    /// Lines for a person.
    static func text(_ answer: HostAnswer) -> String {
        switch answer {
        case .done(let words), .refused(_, let words): return words
        case .accounts(let accounts, let total):
            guard !accounts.isEmpty else { return "Nobody is here." }
            let head = ["ID", "NAME", "STATE", "ROLE", "CONNECTED", "SIGN-INS"]
            let table = table([head] + accounts.map(row))
            return total > accounts.count ? table + "\n… and \(total - accounts.count) more" : table
        }
    }

    /// One JSON document.
    static func json(_ answer: HostAnswer) -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let document: Data? =
            switch answer {
            case .accounts(let accounts, let total):
                try? encoder.encode(Accounts(accounts: accounts, total: total))
            case .done(let words), .refused(_, let words): try? encoder.encode(["message": words])
            }
        return String(decoding: document ?? Data(), as: UTF8.self)
    }

    private struct Accounts: Encodable {
        let accounts: [HostAccount]
        let total: Int
    }

    private static func row(_ account: HostAccount) -> [String] {
        var state = account.status.rawValue
        if let position = account.position { state += " \(position)" }
        if let leftMs = account.idleLeftMs { state += ", \(max(0, leftMs) / 1000) s left" }
        return [
            account.id.description, PlayerName.displayed(account.name), state, account.role.rawValue,
            account.isConnected ? "yes" : "no", String(account.sessions),
        ]
    }

    private static func table(_ rows: [[String]]) -> String {
        let columns = rows.first?.count ?? 0
        let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { text, width in
                text + String(repeating: " ", count: width - text.count)
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
