import Engine
import Protocol

/// What was clicked in one game: for each planet and sign-in the numbers as they came.
///
/// The numbers are kept as the JSON they become, so that adding some costs no more than their digits, and the
/// whole text is put together without reading a push again.
struct GameContributions {
    /// What one sign-in clicked for one planet.
    private struct Share {
        let session: Identifier
        var clicks = 0
        /// Digits and commas.
        var numbers: [UInt8] = []
    }

    /// A side of the game.
    private struct Planet {
        let name: String
        /// In the order of their first pushes.
        var shares: [Share] = []
        var places: [Identifier: Int] = [:]
        /// Places by the sign-ins' text, which is also the order of their numbers.
        var order: [Int] = []

        mutating func sort() {
            guard order.count < shares.count else { return }
            order.append(contentsOf: order.count..<shares.count)
            order.sort { [shares] in shares[$0].session < shares[$1].session }
        }
    }

    /// An account or guest.
    private struct Holder {
        /// Where it pushed first.
        let planet: Int
        let isGuest: Bool
        var clicks = 0
    }

    /// The game.
    let game: Identifier
    private var planets: [Planet]
    private var holders: [Identifier: Holder] = [:]
    /// The whole as JSON, until something is added.
    private var text: [UInt8]?

    /// A game without a push, its planets in order.
    init(game: Identifier, planets: [String]) {
        self.game = game
        self.planets = planets.map { Planet(name: $0) }
    }

    /// Adds a push whose numbers are text already: digits with commas between them.
    mutating func add(
        session: Identifier, holder: Identifier, isGuest: Bool, planet name: String, accepted: Int,
        numbers: some Collection<UInt8>
    ) {
        text = nil
        let planet = index(of: name)
        holders[holder, default: Holder(planet: planet, isGuest: isGuest)].clicks += accepted
        let place = place(of: session, on: planet)
        planets[planet].shares[place].clicks += accepted
        if !planets[planet].shares[place].numbers.isEmpty {
            planets[planet].shares[place].numbers.append(UInt8(ascii: ","))
        }
        planets[planet].shares[place].numbers.append(contentsOf: numbers)
    }

    /// Adds a push.
    mutating func add(_ push: ClickPushRecord) {
        var numbers: [UInt8] = []
        JSONText.append(push.clicks, to: &numbers)
        add(
            session: push.session, holder: push.holder, isGuest: push.isGuest, planet: push.planet,
            accepted: push.accepted, numbers: numbers)
    }

    /// A planet that isn't one of the game's gets a place behind them: nothing that was kept is left out.
    private mutating func index(of name: String) -> Int {
        if let index = planets.firstIndex(where: { $0.name == name }) { return index }
        planets.append(Planet(name: name))
        return planets.count - 1
    }

    private mutating func place(of session: Identifier, on planet: Int) -> Int {
        if let place = planets[planet].places[session] { return place }
        let place = planets[planet].shares.count
        planets[planet].shares.append(Share(session: session))
        planets[planet].places[session] = place
        return place
    }

    /// `{"planet":{"SESSION":[30,23,…],…},…}`: planets in the game's order, sign-ins by their text.
    mutating func json() -> [UInt8] {
        if let text { return text }
        var json: [UInt8] = []
        let digits = planets.reduce(0) { $0 + $1.shares.reduce(0) { $0 + $1.numbers.count + 20 } }
        json.reserveCapacity(digits + planets.reduce(2) { $0 + $1.name.utf8.count + 16 })
        for planet in planets.indices {
            planets[planet].sort()
            json.append(UInt8(ascii: planet == 0 ? "{" : ","))
            JSONText.append(planets[planet].name, to: &json)
            json.append(contentsOf: ":{".utf8)
            for (index, place) in planets[planet].order.enumerated() {
                json.append(contentsOf: (index == 0 ? "\"" : ",\"").utf8)
                json.append(contentsOf: planets[planet].shares[place].session.description.utf8)
                json.append(contentsOf: "\":[".utf8)
                json.append(contentsOf: planets[planet].shares[place].numbers)
                json.append(UInt8(ascii: "]"))
            }
            json.append(UInt8(ascii: "}"))
        }
        if planets.isEmpty { json.append(UInt8(ascii: "{")) }
        json.append(UInt8(ascii: "}"))
        text = json
        return json
    }

    /// What a sign-in clicked.
    func clicks(of session: Identifier) -> Int {
        planets.reduce(0) { sum, planet in
            sum + (planet.places[session].map { planet.shares[$0].clicks } ?? 0)
        }
    }

    /// The planet that an account or guest pushed for; nil where it didn't.
    func planet(of holder: Identifier) -> String? { holders[holder].map { planets[$0.planet].name } }

    /// The accounts that pushed, over all their sign-ins, by their ids.
    var contributors: [ClickContributor] {
        holders.filter { !$0.value.isGuest }.sorted { $0.key < $1.key }.map { account, holder in
            ClickContributor(
                account: account, planet: planets[holder.planet].name, clicks: holder.clicks)
        }
    }

    /// Clicks and players of each planet, in order.
    var totals: [PlanetTotal] {
        var totals = planets.map { planet in
            PlanetTotal(
                name: planet.name, clicks: planet.shares.reduce(0) { $0 + $1.clicks }, players: 0)
        }
        for holder in holders.values { totals[holder.planet].players += 1 }
        return totals
    }
}
