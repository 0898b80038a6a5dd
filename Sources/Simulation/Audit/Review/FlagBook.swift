import Engine
import Protocol

/// What must be flagged, and what of it the disk owes.
struct FlagBook: Sendable {
    /// Commits until a flag must be kept: the one under way, and the next.
    private static let commits = 2

    struct Key: Hashable, Sendable {
        var account: Identifier
        var reason: FlagRecord.Reason
    }

    /// What is granted of one kind.
    private var granted = BucketLaw<Key>(burst: 3, onceInMs: 600_000)
    /// Flags that the log told of and that aren't kept yet.
    private var owed: [(key: Key, commitsLeft: Int)] = []
    /// What the input that is looked at may have flagged.
    private(set) var expected: [Key] = []
    private var excused: Set<Identifier> = []
    /// Whether storage takes no writes, as the server says.
    var isRefusing = false

    /// Notes something that is to be flagged; false where it had to be and wasn't, or was and there was enough.
    mutating func expect(_ key: Key, isLogged: Bool, atUs nowUs: Int64) -> Bool {
        guard isLogged else { return granted.mayBeEmpty(key, atUs: nowUs) }
        expected.append(key)
        return granted.spend(key, atUs: nowUs)
    }

    /// Lets an account's next flag pass, whatever it is for.
    mutating func excuse(_ account: Identifier) { excused.insert(account) }

    /// Takes a flag that the log tells of; false where nothing called for it.
    mutating func log(_ key: Key) -> Bool {
        owed.append((key, Self.commits))
        if let index = expected.firstIndex(of: key) {
            expected.remove(at: index)
            return true
        }
        return excused.contains(key.account)
    }

    /// The input is looked at.
    mutating func close() {
        expected = []
        excused = []
    }

    /// Takes a flag that was kept; false where the log didn't tell of it.
    mutating func keep(_ key: Key) -> Bool {
        guard let index = owed.firstIndex(where: { $0.key == key }) else { return false }
        owed.remove(at: index)
        return true
    }

    /// A commit was kept; returns the flags that should have been in it.
    mutating func settle() -> [Key] {
        for index in owed.indices { owed[index].commitsLeft -= 1 }
        let late = owed.filter { $0.commitsLeft <= 0 }
        owed.removeAll { $0.commitsLeft <= 0 }
        return late.map(\.key)
    }

    /// What the log told of and isn't kept.
    var owedKeys: [Key] { owed.map(\.key) }

    /// A commit failed, or storage takes writes again: what is owed comes with the next.
    mutating func retry() {
        for index in owed.indices { owed[index].commitsLeft = Self.commits }
    }

    mutating func restart() { self = FlagBook() }
}
