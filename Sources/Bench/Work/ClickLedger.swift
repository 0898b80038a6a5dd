import Protocol

/// What guests pushed and what the server acknowledged, held against what it tells in the end.
struct ClickLedger {
    /// A guest's part.
    private struct Guest {
        var session: Identifier
        /// The numbers of all pushes that were acknowledged, in order.
        var clicks: [Int] = []
        var total = 0
        var planet: String?
        /// The latest push, and its answer once there is one.
        var latest: [Int] = []
        var receipt: ClickReceipt?
    }

    private var guests: [Guest]
    /// Clicks in all pushes that were acknowledged, each counted once.
    private(set) var acknowledgedClicks = 0
    /// Pushes that were acknowledged, each counted once.
    private(set) var acknowledgedPushes = 0
    /// Pushes sent again that were answered like the first time.
    private(set) var repeats = 0
    /// What didn't agree so far.
    private(set) var differences = 0
    /// The first thing that didn't agree.
    private(set) var firstDifference: String?

    /// Starts with guests by their sign-ins, none of whom has pushed.
    init(sessions: [Identifier]) {
        guests = sessions.map { Guest(session: $0) }
    }

    /// A guest is about to push; only its latest push may be repeated.
    mutating func push(_ clicks: [Int], guest: Int) {
        guests[guest].latest = clicks
        guests[guest].receipt = nil
    }

    /// The server acknowledged a guest's latest push, the first time or again.
    mutating func acknowledge(_ receipt: ClickReceipt, guest: Int) {
        if let first = guests[guest].receipt {
            repeats += 1
            if receipt != first { differ("guest \(guest): \(first) became \(receipt) when repeated") }
            return
        }
        let sum = guests[guest].latest.reduce(0, +)
        guests[guest].receipt = receipt
        guests[guest].clicks += guests[guest].latest
        guests[guest].total += sum
        acknowledgedClicks += sum
        acknowledgedPushes += 1
        let planet = guests[guest].planet ?? receipt.planet
        guests[guest].planet = planet
        if receipt.accepted != sum { differ("guest \(guest): \(sum) clicks, \(receipt.accepted) accepted") }
        if receipt.total != guests[guest].total {
            differ("guest \(guest): \(guests[guest].total) clicks in all, told \(receipt.total)")
        }
        if receipt.planet != planet { differ("guest \(guest) went from \(planet) to \(receipt.planet)") }
    }

    /// Holds a game's totals against the acknowledged pushes.
    mutating func compare(_ view: ClickGameView) {
        for planet in view.planets {
            let own = guests.filter { $0.planet == planet.name }
            let clicks = own.reduce(0) { $0 + $1.total }
            if planet.clicks != clicks {
                differ("\(planet.name): \(clicks) clicks acknowledged, \(planet.clicks) told")
            }
            if planet.players != own.count {
                differ("\(planet.name): \(own.count) guests pushed, \(planet.players) told")
            }
        }
        let told = view.planets.reduce(0) { $0 + $1.clicks }
        if told != acknowledgedClicks { differ("\(acknowledgedClicks) acknowledged, \(told) told in all") }
    }

    /// Holds a game's contributions, by planet and sign-in, against the acknowledged pushes.
    mutating func compare(_ contributions: [String: [String: [Int]]]) {
        var found = 0
        for (index, guest) in guests.enumerated() {
            guard let planet = guest.planet else { continue }
            let clicks = contributions[planet]?[guest.session.description]
            if clicks != guest.clicks {
                differ("guest \(index): \(guest.clicks) acknowledged, \(clicks ?? []) contributed")
            }
            found += clicks == nil ? 0 : 1
        }
        let listed = contributions.values.reduce(0) { $0 + $1.count }
        if listed != found { differ("\(listed) contributors, of whom \(listed - found) never pushed") }
    }

    private mutating func differ(_ text: String) {
        differences += 1
        firstDifference = firstDifference ?? text
    }
}
