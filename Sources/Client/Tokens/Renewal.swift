import Protocol
import Transport

/// One way to a fresh access token: adopted from the file, refreshed, or by signing in.
///
/// A refresh happens under the lock of the session's file, and the file's tokens go before those in memory: of
/// several programs with one session one refreshes, the others take what it got, and no refresh token is sent
/// by two. One whose answer was lost is repeated, soon; a server takes what comes later for a theft and revokes
/// the whole session, so from then on the key signs in.
final class Renewal {
    /// How it ended.
    enum Outcome {
        /// Another program had renewed the session.
        case adopted(SessionTokens)
        case refreshed(SessionTokens)
        case signedIn(SessionTokens)
        case failed(CallFailure)
    }

    /// Signs in by the key.
    typealias StartSignIn = (@escaping (Result<SessionAnswer, CallFailure>) -> Void) -> KeySignIn

    /// How long things are waited for.
    struct Patience {
        var answerMs = Limits.refreshAnswerMs
        var repeatMs = Limits.refreshRepeatMs
        var lockMs = Limits.sessionLockMs
        var firstPauseMs = 250
        /// After a renewal that the session began by itself and that failed.
        var retryMs = 10_000
    }

    private static let maxTries = 5
    /// Between two tries to take the lock, in milliseconds.
    static let lockPausesMs = 10...50

    /// Where the session is kept; nil where nowhere is, or from when on that can't be.
    private(set) var file: SessionFile?
    /// The tokens in use; where a refresh got no answer, they know of it.
    private(set) var current: SessionTokens?

    private let loop: EventLoop
    private let caller: RouteCaller
    private let patience: Patience
    private let startSignIn: StartSignIn?
    private let completion: (Outcome) -> Void
    private let dropped: Identifier?
    private var generator: SeededGenerator
    private var lock: FileLock?
    private let lockedByUs: Int64
    private var timer: LoopTimer?
    private var signIn: KeySignIn?

    /// Takes what is known; nothing happens before `start`.
    ///
    /// - Parameters:
    ///   - current: the tokens in use, the access token of which won't do any more.
    ///   - dropped: a session that was ended for good, wherever it is kept.
    ///   - startSignIn: nil where only a person can sign in.
    ///   - completion: hears of it once, as long as the renewal is held on to.
    init(
        loop: EventLoop, caller: RouteCaller, file: SessionFile?, current: SessionTokens?,
        dropped: Identifier?,
        patience: Patience, generator: SeededGenerator,
        startSignIn: StartSignIn?,
        completion: @escaping (Outcome) -> Void
    ) {
        self.loop = loop
        self.caller = caller
        self.file = file
        self.current = current
        self.dropped = dropped
        self.patience = patience
        self.generator = generator
        self.startSignIn = startSignIn
        self.completion = completion
        lockedByUs = loop.monotonicUs + Int64(patience.lockMs) * 1000
    }

    func start() {
        if file == nil { proceed() } else { takeLock() }
    }

    private func takeLock() {
        do throws(KeyringError) {
            lock = try file?.lock()
        } catch {
            // The tokens in memory may be another program's, too, and only the lock tells who refreshes.
            file = nil
            return signIn(orFail: .unreachable("the kept session: \(error)", mayBeHeard: false))
        }
        if lock != nil { return proceed() }
        // Whoever has it for so long was stopped or hangs.
        guard loop.monotonicUs < lockedByUs else {
            return signIn(orFail: .unreachable("another program holds the session", mayBeHeard: false))
        }
        after(Int.random(in: Self.lockPausesMs, using: &generator)) { $0.takeLock() }
    }

    private func proceed() {
        let nowMs = WallClock.nowMs
        let kept = file?.read().flatMap { $0.sessionID == dropped ? nil : $0 }
        if let kept, kept.accessToken != current?.accessToken, kept.isFresh(atMs: nowMs) {
            return finish(.adopted(kept))
        }
        guard let tokens = kept ?? current, tokens.canRefresh(atMs: nowMs, repeatMs: patience.repeatMs) else {
            return signIn()
        }
        refresh(tokens, atMs: nowMs)
    }

    // MARK: Refreshing

