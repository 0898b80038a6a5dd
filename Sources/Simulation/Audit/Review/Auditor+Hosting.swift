import Engine
import Protocol

/// What hosts and whoever has a role change while the server runs.
extension Auditor {
    /// How much later than its end a ban may be lifted: a look a second, and a tick.
    private static let banSlackUs: Int64 = 2_500_000

    // MARK: Knobs

    mutating func turn(_ knob: Knob, to text: String?) {
        let value = text.flatMap(knob.range.value)
        blame(unless(text == nil || value != nil, .roles, "\(knob.rawValue) is set to \(text ?? "")"))
        hosting.head[knob] = value
        follow(knob)
    }

    /// Has the laws go by a knob; a rate's wait until the disk has it, since that looks at what the disk has.
    private mutating func follow(_ knob: Knob) {
        switch (knob, hosting.value(knob)) {
        case (.maxPlayers, .number(let number)): players.capacity = number
        case (.maxQueued, .number(let number)): players.maxQueued = number
        case (.idleSeconds, .number(let seconds)):
            players.idleUs = Int64(seconds) * 1_000_000
            hosting.turnedUs = verdict.nowUs
        case (.spectatorCooldown, .number(let seconds)):
            cooldownMs = Int64(seconds) * 1000
            hosting.cooledUs = verdict.nowUs
            given = [:]
        default: break
        }
    }

    /// Takes a knob that was kept.
    mutating func keep(_ record: KnobRecord) {
        verdict.tally.knobs += 1
        guard let knob = Knob(rawValue: record.name) else {
            blame(unless(false, .roles, "a knob \(record.name) is kept"))
            return
        }
        hosting.durable[knob] = record.value.flatMap(knob.range.value)
        followDurable(knob)
    }

    private mutating func followDurable(_ knob: Knob) {
        switch (knob, hosting.durableValue(knob)) {
        case (.placeRate, .rate(let rate)):
            placements = RateLaw(perSecond: rate.perSecond, burst: rate.burst)
        case (.ads, .flag(let isOn)): services.showsAds = isOn
        default: break
        }
    }

    /// A commit failed: knobs stand as the disk has them, and rates begin anew.
    mutating func rollBackHosting() {
        for knob in Knob.allCases where hosting.head[knob] != hosting.durable[knob] {
            hosting.head[knob] = hosting.durable[knob]
            follow(knob)
            if knob == .placeRate { placements.forget() }
        }
        let planned = hosting.endsUs
        planBanEnds()
        // A look that was planned stays where it was, wherever the wall clock was put since.
        for (account, endUs) in hosting.endsUs {
            hosting.endsUs[account] = max(endUs, planned[account] ?? endUs)
        }
    }

    /// The server began anew, with what the disk has.
    mutating func restartHosting() {
        hosting.head = hosting.durable
        for knob in Knob.allCases {
            follow(knob)
            followDurable(knob)
        }
        hosting.crowd = (0, 0)
        planBanEnds()
    }

    // MARK: The audit

    /// Looks at a commit that was kept: each change on a host's behalf has its row in it.
    mutating func checkAudit(_ records: [Record]) {
        var rows: [String: Int] = [:]
        for case .audit(let row) in records {
            rows["\(row.action) \(row.subject)", default: 0] += 1
        }
        for case .knob(let knob) in records {
            let action = knob.value == nil ? "reset_knob" : "set_knob"
            blame(
                unless(
                    rows["\(action) \(knob.name)", default: 0] > 0, .audited,
                    "\(knob.name) was turned by nobody"))
        }
        for case .skin(let skin) in records {
            blame(
                unless(
                    rows["install_skin \(skin.id.rawValue)", default: 0] > 0, .audited,
                    "\(skin.id) was installed by nobody"))
        }
        for case .flagsCleared(let account, _) in records {
            blame(
                unless(
                    rows["clear_flags \(account)", default: 0] > 0, .audited,
                    "the flags of \(account) were cleared by nobody"))
        }
    }

    // MARK: Bans that end

    mutating func ban(_ account: Identifier, _ reason: String, untilMs: Int64?) {
        signIns.head.accounts[account]?.banReason = reason
        signIns.head.accounts[account]?.banUntilMs = untilMs
        planBanEnd(account)
    }

    mutating func unban(_ account: Identifier) {
        signIns.head.accounts[account]?.banReason = nil
        signIns.head.accounts[account]?.banUntilMs = nil
        hosting.endsUs[account] = nil
    }

    private mutating func planBanEnds() {
        hosting.endsUs = [:]
        for account in signIns.head.accounts.keys.sorted() { planBanEnd(account) }
    }

