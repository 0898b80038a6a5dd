import Protocol

/// Of whom the log told that they wrote and aren't allowed, so that nobody fills it.
struct StrangerBook: Sendable {
    private var toldAtMs: [Int64: Int64] = [:]
    private var unshown = 0

    /// Notes a message of a stranger's.
    ///
    /// - Returns: nil where the log isn't to tell of it; else how many messages it didn't tell of before.
    mutating func note(_ user: Int64, atMs: Int64) -> Int? {
        toldAtMs = toldAtMs.filter { atMs - $0.value < Limits.telegramStrangerMs }
        guard toldAtMs[user] == nil, toldAtMs.count < Limits.maxTelegramStrangers else {
            unshown += 1
            return nil
        }
        toldAtMs[user] = atMs
        defer { unshown = 0 }
        return unshown
    }
}
