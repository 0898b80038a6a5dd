import Game
import Protocol

extension ServerEngine {
    /// Why an account may not sign in; nil where it may.
    func banRefusal(_ account: Identifier) -> Failure? {
        guard let record = accounts[account], let reason = record.banReason else { return nil }
        return Self.banned(reason, untilMs: record.banUntilMs)
    }

    static func banned(_ reason: String, untilMs: Int64?) -> Failure {
        let end = untilMs.map { " until \(Timestamp.text(ms: $0))" } ?? ""
        return Failure(.banned, "This account is banned\(end): \(reason)")
    }

    /// Bans an account for good or until a time; told once durable, and then its socket goes.
    mutating func ban(
        _ who: String, _ reason: String, untilMs: Int64?, by actor: Actor, for asker: Asker, at now: Moment,
        into effects: inout [Effect]
    ) {
        do throws(Failure) {
            let former = try account(called: who)
            if let refusal = refusal(actor, doing: "ban", to: former.id) ?? writeRefusal { throw refusal }
            let reason = try Self.checkedReason(reason)
            if let untilMs {
                guard untilMs > now.wallMs, untilMs <= now.wallMs + Limits.maxBanMs else {
                    throw Failure(.badRequest, "A ban must end in the future, within a century.")
                }
            }
            try mayRelease(former, actor, at: now)
            var account = former
            account.banReason = reason
            account.banUntilMs = untilMs
            planBanEnd(account, at: now)
            let end = untilMs.map { " until \(Timestamp.text(ms: $0))" } ?? ""
            let words = "\(PlayerName.displayed(account.name)) is banned\(end)."
            let log = LogEvent.banned(account: account.id, reason: reason, untilMs: untilMs)
            keep(account, inPlaceOf: former, words, log, for: asker)
            let detail = (untilMs.map { "until \(Timestamp.text(ms: $0)): " } ?? "for good: ") + reason
            audit("ban", of: account.id, detail, by: actor, at: now)
        } catch {
            refuse(asker, error, into: &effects)
        }
    }

    /// Lets an account in again; told once durable.
    mutating func unban(
        _ who: String, by actor: Actor, for asker: Asker, at now: Moment, into effects: inout [Effect]
    ) {
        do throws(Failure) {
            let former = try account(called: who)
            if let refusal = refusal(actor, doing: "unban", to: former.id) ?? writeRefusal { throw refusal }
            try mayRelease(former, actor, at: now)
            var account = former
            account.banReason = nil
            account.banUntilMs = nil
            let words = "\(PlayerName.displayed(account.name)) may sign in again."
            keep(account, inPlaceOf: former, words, .unbanned(account: account.id), for: asker)
            audit("unban", of: account.id, former.banReason ?? "", by: actor, at: now)
        } catch {
            refuse(asker, error, into: &effects)
        }
    }

    /// The account of an id or a name.
    private func account(called who: String) throws(Failure) -> AccountRecord {
        guard let account = accounts.account(called: who) else {
            throw Failure(.notFound, Self.unknownAccountWords(who))
        }
        return account
    }

    /// What a ban's reason may be: it is shown to whoever is banned, and in lines of the host's.
    private static func checkedReason(_ text: String) throws(Failure) -> String {
        guard let reason = PlayerName.validated(text, maxCharacters: Limits.maxBanReasonCharacters) else {
            throw Failure(
                .badRequest, "A reason is 1 to \(Limits.maxBanReasonCharacters) printable characters.")
        }
        return reason
    }

    /// A ban that goes on for longer than a moderator may ban is an admin's to lift or to shorten.
    private func mayRelease(_ account: AccountRecord, _ actor: Actor, at now: Moment) throws(Failure) {
        guard case .account(let own) = actor, accounts.role(of: own) < .admin, account.banReason != nil,
            account.banUntilMs ?? .max > now.wallMs + Limits.maxModeratorBanMs
        else { return }
        throw Failure(.forbidden, "Only admins can lift or shorten a ban that goes on for over 30 days.")
    }

    private mutating func keep(
        _ account: AccountRecord, inPlaceOf former: AccountRecord, _ words: String, _ log: LogEvent?,
        for asker: Asker
    ) {
        accounts.put(account)
        judgeBests(of: account.id)
        commits.add(
            .account(account), held: Held(asker: asker, answer: .banSet(account.id, words), log: log),
            reversal: .account(account.id, former: former))
    }

    /// Has the end of a ban looked at, where it has one; the wall clock may step, so the look asks it again.
    mutating func planBanEnd(_ account: AccountRecord, at now: Moment) {
        guard account.banReason != nil, let untilMs = account.banUntilMs else { return }
        sweeps.plan(.ban(account.id), atUs: Self.lookUs(atMs: untilMs, now))
    }

    /// Lets an account in again whose ban is over, as soon as storage can keep that.
    mutating func sweepBan(_ id: Identifier, at now: Moment, into effects: inout [Effect]) {
        guard let former = accounts[id], former.banReason != nil, let untilMs = former.banUntilMs else {
            return
        }
        guard untilMs <= now.wallMs, writeRefusal == nil else {
            planBanEnd(former, at: now)
            return
        }
        var account = former
        account.banReason = nil
        account.banUntilMs = nil
        keep(account, inPlaceOf: former, "", nil, for: .nobody)
        effects.append(.log(.banEnded(account: id)))
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
        of who: String, by actor: Actor, for asker: Asker, at now: Moment, into effects: inout [Effect]
    ) {
        guard let account = accounts.account(called: who) else {
            tell(asker, Self.unknownAccount(who), into: &effects)
            return
        }
        if let refusal = refusal(actor, doing: "clear the flags of", to: account.id) ?? writeRefusal {
            refuse(asker, refusal, into: &effects)
            return
        }
        let name = PlayerName.displayed(account.name)
        commits.add(
            .flagsCleared(account: account.id, atMs: now.wallMs),
            held: Held(
                asker: asker, answer: .hostDone("The flags of \(name) are cleared."),
                log: .flagsCleared(account: account.id)))
        audit("clear_flags", of: account.id, by: actor, at: now)
    }

    /// Takes whoever is banned or gone off the boards that multipliers go by, and whoever is back onto them.
    mutating func judgeBests(of account: Identifier) {
        if canEarn(account) { arcade.bests.include(account) } else { arcade.bests.exclude(account) }
    }
}
