import Protocol
import Transport

// Signing in with Google by a code, and being somebody else from then on.
extension GameClient {
    /// What the person who is to allow it sees.
    private static let clientName = "pixelwars \(Release.version)"

    /// Asks for a code that a person confirms in a browser, and waits for that; an earlier one counts no more.
    ///
    /// - Parameters:
    ///   - isToLink: whether Google is to open the account that the client has; else the client goes on as Google's.
    ///   - onNews: hears of everything up to the ending, later, on the loop's thread.
    public func signInByGoogle(isToLink: Bool, _ onNews: @escaping (SignInNews) -> Void) {
        cancelSignIn()
        let caller = RouteCaller(loop: loop, url: configuration.url, tls: configuration.tls)
        let authorize: CodeSignIn.Authorize = { [weak self] completion in
            let request = DeviceRequest(link: isToLink, client: Self.clientName)
            let route = Route.auth(.authorize(request))
            guard isToLink else { return caller.call(route, token: nil, completion: completion) }
            guard let session = self?.session else {
                return completion(.failure(.refused(Failure(.unauthorized, "not signed in"), status: 401)))
            }
            session.send(route, completion: completion)
        }
        let signIn = CodeSignIn(
            loop: loop, caller: caller, patience: codePatience, authorize: authorize, onNews: onNews
        ) { [weak self] ending in
            guard let self else { return }
            codeSignIn = nil
            onNews(.ended(take(ending, isToLink: isToLink)))
        }
        codeSignIn = signIn
        // So that nothing is told from inside a call of the owner's.
        loop.atEndOfIteration { [weak signIn] in signIn?.start() }
    }

    /// Waits no more for a code to be confirmed; nothing more is told of it.
    public func cancelSignIn() {
        codeSignIn?.close()
        codeSignIn = nil
    }

    /// Goes on as somebody else, as after a start.
    public func become(_ identity: ClientConfiguration.Identity) { become(identity, granted: nil) }

    private func take(_ ending: CodeFlow.Ending, isToLink: Bool) -> SignInEnding {
        switch ending {
        case .denied: return .denied
        case .expired: return .expired
        case .unavailable: return .unavailable
        case .refused(let failure): return .refused(failure)
        case .granted(let answer) where isToLink:
            endSpare(answer)
            return .linked(answer.account)
        case .granted(let answer):
            let kept = configuration.identity.kept
            // What can't be kept is asked for again at the next start.
            try? kept?.choose(.google, at: configuration.url)
            become(.google(kept: kept), granted: SessionTokens(answer, nowMs: WallClock.nowMs))
            return .signedIn(answer.account)
        }
    }

    /// Linking brings a second session of the account that the client has, which nobody needs.
    private func endSpare(_ answer: SessionAnswer) {
        let caller = RouteCaller(loop: loop, url: configuration.url, tls: configuration.tls)
        caller.call(.logout, token: answer.accessToken) { _ in caller.close() }
    }

    private func become(_ identity: ClientConfiguration.Identity, granted: SessionTokens?) {
        // The account that goes makes room at once.
        send(.leave)
        disconnect(code: .normal)
        cancelSignIn()
        session?.close()
        configuration.identity = identity
        session = makeSession(granted: granted)
        account = nil
        rooms = []
        clicks = ClickTracker(generator: SeededGenerator(seed: generator.next()))
        isAway = false
        backoff.reset()
        hasRenewedAtOnce = false
        if configuration.wantsToPlay { wish.ask(.play) }
        enter(.closed(.stopped))
        start()
    }
}

extension ClientConfiguration.Identity {
    /// Where its sessions are kept.
    var kept: SessionStore? {
        switch self {
        case .device(_, _, let kept), .google(let kept): kept
        case .guest: nil
        }
    }
}
