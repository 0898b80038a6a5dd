import Game
import Protocol

extension ServerEngine {
    /// Why an account may not sign in; nil where it may.
    func banRefusal(_ account: Identifier) -> Failure? {
        accounts[account]?.banReason.map(Self.banned)
    }

    static func banned(_ reason: String) -> Failure {
        Failure(.banned, "This account is banned: \(reason)")
    }

    /// Bans an account, or lets it in again; told once durable, and then its socket goes.
    mutating func setBan(
        _ reason: String?, of who: String, for call: HostCallID, at now: Moment, into effects: inout [Effect]
    ) {
        guard let former = accounts.account(called: who) else {
            effects.append(.answerHost(call, Self.unknownAccount(who)))
            return
        }
        if let refusal = writeRefusal {
            effects.append(.answerHost(call, .refused(refusal.code, refusal.message)))
            return
        }
        let id = former.id
        var account = former
        account.banReason = reason
        accounts.put(account)
        judgeBests(of: id)
        let name = PlayerName.displayed(account.name)
        commits.add(
            .account(account),
            held: Held(
                asker: .host(call),
                answer: .banSet(id, "\(name) \(reason == nil ? "may sign in again" : "is banned")."),
                log: reason.map { .banned(account: id, reason: $0) } ?? .unbanned(account: id)),
            reversal: .account(id, former: former))
    }

    /// Shows an account out whose ban has become durable; boards are read anew, with or without it.
    mutating func enforceBan(of account: Identifier, at now: Moment, into effects: inout [Effect]) {
        boards.forget()
        guard accounts[account]?.banReason != nil else { return }
        let socket = connections.connection(of: account)
        giveUp(account, on: .removal, socket: socket, at: now, into: &effects)
        if let socket { close(socket, .banned, at: now, into: &effects) }
    }

    /// Shows accounts out whose bans are back because their ends didn't become durable.
    mutating func enforceBans(
        after reversals: [Reversal], at now: Moment, into effects: inout [Effect]
    ) {
        for case .account(let id, former: .some) in reversals {
            enforceBan(of: id, at: now, into: &effects)
        }
    }

    /// Marks an account's flags as looked at.
    mutating func clearFlags(
        of who: String, for call: HostCallID, at now: Moment, into effects: inout [Effect]
    ) {
        guard let account = accounts.account(called: who) else {
            effects.append(.answerHost(call, Self.unknownAccount(who)))
            return
        }
        if let refusal = writeRefusal {
            effects.append(.answerHost(call, .refused(refusal.code, refusal.message)))
            return
        }
        let name = PlayerName.displayed(account.name)
        commits.add(
            .flagsCleared(account: account.id, atMs: now.wallMs),
            held: Held(
                asker: .host(call), answer: .hostDone("The flags of \(name) are cleared."),
                log: .flagsCleared(account: account.id)))
    }

    /// Takes whoever is banned or gone off the boards that multipliers go by, and whoever is back onto them.
    mutating func judgeBests(of account: Identifier) {
        if canEarn(account) { arcade.bests.include(account) } else { arcade.bests.exclude(account) }
    }
}
