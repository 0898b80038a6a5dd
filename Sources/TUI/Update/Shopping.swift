import Protocol

/// The shop: choosing, trying on, buying and wearing, and what the server makes of it.
extension Model {
    /// How the screen looks now.
    var look: SkinLook? { shop.look }

    /// Asks for the offers and the points; watchers, who have no account, have neither.
    mutating func askForSkins() -> [Command] {
        guard purpose == .play, link.isLive, !shop.isListing else { return [] }
        shop.isListing = true
        return [.shop(.look)]
    }

    // MARK: What the person does

    mutating func performInShop(_ action: Action, nowMs: Int64) -> [Command] {
        switch action {
        case .takeSkin: return takeSkin(nowMs: nowMs)
        case .tryOn: shop.step = shop.step == .tryingOn ? .looking : .tryingOn
        case .backToShop: shop.step = .looking
        case .standardLook:
            shop.choose(0)
            return shop.worn == nil ? [] : wear(nil, nowMs: nowMs)
        default: break
        }
        return []
    }

    /// Wears the chosen skin, or buys it: at the second press, when the price was said.
    private mutating func takeSkin(nowMs: Int64) -> [Command] {
        guard let offer = shop.offer else {
            guard shop.worn != nil else {
                say("You wear the standard look", .news, nowMs: nowMs)
                return []
            }
            return wear(nil, nowMs: nowMs)
        }
        if offer.isEquipped {
            say("You wear \(title(of: offer)) already", .news, nowMs: nowMs)
            return []
        }
        if offer.isOwned { return wear(offer.skin.id, nowMs: nowMs) }
        guard mayAsk(nowMs: nowMs, asPlayer: true), mayAskShop(nowMs: nowMs) else { return [] }
        if let missing = shop.missingPoints {
            say("\(Spelled.points(missing)) too few for \(title(of: offer))", .warning, nowMs: nowMs)
            return []
        }
        guard shop.points != nil else {
            say("Your points aren't known yet", .warning, nowMs: nowMs)
            return askForSkins()
        }
        guard shop.step == .buying else {
            shop.step = .buying
            return []
        }
        return ask(.buy(offer.skin.id))
    }

    private mutating func wear(_ skin: SkinID?, nowMs: Int64) -> [Command] {
        guard mayAsk(nowMs: nowMs, asPlayer: true), mayAskShop(nowMs: nowMs) else { return [] }
        return ask(.wear(skin))
    }

    private mutating func ask(_ wish: ShopWish) -> [Command] {
        shop.asking = wish
        return [.shop(wish)]
    }

    /// Whether the last wish was answered: points are spent once.
    private mutating func mayAskShop(nowMs: Int64) -> Bool {
        guard shop.asking != nil else { return true }
        say("Asking the server…", .news, nowMs: nowMs)
        return false
    }

    func title(of offer: SkinOffer) -> String { PlayerName.displayed(offer.skin.title) }

    // MARK: What the server tells

    mutating func take(_ report: ShopReport, nowMs: Int64) -> [Command] {
        switch report {
        case .offers(let offers): shop.take(offers)
        case .bought(let answer):
            shop.asking = nil
            shop.step = shop.step == .buying ? .looking : shop.step
            shop.own(answer.skin)
            shop.points = answer.points
            profile?.points = answer.points
            let name = shop.offers?.first { $0.skin.id == answer.skin }.map { title(of: $0) }
            let isChosen = page == .shop && shop.offer?.skin.id == answer.skin
            let text = "\(name ?? "It") is yours"
            let wear = bindings.words(
                text, .takeSkin, in: .shop, "wears it", spoken: "say wear to wear it")
            toast = Toast(
                words: isChosen ? wear : Words(text), kind: .celebration,
                untilMs: nowMs + Toast.celebrationMs)
        case .worn(let skin):
            shop.asking = nil
            shop.wear(skin)
            profile?.skin = skin
            shop.step = .looking
            say(
                shop.worn.map { "You wear \(title(of: $0))" } ?? "You wear the standard look", .news,
                nowMs: nowMs)
        case .failed(let wish, let failure): return shopFailed(wish, failure, nowMs: nowMs)
        }
        return []
    }

    private mutating func shopFailed(_ wish: ShopWish, _ failure: Failure, nowMs: Int64) -> [Command] {
        let (words, kind) = words(for: failure)
        switch wish {
        case .look:
            shop.miss(words.shown)
            return []
        case .buy, .wear:
            shop.asking = nil
            shop.step = .looking
        }
        if page == .shop { say(words, kind, nowMs: nowMs) }
        // What is shown here may not be what the server has: an answer that was lost tells nothing of what was done.
        return askForSkins()
    }

    // MARK: Mouse

    /// What the mouse does in the shop.
    mutating func takeOverShop(_ mouse: MouseEvent, nowMs: Int64) -> [Command] {
        switch mouse.kind {
        case .press(.left):
            let layout = ShopLayout(self)
            if let action = layout.action(column: mouse.column, row: mouse.row) {
                return performInShop(action, nowMs: nowMs)
            }
            switch shop.step {
            case .buying: shop.step = .looking
            case .tryingOn: break
            case .looking:
                guard let index = layout.index(column: mouse.column, row: mouse.row) else { return [] }
                // Without buttons on the screen a second click takes the place of theirs.
                if index == shop.chosen, layout.detail == nil { return takeSkin(nowMs: nowMs) }
                shop.choose(index)
            }
        case .wheelUp: shop.choose(by: -1)
        case .wheelDown: shop.choose(by: 1)
        case .press, .release, .motion: break
        }
        return []
    }
}
