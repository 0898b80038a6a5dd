import Protocol

/// When a sign-in by a code asks what (RFC 8628, sections 3.2 to 3.5); somebody else asks, and waits.
///
/// Each method takes what happened and when, and returns what is to be done next.
struct CodeFlow {
    /// What is to be done.
    enum Order {
        case askForCode
        /// To ask whether the code was confirmed.
        case poll(deviceCode: String)
        /// To let time pass, in milliseconds, and say so.
        case wait(ms: Int64)
        case end(Ending)
    }

    /// How it ended.
    enum Ending {
        case granted(SessionAnswer)
        case denied
        case expired
        case unavailable
        case refused(Failure)
    }

    /// What a server granted: the secret that asks for the session, and what a person sees.
    struct Grant {
        var deviceCode: String
        var code: SignInCode
        var intervalMs: Int64
    }

    /// How long things are waited for, in milliseconds.
    struct Patience {
        /// What each `slow_down` adds to the interval; the RFC says so.
        var slowDownMs: Int64 = 5_000
        /// Between two tries to get a code, doubled with each that got no answer.
        var firstPauseMs: Int64 = 500
        /// No wait for an unreachable server is longer.
        var longestPauseMs: Int64 = 60_000
    }

    private let patience: Patience
    private var grant: Grant?
    private var intervalMs: Int64 = 0
    private var endsMs: Int64 = 0
    /// Questions without an answer since the last one that had one.
    private var silences = 0

    init(patience: Patience = Patience()) {
        self.patience = patience
    }

    /// Whether the last question had no answer.
    var isUnreachable: Bool { silences > 0 }

    /// The server granted a code.
    mutating func take(_ grant: Grant, nowMs: Int64) -> Order {
        self.grant = grant
        intervalMs = max(grant.intervalMs, 0)
        endsMs = nowMs + max(grant.code.lifeMs, 0)
        silences = 0
        return wait(intervalMs, nowMs: nowMs)
    }

    /// The wait is over.
    mutating func waited(nowMs: Int64) -> Order {
        guard let grant else { return .askForCode }
        return nowMs < endsMs ? .poll(deviceCode: grant.deviceCode) : .end(.expired)
    }

    /// A question was not answered as it should be.
    mutating func take(_ failure: CallFailure, nowMs: Int64) -> Order {
        switch failure {
        case .unreachable: return waitInSilence(nowMs: nowMs)
        case .refused(let refusal, let status):
            guard status < 500 else { return waitInSilence(nowMs: nowMs) }
            silences = 0
            switch refusal.code {
            case .authorizationPending: return wait(intervalMs, nowMs: nowMs)
            case .slowDown:
                intervalMs += patience.slowDownMs
                return wait(intervalMs, nowMs: nowMs)
            case .rateLimited:
                return wait(max(intervalMs, Int64(refusal.retryAfterMs ?? 0), 1_000), nowMs: nowMs)
            case .expiredToken: return .end(.expired)
            case .accessDenied: return .end(.denied)
            // A server from before has no such call at all.
            case .googleNotConfigured: return .end(.unavailable)
            case .notFound where grant == nil: return .end(.unavailable)
            default: return .end(.refused(refusal))
            }
        }
    }

    /// Each silence doubles the wait, as section 3.5 wants it.
    private mutating func waitInSilence(nowMs: Int64) -> Order {
        silences += 1
        let baseMs = grant == nil ? patience.firstPauseMs : max(intervalMs, patience.firstPauseMs)
        let doublings = min(grant == nil ? silences - 1 : silences, 16)
        return wait(min(baseMs << Int64(doublings), max(patience.longestPauseMs, intervalMs)), nowMs: nowMs)
    }

    /// Waits, but not beyond the code's end.
    private func wait(_ ms: Int64, nowMs: Int64) -> Order {
        .wait(ms: grant == nil ? ms : max(min(ms, endsMs - nowMs), 0))
    }
}
