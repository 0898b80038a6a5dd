import Crypto
import Protocol
import Transport

/// A sign-in and its tokens: kept for the next start where there is a place for them, renewed before they end,
/// and once when a call finds them ended.
final class Session {
    /// What became of the session.
    enum Change {
        case signedIn
        /// The same sign-in has a fresh token, or another program's took its place.
        case refreshed
    }

    /// What to hear: a token that wasn't known before.
    typealias Renewed = (_ account: AccountName, _ change: Change) -> Void
    /// What to hear: the account is banned, so that nothing will be answered any more.
    typealias Banned = (Failure) -> Void
    typealias Completion = (Result<Void, CallFailure>) -> Void

    private static let minDelayMs = 100

    /// The access token; nil before the first sign-in.
    var token: String? { guestToken ?? tokens?.accessToken }
    /// Whether the token is there and, as far as is known, good.
    var isOpen: Bool { token != nil && !isRefused }

    private let loop: EventLoop
    private let caller: RouteCaller
    /// For calls that take minutes, which no other call is to wait for.
    private let longCaller: RouteCaller
    private let url: ServerURL
    private let identity: ClientConfiguration.Identity
    private let patience: Renewal.Patience
    private let onRenewed: Renewed
    private let onBanned: Banned
    private var file: SessionFile?
    private var tokens: SessionTokens?
    private var guestToken: String?
    /// What a person's sign-in brought, until it is used.
    private var granted: SessionTokens?
    /// Whether the server refused the token where no call was to be repeated.
    private var isRefused = false
    /// A session that was ended for good, wherever it is kept.
    private var dropped: Identifier?
    private var renewal: Renewal?
    private var waiting: [Completion] = []
    private var generator: SeededGenerator
    private var refreshTimer: LoopTimer?
    private var renaming: LoopTimer?
    private var keeping: LoopTimer?

    /// Takes its place; nothing is asked before `open`.
    ///
    /// - Parameter granted: what a person's sign-in just brought, to begin with.
    init(
        loop: EventLoop, configuration: ClientConfiguration, patience: Renewal.Patience = .init(),
        granted: SessionTokens? = nil,
        onRenewed: @escaping Renewed, onBanned: @escaping Banned = { _ in }
    ) {
        self.loop = loop
        caller = RouteCaller(loop: loop, url: configuration.url, tls: configuration.tls)
        longCaller = RouteCaller(loop: loop, url: configuration.url, tls: configuration.tls)
        url = configuration.url
        identity = configuration.identity
        generator = SeededGenerator(seed: configuration.seed)
        self.patience = patience
        self.onRenewed = onRenewed
        self.onBanned = onBanned
        switch identity {
        case .device(let key, _, let kept):
            file = kept?.file(server: url, holder: .key(key.publicKey))
        case .google(let kept): file = kept?.file(server: url, holder: .google)
        case .guest: break
        }
        if let granted { keep(granted) }
        refreshTimer = loop.makeTimer { [weak self] in self?.refreshBeforeEnd() }
    }

    /// Keeps what was granted; until that is done, and where it can't be, the session lives in memory alone, out of
    /// the way of the file's.
    private func keep(_ granted: SessionTokens) {
        self.granted = granted
        guard let file else { return }
        self.file = nil
        write(granted, to: file, untilUs: loop.monotonicUs + Int64(patience.lockMs) * 1000)
    }

    /// Writes what was granted, or what became of it, as soon as the file's lock is free.
    private func write(_ granted: SessionTokens, to file: SessionFile, untilUs: Int64) {
        keeping = nil
        do throws(KeyringError) {
            // A token that is being refreshed is nobody else's to find.
            let lock = renewal == nil ? try file.lock() : nil
            if let lock {
                defer { withExtendedLifetime(lock) {} }
                try file.write(tokens ?? granted)
                self.file = file
            } else if loop.monotonicUs < untilUs {
                let timer = loop.makeTimer { [weak self] in
                    self?.write(granted, to: file, untilUs: untilUs)
                }
                timer.schedule(afterMs: Int.random(in: Renewal.lockPausesMs, using: &generator))
                keeping = timer
            }
        } catch {
            // What can't be kept lives in memory: a person signs in anew at the next start.
        }
    }

    /// Gets a good token: the one in use, the one kept, or a fresh one; the completion hears of it later.
    func open(_ completion: @escaping Completion) {
        if let granted {
            self.granted = nil
            return loop.atEndOfIteration { [weak self] in
                self?.use(granted, .signedIn)
                completion(.success(()))
            }
        }
        if !isOpen, tokens == nil, let kept = file?.read(), kept.isFresh(atMs: WallClock.nowMs),
            kept.sessionID != dropped
        {
            return loop.atEndOfIteration { [weak self] in
                self?.use(kept, .signedIn)
                completion(.success(()))
            }
        }
        guard isOpen else { return renew(completion) }
        loop.atEndOfIteration { completion(.success(())) }
    }

    /// Sends a route with the token; a 401 renews it once and repeats the route.
    ///
    /// - Parameter isLong: whether the answer may take as long as a rollback does.
    func send(_ route: Route, isLong: Bool = false, completion answer: @escaping RouteCaller.Completion) {
        let sent = token
        let caller = isLong ? longCaller : caller
        let timeoutMs = isLong ? Limits.rollbackTimeoutMs : RouteCaller.timeoutMs
        let completion: RouteCaller.Completion = { [weak self] result in
            answer(result)
            if case .failure(let failure) = result { self?.judge(failure) }
        }
        caller.call(route, token: sent, timeoutMs: timeoutMs) { [weak self] result in
            guard let self, case .failure(let failure) = result, failure.isUnauthorized, sent != nil else {
                return completion(result)
            }
            let repeatRoute = { [weak self] (renewal: Result<Void, CallFailure>) in
                guard let self, case .success = renewal else { return completion(result) }
                caller.call(route, token: token, timeoutMs: timeoutMs, completion: completion)
            }
            // Another call may have renewed the token meanwhile.
            if token != sent { repeatRoute(.success(())) } else { renew(repeatRoute) }
        }
    }

