import Engine
import Game
import Protocol

/// What a step does around its inputs: time passes before them, places are given after them.
extension Auditor {
    /// Time has passed, then the calls that only read were answered.
    mutating func pass(_ reads: [Input], _ effects: [Effect]) {
        let nowUs = verdict.nowUs
        endBans(effects)
        let spared = spared(effects)
        let due = runs.due(atUs: nowUs)
        let ended = players.pass(atUs: nowUs, isExempt: spared)
        for (account, deadlineUs) in ended.idled {
            verdict.tally.idlings += 1
            blame(
                unless(
                    nowUs - deadlineUs <= latenessUs, .afkInTime,
                    "\(account) is looked at \((nowUs - deadlineUs) / 1000) ms after its deadline"))
            // Whoever has no socket plays in no relay either.
            if sockets.connection(of: account) != nil, let relay = relays.running(account) {
                relays.idled.append((account, relay))
            }
            remove(account)
            guard let id = sockets.connection(of: account) else { continue }
            blame(unless(tells(id, .afk, in: effects), .afkInTime, "\(account) wasn't told that it is afk"))
            blame(unless(closes(id, .afk, in: effects), .afkInTime, "\(account)'s socket stays open"))
            lose(id, effects)
        }
        for account in ended.absent {
            verdict.tally.absences += 1
            remove(account)
        }
        passSilence(effects)
        passTokens(effects)
        passRuns(due, effects)
        for case .close(let id, let code) in effects where sockets[id] != nil {
            let law: Violation.Invariant =
                switch code {
                case .afk: .afkInTime
                case .goingAway: .presence
                case .sessionOver: .freshTokens
                default: .lawfulCloses
                }
            blame(unless(false, law, "connection \(id.rawValue) was closed with \(code.rawValue) too early"))
        }
        checkStatuses(effects, isReply: false)
        for case .request(let id, let route, let caller, _) in reads {
            let identity = hear(from: caller)
            let answer = answer(to: id, in: effects)
            checkBanned(route, caller, answer)
            if let answer { checkRead(route, answer, identity) }
        }
        noteExpiry(effects)
    }

    /// Whose place doesn't end by idling because it plays in a run or a relay; in the moment of a relay's start or end, what is
    /// told decides.
    private func spared(_ effects: [Effect]) -> (Identifier) -> Bool {
        let relays = relays
        let idled = Set(
            effects.compactMap { effect -> Identifier? in
                if case .log(.wentAFK(let account, .idleDeadline)) = effect { account } else { nil }
            })
        let inRuns = Set(sockets.accounts.filter(runs.isPlayed))
        return { inRuns.contains($0) || relays.mayRun($0) && !idled.contains($0) }
    }

    private mutating func passSilence(_ effects: [Effect]) {
        let silent = presences.pass(atUs: verdict.nowUs)
        for case .log(.presenceCleared(let session)) in effects {
            verdict.tally.silences += 1
            blame(unless(silent[session] != nil, .presence, "\(session) was cleared though it was heard"))
        }
        for session in silent.keys.sorted() {
            let overdueUs = verdict.nowUs - (silent[session] ?? 0) - presences.timeoutUs
            blame(
                unless(overdueUs <= latenessUs, .presence, "\(session) stays \(overdueUs / 1000) ms too long")
            )
            for id in sockets.connections(of: session) {
                blame(unless(closes(id, .goingAway, in: effects), .presence, "a silent socket stays open"))
                lose(id, effects)
            }
        }
    }

    private mutating func passTokens(_ effects: [Effect]) {
        while let id = sockets.stale(atUs: verdict.nowUs), let socket = sockets[id] {
            let overdueUs = verdict.nowUs - socket.untilUs
            blame(
                unless(
                    overdueUs <= latenessUs, .freshTokens, "a socket lives \(overdueUs / 1000) ms too long"))
            blame(unless(closes(id, .sessionOver, in: effects), .freshTokens, "a socket outlives its token"))
            verdict.tally.staleTokens += 1
            lose(id, effects)
        }
    }

    /// All inputs are taken: places are given, then whatever else was due is done.
    mutating func pursue(_ effects: [Effect]) {
        promote()
        checkStatuses(effects, isReply: false)
        for case .close(let id, let code) in effects where sockets[id] != nil {
            switch code {
            case .tooSlow: break
            case .goingAway:
                blame(unless(players.isStopping, .lawfulCloses, "a server that serves went away"))
            default: blame(unless(false, .lawfulCloses, "connection \(id.rawValue) got \(code.rawValue)"))
            }
            lose(id, effects)
        }
        noteExpiry(effects)
    }

    mutating func promote() {
        verdict.tally.promotions += players.promote(atUs: verdict.nowUs).count
    }

    /// Notes that a socket is gone, which by itself costs neither place nor position.
    mutating func lose(_ id: ConnectionID, _ effects: [Effect]) {
        runs.roundTripsUs[id] = nil
        guard let socket = sockets.remove(id), let account = socket.account else { return }
        leaveRun(of: account, on: id, effects)
        players.depart(account, atUs: verdict.nowUs)
    }

    /// Takes an account's place or position away.
    mutating func remove(_ account: Identifier) {
        players.leave(account)
        paths.excuse(account)
        told.forget(account)
    }

    func closes(_ id: ConnectionID, _ code: CloseCode, in effects: [Effect]) -> Bool {
        effects.contains { if case .close(id, code) = $0 { true } else { false } }
    }

    private func tells(_ id: ConnectionID, _ status: PlayerStatus, in effects: [Effect]) -> Bool {
        effects.contains {
            if case .send(id, let envelope) = $0 { envelope.message == .status(status) } else { false }
        }
    }
}
