import Protocol

/// The click war as far as the server has told, and one's own clicks.
struct ClickWar: Hashable, Sendable {
    /// The game that is on, comes or was last; nil until the server has told.
    private(set) var game: ClickGameView?
    /// Why there is none, for the person to read.
    private(set) var absence: String?
    /// When the game begins and ends on the screen's own clock, where that is known.
    private(set) var startsMs: Int64?
    private(set) var endsMs: Int64?
    private(set) var pushRateSeconds: Int?
    private(set) var own = OwnClicks()
    private(set) var heats: [String: PlanetHeat] = [:]

    /// The keys that click, each with its own run of repeats.
    private var holds: [KeyPress.Key: KeyHold] = [:]
    /// Whether the mouse's button is down: only the way down is a click.
    private var isButtonDown = false

    /// One's own clicks in a game.
    struct OwnClicks: Hashable, Sendable {
        /// The game that they are for.
        var game: Identifier?
        /// The planet that they are for; the first push that is taken tells it.
        var planet: String?
        /// Clicked here.
        var counted = 0
        /// Taken by the server.
        var pushed = 0
        /// Refused by the server, and lost.
        var refused = 0
        /// All clicks of the sign-in, those of other programs and earlier ones too.
        var total = 0

        /// Clicked, and not pushed yet.
        var waiting: Int { max(counted - pushed - refused, 0) }
    }

    /// More than any push can bring.
    private static let mostAtOnce = 1_000_000_000

    // MARK: What the server tells

    /// Takes a game's totals; `aheadMs` is how far the server's clock is ahead, where that is known.
    mutating func take(_ view: ClickGameView, aheadMs: Int64?, nowMs: Int64) {
        if view.game != game?.game { heats = [:] }
        if view.game != own.game, view.status == .active { own = OwnClicks(game: view.game) }
        game = view
        absence = nil
        for planet in view.planets {
            heats[planet.name, default: PlanetHeat()].take(total: planet.clicks, nowMs: nowMs)
        }
        // Without the server's clock the former times stand, if they are of this game.
        guard let aheadMs else { return }
        startsMs = Self.local(view.startsAtMs, aheadMs)
        endsMs = Self.local(view.endsAtMs, aheadMs)
    }

    /// Takes how often clicks are pushed.
    mutating func take(pushRateSeconds: Int) {
        self.pushRateSeconds = pushRateSeconds
    }

    /// Takes what became of a push.
    mutating func take(_ receipt: ClickReceipt) {
        if receipt.game != own.game { own = OwnClicks(game: receipt.game) }
        own.planet = receipt.planet
        own.pushed += min(receipt.accepted, Self.mostAtOnce)
        own.total = receipt.total
        own.counted = max(own.counted, own.pushed + own.refused)
    }

    /// Clicks that the server refused for good.
    mutating func drop(_ clicks: Int) {
        own.refused += min(max(clicks, 0), Self.mostAtOnce)
        own.counted = max(own.counted, own.pushed + own.refused)
    }

    /// There is no game.
    mutating func miss(_ words: String) {
        game = nil
        absence = words
    }

    private static func local(_ serverMs: Int64, _ aheadMs: Int64) -> Int64? {
        let (local, overflow) = serverMs.subtractingReportingOverflow(aheadMs)
        return overflow ? nil : local
    }

    // MARK: What the person does

    /// Takes a key that clicks and returns how many clicks are certain by now.
    mutating func press(_ key: KeyPress.Key, nowMs: Int64) -> Int {
        holds[key, default: KeyHold()].press(atMs: nowMs)
    }

    /// Clicks that time has made certain.
    mutating func settle(nowMs: Int64) -> Int {
        var settled = 0
        for key in holds.keys { settled += holds[key]?.settle(nowMs: nowMs) ?? 0 }
        return settled
    }

    /// Whether the button's way down is a click: it is when a way up came before.
    mutating func pressButton() -> Bool {
        defer { isButtonDown = true }
        return !isButtonDown
    }

    mutating func releaseButton() {
        isButtonDown = false
    }

    mutating func count(_ clicks: Int) {
        own.counted += clicks
    }

    // MARK: What is shown

    /// A planet's part of all clicks, 0 to 1.
    func share(of planet: PlanetTotal) -> Double {
        let all = game?.planets.reduce(0) { $0 + Double($1.clicks) } ?? 0
        return all > 0 ? min(Double(planet.clicks) / all, 1) : 0
    }

    /// The planet that is ahead; nil where two are.
    var leader: String? {
        guard let planets = game?.planets, let best = planets.map(\.clicks).max(), best > 0 else {
            return nil
        }
        let ahead = planets.filter { $0.clicks == best }
        return ahead.count == 1 ? ahead.first?.name : nil
    }

    /// When a press may become certain.
    var settlingMs: Int64? { holds.values.compactMap(\.dueMs).min() }

    /// When a planet's heat changes next; nil where all are cold.
    func coolingMs(nowMs: Int64) -> Int64? {
        heats.values.compactMap { $0.nextChangeMs(nowMs: nowMs) }.min()
    }

    func heat(of planet: String) -> PlanetHeat { heats[planet] ?? PlanetHeat() }
}
