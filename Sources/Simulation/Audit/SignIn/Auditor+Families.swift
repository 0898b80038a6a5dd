import Engine
import Protocol

/// What calls about sign-ins and accounts lead to: the head is changed as the call is taken, and its answer is
/// held against the disk.
extension Auditor {
    /// Takes a call that changes something; what it led to at once is among the effects.
    mutating func call(
        _ id: RequestID, _ route: Route, _ caller: Caller, _ proofs: EdgeProofs, _ effects: [Effect]
    ) {
        let identity = hear(from: caller)
        let answer = answer(to: id, in: effects)
        var refusal: Failure?
        if case .failure(let failure) = answer { refusal = failure }
        if answer != nil { signIns.honest.remove(id) }
        checkBanned(route, caller, answer)
        switch route {
        case .signInWithDevice(let proof):
            guard answer == nil, let entropy = proofs.entropy else { return }
            signIn(id, proof, entropy)
        case .refresh:
            guard let entropy = proofs.entropy, let shown = proofs.presentedRefreshHash else { return }
            refresh(id, shown, entropy, refusal, effects)
        case .logout, .rename, .deleteAccount:
            guard answer == nil else { return }
            guard let identity else {
                blame(unless(false, .families, "a sign-in that is over was taken for good"))
                return
            }
            change(id, route, identity)
        case .placePixel, .undoPixel:
            guard let account = identity?.account else { return }
            act(account, refusal: refusal)
        case .webSocket:
            guard case .upgrade(let upgraded, _, _) = answer else { return }
            blame(unless(upgraded == identity, .families, "a sign-in that is over was let in"))
        case .feedback: write(id, identity, caller, answer)
        case .admin(let route): administer(route, identity, answer, effects)
        case .signInAsGuest, .requestChallenge, .me, .canvas, .snapshot, .changes, .touched, .pixel,
            .lastPixel, .canvasPNG, .health, .readiness, .metrics, .openAPI, .clicks, .relays, .leaderboard,
            .skins, .ads, .auth, .views, .figures, .history:
            break
        }
    }

    /// Notes a call's sign of life; returns who its token proves, where it still proves anyone.
    @discardableResult
    mutating func hear(from caller: Caller) -> Identity? {
        guard case .valid(let identity) = caller.credential, signIns.head.accepts(identity) else {
            return nil
        }
        presences.hear(identity.sessionID, atUs: verdict.nowUs)
        return identity
    }

    private mutating func signIn(_ id: RequestID, _ proof: DeviceSignIn, _ entropy: Entropy) {
        var account = signIns.head.account(withKey: proof.publicKey)
        if account == nil {
            account = entropy.accountID
            signIns.head.accounts[entropy.accountID] = SignInModel.Account(
                name: proof.name ?? "", publicKey: proof.publicKey, role: .player, isDeleted: false)
        }
        guard let account else { return }
        let ended = signIns.begin(
            entropy.sessionID, of: account, token: entropy.refreshHash, at: verdict.now,
            isOpen: { !sockets.connections(of: $0).isEmpty })
        signIns.promises[id] = .tokens(
            session: entropy.sessionID, generation: 0, hash: entropy.refreshHash, isSignIn: true, ended: ended
        )
    }

    private mutating func refresh(
        _ id: RequestID, _ shown: [UInt8], _ entropy: Entropy, _ refusal: Failure?, _ effects: [Effect]
    ) {
        for case .query(let query, .refreshToken) in effects { signIns.lookups[query] = id }
        let known = signIns.tokens[shown]
        let family = known.flatMap { signIns.head.families[$0.session] }
        guard let known, let family, family.expiresAtMs > verdict.now.wallMs else {
            signIns.promises[id] = refusal == nil ? .lookup(session: nil) : nil
            return
        }
        if let refusal {
            blame(
                unless(
                    refusal.code != .invalidRefreshToken && refusal.code != .refreshReused, .families,
                    "a token of \(known.session) was refused at once as \(refusal.code.rawValue)"))
            return
        }
        let session = known.session
        let looksUp = effects.contains { if case .query(_, .refreshToken) = $0 { true } else { false } }
        let isFoundReused = effects.contains {
            if case .log(.refreshReused(_, session)) = $0 { true } else { false }
        }
        let latest = family.generation
        if known.generation == latest {
            blame(unless(!looksUp && !isFoundReused, .families, "the latest token of \(session) isn't known"))
            signIns.rotate(session, to: entropy.refreshHash, at: verdict.now)
            signIns.promises[id] = .tokens(
                session: session, generation: latest + 1, hash: entropy.refreshHash, isSignIn: false)
        } else if known.generation == latest - 1 {
            let isInTime = verdict.nowUs - family.refreshedUs <= SignInModel.graceUs
            blame(unless(!looksUp, .families, "the token before the latest of \(session) isn't known"))
            blame(
                unless(
                    isFoundReused == !isInTime || !family.isAgeSure, .families,
                    "the token before the latest of \(session) was \(isInTime ? "" : "not ")taken for reused")
            )
            if isFoundReused {
                revoke(session, id)
            } else {
                signIns.promises[id] = .tokens(
                    session: session, generation: latest, hash: family.tokens[latest], isSignIn: false)
            }
        } else {
            blame(unless(looksUp && !isFoundReused, .families, "a used token of \(session) isn't looked up"))
            signIns.promises[id] = .lookup(session: session)
        }
    }

