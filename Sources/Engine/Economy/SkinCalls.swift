import Game
import Protocol

extension ServerEngine {
    private static let noSkin = Failure(.notFound, "There is no such skin.")

    /// Answers what a read asks of skins.
    func readSkins(_ route: SkinRoute, by caller: Caller) -> Answer {
        switch route {
        case .colors: return .baseColors(configuration.baseColors)
        case .list:
            guard let account = caller.account else { return .failure(caller.accountRefusal) }
            return .skins(
                skins.sorted.compactMap { skin in
                    SkinOffer(
                        skin, in: configuration.baseColors, isOwned: skins.isOwned(skin.id, by: account),
                        isEquipped: accounts[account]?.skin == skin.id)
                })
        case .purchase, .wear, .install: preconditionFailure("these routes change something")
        }
    }

    /// Does what a write asks of skins; answered once durable.
    mutating func writeSkins(
        _ id: RequestID, _ route: SkinRoute, by caller: Caller, at now: Moment, into effects: inout [Effect]
    ) {
        guard let account = caller.account, let former = accounts[account] else {
            effects.append(.respond(id, .failure(caller.accountRefusal)))
            return
        }
        if let refusal = writeRefusal {
            effects.append(.respond(id, .failure(refusal)))
            return
        }
        do throws(Failure) {
            switch route {
            case .purchase(let skin): try buy(skin, for: former, id, at: now)
            case .wear(let skin): try wear(skin, caller, former, id, at: now)
            case .install(let json):
                if let refusal = adminRefusal(caller) { throw refusal }
                let installed = try install(json, by: .account(account), at: now)
                let answer = Answer.skin(installed.skin, isNew: installed.isNew)
                commits.hold(
                    Held(
                        asker: .request(id), answer: .response(answer),
                        log: .skinInstalled(installed.skin.id)))
            case .list, .colors: preconditionFailure("these routes change nothing")
            }
        } catch {
            // It may rest on a purchase that is on its way to storage.
            respond(id, .failure(error), onceDurable: account, into: &effects)
        }
    }

    /// Takes the price and gives the skin, in one commit.
    private mutating func buy(
        _ id: SkinID, for former: AccountRecord, _ request: RequestID, at now: Moment
    ) throws(Failure) {
        guard let skin = skins[id] else { throw Self.noSkin }
        guard !skins.isOwned(id, by: former.id) else {
            throw Failure(.alreadyOwned, "This skin is yours.")
        }
        guard former.points >= skin.price else {
            throw Failure(
                .notEnoughPoints, "\(skin.title) costs \(skin.price) points; you have \(former.points).")
        }
        var account = former
        account.points -= skin.price
        put(account, inPlaceOf: former, -skin.price, for: .purchase, source: id.rawValue, at: now)
        skins.own(id, by: account.id)
        let ownership = OwnershipRecord(
            account: account.id, skin: id, price: skin.price, atMs: now.wallMs)
        let answer = PurchaseAnswer(skin: id, points: account.points)
        commits.add(
            .skinOwned(ownership),
            held: Held(
                asker: .request(request), answer: .response(.purchased(answer)),
                log: .skinBought(account: account.id, id)),
            reversal: .ownership(account.id, id))
    }

    private mutating func wear(
        _ skin: SkinID?, _ caller: Caller, _ former: AccountRecord, _ request: RequestID, at now: Moment
    ) throws(Failure) {
        if let skin {
            guard skins[skin] != nil else { throw Self.noSkin }
            guard skins.isOwned(skin, by: former.id) else {
                throw Failure(.notOwned, "Only your own skins can be worn; buy it first.")
            }
        }
        var account = former
        account.skin = skin
        accounts.put(account)
        guard let identity = caller.identity, let me = me(identity, at: now) else {
            preconditionFailure("a token that stands has a holder")
        }
        commits.add(
            .account(account), held: Held(asker: .request(request), answer: .me(me)),
            reversal: .account(account.id, former: former))
    }

    /// Puts a skin among those for sale, in place of one with its id: whoever owns that one owns this.
    ///
    /// The caller has someone wait for it.
    mutating func install(
        _ json: [UInt8], by actor: Actor, at now: Moment
    ) throws(Failure) -> (skin: Skin, isNew: Bool) {
        let skin = try Skin(json: json, colors: configuration.baseColors)
        let former = skins[skin.id]
        guard former != nil || skins.count < Limits.maxSkins else {
            throw Failure(.badRequest, "There are \(Limits.maxSkins) skins, and no more can be.")
        }
        skins[skin.id] = skin
        commits.add(.skin(skin), reversal: .skin(skin.id, former: former))
        audit("install_skin", of: skin.id.rawValue, skin.title, by: actor, at: now)
        return (skin, former == nil)
    }

    /// Every skin, for a host.
    var hostSkins: HostAnswer {
        .skins(
            skins.sorted.map {
                HostSkin(
                    id: $0.id.rawValue, title: $0.title, price: $0.price, owners: skins.ownerCount(of: $0.id))
            })
    }
}
