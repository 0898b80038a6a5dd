import Engine
import Protocol

/// Skins as records tell: which there are, and whose they are since when.
struct SkinModel: Sendable {
    struct Ownership: Hashable, Sendable {
        var account: Identifier
        var skin: SkinID
    }

    private(set) var skins: [SkinID: Skin] = [:]
    private(set) var owned: Set<Ownership> = []
    private var keptUs: [Ownership: Int64] = [:]
    /// What each buyer had left.
    private(set) var leftovers: [Ownership: Int] = [:]

    mutating func keep(_ skin: Skin) { skins[skin.id] = skin }

    /// Takes a purchase; false where the skin was the account's.
    mutating func keep(_ record: OwnershipRecord, leaving points: Int, atUs nowUs: Int64) -> Bool {
        let ownership = Ownership(account: record.account, skin: record.skin)
        leftovers[ownership] = points
        keptUs[ownership] = nowUs
        return owned.insert(ownership).inserted
    }

    func isOwned(_ skin: SkinID, by account: Identifier) -> Bool {
        owned.contains(Ownership(account: account, skin: skin))
    }

    /// Whether the disk gave an account a skin before a time.
    func isOwned(_ skin: SkinID, by account: Identifier, before atUs: Int64) -> Bool {
        keptUs[Ownership(account: account, skin: skin)].map { $0 < atUs } ?? false
    }
}