    private mutating func planBanEnd(_ account: Identifier) {
        hosting.endsUs[account] = nil
        guard let record = signIns.head.accounts[account], record.banReason != nil, !record.isDeleted,
            let untilMs = record.banUntilMs
        else { return }
        hosting.endsUs[account] = verdict.nowUs + max(0, untilMs - verdict.now.wallMs) * 1000
    }

    /// Time has passed: whoever is let in again by it had a ban that is over.
    mutating func endBans(_ effects: [Effect]) {
        for case .log(.banEnded(let account)) in effects {
            verdict.tally.banEnds += 1
            let untilMs = signIns.head.accounts[account]?.banUntilMs
            blame(
                unless(
                    untilMs.map { $0 <= verdict.now.wallMs } ?? false, .banEnds,
                    "\(account) is let in before its ban is over"))
            unban(account)
        }
    }

    /// A step is over: nobody is banned for longer than was said, as long as storage could keep the end.
    mutating func judgeBanEnds() {
        for account in hosting.endsUs.keys.sorted() {
            guard let endUs = hosting.endsUs[account],
                let untilMs = signIns.head.accounts[account]?.banUntilMs
            else { continue }
            guard !flags.isRefusing, !players.isStopping, untilMs <= verdict.now.wallMs else {
                hosting.endsUs[account] =
                    max(endUs, verdict.nowUs + max(0, untilMs - verdict.now.wallMs) * 1000)
                continue
            }
            blame(
                unless(
                    verdict.nowUs <= endUs + Self.banSlackUs, .banEnds,
                    "\(account) is banned \((verdict.nowUs - endUs) / 1000) ms too long"))
        }
    }

    // MARK: Roles

    /// Takes a call that takes a role; what it may lead to at once is among the effects.
    mutating func administer(
        _ route: AdminRoute, _ identity: Identity?, _ answer: Answer?, _ effects: [Effect]
    ) {
        var refusal: ErrorCode?
        if case .failure(let failure)? = answer { refusal = failure.code }
        // Whoever proves nobody is refused as anywhere; a rate comes before all else.
        guard let own = identity?.account, refusal != .rateLimited, refusal != .banned else {
            blame(unless(refusal != nil, .roles, "nobody's call is taken"))
            return
        }
        let command = route.command
        guard mayGive(command, own) else {
            verdict.tally.forbiddenCalls += 1
            blame(unless(refusal != nil, .roles, "\(own) may not give \(command), and it is taken"))
            return
        }
        verdict.tally.hostedCalls += 1
        blame(unless(refusal != .forbidden, .roles, "\(own) may give \(command), and is refused"))
        guard refusal == nil else { return }
        obey(command, isTaken: answer == nil, effects)
    }

    /// Whether an account may give a command: by its role, and to whom.
    private func mayGive(_ command: HostCommand, _ own: Identifier) -> Bool {
        let role = signIns.head.accounts[own]?.role ?? .player
        let target: Identifier?
        switch command {
        case .kick(let who), .grant(let who, _), .clearFlags(let who): target = Identifier(who)
        case .rollback(let order):
            target = role == .admin ? nil : order.account.flatMap { Identifier($0) }
        case .ban(let who, _, let untilMs):
            target = Identifier(who)
            let isLong = untilMs.map { $0 > verdict.now.wallMs + Limits.maxModeratorBanMs } ?? true
            guard role == .admin || role == .moderator && !isLong && !isBannedForLong(target) else {
                return false
            }
        case .unban(let who):
            target = Identifier(who)
            guard role == .admin || role == .moderator && !isBannedForLong(target) else { return false }
        case .list, .flags, .feedback, .announce, .status, .audit, .knobs, .skins, .installSkin, .setKnob,
            .newGame, .undoRollback, .rollbacks, .protect, .unprotect, .protectedAreas, .picture:
            target = nil
        }
        if target == own { return false }
        switch command {
        case .grant, .knobs, .setKnob, .skins, .installSkin, .newGame, .protect, .unprotect:
            return role == .admin
        case .list, .kick, .flags, .clearFlags, .ban, .unban, .feedback, .announce, .status, .audit,
            .rollback, .undoRollback, .rollbacks, .protectedAreas, .picture:
            let isOutranked = target.flatMap { signIns.head.accounts[$0]?.role } ?? .player == .player
            return role == .admin || role == .moderator && isOutranked
        }
    }

    /// Whether an account is banned for longer than a moderator may ban.
    private func isBannedForLong(_ account: Identifier?) -> Bool {
        guard let record = account.flatMap({ signIns.head.accounts[$0] }), record.banReason != nil else {
            return false
        }
        return record.banUntilMs ?? .max > verdict.now.wallMs + Limits.maxModeratorBanMs
    }
}
