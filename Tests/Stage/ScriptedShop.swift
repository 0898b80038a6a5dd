package import Protocol

/// Skins by the contract, with one account's purse, and what an admin brought.
package struct ScriptedShop {
    package let colors: BaseColors
    package private(set) var skins: [Skin]
    package var points = 100
    /// Today's bonus.
    package var loginBonus: LoginBonusAnswer?
    package private(set) var owned: Set<SkinID> = []
    package private(set) var worn: SkinID?

    package init() {
        let names = ["coral", "ink", "sand", "sky"]
        let shades = names.enumerated().map { index, name in
            BaseColor(name: name, color: Palette.Color(red: UInt8(60 * index), green: 10, blue: 20))
        }
        guard let colors = try? BaseColors(shades) else { preconditionFailure("four names are colors") }
        self.colors = colors
        skins = [Self.skin("plain", "Plain", price: 0), Self.skin("gold", "Gold", price: 80)]
    }

    /// A skin of the scripted colors.
    package static func skin(_ word: String, _ title: String, price: Int) -> Skin {
        guard let id = SkinID(rawValue: word) else { preconditionFailure("\(word) is no id") }
        return Skin(
            id: id, title: title, author: "Ada", price: price,
            inputs: [
                .cursor: ["coral"], .dot: ["coral"], .trail: ["sky", "ink"], .frame: ["ink"],
                .palette: ["ink", "sand", "sky", "coral"],
            ])
    }

    /// What the account is shown.
    package var offers: [SkinOffer] {
        skins.compactMap {
            SkinOffer($0, in: colors, isOwned: owned.contains($0.id), isEquipped: worn == $0.id)
        }
    }

    mutating func buy(_ id: SkinID) throws(Failure) -> PurchaseAnswer {
        guard let skin = skins.first(where: { $0.id == id }) else {
            throw Failure(.notFound, "there is no such skin")
        }
        guard !owned.contains(id) else { throw Failure(.alreadyOwned, "it is yours") }
        guard points >= skin.price else { throw Failure(.notEnoughPoints, "it costs \(skin.price)") }
        points -= skin.price
        owned.insert(id)
        return PurchaseAnswer(skin: id, points: points)
    }

    mutating func wear(_ id: SkinID?) throws(Failure) {
        if let id, !owned.contains(id) { throw Failure(.notOwned, "it isn't yours") }
        worn = id
    }

    /// Takes a skin's file; says whether it is new.
    mutating func install(_ json: [UInt8]) throws(Failure) -> Bool {
        let skin = try Skin(json: json, colors: colors)
        guard let index = skins.firstIndex(where: { $0.id == skin.id }) else {
            skins.append(skin)
            return true
        }
        skins[index] = skin
        return false
    }
}

/// Ads by the contract: each is shown once, and is over when a test says so.
package struct ScriptedAds {
    /// What is shown next.
    package var waiting: [Ad] = []
    /// The pages that were asked for.
    package private(set) var pages: [AdPage] = []
    /// The impressions that were seen to their end.
    package private(set) var completed: [Identifier] = []
    /// Refuses the next completions with these.
    package var refusals: [Failure] = []
    private var shown: [Identifier] = []

    mutating func next(before page: AdPage) -> AdAnswer? {
        pages.append(page)
        guard !waiting.isEmpty else { return nil }
        let impression = Identifier(rawValue: UInt64(500 + shown.count))
        shown.append(impression)
        return AdAnswer(impression: impression, ad: waiting.removeFirst())
    }

    mutating func complete(_ impression: Identifier) throws(Failure) {
        if !refusals.isEmpty { throw refusals.removeFirst() }
        guard shown.contains(impression) else { throw Failure(.notFound, "no such impression") }
        completed.append(impression)
    }
}
