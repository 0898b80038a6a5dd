import Game
import Protocol

extension ServerEngine {
    /// Does what a host asks.
    mutating func obey(
        _ command: HostCommand, by actor: Actor, for asker: Asker, at now: Moment,
        into effects: inout [Effect]
    ) {
        switch command {
        case .list(let all):
            tell(asker, list(all: all, at: now), into: &effects)
        case .kick(let who):
            let answer = kick(who, by: actor, at: now, into: &effects)
            tell(asker, answer, into: &effects)
        case .grant(let who, let role):
            grant(role, to: who, by: actor, for: asker, at: now, into: &effects)
        case .flags: ask(.flags, .flags(asker), into: &effects)
        case .clearFlags(let who): clearFlags(of: who, by: actor, for: asker, at: now, into: &effects)
        case .ban(let who, let reason, let untilMs):
            ban(who, reason, untilMs: untilMs, by: actor, for: asker, at: now, into: &effects)
        case .unban(let who): unban(who, by: actor, for: asker, at: now, into: &effects)
        case .feedback: ask(.feedback, .feedback(asker), into: &effects)
        case .skins: tell(asker, hostSkins, into: &effects)
        case .installSkin(let json):
            install(Array(json.utf8), by: actor, for: asker, at: now, into: &effects)
        case .audit(let limit, let before):
            let bounds = 1...Limits.maxListedAudits
            let shown = min(max(limit, bounds.lowerBound), bounds.upperBound)
            ask(.audit(limit: shown, before: before), .audit(asker), into: &effects)
        case .announce(let message):
            announce(message, by: actor, for: asker, at: now, into: &effects)
        case .knobs: tell(asker, knobList, into: &effects)
        case .setKnob(let name, let value):
            setKnob(name, to: value, by: actor, for: asker, at: now, into: &effects)
        case .status: tell(asker, .status(status(at: now)), into: &effects)
        case .picture: picture(for: asker, into: &effects)
        case .newGame(let width, let height):
            newGame(width: width, height: height, by: actor, for: asker, at: now, into: &effects)
        case .rollback(let order):
            rollBack(order, by: actor, for: asker, at: now, into: &effects)
        case .undoRollback(let id):
            undoRollback(id, by: actor, for: asker, at: now, into: &effects)
        case .rollbacks: tell(asker, .rollbacks(rollbacks.newestFirst), into: &effects)
        case .protect(let box, let note):
            protect(box, note: note, by: actor, for: asker, at: now, into: &effects)
        case .unprotect(let id): unprotect(id, by: actor, for: asker, at: now, into: &effects)
        case .protectedAreas: tell(asker, .protectedAreas(protections.listed), into: &effects)
        }
    }

    private mutating func kick(
        _ who: String, by actor: Actor, at now: Moment, into effects: inout [Effect]
    ) -> HostAnswer {
        guard let account = accounts.account(called: who) else { return Self.unknownAccount(who) }
        let id = account.id
        if let failure = refusal(actor, doing: "kick", to: id) {
            return .refused(failure.code, failure.message)
        }
        let connection = connections.connection(of: id)
        let hadPlace = players.state(of: id) != .afk
        guard hadPlace || connection != nil else {
            return .done("\(PlayerName.displayed(account.name)) is not here.")
        }
        giveUp(id, on: .removal, socket: connection, at: now, into: &effects)
        if let connection { close(connection, .banned, at: now, into: &effects) }
        effects.append(.log(.kicked(account: id)))
        auditDone("kick", of: id, by: actor, at: now)
        return .done("\(PlayerName.displayed(account.name)) was kicked.")
    }

    private mutating func grant(
        _ role: Role, to who: String, by actor: Actor, for asker: Asker, at now: Moment,
        into effects: inout [Effect]
    ) {
        guard let former = accounts.account(called: who) else {
            tell(asker, Self.unknownAccount(who), into: &effects)
            return
        }
        let id = former.id
        if let refusal = refusal(actor, doing: "give roles to", to: id) ?? writeRefusal {
            refuse(asker, refusal, into: &effects)
            return
        }
        var account = former
        account.role = role
        accounts.put(account)
        let setting = accounts.role(of: id) == role ? "" : " (an admin all the same, by --admin)"
        commits.add(
            .account(account),
            held: Held(
                asker: asker,
                answer: .hostDone("\(PlayerName.displayed(account.name)) is \(role.rawValue)\(setting)."),
                log: .granted(account: id, role)),
            reversal: .account(id, former: former))
        audit("grant", of: id, role.rawValue, by: actor, at: now)
    }

    private mutating func install(
        _ json: [UInt8], by actor: Actor, for asker: Asker, at now: Moment, into effects: inout [Effect]
    ) {
        do throws(Failure) {
            if let refusal = writeRefusal { throw refusal }
            let (skin, isNew) = try install(json, by: actor, at: now)
            let words = "\(skin.title) (\(skin.id.rawValue)) is \(isNew ? "for sale" : "replaced")."
            commits.hold(
                Held(asker: asker, answer: .hostDone(words), log: .skinInstalled(skin.id)))
        } catch {
            refuse(asker, error, into: &effects)
        }
    }

    private func list(all: Bool, at now: Moment) -> HostAnswer {
        var ids: [Identifier]
        if all {
            ids = accounts.sorted.map(\.id)
        } else {
            ids = players.playingSorted + players.queuedInOrder
            var known = Set(ids)
            for id in connections.accountsSorted + accounts.staffSorted where known.insert(id).inserted {
                ids.append(id)
            }
        }
        let shown = ids.prefix(Limits.maxListedAccounts).compactMap { hostAccount($0, at: now) }
        return .accounts(shown, total: ids.count)
    }

    private func hostAccount(_ id: Identifier, at now: Moment) -> HostAccount? {
        guard let account = accounts[id] else { return nil }
        return HostAccount(
            id: id, name: account.name, status: players.word(of: id), role: accounts.role(of: id),
            position: players.place(of: id)?.position,
            idleLeftMs: players.idleDeadlineUs(of: id).map { Int($0 - now.monotonicUs) / 1000 },
            isConnected: connections.connection(of: id) != nil,
            sessions: sessions.sessions(of: id).count, banReason: account.banReason,
            banUntilMs: account.banUntilMs)
    }

    static func unknownAccount(_ who: String) -> HostAnswer { .refused(.notFound, unknownAccountWords(who)) }

    static func unknownAccountWords(_ who: String) -> String {
        "There is no account with the id or name \(PlayerName.displayed(who))."
    }
}
