import Engine
import Protocol

/// What was acknowledged is durable and true.
extension Auditor {
    func answer(to id: RequestID, in effects: [Effect]) -> Answer? {
        for case .respond(id, let answer) in effects { return answer }
        return nil
    }

    /// Holds the answers to calls that waited for the disk against what was promised.
    mutating func settleAnswers(_ effects: [Effect]) {
        for case .respond(let id, let answer) in effects {
            guard let promise = signIns.promises.removeValue(forKey: id) else { continue }
            signIns.honest.remove(id)
            settle(promise, answer, effects)
        }
    }

    private mutating func settle(_ promise: SignInModel.Promise, _ answer: Answer, _ effects: [Effect]) {
        switch (promise, answer) {
        case (_, .failure(let failure)) where failure.code != .refreshReused:
            blame(
                unless(
                    failure.code == .storageUnavailable || failure.code == .shuttingDown, .families,
                    "what was taken on is refused: \(failure.message)"))
        case (
            .tokens(let session, let generation, let hash, let isSignIn, let ended),
            .session(let identity, _, let token)
        ):
            let isThat = identity.sessionID == session && identity.generation == generation
            blame(
                unless(
                    isThat && token.reversed() == hash, .families, "\(session) got other tokens than promised"
                ))
            let family = signIns.durable.families[session]
            // The family may have ended since; it must have been kept all the same.
            blame(
                unless(
                    family.map { $0.generation >= generation } ?? (signIns.head.families[session] == nil),
                    .keptAcknowledged, "generation \(generation) of \(session) isn't kept"))
            verdict.tally.signIns += isSignIn ? 1 : 0
            verdict.tally.refreshes += isSignIn ? 0 : 1
            for session in ended { signOut(session, effects) }
            for id in sockets.connections(of: session) { prolong(id, by: identity) }
        case (.reused(let session, let account), .failure):
            verdict.tally.reuses += 1
            blame(
                unless(
                    signIns.durable.families[session] == nil, .keptAcknowledged, "\(session) isn't revoked"))
            signOut(session, effects)
            leaveUnlessSignedIn(account)
        case (.ended(let sessions, let account, let isDeletion), .done):
            for session in sessions {
                blame(
                    unless(
                        signIns.durable.families[session] == nil, .keptAcknowledged, "\(session) isn't over"))
                signOut(session, effects)
            }
            leaveUnlessSignedIn(account)
            guard isDeletion else {
                verdict.tally.logouts += 1
                return
            }
            verdict.tally.deletions += 1
            blame(
                unless(
                    signIns.durable.accounts[account]?.isDeleted == true, .keptAcknowledged,
                    "\(account) isn't deleted"))
        case (.guestEnded(let session), .done):
            signOut(session, effects)
        case (.renamed(let identity, let name), .me(let me)):
            blame(
                unless(
                    signIns.durable.name(of: identity) == name || signIns.head.name(of: identity) != name,
                    .keptAcknowledged, "the name \(name) isn't kept"))
            blame(
                unless(
                    me.account.name == name, .profiles,
                    "\(name) was shown as another"))
        case (.renamed(let identity, _), .done):
            blame(unless(!signIns.head.accepts(identity), .profiles, "\(identity.id) has no profile"))
        default:
            blame(unless(false, .families, "the answer \(answer) isn't what was promised: \(promise)"))
        }
    }

    /// Has an account leave that nobody can come back to.
    private mutating func leaveUnlessSignedIn(_ account: Identifier) {
        if signIns.sessions(of: account).isEmpty { remove(account) }
    }

    /// Closes the sockets of a sign-in that is over.
    private mutating func signOut(_ session: Identifier, _ effects: [Effect]) {
        for id in sockets.connections(of: session) {
            blame(
                unless(
                    closes(id, .signedOut, in: effects), .families,
                    "a socket of \(session) stays open after its end"))
            if let account = sockets[id]?.account { remove(account) }
            lose(id, effects)
        }
    }
}