    private func refresh(_ tokens: SessionTokens, atMs nowMs: Int64) {
        var sent = tokens
        if sent.refreshSentMs == nil { sent.refreshSentMs = nowMs }
        // Whoever comes after us, even if we end here, has to know that the token went out.
        guard keep(sent) else {
            return signIn(orFail: .unreachable("the session can't be kept", mayBeHeard: false))
        }
        call(sent, before: tokens, tries: 1)
    }

    /// Sends the refresh token; `before` are the tokens as they were before that.
    private func call(_ sent: SessionTokens, before: SessionTokens, tries: Int) {
        caller.call(.refresh(token: sent.refreshToken), token: nil, timeoutMs: patience.answerMs) {
            [weak self] result in
            guard let self else { return }
            switch result.answer(SessionAnswer.self) {
            case .success(let answer):
                var tokens = SessionTokens(answer, nowMs: WallClock.nowMs)
                // Whoever reads the old file gets the same child, so that nobody may refresh it unlocked.
                if !keep(tokens) { tokens.refreshSentMs = 0 }
                finish(.refreshed(tokens))
            case .failure(let failure): refreshFailed(failure, sent, before: before, tries: tries)
            }
        }
    }

    private func refreshFailed(
        _ failure: CallFailure, _ sent: SessionTokens, before: SessionTokens, tries: Int
    ) {
        switch failure {
        case .refused(_, status: 403), .refused(_, status: 429):
            // This time nobody took the token, but an earlier one may have been heard.
            remember(tries == 1 ? before : sent)
        case .refused(_, let status) where (400..<500).contains(status):
            // Unknown, used, revoked or not understood: the token is worth nothing, the key always is.
            return signIn()
        case .unreachable(_, mayBeHeard: false):
            remember(tries == 1 ? before : sent)
        case .refused, .unreachable:
            if sent.canRefresh(atMs: WallClock.nowMs, repeatMs: patience.repeatMs), tries < Self.maxTries {
                return after(patience.firstPauseMs << (tries - 1)) {
                    $0.repeatCall(sent, before: before, tries: tries + 1)
                }
            }
            remember(sent)
        }
        finish(.failed(failure))
    }

    private func repeatCall(_ sent: SessionTokens, before: SessionTokens, tries: Int) {
        // Asked again: the program may have been stopped meanwhile.
        guard sent.canRefresh(atMs: WallClock.nowMs, repeatMs: patience.repeatMs) else {
            return signIn()
        }
        call(sent, before: before, tries: tries)
    }

    // MARK: Signing in

    /// What a program can't do by itself, a person is asked for.
    private static let needsPerson = CallFailure.refused(
        Failure(.signInRequired, "the sign-in with Google is over: sign in again"), status: 403)

    /// Signs in by the key; without one the renewal fails.
    private func signIn(orFail failure: CallFailure = Renewal.needsPerson) {
        guard let startSignIn else { return finish(.failed(failure)) }
        signIn = startSignIn { [weak self] result in
            guard let self else { return }
            switch result {
            case .failure(let failure): finish(.failed(failure))
            case .success(let answer):
                let tokens = SessionTokens(answer, nowMs: WallClock.nowMs)
                keep(tokens)
                finish(.signedIn(tokens))
            }
        }
    }

    // MARK: Keeping

    /// Notes tokens whose refresh came to nothing.
    private func remember(_ tokens: SessionTokens) {
        keep(tokens)
        if current?.refreshToken == tokens.refreshToken { current = tokens }
    }

    /// Writes the tokens into the file; false where that can't be, since without the lock it is another's.
    @discardableResult
    private func keep(_ tokens: SessionTokens) -> Bool {
        guard let file else { return true }
        guard lock != nil else { return false }
        do throws(KeyringError) {
            try file.write(tokens)
            return true
        } catch {
            // From here on this program goes alone, in memory; it signs in anew at its next start.
            self.file = nil
            return false
        }
    }

    private func finish(_ outcome: Outcome) {
        timer = nil
        signIn = nil
        lock = nil
        completion(outcome)
    }

    private func after(_ delayMs: Int, _ body: @escaping (Renewal) -> Void) {
        let timer = loop.makeTimer { [weak self] in
            if let self { body(self) }
        }
        timer.schedule(afterMs: delayMs)
        self.timer = timer
    }
}
