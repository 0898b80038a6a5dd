import Engine
import Protocol

/// What people of the arcade do beside playing: they buy and wear skins, look at ads and write to the host.
extension World {
    mutating func lookAround(_ person: Int) {
        switch Int.random(in: 0..<200, using: &random) {
        case 0..<12: buy(person)
        case 12..<18: wear(person)
        case 18..<21: ask(.skins(.list), .curiosity, person)
        case 21..<22: ask(.skins(.colors), .curiosity, person)
        case 22..<34: wantAd(person)
        case 34..<38: write(person)
        case 38..<44: ask(.me, .curiosity, person)
        case 44..<48:
            let boards = Board.allCases
            let board = boards[Int.random(in: 0..<boards.count, using: &random)]
            ask(.leaderboard(board, chance(50) ? .all : .day), .curiosity, person)
        case 48..<51: say(.play, person)
        case 51..<56: say(.place(pixel()), person)
        case 56..<57: hangUp(person, forUs: milliseconds(500...6_000))
        case 57..<59: ask(.skins(.install(Self.skin(&random))), .curiosity, person)
        case 60..<64: lookBack(person)
        case 59..<60: if scenario.faults.contains(.duplicate) { runErrand(person) }
        default: break
        }
    }

    /// Looks at the canvas's past, now and then ahead of it.
    mutating func lookBack(_ person: Int) {
        let latest = max(disk.changes.last?.version ?? 0, disk.epochs.last?.firstVersion ?? 0)
        let version = Version.random(in: 0...latest + (chance(10) ? 50 : 0), using: &random)
        let route: HistoryRoute =
            switch Int.random(in: 0..<4, using: &random) {
            case 0: .overview
            case 1: .at(.version(version))
            case 2: .at(.time(ms: now.wallMs - milliseconds(0...60_000) / 1_000))
            default: .changes(after: version, limit: Int.random(in: 1...200, using: &random))
            }
        ask(.history(route), .curiosity, person)
    }

    private mutating func anySkin() -> SkinID? {
        disk.skins.keys.sorted().randomElement(using: &random)
    }

    /// Buys a skin, sometimes more than once at a time.
    private mutating func buy(_ person: Int) {
        guard let skin = anySkin() else { return }
        for _ in 0..<(chance(30) ? 4 : 1) { ask(.skins(.purchase(skin)), .curiosity, person) }
        if chance(30), let other = anySkin() { ask(.skins(.purchase(other)), .curiosity, person) }
        // What comes of it is asked while it is on its way to the disk.
        if chance(40) { ask(.me, .curiosity, person) }
        if chance(20) { ask(.skins(.list), .curiosity, person) }
    }

    private mutating func wear(_ person: Int) {
        let account = people[person].identity?.id
        let own = disk.ownerships.filter { $0.account == account }.map(\.skin)
        let skin = chance(70) ? own.randomElement(using: &random) : anySkin()
        ask(.skins(.wear(skin)), .curiosity, person)
    }

    /// A skin's file; each has another price.
    static func skin(_ random: inout SeededGenerator) -> [UInt8] {
        let number = Int.random(in: 0..<16, using: &random)
        return Workload.skin(number, price: number * 9 + Int.random(in: 0...3, using: &random))
    }

    // MARK: Ads

    mutating func wantAd(_ person: Int) {
        let page: AdPage? = chance(10) ? .home : AdPage(rawValue: "shop")
        if let page { ask(.ads(.next(before: page)), .ad, person) }
    }

    /// Takes the ad that was asked for, and will say when it is over; some can't wait.
    mutating func take(ad answer: Answer?, _ person: Int) {
        guard case .ad(let ad) = answer else { return }
        people[person].seat.impression = ad.impression
        let lifeUs = Int64(ad.ad.seconds) * 1_000_000
        let isEarly = chance(25)
        plan(
            .seen(person: person, ad.impression),
            inUs: isEarly ? Int64.random(in: 0..<lifeUs, using: &random) : lifeUs + milliseconds(0...900))
        if isEarly {
            plan(.seen(person: person, ad.impression), inUs: lifeUs + milliseconds(0...5_000))
        }
    }

    /// Says that an ad is over, sometimes twice, and sometimes of an ad that someone else was shown.
    mutating func tell(seen impression: Identifier, _ person: Int) {
        for _ in 0..<(chance(30) ? 2 : 1) { ask(.ads(.complete(impression)), .curiosity, person) }
        if chance(15), let other = people.randomElement(using: &random)?.seat.impression {
            ask(.ads(.complete(other)), .curiosity, person)
        }
    }

    // MARK: Feedback

    mutating func write(_ person: Int) {
        let words = "the dot shakes, says \(person) the \(Int.random(in: 1...999, using: &random))th time"
        if let message = FeedbackMessage(words) { ask(.feedback(message), .curiosity, person) }
    }
}
