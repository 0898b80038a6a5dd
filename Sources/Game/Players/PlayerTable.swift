public import Protocol

/// Which accounts play; all others are afk.
public struct PlayerTable: Sendable {
    /// What `play` led to.
    public enum Entry: Hashable, Sendable {
        case started
        case alreadyPlaying
        case full
    }

    private enum State: Sendable {
        case playing
    }

    private let capacity: Int
    private var states: [Identifier: State] = [:]

    /// Starts with everyone afk.
    public init(capacity: Int) {
        self.capacity = capacity
    }

    /// How many play.
    public var playingCount: Int { states.count }

    /// Whether an account plays.
    public func isPlaying(_ account: Identifier) -> Bool {
        states[account] != nil
    }

    /// The word for an account's state.
    public func status(of account: Identifier) -> StatusWord {
        switch states[account] {
        case .playing: .playing
        case nil: .afk
        }
    }

    /// Lets an account play while there is room.
    public mutating func play(_ account: Identifier) -> Entry {
        if states[account] != nil { return .alreadyPlaying }
        guard states.count < capacity else { return .full }
        states[account] = .playing
        return .started
    }

    /// Gives an account's place back; false if it had none.
    public mutating func leave(_ account: Identifier) -> Bool {
        states.removeValue(forKey: account) != nil
    }

    /// Those who play, sorted, so that the order never depends on hashing.
    public var playing: [Identifier] { states.keys.sorted() }
}
