import Engine
import Protocol

/// Who is flagged, and who is banned.
extension Auditor {
    /// Notes something that is to be flagged, unless there was enough of it; `isLine` where it takes nothing but a
    /// line that held three points of a run up beyond measure.
    mutating func expectFlag(
        of account: Identifier, _ reason: FlagRecord.Reason, isLine: Bool = false, _ effects: [Effect]
    ) {
        let isLogged = effects.contains {
            if case .log(.flagged(account, reason, _)) = $0 { true } else { false }
        }
        if isLogged, !runs.cheats.contains(account) { verdict.tally.slowLines += 1 }
        blame(
            unless(
                isLine || runs.cheats.contains(account), .honest,
                "\(account) plays by the rules and is to be flagged for \(reason.rawValue)"))
        let isDue = flags.expect(
            FlagBook.Key(account: account, reason: reason), isLogged: isLogged, atUs: verdict.nowUs)
        blame(
            unless(
                isDue, .flagged,
                "\(account) is \(isLogged ? "flagged too often" : "not flagged") for \(reason.rawValue)"))
    }

    /// Looks at what is logged of flags and of storage.
    mutating func watchFlags(_ effects: [Effect]) {
        for case .log(let event) in effects {
            switch event {
            case .storageRefusing: flags.isRefusing = true
            case .storageRecovered:
                flags.isRefusing = false
                flags.retry()
            case .flagged(let account, let reason, _):
                verdict.tally.flags[reason.rawValue, default: 0] += 1
                let isDue = flags.log(FlagBook.Key(account: account, reason: reason))
                blame(unless(isDue, .honest, "\(account) is flagged for \(reason.rawValue) without a reason"))
            default: break
            }
        }
        flags.close()
        if !flags.isRefusing, effects.contains(where: { if case .drained = $0 { true } else { false } }) {
            blameOwedFlags()
        }
    }

    /// Nothing more will be kept for now: no flag may be missing.
    mutating func blameOwedFlags() {
        for owed in flags.owedKeys {
            blame(
                unless(
                    false, .flagged, "a flag of \(owed.account) for \(owed.reason.rawValue) isn't kept"))
        }
    }

    mutating func keep(_ flag: FlagRecord) {
        switch flag.reason {
        case .refreshReused, .implausibleClicks: return
        case .burst, .impossibleScore, .offTarget, .pointInPast, .pointInFuture, .replayedPoint,
            .pointAfterEnd, .secondRun, .foreignRun:
            let isLogged = flags.keep(FlagBook.Key(account: flag.account, reason: flag.reason))
            blame(
                unless(
                    isLogged && !flag.evidence.isEmpty, .honest,
                    "a flag of \(flag.account) for \(flag.reason.rawValue) is kept that nothing led to"))
        }
    }

    /// A commit was kept: the flags that were due are in it.
    mutating func settleFlags() {
        for late in flags.settle() {
            blame(
                unless(false, .flagged, "the flag of \(late.account) for \(late.reason.rawValue) isn't kept"))
        }
    }

    // MARK: Bans

    /// The account of a good token that is banned; nil for everyone else.
    func bannedAccount(_ caller: Caller) -> Identifier? {
        guard case .valid(let identity) = caller.credential, let account = identity.account,
            signIns.head.families[identity.sessionID]?.account == account,
            signIns.head.accounts[account]?.isDeleted == false,
            signIns.head.accounts[account]?.banReason != nil
        else { return nil }
        return account
    }

    /// Who is banned gets nothing that needs a token.
    mutating func checkBanned(_ route: Route, _ caller: Caller, _ answer: Answer?) {
        guard route.needsToken, let account = bannedAccount(caller) else { return }
        verdict.tally.bannedCalls += 1
        var code: ErrorCode?
        if case .failure(let failure)? = answer { code = failure.code }
        blame(
            unless(
                code == .banned || code == .rateLimited || code == .shuttingDown, .banned,
                "\(account) is banned and gets \(answer.map { "\($0)" } ?? "an answer later")"))
    }

    /// A commit is through: accounts whose bans were in it are shown out.
    mutating func closeBans(_ effects: [Effect]) {
        for account in bans.settling where signIns.head.accounts[account]?.banReason != nil {
            verdict.tally.bans += 1
            showOut(account, effects)
        }
        bans.settling = []
        bans.shown = bans.kept
    }

    /// A commit failed: whoever was to be let in again is banned as before.
    mutating func enforceBans(_ effects: [Effect]) {
        for account in bans.shown.sorted() where signIns.head.accounts[account]?.banReason != nil {
            showOut(account, effects)
        }
    }

    private mutating func showOut(_ account: Identifier, _ effects: [Effect]) {
        remove(account)
        guard let socket = sockets.connection(of: account) else { return }
        // Another end of its sign-in may have closed it just before.
        let isClosed = closes(socket, .banned, in: effects) || closes(socket, .signedOut, in: effects)
        blame(unless(isClosed, .banned, "\(account) is banned and keeps its socket"))
        lose(socket, effects)
    }

    /// A step is over: no socket is left of whoever is known to be banned.
    mutating func judgeBans() {
        for account in bans.shown where signIns.head.accounts[account]?.banReason != nil {
            blame(
                unless(
                    sockets.connection(of: account) == nil, .banned, "\(account) is banned and has a socket"))
        }
    }
}

/// Bans as the disk has them.
struct BanBook: Sendable {
    private(set) var kept: Set<Identifier> = []
    /// What of these the server knows to be kept.
    var shown: Set<Identifier> = []
    /// Bans that were kept and that the server doesn't know yet to be.
    var settling: [Identifier] = []

    mutating func keep(_ account: AccountRecord) {
        if account.banReason == nil {
            kept.remove(account.id)
        } else if kept.insert(account.id).inserted {
            settling.append(account.id)
        }
    }

    /// The server began anew: it knows all that is kept, and nobody has a socket.
    mutating func restart() {
        shown = kept
        settling = []
    }
}

extension Route {
    /// Whether it does nothing without a token.
    fileprivate var needsToken: Bool {
        switch self {
        case .me, .logout, .rename, .deleteAccount, .placePixel, .undoPixel, .webSocket, .clicks(.push),
            .clicks(.schedule), .relays, .skins(.list), .skins(.purchase), .skins(.wear), .skins(.install),
            .ads, .feedback, .admin, .figures:
            true
        case .signInAsGuest, .requestChallenge, .signInWithDevice, .refresh, .canvas, .snapshot, .changes,
            .touched, .pixel, .lastPixel, .canvasPNG, .health, .readiness, .metrics, .openAPI,
            .clicks(.current),
            .clicks(.contributions), .leaderboard, .skins(.colors), .auth, .views, .history:
            false
        }
    }
}
