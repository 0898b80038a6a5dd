import Protocol
import Transport

// Who we are, and the tokens that prove it.
extension GameClient {
    /// Asks for another name; the answer is the event `.renamed` or `.renameFailed`.
    public func rename(_ name: String) {
        guard let session else {
            let failure = Failure(.unauthorized, "not signed in")
            return loop.atEndOfIteration { [weak self] in self?.onEvent(.renameFailed(failure)) }
        }
        session.send(.rename(name: name)) { [weak self] result in
            guard let self else { return }
            switch result.answer(MeAnswer.self) {
            case .failure(let failure): onEvent(.renameFailed(failure.failure))
            case .success(let answer):
                account = answer.account
                session.rename(answer.account)
                onEvent(.renamed(answer.account))
            }
        }
    }

    /// A session of whoever the client is.
    ///
    /// - Parameter granted: what a person's sign-in just brought.
    func makeSession(granted: SessionTokens? = nil) -> Session {
        Session(
            loop: loop, configuration: configuration, granted: granted,
            onRenewed: { [weak self] in self?.renewed($0, $1) },
            onBanned: { [weak self] in self?.refused($0) })
    }

    func signIn() {
        enter(.signingIn)
        session?.open { [weak self] result in
            guard let self, state == .signingIn else { return }
            switch result {
            case .success: connect()
            case .failure(let failure): signInFailed(failure)
            }
        }
    }

    /// The session has a token that wasn't known before.
    func renewed(_ account: AccountName, _ change: Session.Change) {
        self.account = account
        if case .signedIn = change {
            let isGuest = if case .guest = configuration.identity { true } else { false }
            onEvent(.signedIn(account, isGuest: isGuest))
        }
        // An older sign-in's socket lives on under the new token.
        authenticate()
    }

    private func signInFailed(_ failure: CallFailure) {
        // A watcher without a token shares its address's cooldown and sees the same canvas.
        if configuration.mode == .watch, case .refused(let refusal, _) = failure, refusal.code == .rateLimited
        {
            return connect()
        }
        judge(failure)
    }

    /// Tells the socket of a fresh token, which prolongs its session.
    func authenticate() {
        guard isLinked, let token = session?.token, token != handshakeToken else { return }
        handshakeToken = token
        sendOwn(.authenticate(token: token), for: .token)
    }

    /// The socket didn't take the fresh token: there may be a better one, once.
    func authenticateRefused(_ failure: Failure) {
        guard failure.code.httpStatus == 401, !hasRenewedAtOnce else { return }
        hasRenewedAtOnce = true
        session?.renew { _ in }
    }
}
