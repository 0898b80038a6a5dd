import Engine
import Protocol

/// Orders from Telegram are done once, whatever crashes and comes again, and none is lost.
struct TelegramLaw: Sendable {
    /// Updates whose orders reached the server, and the calls by which.
    private var given: Set<Int64> = []
    private var calls: [HostCallID: Int64] = [:]
    /// Those that were refused, in one life of the server.
    private var refused: Set<Int64> = []
    /// Those whose rows are in the audit.
    private var kept: Set<Int64> = []
    /// Orders that came again.
    private(set) var repeats = 0

    /// What bans and announcements say, so that their rows tell which update they are of.
    static func name(of update: Int64) -> String { "update \(update) of Telegram" }

    /// Takes an order.
    mutating func begin(_ order: TelegramOrder, of update: Int64) {
        switch order.command {
        case .ban, .announce:
            if !given.insert(update).inserted { repeats += 1 }
            calls[order.call] = update
        default: break
        }
    }

    /// Takes the answer to an order.
    mutating func end(_ call: HostCallID, _ answer: HostAnswer) {
        guard let update = calls.removeValue(forKey: call) else { return }
        if case .refused = answer { refused.insert(update) }
    }

    /// Takes a row; false where the same update has one.
    mutating func keep(_ row: AuditRecord) -> Bool {
        guard case .telegram = row.actor, row.action == "ban" || row.action == "announce" else { return true }
        let words = row.detail.split(separator: " ")
        guard let place = words.firstIndex(of: "update"), place + 1 < words.count,
            let update = Int64(words[place + 1])
        else { return false }
        return kept.insert(update).inserted
    }

    /// Takes what Telegram gives nobody any more; false where its order came to nothing.
    func confirm(_ update: Int64) -> Bool {
        !given.contains(update) || kept.contains(update) || refused.contains(update)
    }

    /// The server is gone.
    mutating func restart() { calls = [:] }
}

extension Auditor {
    /// Takes what came by way of Telegram.
    mutating func take(_ input: TelegramInput, isTaken: Bool, _ effects: [Effect]) {
        guard case .heard(let update) = input, let order = update.order else { return }
        let former = telegrams.repeats
        telegrams.begin(order, of: update.number)
        verdict.tally.telegramOrders += 1
        verdict.tally.repeatedOrders += telegrams.repeats - former
        obey(order.command, isTaken: isTaken, effects)
    }

    /// Telegram lets go of an update: whoever gave its order relies on that it was done.
    mutating func confirm(_ update: Int64) {
        blame(
            unless(
                telegrams.confirm(update), .orderedOnce,
                "update \(update) is confirmed, and its order isn't kept"))
    }

    /// Takes the row of an order from Telegram.
    mutating func keepTelegram(_ row: AuditRecord) {
        blame(
            unless(
                telegrams.keep(row), .orderedOnce, "\(row.action) of Telegram is kept twice: \(row.detail)"))
    }
}
