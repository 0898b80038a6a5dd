import Game
import Protocol

/// Who may enter no code for a while: addresses that entered too many that nobody was given.
///
/// With 20^8 codes, of which few are under way, five tries in a quarter of an hour find one in ages, from
/// however many addresses they come. A right code clears nothing, or whoever guesses would enter one's own.
struct CodeLock: Sendable {
    private struct Entry: Sendable {
        var failures = 0
        var firstUs: Int64
        var lockedUntilUs: Int64?
    }

    private static let spanUs = Int64(Limits.codeLockMs) * 1000

    private var entries: [String: Entry] = [:]
    private var order = Ring<String>()

    /// How long an address has to wait, in microseconds; 0 where it needn't.
    func waitUs(_ address: String, at now: Moment) -> Int64 {
        max(0, (entries[address]?.lockedUntilUs ?? 0) - now.monotonicUs)
    }

    /// Counts a code that nobody was given.
    mutating func noteFailure(of address: String, at now: Moment) {
        dropOld(at: now)
        if entries[address] == nil {
            while order.count >= Limits.maxRateKeys, let oldest = order.popFirst() { entries[oldest] = nil }
            order.append(address)
        }
        var entry = entries[address] ?? Entry(firstUs: now.monotonicUs)
        if isOver(entry, at: now) { entry = Entry(firstUs: now.monotonicUs) }
        entry.failures += 1
        if entry.failures >= Limits.wrongCodesToLock {
            entry.lockedUntilUs = now.monotonicUs + Self.spanUs
        }
        entries[address] = entry
    }

    private func isOver(_ entry: Entry, at now: Moment) -> Bool {
        (entry.lockedUntilUs ?? entry.firstUs + Self.spanUs) <= now.monotonicUs
    }

    /// Looks at two old ones for each new one, so that memory follows the last quarter of an hour.
    private mutating func dropOld(at now: Moment) {
        for _ in 0..<2 {
            guard let address = order.popFirst() else { return }
            if let entry = entries[address], !isOver(entry, at: now) {
                order.append(address)
            } else {
                entries[address] = nil
            }
        }
    }
}
