import Protocol

/// Every account, found by id, key or name.
struct AccountDirectory: Sendable {
    private var byID: [Identifier: AccountRecord] = [:]
    private var byKey: [[UInt8]: Identifier] = [:]
    /// By `PlayerName.key`.
    private var byName: [String: Identifier] = [:]

    /// Takes the recovered accounts.
    init(_ accounts: [AccountRecord]) {
        for account in accounts { add(account) }
    }

    /// How many there are.
    var count: Int { byID.count }

    /// All of them, sorted by id.
    var sorted: [AccountRecord] { byID.values.sorted { $0.id < $1.id } }

    subscript(id: Identifier) -> AccountRecord? { byID[id] }

    /// The account of a key.
    func account(withKey key: [UInt8]) -> AccountRecord? {
        byKey[key].flatMap { byID[$0] }
    }

    /// Whether a name, or one that a reader takes for the same, is taken.
    func isTaken(_ name: String) -> Bool {
        byName[PlayerName.key(name)] != nil
    }

    /// A free name made from an id: `player-` and as many of its last characters as it takes.
    func freeName(for id: Identifier) -> String {
        let text = id.description
        var length = 5
        while length < text.count, isTaken("player-\(text.suffix(length))") { length += 1 }
        return "player-\(text.suffix(length))"
    }

    /// Adds an account whose id, key and name are free.
    mutating func add(_ account: AccountRecord) {
        byID[account.id] = account
        byKey[account.publicKey] = account.id
        byName[PlayerName.key(account.name)] = account.id
    }

    /// Takes an account back that never became durable.
    mutating func remove(_ id: Identifier) {
        guard let account = byID.removeValue(forKey: id) else { return }
        byKey[account.publicKey] = nil
        byName[PlayerName.key(account.name)] = nil
    }
}
