import Protocol

/// Those who wait for a place, first come, first served; positions, the first present one and removals from
/// the middle cost log n.
///
/// Everyone stands in a slot; slots rise, but for empty ones at the end, and are dealt anew when they run out.
struct WaitingLine: Sendable {
    /// One who waits.
    struct Waiting: Sendable {
        /// Where it stands among the slots.
        fileprivate(set) var slot: Int
        /// Since when, in milliseconds since 1970.
        let sinceMs: Int64
        /// Since when its socket is gone, in microseconds; nil while it is open.
        fileprivate(set) var absentSinceUs: Int64?
        /// The position it was told last, from 1, and when; 0 before the first time.
        fileprivate var toldPosition = 0
        fileprivate var toldUs: Int64 = 0

        /// Notes what it is told.
        mutating func told(_ position: Int, atUs: Int64) {
            toldPosition = position
            toldUs = atUs
        }

        /// Notes what it is told if that is news, it is there to hear it and heard nothing for a while;
        /// false if it is told nothing.
        mutating func tell(_ position: Int, everyUs: Int64, atUs: Int64) -> Bool {
            guard absentSinceUs == nil, toldPosition != position,
                toldPosition == 0 || toldUs + everyUs <= atUs
            else { return false }
            told(position, atUs: atUs)
            return true
        }
    }

    private static let minSlots = 64

    private var waiting: [Identifier: Waiting] = [:]
    private var slots: [Identifier?] = []
    private var all = FenwickTree(capacity: minSlots)
    private var present = FenwickTree(capacity: minSlots)

    /// How many wait, present or not.
    var count: Int { waiting.count }

    /// How many of them have a socket open.
    var presentCount: Int { slots.isEmpty ? 0 : present.sum(through: slots.count - 1) }

    /// One who waits; nil for everyone else.
    subscript(account: Identifier) -> Waiting? { waiting[account] }

    /// The first in line whose socket is open.
    var firstPresent: Identifier? { present.index(ofRank: 1).flatMap { slots[$0] } }

    /// The position in line, from 1; those without a socket count.
    func position(of account: Identifier) -> Int? {
        waiting[account].map { all.sum(through: $0.slot) }
    }

    /// The account at a position from 1.
    func account(at position: Int) -> Identifier? {
        all.index(ofRank: position).flatMap { slots[$0] }
    }

    /// Whether an account that waits is the last.
    func isLast(_ account: Identifier) -> Bool { slots.last == account }

    /// Everyone in order.
    var inOrder: [Identifier] { slots.compactMap { $0 } }

    /// Every so many-th slot's account with its position: all lanes together are everyone once.
    func lane(_ lane: Int, of lanes: Int) -> [(account: Identifier, position: Int)] {
        stride(from: lane, to: slots.count, by: lanes).compactMap { slot in
            slots[slot].map { ($0, all.sum(through: slot)) }
        }
    }

    /// Puts an account that doesn't wait yet at the end.
    ///
    /// - Returns: whether slots were dealt anew, so that everyone's lane may be another.
    mutating func append(_ account: Identifier, sinceMs: Int64, absentSinceUs: Int64?) -> Bool {
        precondition(waiting[account] == nil, "an account waits once")
        let isDealt = slots.count == all.capacity
        if isDealt { dealSlots() }
        waiting[account] = Waiting(slot: slots.count, sinceMs: sinceMs, absentSinceUs: absentSinceUs)
        all.add(1, at: slots.count)
        if absentSinceUs == nil { present.add(1, at: slots.count) }
        slots.append(account)
        return isDealt
    }

    /// Takes an account out of the line; false if it doesn't wait.
    @discardableResult
    mutating func remove(_ account: Identifier) -> Bool {
        guard let gone = waiting.removeValue(forKey: account) else { return false }
        all.add(-1, at: gone.slot)
        if gone.absentSinceUs == nil { present.add(-1, at: gone.slot) }
        slots[gone.slot] = nil
        while let last = slots.last, last == nil { slots.removeLast() }
        return true
    }

    /// Notes since when an account's socket is gone, or that it is open.
    mutating func setAbsent(_ account: Identifier, sinceUs: Int64?) {
        guard let former = waiting[account] else { return }
        waiting[account]?.absentSinceUs = sinceUs
        if (former.absentSinceUs == nil) != (sinceUs == nil) {
            present.add(sinceUs == nil ? 1 : -1, at: former.slot)
        }
    }

    /// Notes what an account was told.
    mutating func told(_ account: Identifier, position: Int, atUs: Int64) {
        waiting[account]?.told(position, atUs: atUs)
    }

    /// Tells an account its position if that is news and its last one some time ago; since when it waits, or nil
    /// if it is told nothing.
    mutating func tell(_ account: Identifier, position: Int, everyUs: Int64, atUs: Int64) -> Int64? {
        guard waiting[account]?.tell(position, everyUs: everyUs, atUs: atUs) == true else { return nil }
        return waiting[account]?.sinceMs
    }

    /// Closes the gaps, with room for as many again.
    private mutating func dealSlots() {
        slots = slots.filter { $0 != nil }
        let capacity = max(Self.minSlots, 2 * slots.count)
        all = FenwickTree(capacity: capacity)
        present = FenwickTree(capacity: capacity)
        slots.reserveCapacity(capacity)
        for (slot, account) in slots.enumerated() {
            guard let account else { continue }
            waiting[account]?.slot = slot
            all.add(1, at: slot)
            if waiting[account]?.absentSinceUs == nil { present.add(1, at: slot) }
        }
    }
}
