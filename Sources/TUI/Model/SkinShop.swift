import Protocol

/// The skins that the server offers, what the person has of them, and what is being done in the shop.
struct SkinShop: Hashable, Sendable {
    /// What is offered; nil until the server has told.
    private(set) var offers: [SkinOffer]?
    /// The person's profile points, where the server has told.
    var points: Int?
    /// Whether the offers were asked for and aren't there yet.
    var isListing = false
    /// Why there are none, for the person to read.
    var absence: String?
    /// The one that a key would take: 0 is the standard look, behind it the offers.
    private(set) var chosen = 0
    var step = Step.looking
    /// What was asked for and has no answer yet.
    var asking: ShopWish?

    /// What the person does with the chosen look.
    enum Step: Hashable, Sendable {
        /// Choosing from the list.
        case looking
        /// The whole screen wears it, to be seen and not to be kept.
        case tryingOn
        /// Asked whether to spend the points.
        case buying
    }

    /// The chosen offer; nil is the standard look.
    var offer: SkinOffer? {
        guard let offers, offers.indices.contains(chosen - 1) else { return nil }
        return offers[chosen - 1]
    }

    /// How many looks there are to choose from.
    var count: Int { 1 + (offers?.count ?? 0) }

    /// The offer that is worn; nil is the standard look.
    var worn: SkinOffer? { offers?.first(where: \.isEquipped) }

    /// How the screen is to look: as the person wears it, or as it is tried on.
    var look: SkinLook? { step == .tryingOn ? offer?.look : worn?.look }

    /// The points that the chosen skin costs more than the person has; nil where it can be bought.
    var missingPoints: Int? {
        guard let offer, !offer.isOwned, let points, offer.skin.price > points else { return nil }
        return offer.skin.price - points
    }

    // MARK: Choosing

    mutating func choose(by step: Int) { choose(chosen + step) }

    mutating func choose(_ index: Int) {
        chosen = min(max(index, 0), count - 1)
        if step == .buying { step = .looking }
    }

    // MARK: What the server tells

    /// Takes the offers; the choice stays on the skin that it was on, at first on the one that is worn.
    mutating func take(_ offers: [SkinOffer]) {
        let before = self.offers == nil ? offers.first(where: \.isEquipped)?.skin.id : offer?.skin.id
        self.offers = offers
        isListing = false
        absence = nil
        chosen = before.flatMap { id in offers.firstIndex { $0.skin.id == id } }.map { $0 + 1 } ?? 0
        // What was about to be bought or worn may have gone.
        if offer?.skin.id != before { step = .looking }
    }

    /// The offers can't be had.
    mutating func miss(_ words: String) {
        isListing = false
        if offers == nil { absence = words }
    }

    /// A skin is the person's now.
    mutating func own(_ skin: SkinID) { change { if $0.skin.id == skin { $0.isOwned = true } } }

    /// The person wears a skin now, or the standard look.
    mutating func wear(_ skin: SkinID?) { change { $0.isEquipped = $0.skin.id == skin } }

    private mutating func change(_ body: (inout SkinOffer) -> Void) {
        offers = offers?.map { offer in
            var offer = offer
            body(&offer)
            return offer
        }
    }
}
