import Engine
import Game
import Protocol

/// What storage would tell of the records that were kept.
struct Shelf {
    let records: [Record]

    init(_ records: [Record]) { self.records = records }

    /// Every push that counted, oldest first.
    var pushes: [ClickPushRecord] {
        records.compactMap { if case .clickPush(let push) = $0 { push } else { nil } }
    }

    /// The latest record of a click game.
    func game(_ id: Identifier) -> ClickGame? {
        records.reversed().lazy.compactMap { record -> ClickGame? in
            if case .clickGame(let game) = record, game.id == id { game } else { nil }
        }.first
    }

    /// The latest record of a relay.
    func relay(_ id: Identifier) -> Relay? {
        records.reversed().lazy.compactMap { record -> Relay? in
            if case .relay(let relay) = record, relay.id == id { relay } else { nil }
        }.first
    }

    /// The latest record of a puzzle.
    func puzzle(_ id: Identifier) -> PuzzleRecord? {
        records.reversed().lazy.compactMap { record -> PuzzleRecord? in
            if case .puzzle(let puzzle) = record, puzzle.id == id { puzzle } else { nil }
        }.first
    }

    /// Every score, oldest first.
    var scores: [ScoreRecord] {
        records.compactMap { if case .score(let score) = $0 { score } else { nil } }
    }

    /// Every flag, oldest first.
    var flags: [FlagRecord] {
        records.compactMap { if case .flag(let flag) = $0 { flag } else { nil } }
    }

    /// The answer to a question about click games; nil for any other.
    func answer(to query: Query) -> QueryAnswer? {
        switch query {
        case .clickHistory(let session, let holder, let game):
            let own = pushes.filter { $0.session == session }
            let named = own.compactMap { push in
                push.batchID.map { ClickHistory.Push(batchID: $0, receipt: push.receipt) }
            }
            return .clickHistory(
                ClickHistory(
                    recent: named.suffix(Limits.recentPushes), hasOlder: named.count > Limits.recentPushes,
                    total: own.filter { $0.game == game }.reduce(0) { $0 + $1.accepted },
                    planet: pushes.first { $0.holder == holder && $0.game == game }?.planet))
        case .clickPush(let session, let batchID):
            return .clickPush(pushes.first { $0.session == session && $0.batchID == batchID }?.receipt)
        case .clickContributors(let game):
            let own = pushes.filter { $0.game == game && !$0.isGuest }
            return .clickContributors(
                Set(own.map(\.holder)).sorted().map { holder in
                    let parts = own.filter { $0.holder == holder }
                    return ClickContributor(
                        account: holder, planet: parts[0].planet,
                        clicks: parts.reduce(0) { $0 + $1.accepted })
                })
        case .clickContributions(let game):
            return .clickContributions(self.game(game).map { _ in Array("{}".utf8) })
        case .topPixel, .lastPixel, .refreshToken, .leaderboard, .flags, .feedback, .audit, .rollback,
            .history:
            return nil
        }
    }

    /// What a start would find: accounts as they were, games and relays as they became.
    func recovered(from start: RecoveredState) -> RecoveredState {
        var recovered = start
        for case .account(let account) in records {
            recovered.accounts.removeAll { $0.id == account.id }
            if account.deletedAtMs == nil { recovered.accounts.append(account) }
        }
        var games: [Identifier] = []
        for case .clickGame(let game) in records where !games.contains(game.id) { games.append(game.id) }
        recovered.clickGames = games.compactMap(game).map { game in
            var view = game.view
            for index in view.planets.indices {
                let own = pushes.filter { $0.game == game.id && $0.planet == view.planets[index].name }
                view.planets[index].clicks = own.reduce(0) { $0 + $1.accepted }
                view.planets[index].players = Set(own.map(\.holder)).count
            }
            return ClickGame(kept: view, isOrdered: game.isOrdered)
        }
        var relays: [Identifier] = []
        for case .relay(let relay) in records where !relays.contains(relay.id) { relays.append(relay.id) }
        recovered.relays = relays.compactMap(relay).filter { $0.status != .ended }
        return recovered
    }
}

extension Desk {
    /// A desk where click games follow each other, and storage answers what it is asked.
    static func clicking(
        from start: RecoveredState = Desk.withAccounts(), seconds: Int = 600,
        _ change: (inout EngineConfiguration) -> Void = { _ in }
    ) -> Desk {
        var desk = Desk(recovered: start) {
            $0.clickGameSeconds = seconds
            change(&$0)
        }
        desk.answersLookups = true
        desk.drawsGames = true
        desk.drawIfAsked()
        desk.run(ms: 1_000)
        return desk
    }

    /// Draws the name that the start asked for.
    mutating func drawIfAsked() {
        let isAsked = effects.contains { if case .drawClickGame = $0 { true } else { false } }
        if isAsked, drawsGames { give(.clickGameDrawn(draw().id)) }
    }

    /// Hears of accounts, so that their presences are kept before anything else is.
    mutating func meet(_ numbers: [UInt64]) {
        for number in numbers { _ = ask(.me, .valid(Self.account(number))) }
        run(ms: 100)
    }

    /// Pushes clicks over HTTP, and lets a tick pass where the answer waits for storage.
    mutating func push(_ clicks: [Int], _ batchID: String? = nil, as identity: Identity) -> Answer? {
        settle(Self.pushing(clicks, batchID), .valid(identity))
    }

    /// The route of a push.
    static func pushing(_ clicks: [Int], _ batchID: String? = nil) -> Route {
        .clicks(.push(ClickPush(clicks: clicks, batchID: batchID), anonToken: nil))
    }

    /// The click game that everyone may see.
    func currentGame() -> ClickGameView? {
        // A read changes nothing that shows, so that a copy may do it.
        var desk = self
        guard case .clickGame(let answer, _) = desk.ask(.clicks(.current)) else { return nil }
        return answer.view
    }

    /// The desk after a crash: what was kept, and nothing else; the clocks go on.
    func restarted(
        from start: RecoveredState = Desk.withAccounts(),
        _ change: (inout EngineConfiguration) -> Void = { _ in }
    ) -> Desk {
        var desk = Desk(recovered: Shelf(kept).recovered(from: start), at: now, change)
        desk.kept = kept
        desk.answersLookups = answersLookups
        desk.drawsGames = drawsGames
        desk.lastDraw = lastDraw
        desk.drawIfAsked()
        return desk
    }
}
