import Game
import Protocol

/// ID tokens that were taken once, until their own end: none signs in twice.
///
/// They are kept by the second in which they were made. What isn't known here any more is refused by its age: tokens
/// older than the server's start, and where there were too many, those of the oldest second and before.
struct PresentedTokens: Sendable {
    /// Tokens made in one second.
    private struct Second: Sendable {
        var fingerprints: Set<[UInt8]> = []
        /// When the last of them ends, in milliseconds since 1970.
        var endsAtMs: Int64 = .min
    }

    private var seconds: [Int64: Second] = [:]
    /// No second before this one has tokens.
    private var oldest: Int64
    /// Tokens made in earlier seconds aren't taken.
    private var floor: Int64
    private(set) var count = 0
    private let maxTokens: Int

    /// Starts at a server's start.
    ///
    /// - Parameter maxTokens: how many are remembered.
    init(at now: Moment, maxTokens: Int = Limits.maxPresentedTokens) {
        floor = Self.second(now.wallMs)
        oldest = floor
        self.maxTokens = maxTokens
    }

    /// Takes a token; false where it was taken before, or where that can't be known.
    mutating func take(_ holder: GoogleHolder, at now: Moment) -> Bool {
        dropEnded(at: now)
        let second = Self.second(holder.issuedAtMs)
        guard second >= floor else { return false }
        // Taken out while it changes, so that there is one copy of it.
        var made = seconds.removeValue(forKey: second) ?? Second()
        let isNew = made.fingerprints.insert(holder.fingerprint).inserted
        if isNew { made.endsAtMs = max(made.endsAtMs, holder.expiresAtMs) }
        seconds[second] = made
        guard isNew else { return false }
        oldest = min(oldest, second)
        count += 1
        while count > maxTokens {
            drop(oldest)
            floor = oldest
        }
        return true
    }

    /// Forgets a token that was taken in vain: it may come again.
    mutating func putBack(_ holder: GoogleHolder) {
        let second = Self.second(holder.issuedAtMs)
        guard seconds[second]?.fingerprints.remove(holder.fingerprint) != nil else { return }
        count -= 1
    }

    /// Looks at a few of the oldest seconds for each new token; one is worth nothing a little after its end.
    private mutating func dropEnded(at now: Moment) {
        for _ in 0..<Self.looks {
            guard oldest < Self.second(now.wallMs),
                seconds[oldest].map({ $0.endsAtMs + Self.skewMs <= now.wallMs }) ?? true
            else { return }
            drop(oldest)
        }
    }

    private mutating func drop(_ second: Int64) {
        count -= seconds.removeValue(forKey: second)?.fingerprints.count ?? 0
        oldest = second + 1
    }

    private static func second(_ ms: Int64) -> Int64 { ms / 1000 }

    private static let looks = 16
    /// More than the edge grants to clocks that differ.
    private static let skewMs: Int64 = 5 * 60_000
}