    /// Gets another token than the one in use; the completion hears of it later.
    func renew(_ completion: @escaping Completion) {
        waiting.append(completion)
        guard waiting.count == 1 else { return }
        switch identity {
        case .guest: signInAsGuest()
        case .device(let key, let name, _): renew(key: key, name: name)
        case .google: renew(startSignIn: nil)
        }
    }

    /// The server refused the token: the next `open` renews it.
    func refuse() { isRefused = true }

    /// The session was ended for good: its tokens are dropped, also where they are kept.
    func drop() {
        refreshTimer?.cancel()
        keeping = nil
        renewal = nil
        let sessionID = tokens?.sessionID
        dropped = sessionID ?? dropped
        tokens = nil
        complete(.failure(.refused(Failure(.unauthorized, "signed out"), status: 401)))
        guard let sessionID else { return }
        // Without the lock the file stays: the server refuses what is in it.
        guard let file, let lock = try? file.lock() else { return }
        withExtendedLifetime(lock) {
            if file.read()?.sessionID == sessionID { try? file.remove() }
        }
    }

    /// The account has another name from now on; what is kept says so, too, as soon as its lock is free.
    func rename(_ account: AccountName) {
        tokens?.account = account
        keepName(of: account, untilUs: loop.monotonicUs + Int64(patience.lockMs) * 1000)
    }

    /// The server tells the name again at every sign-in, so one that can't be kept is no loss.
    private func keepName(of account: AccountName, untilUs: Int64) {
        renaming = nil
        guard let file, file.read()?.account.id == account.id else { return }
        guard let lock = try? file.lock() else {
            guard loop.monotonicUs < untilUs else { return }
            let timer = loop.makeTimer { [weak self] in self?.keepName(of: account, untilUs: untilUs) }
            timer.schedule(afterMs: Self.minDelayMs)
            renaming = timer
            return
        }
        withExtendedLifetime(lock) {
            guard var kept = file.read(), kept.account.id == account.id else { return }
            kept.account = account
            try? file.write(kept)
        }
    }

    func close() {
        refreshTimer?.cancel()
        renaming = nil
        keeping = nil
        renewal = nil
        waiting = []
        caller.close()
        longCaller.close()
    }

    // MARK: Renewing

    private func renew(key: Ed25519PrivateKey, name: String?) {
        let (caller, url) = (caller, url)
        let seed = generator.next()
        renew {
            KeySignIn(
                caller: caller, url: url, key: key, name: name, generator: SeededGenerator(seed: seed),
                completion: $0)
        }
    }

    private func renew(startSignIn: Renewal.StartSignIn?) {
        let renewal = Renewal(
            loop: loop, caller: caller, file: file, current: tokens, dropped: dropped, patience: patience,
            generator: SeededGenerator(seed: generator.next()), startSignIn: startSignIn,
            completion: { [weak self] in self?.renewed($0) })
        self.renewal = renewal
        // So that nothing is told from inside a call of the owner's.
        loop.atEndOfIteration { [weak renewal] in renewal?.start() }
    }

    private func renewed(_ outcome: Renewal.Outcome) {
        if let renewal {
            file = renewal.file
            tokens = renewal.current
        }
        renewal = nil
        switch outcome {
        case .failed(let failure): return complete(.failure(failure))
        case .adopted(let tokens), .refreshed(let tokens):
            use(tokens, self.tokens == nil ? .signedIn : .refreshed)
        case .signedIn(let tokens): use(tokens, .signedIn)
        }
        complete(.success(()))
    }

    private func use(_ tokens: SessionTokens, _ change: Change) {
        self.tokens = tokens
        isRefused = false
        let delayMs = max(Int64(Self.minDelayMs), tokens.renewalMs - WallClock.nowMs)
        refreshTimer?.schedule(afterMs: Int(delayMs))
        onRenewed(tokens.account, change)
    }

    private func signInAsGuest() {
        caller.call(.signInAsGuest(name: nil), token: nil) { [weak self] result in
            guard let self else { return }
            switch result.answer(GuestAnswer.self) {
            case .failure(let failure): complete(.failure(failure))
            case .success(let guest):
                guestToken = guest.token
                isRefused = false
                onRenewed(guest.account, .signedIn)
                complete(.success(()))
            }
        }
    }

    private func complete(_ result: Result<Void, CallFailure>) {
        let completions = waiting
        waiting = []
        for completion in completions { completion(result) }
        if case .failure(let failure) = result { judge(failure) }
    }

    private func judge(_ failure: CallFailure) {
        guard case .refused(let refusal, _) = failure, refusal.code == .banned else { return }
        onBanned(refusal)
    }

    private func refreshBeforeEnd() {
        renew { [weak self] result in
            // A session that was ended meanwhile is not to come back by itself.
            guard let self, tokens != nil, case .failure(let failure) = result else { return }
            refreshTimer?.schedule(afterMs: max(patience.retryMs, failure.failure.retryAfterMs ?? 0))
        }
    }
}
