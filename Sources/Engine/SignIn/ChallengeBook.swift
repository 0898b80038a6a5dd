import Game
import Protocol

/// The challenges that wait for a signature: single use, short-lived, a bounded number.
struct ChallengeBook: Sendable {
    private struct Open: Sendable {
        var publicKey: [UInt8]
        var expiresUs: Int64
    }

    private var open: [[UInt8]: Open] = [:]
    /// Challenges by age; used ones stay until their turn comes.
    private var order = Ring<[UInt8]>()

    /// How many are open.
    var count: Int { open.count }

    /// Hands a challenge out to a key.
    mutating func issue(_ challenge: [UInt8], to publicKey: [UInt8], at now: Moment) {
        while let oldest = order.first {
            let isOver = open[oldest].map { $0.expiresUs <= now.monotonicUs } ?? true
            guard isOver || order.count >= Limits.maxChallenges else { break }
            open[oldest] = nil
            order.removeFirst(1)
        }
        let expiresUs = now.monotonicUs + Int64(Limits.challengeLifetimeMs) * 1000
        open[challenge] = Open(publicKey: publicKey, expiresUs: expiresUs)
        order.append(challenge)
    }

    /// Uses a challenge up; true if it was open for this key.
    mutating func use(_ challenge: [UInt8], by publicKey: [UInt8], at now: Moment) -> Bool {
        guard let found = open.removeValue(forKey: challenge) else { return false }
        return found.publicKey == publicKey && found.expiresUs > now.monotonicUs
    }
}
