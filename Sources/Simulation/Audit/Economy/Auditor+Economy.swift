import Engine
import Game
import Protocol

/// Points, skins and what is told of them.
extension Auditor {
    /// Takes a record of the economy; false for any other.
    mutating func keepEconomy(_ record: Record) -> Bool {
        switch record {
        case .points(let entry):
            points.add(entry, into: &verdict)
            services.note(points.balances[entry.account] ?? 0, of: entry.account)
        case .run(let run): keep(run)
        case .skin(let skin):
            skins.keep(skin)
            verdict.tally.installs += 1
        case .skinOwned(let ownership): keep(ownership)
        case .impression(let impression): keep(impression)
        case .feedback(let message): keep(message)
        case .flag(let flag): keep(flag)
        case .score(let score):
            guard case .arcade(let game) = score.board else { return false }
            keep(score, of: game)
        case .account(let account):
            points.add(account, into: &verdict)
            bans.keep(account)
            if let skin = account.skin {
                blame(
                    unless(
                        skins.isOwned(skin, by: account.id), .wornOwned,
                        "\(account.id) wears \(skin), which isn't its own"))
            }
            return false
        case .change, .session, .sessionEnded, .presence, .presencesCleared, .presenceEnded, .guest,
            .guestEnded, .snapshot, .epoch, .clickGame, .clickPush, .clickContributions, .relay, .puzzle,
            .flagsCleared, .audit, .rollback, .protection, .knob, .telegram:
            return false
        }
        return true
    }

    private mutating func keep(_ record: OwnershipRecord) {
        verdict.tally.purchases += 1
        let skin = skins.skins[record.skin]
        blame(
            unless(
                skin?.price == record.price, .ownedOnce,
                "\(record.account) paid \(record.price) for \(record.skin), which costs \(skin?.price ?? -1)")
        )
        let left = points.balances[record.account] ?? 0
        blame(
            unless(
                skins.keep(record, leaving: left, atUs: verdict.nowUs), .ownedOnce,
                "\(record.account) owns \(record.skin) twice"))
        points.owe(
            -record.price, to: record.account, for: .purchase, record.skin.rawValue, into: &verdict)
    }

    /// Holds what is answered about skins and points against what is kept.
    mutating func check(_ answer: Answer, to service: ServiceModel.Call) {
        guard let account = service.identity?.account else { return }
        if case .me(let me) = answer {
            blame(
                unless(
                    service.balances.contains(me.points), .truePoints,
                    "\(account) is told of \(me.points) points, its entries make \(service.balances)"))
        }
        switch (answer, service.route) {
        case (.purchased(let purchase), .skins(.purchase(let skin))):
            let left = skins.leftovers[SkinModel.Ownership(account: account, skin: skin)]
            blame(
                unless(
                    purchase.skin == skin && left == purchase.points, .keptAcknowledged,
                    "\(account) bought \(skin) with \(purchase.points) left, not \(left ?? -1)"))
        case (.failure(let failure), .skins(.purchase(let skin))):
            guard failure.code == .alreadyOwned else {
                if failure.code == .notEnoughPoints { verdict.tally.poorBuyers += 1 }
                return
            }
            verdict.tally.repeatedPurchases += 1
            blame(
                unless(
                    skins.isOwned(skin, by: account), .ownedOnce,
                    "\(account) is told that it owns \(skin)"))
        case (.me(let me), .skins(.wear(let skin))):
            verdict.tally.wears += 1
            blame(
                unless(
                    me.skin == skin && skin.map { skins.isOwned($0, by: account) } ?? true, .wornOwned,
                    "\(account) is told that it wears \(skin?.rawValue ?? "nothing")"))
        case (.skins(let offers), .skins(.list)):
            for offer in offers { check(offer, for: account, since: service.takenUs) }
        case (.me(let me), .me): checkBonus(me)
        default: break
        }
    }

    /// What is answered as a purchase became durable may be of before it.
    private mutating func check(_ offer: SkinOffer, for account: Identifier, since takenUs: Int64) {
        let skin = offer.skin.id
        blame(
            unless(
                offer.isOwned
                    ? skins.isOwned(skin, by: account)
                    : !skins.isOwned(skin, by: account, before: takenUs), .ownedOnce,
                "\(account) is told that it \(offer.isOwned ? "owns" : "doesn't own") \(skin)"))
    }

    private mutating func checkBonus(_ me: MeAnswer) {
        guard let bonus = me.loginBonus else { return }
        blame(
            unless(
                bonus.points == points.dailyPoints(onDay: bonus.streakDays), .dailyBonus,
                "\(me.account.id) is told of \(bonus.points) points on day \(bonus.streakDays)"))
    }

    /// Holds what a start found of the economy against what was kept.
    mutating func recover(economy found: RecoveredState) {
        points.recover(found.accounts, into: &verdict)
        let owned = Set(found.ownerships.map { SkinModel.Ownership(account: $0.account, skin: $0.skin) })
        let skins = Dictionary(uniqueKeysWithValues: found.skins.map { ($0.id, $0) })
        blame(
            unless(
                owned == self.skins.owned && found.ownerships.count == owned.count
                    && skins == self.skins.skins,
                .keptAcknowledged, "a start found other skins, or others' skins"))
        recover(bests: found.bests)
        recover(services: found)
        flags.restart()
    }
}
