import Foundation
import Protocol
import Telegram

/// What must hold for any bytes at all that come from Telegram, or from whoever answers in its place: nobody's orders
/// but those of allowed people are done, each once, and what is said fits into messages.
///
/// The unit tests hold it on damaged examples and past finds; the fuzz targets on whatever they invent.
enum UpdateProperty: String, CaseIterable, Sendable {
    /// An answer to `getUpdates`.
    case telegramUpdates
    /// An answer to any other call, after a byte that chooses its status.
    case telegramReply
    /// The words of a message of someone allowed.
    case telegramText

    private static let started = BotDesk.started(groups: [BotDesk.group])

    /// What is broken; nil where all is well.
    func broken(by bytes: [UInt8]) -> String? {
        var desk = Self.started
        switch self {
        case .telegramUpdates: return Self.bring(.http(status: 200, body: bytes), to: &desk)
        case .telegramReply: return Self.answer(bytes, &desk)
        case .telegramText:
            let text = String(decoding: bytes, as: UTF8.self)
            let seconds = desk.now.wallMs / 1000
            let update = BotDesk.message(10, text, by: BotDesk.host, atSeconds: seconds)
            return Self.bring(BotDesk.ok("[\(update)]"), to: &desk)
        }
    }

    /// Brings updates twice: what was looked at isn't looked at again.
    private static func bring(_ reply: BotReply, to desk: inout BotDesk) -> String? {
        desk.give(.pollReplied(reply))
        desk.settle()
        var orders = desk.orders.count
        if let fault = fault(in: desk.actions) { return fault }
        let looked = looked(at: desk.actions)
        for update in looked { desk.heard(update) }
        guard let last = looked.last else { return orders == 0 ? nil : "orders that nobody keeps" }
        for case .obey(let update, let command, _, _) in desk.all {
            desk.answer(update, .done("\(command)"))
            if let fault = fault(in: desk.actions) { return fault }
        }
        desk.pass(ms: Limits.telegramIdlePollMs)
        desk.give(.wake)
        desk.give(.pollReplied(reply))
        desk.settle()
        orders += desk.orders.count
        if looked.count != Set(looked).count { return "an update is looked at twice" }
        return Self.looked(at: desk.actions).contains { $0 <= last } ? "an update is done again" : nil
    }

    /// Whatever a call is answered, later calls are made, and none is made without end.
    private static func answer(_ bytes: [UInt8], _ desk: inout BotDesk) -> String? {
        let statuses = [200, 429, 403, 400, 401, 404, 409, 500, 502]
        let status = statuses[Int(bytes.first ?? 0) % statuses.count]
        let reply = BotReply.http(status: status, body: Array(bytes.dropFirst()))
        desk.give(
            .pollReplied(
                BotDesk.ok(
                    "[\(BotDesk.message(10, "/clear", by: BotDesk.host, atSeconds: desk.now.wallMs / 1000))]")
            ))
        desk.give(.heard(update: 10))
        for _ in 0..<16 {
            desk.give(.callReplied(reply))
            if let fault = fault(in: desk.actions) { return fault }
            guard let due = desk.bot.nextWakeMs else { break }
            desk.pass(ms: max(0, due - desk.now.monotonicMs))
            desk.give(.wake)
        }
        return nil
    }

    /// The updates that the desk was asked to keep, in order.
    private static func looked(at actions: [BotAction]) -> [Int64] {
        actions.compactMap {
            switch $0 {
            case .keep(let update, _), .obey(let update, _, _, _): update
            case .poll, .call, .delivered, .log: nil
            }
        }
    }

    private static func fault(in actions: [BotAction]) -> String? {
        for action in actions {
            switch action {
            case .obey(_, let command, let user, _):
                guard [BotDesk.host, BotDesk.other].contains(user) else { return "\(command) of \(user)" }
            case .call(.sendMessage(let chat, let text, _)), .call(.editMessage(let chat, _, let text)):
                guard (1...Limits.maxTelegramMessageUnits).contains(text.utf16.count) else {
                    return "a message of \(text.utf16.count) units to \(chat)"
                }
            case .keep(let update, _):
                guard Limits.telegramUpdates.contains(update) else { return "update \(update)" }
            case .call(let request), .poll(let request): _ = request.body
            case .delivered, .log: break
            }
        }
        return nil
    }
}
