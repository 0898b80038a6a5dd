import Protocol

/// Every account that isn't deleted, found by id, key, Google account or name.
struct AccountDirectory: Sendable {
    /// What the names of deleted accounts begin with; nobody else's may.
    private static let deletedPrefix = "deleted-"
    private static let keyBytes = 32

    private var byID: [Identifier: AccountRecord] = [:]
    private var byKey: [[UInt8]: Identifier] = [:]
    private var byGoogle: [String: Identifier] = [:]
    /// By `PlayerName.key`.
    private var byName: [String: Identifier] = [:]
    /// Those who are admins whatever their records say.
    private let admins: Set<Identifier>
    /// Those whose records name more than `player`.
    private var staff: Set<Identifier> = []

    /// Takes the recovered accounts.
    init(_ accounts: [AccountRecord], admins: [Identifier]) {
        self.admins = Set(admins)
        for account in accounts { put(account) }
    }

    /// How many there are.
    var count: Int { byID.count }

    /// All of them, sorted by id.
    var sorted: [AccountRecord] { byID.values.sorted { $0.id < $1.id } }

    /// Those who may do more than play, sorted by id.
    var staffSorted: [Identifier] { staff.union(admins.filter { self[$0] != nil }).sorted() }

    subscript(id: Identifier) -> AccountRecord? { byID[id] }

    /// The account of a key.
    func account(withKey key: [UInt8]) -> AccountRecord? {
        byKey[key].flatMap { byID[$0] }
    }

    /// The account of a Google account.
    func account(withGoogle id: String) -> AccountRecord? {
        byGoogle[id].flatMap { byID[$0] }
    }

    /// The account with an id or a name.
    func account(called text: String) -> AccountRecord? {
        Identifier(text).flatMap { self[$0] } ?? byName[PlayerName.key(text)].flatMap { self[$0] }
    }

    /// What an account may do.
    func role(of id: Identifier) -> Role {
        guard let account = self[id] else { return .player }
        return admins.contains(id) ? .admin : account.role
    }

    /// Whether someone else has a name, or one that a reader takes for the same, or nobody may have it.
    func isTaken(_ name: String, otherThan id: Identifier? = nil) -> Bool {
        let key = PlayerName.key(name)
        // A host's commands take ids and names alike.
        if key.hasPrefix(Self.deletedPrefix) || Identifier(key) != nil { return true }
        guard let holder = byName[key] else { return false }
        return holder != id
    }

    /// A free name made from an id: `player-` and as many of its last characters as it takes.
    func freeName(for id: Identifier) -> String {
        let text = id.description
        var length = 5
        while length < text.count, isTaken("player-\(text.suffix(length))") { length += 1 }
        return "player-\(text.suffix(length))"
    }

    /// Adds an account whose id, key and name are free, or puts what became of one in its place.
    mutating func put(_ account: AccountRecord) {
        remove(account.id)
        byID[account.id] = account
        byName[PlayerName.key(account.name)] = account.id
        if let key = account.publicKey { byKey[key] = account.id }
        if let google = account.googleID { byGoogle[google] = account.id }
        if account.role > .player { staff.insert(account.id) }
    }

    /// Takes a change back that never became durable: the former record returns, or none.
    mutating func revert(_ id: Identifier, to former: AccountRecord?) {
        if let former { put(former) } else { remove(id) }
    }

    /// What is left of a deleted account: its id in the canvas's history, under a name of its own.
    func tombstone(of account: AccountRecord, at now: Moment) -> AccountRecord {
        var stone = account
        stone.name = Self.deletedPrefix + account.id.description
        // A name like it may have been taken before such names were kept back.
        var number = 2
        while let holder = byName[PlayerName.key(stone.name)], holder != account.id {
            stone.name = Self.deletedPrefix + account.id.description + "-\(number)"
            number += 1
        }
        // Bytes that differ from those of every other account and are no key that someone could hold.
        let idBytes = withUnsafeBytes(of: account.id.rawValue.bigEndian) { Array($0) }
        stone.publicKey = idBytes + [UInt8](repeating: 0, count: Self.keyBytes - idBytes.count)
        stone.googleID = nil
        stone.role = .player
        stone.skin = nil
        stone.deletedAtMs = now.wallMs
        return stone
    }

    private mutating func remove(_ id: Identifier) {
        guard let account = byID.removeValue(forKey: id) else { return }
        byName[PlayerName.key(account.name)] = nil
        staff.remove(id)
        if let key = account.publicKey { byKey[key] = nil }
        if let google = account.googleID { byGoogle[google] = nil }
    }
}
