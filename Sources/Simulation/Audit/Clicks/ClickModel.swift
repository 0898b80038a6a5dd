import Engine
import Game
import Protocol

/// Click games as the disk's records tell, added up push by push.
struct ClickModel: Sendable {
    /// Who waits for the answer to a push.
    enum Asker: Hashable, Sendable {
        case request(RequestID)
        case socket(ConnectionID, id: Int)
    }

    /// A push that isn't answered.
    struct Call: Sendable {
        var push: ClickPush
        var session: Identifier
        /// Nil for a guest.
        var account: Identifier?
        /// Whether the batch stood on the disk when it came.
        var isRepeat: Bool
    }

    /// Between two totals, in microseconds.
    static let totalsIntervalUs = Int64(Limits.clickTotalsIntervalMs) * 1000
    /// How long no game may run while all is well.
    static let maxIdleUs: Int64 = 5_000_000

    private(set) var rows: [Identifier: ClickGame] = [:]
    /// What each planet has by the pushes.
    private(set) var sums: [Identifier: [PlanetTotal]] = [:]
    /// The planet of each holder, and the clicks of each account and of each sign-in, by game.
    private(set) var planets: [Identifier: [Identifier: String]] = [:]
    private(set) var shares: [Identifier: [Identifier: Int]] = [:]
    private(set) var totals: [Identifier: [Identifier: Int]] = [:]
    private(set) var receipts: [ClickBatch: ClickReceipt] = [:]
    /// Answers due to pushes without a name.
    private(set) var unnamed: [Identifier: [ClickReceipt]] = [:]
    /// What of these the server knows to be kept.
    private(set) var shown: (rows: [Identifier: ClickGame], sums: [Identifier: [PlanetTotal]]) = ([:], [:])
    var calls: [Asker: Call] = [:]
    var toldUs: Int64?
    /// Games whose ends were told.
    var toldEnds: Set<Identifier> = []
    /// Since when no game runs by the disk; nil while one does.
    var idleSinceUs: Int64? = 0
    var pace: ClickPaceLaw

    init(_ configuration: EngineConfiguration) {
        pace = ClickPaceLaw(configuration)
    }

    var active: [ClickGame] { rows.values.filter { $0.status == .active } }

    /// A batch that stands on the disk.
    func receipt(_ name: String, of session: Identifier) -> ClickReceipt? {
        receipts[ClickBatch(session: session, name: name)]
    }

    /// The server knows now that all that was kept is.
    mutating func show() { shown = (rows, sums) }

    mutating func keep(_ game: ClickGame) {
        rows[game.id] = game
        if sums[game.id] == nil {
            sums[game.id] = game.planets.map { PlanetTotal(name: $0.name, clicks: 0, players: 0) }
        }
    }

    mutating func keep(_ push: ClickPushRecord) {
        let isNew = planets[push.game]?[push.holder] == nil
        planets[push.game, default: [:]][push.holder] = push.planet
        totals[push.game, default: [:]][push.session, default: 0] += push.accepted
        if !push.isGuest { shares[push.game, default: [:]][push.holder, default: 0] += push.accepted }
        if let index = sums[push.game]?.firstIndex(where: { $0.name == push.planet }) {
            sums[push.game]?[index].clicks += push.accepted
            if isNew { sums[push.game]?[index].players += 1 }
        }
        if let name = push.batchID {
            receipts[ClickBatch(session: push.session, name: name)] = push.receipt
        } else {
            unnamed[push.session, default: []].append(push.receipt)
        }
    }

    /// Takes an answer that is due to a push without a name; false where none is.
    mutating func confirm(_ receipt: ClickReceipt, to session: Identifier) -> Bool {
        guard let index = unnamed[session]?.firstIndex(of: receipt) else { return false }
        unnamed[session]?.remove(at: index)
        return true
    }

    /// What everyone may see of a game now.
    func view(of game: Identifier) -> ClickGameView? {
        guard var view = shown.rows[game]?.view, let planets = shown.sums[game] else { return nil }
        view.planets = planets
        return view
    }

    /// The server began anew: it knows all that is kept, and nobody waits.
    mutating func restart() {
        show()
        calls = [:]
        unnamed = [:]
        toldUs = nil
        pace.forget()
    }
}
