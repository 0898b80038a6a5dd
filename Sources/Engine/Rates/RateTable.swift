import Game

/// One rate over many keys, in bounded memory.
public struct RateTable<Key: Hashable & Sendable>: Sendable {
    private let rule: GCRA?
    private let maxKeys: Int
    private var arrivals: [Key: Int64] = [:]
    /// Every key in `arrivals` once, in the order in which they are looked at for dropping.
    private var order = Ring<Key>()

    /// Starts empty; a rate of 0 lets all pass.
    public init(_ rate: Rate, maxKeys: Int) {
        self.init(GCRA(rate), maxKeys: maxKeys)
    }

    /// Starts empty; no rule lets all pass.
    init(_ rule: GCRA?, maxKeys: Int) {
        self.rule = rule
        self.maxKeys = maxKeys
    }

    /// How many keys are remembered.
    var count: Int { arrivals.count }

    /// How long a key must wait, in microseconds; 0 when it may pass now.
    ///
    /// Spends nothing.
    public func waitUs(_ key: Key, at nowUs: Int64) -> Int64 {
        guard let rule, let arrival = arrivals[key] else { return 0 }
        return rule.waitUs(arrival, at: nowUs)
    }

    /// Spends one event if it may pass; otherwise answers how long to wait, in microseconds.
    public mutating func spend(_ key: Key, at nowUs: Int64) -> Int64 {
        guard let rule else { return 0 }
        guard let arrival = arrivals[key] else {
            arrivals[key] = rule.spent(nowUs * 1000, at: nowUs)
            order.append(key)
            dropSpent(rule, at: nowUs)
            return 0
        }
        let wait = rule.waitUs(arrival, at: nowUs)
        if wait == 0 { arrivals[key] = rule.spent(arrival, at: nowUs) }
        return wait
    }

    /// Looks at two old keys for each new one, so that spent ones go faster than keys come; a table that is
    /// still full forgets the key that wasn't looked at for longest.
    private mutating func dropSpent(_ rule: GCRA, at nowUs: Int64) {
        for _ in 0..<2 {
            guard let key = order.popFirst() else { return }
            if let arrival = arrivals[key], arrival > nowUs * 1000 {
                order.append(key)
            } else {
                arrivals[key] = nil
            }
        }
        while arrivals.count > maxKeys, let key = order.popFirst() { arrivals[key] = nil }
    }
}