    /// Takes what storage knew of a token.
    mutating func lookedUp(_ query: QueryID, _ effects: [Effect]) {
        guard let id = signIns.lookups.removeValue(forKey: query),
            case .lookup(let session) = signIns.promises.removeValue(forKey: id)
        else { return }
        if case .failure(let failure) = answer(to: id, in: effects) {
            if failure.code == .invalidRefreshToken {
                let isLive = session.flatMap { signIns.head.families[$0] }.map {
                    $0.expiresAtMs > verdict.now.wallMs
                }
                blame(
                    unless(
                        isLive != true, .families, "a used token of \(session.map { "\($0)" } ?? "") passes"))
            } else {
                blame(
                    unless(
                        failure.code == .storageUnavailable || failure.code == .shuttingDown, .families,
                        "\(failure)"))
            }
            signIns.honest.remove(id)
        } else if let session {
            revoke(session, id)
        } else {
            blame(unless(false, .families, "a token that nobody was given ended a family"))
        }
    }

    private mutating func revoke(_ session: Identifier, _ id: RequestID) {
        let isSure = signIns.head.families[session]?.isAgeSure != false
        blame(
            unless(
                !(signIns.honest.contains(id) && isSure), .families,
                "a client that keeps to the rules was signed out of \(session)"))
        let family = signIns.head.families.removeValue(forKey: session)
        blame(unless(family != nil, .families, "\(session) ended twice"))
        guard let family else { return }
        signIns.promises[id] = .reused(session: session, of: family.account)
    }

    private mutating func change(_ id: RequestID, _ route: Route, _ identity: Identity) {
        switch (route, identity.kind) {
        case (.logout, _):
            signIns.head.families[identity.sessionID] = nil
            signIns.promises[id] = .ended([identity.sessionID], of: identity.id, isDeletion: false)
        case (.rename(let name), .account):
            signIns.head.accounts[identity.id]?.name = name
            signIns.promises[id] = .renamed(identity, name)
        case (.rename(let name), .guest):
            signIns.head.guests[identity.id] = SignInModel.Guest(
                name: name, isRemoved: false, expiresAtMs: identity.expiresAtMs)
            signIns.promises[id] = .renamed(identity, name)
        case (.deleteAccount, .account):
            let ended = signIns.sessions(of: identity.id)
            for session in ended { signIns.head.families[session] = nil }
            bury(identity.id)
            signIns.promises[id] = .ended(ended, of: identity.id, isDeletion: true)
        case (.deleteAccount, .guest(let name)):
            signIns.head.guests[identity.id] = SignInModel.Guest(
                name: name, isRemoved: true, expiresAtMs: identity.expiresAtMs)
            signIns.promises[id] = .guestEnded(session: identity.sessionID)
        default: break
        }
    }

    /// Leaves of a deleted account what nobody can sign in with.
    private mutating func bury(_ account: Identifier) {
        var stone = signIns.head.accounts[account]
        stone?.isDeleted = true
        stone?.role = .player
        stone?.name = "deleted-\(account)"
        let id = (0..<8).map { UInt8(truncatingIfNeeded: account.rawValue >> (56 - 8 * $0)) }
        stone?.publicKey = id + [UInt8](repeating: 0, count: 24)
        signIns.head.accounts[account] = stone
    }
}
