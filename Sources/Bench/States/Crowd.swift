import Game
import Protocol

/// The accounts of a benchmark by their state, so that one of a state can be drawn in constant time.
struct Crowd {
    private var groups: [PlayerState: [Int]] = [:]
    private var states: [PlayerState]
    private var slots: [Int]

    /// Starts with everyone afk.
    init(count: Int) {
        states = [PlayerState](repeating: .afk, count: count)
        slots = Array(0..<count)
        groups[.afk] = Array(0..<count)
    }

    /// How many are in a state.
    func count(_ state: PlayerState) -> Int { groups[state]?.count ?? 0 }

    /// Somebody in a state; nil where nobody is.
    func draw(_ state: PlayerState, using random: inout SeededGenerator) -> Int? {
        groups[state]?.randomElement(using: &random)
    }

    /// Notes that someone is in a state now.
    mutating func move(_ account: Int, to state: PlayerState) {
        let former = states[account]
        guard former != state else { return }
        if let last = groups[former]?.popLast(), last != account {
            groups[former]?[slots[account]] = last
            slots[last] = slots[account]
        }
        states[account] = state
        slots[account] = count(state)
        groups[state, default: []].append(account)
    }
}
