import Game
import OpenID
import Protocol

/// Browsers that are at the identity provider, by the state that they come back with: each good for one return,
/// for the same browser, for a while, a bounded number.
struct WebSignIns {
    /// One of them.
    struct Attempt {
        let exchange: CodeExchange
        /// Whose sign-in it is about.
        let userCode: UserCode
        /// The cookie of the browser that went.
        let browser: String
        let startedMs: Int64
    }

    private var byState: [String: Attempt] = [:]
    private var order = Ring<String>()

    /// How many are open.
    var count: Int { byState.count }

    /// Notes a browser that goes.
    mutating func begin(_ attempt: Attempt, nowMs: Int64) {
        while let oldest = order.first {
            let isOver = byState[oldest].map { nowMs - $0.startedMs >= Limits.webSignInMs } ?? true
            guard isOver || order.count >= Limits.maxWebSignIns else { break }
            byState[oldest] = nil
            order.removeFirst(1)
        }
        byState[attempt.exchange.state] = attempt
        order.append(attempt.exchange.state)
    }

    /// Takes the attempt that a browser came back from; nil for a state that isn't open, or is another's.
    mutating func end(state: String, browser: String?, nowMs: Int64) -> Attempt? {
        guard let attempt = byState[state], let browser, BrowserMark.isSame(attempt.browser, browser) else {
            return nil
        }
        byState[state] = nil
        return nowMs - attempt.startedMs < Limits.webSignInMs ? attempt : nil
    }
}
