import Game
import Protocol

extension ServerEngine {
    /// Does what a host asks.
    mutating func obey(
        _ command: HostCommand, for call: HostCallID, at now: Moment, into effects: inout [Effect]
    ) {
        switch command {
        case .list(let all):
            effects.append(.answerHost(call, list(all: all, at: now)))
        case .kick(let who):
            let answer = kick(who, at: now, into: &effects)
            effects.append(.answerHost(call, answer))
        case .grant(let who, let role):
            grant(role, to: who, for: call, at: now, into: &effects)
        case .flags: ask(.flags, .flags(call), into: &effects)
        case .clearFlags(let who): clearFlags(of: who, for: call, at: now, into: &effects)
        case .ban(let who, let reason): setBan(reason, of: who, for: call, at: now, into: &effects)
        case .unban(let who): setBan(nil, of: who, for: call, at: now, into: &effects)
        case .feedback: ask(.feedback, .feedback(call), into: &effects)
        case .skins: effects.append(.answerHost(call, hostSkins))
        case .installSkin(let json): install(Array(json.utf8), for: call, into: &effects)
        }
    }

    private mutating func kick(_ who: String, at now: Moment, into effects: inout [Effect]) -> HostAnswer {
        guard let account = accounts.account(called: who) else { return Self.unknownAccount(who) }
        let id = account.id
        let connection = connections.connection(of: id)
        let hadPlace = players.state(of: id) != .afk
        guard hadPlace || connection != nil else {
            return .done("\(PlayerName.displayed(account.name)) is not here.")
        }
        giveUp(id, on: .removal, socket: connection, at: now, into: &effects)
        if let connection { close(connection, .banned, at: now, into: &effects) }
        effects.append(.log(.kicked(account: id)))
        return .done("\(PlayerName.displayed(account.name)) was kicked.")
    }

    private mutating func grant(
        _ role: Role, to who: String, for call: HostCallID, at now: Moment, into effects: inout [Effect]
    ) {
        guard let former = accounts.account(called: who) else {
            effects.append(.answerHost(call, Self.unknownAccount(who)))
            return
        }
        let id = former.id
        if let refusal = writeRefusal {
            effects.append(.answerHost(call, .refused(refusal.code, refusal.message)))
            return
        }
        var account = former
        account.role = role
        accounts.put(account)
        let setting = accounts.role(of: id) == role ? "" : " (an admin all the same, by --admin)"
        commits.add(
            .account(account),
            held: Held(
                asker: .host(call),
                answer: .hostDone("\(PlayerName.displayed(account.name)) is \(role.rawValue)\(setting)."),
                log: .granted(account: id, role)),
            reversal: .account(id, former: former))
    }

    private mutating func install(
        _ json: [UInt8], for call: HostCallID, into effects: inout [Effect]
    ) {
        do throws(Failure) {
            if let refusal = writeRefusal { throw refusal }
            let (skin, isNew) = try install(json)
            let words = "\(skin.title) (\(skin.id.rawValue)) is \(isNew ? "for sale" : "replaced")."
            commits.hold(
                Held(asker: .host(call), answer: .hostDone(words), log: .skinInstalled(skin.id)))
        } catch {
            effects.append(.answerHost(call, .refused(error.code, error.message)))
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
            sessions: sessions.sessions(of: id).count, banReason: account.banReason)
    }

    static func unknownAccount(_ who: String) -> HostAnswer {
        .refused(.notFound, "There is no account with the id or name \(PlayerName.displayed(who)).")
    }
}
