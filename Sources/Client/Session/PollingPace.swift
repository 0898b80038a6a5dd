/// How often a spectator may ask for changes, learned from the server's refusals.
///
/// It begins eagerly: a refusal spends nothing and tells how long the pause really is.
struct PollingPace {
    private(set) var pauseMs = 1_000
    private var spentUs: Int64?

    /// An answer came: a pause begins.
    mutating func answered(atUs: Int64) {
        spentUs = atUs
    }

    /// The server wants more of a pause; it is the time since the last answer and what it says is left.
    mutating func refused(retryAfterMs: Int, atUs: Int64) {
        guard let spentUs else { return }
        pauseMs = max(pauseMs, Int((atUs - spentUs) / 1000) + retryAfterMs)
    }
}
