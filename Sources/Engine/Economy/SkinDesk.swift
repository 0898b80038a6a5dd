import Protocol

/// The skins there are, and whose they are.
struct SkinDesk: Sendable {
    private var byID: [SkinID: Skin] = [:]
    private var owned: [Identifier: Set<SkinID>] = [:]
    private var owners: [SkinID: Int] = [:]

    /// Takes what was kept.
    init(skins: [Skin], ownerships: [OwnershipRecord]) {
        for skin in skins { byID[skin.id] = skin }
        for ownership in ownerships { own(ownership.skin, by: ownership.account) }
    }

    /// How many there are.
    var count: Int { byID.count }

    subscript(id: SkinID) -> Skin? {
        get { byID[id] }
        set { byID[id] = newValue }
    }

    /// All of them, the cheapest first.
    var sorted: [Skin] { byID.values.sorted { ($0.price, $0.id) < ($1.price, $1.id) } }

    /// Whether an account owns a skin.
    func isOwned(_ skin: SkinID, by account: Identifier) -> Bool { owned[account]?.contains(skin) ?? false }

    /// How many accounts own a skin.
    func ownerCount(of skin: SkinID) -> Int { owners[skin] ?? 0 }

    /// Notes that a skin is an account's.
    mutating func own(_ skin: SkinID, by account: Identifier) {
        guard owned[account, default: []].insert(skin).inserted else { return }
        owners[skin, default: 0] += 1
    }

    /// Forgets what an account owned that is gone.
    mutating func forget(_ account: Identifier) {
        for skin in owned.removeValue(forKey: account) ?? [] { owners[skin, default: 0] -= 1 }
    }

    /// Takes a purchase back that didn't become durable.
    mutating func disown(_ skin: SkinID, by account: Identifier) {
        guard owned[account]?.remove(skin) != nil else { return }
        owners[skin, default: 0] -= 1
    }
}
