import Client
import Protocol

/// What a person is told of the click war and of relays.
extension FlatView {
    // MARK: Click war

    var clicks: [Announcement] {
        var news: [Announcement] = []
        let (before, after) = (old.clicks, new.clicks)
        if let game = after.game, game.status != before.game?.status || game.game != before.game?.game,
            before.game != nil || game.status == .active
        {
            news.append(Announcement(.clicks, Self.state(of: game, new), .inTurn))
        } else if after.game?.status == .active, let leader = after.leader, leader != before.leader,
            before.game != nil
        {
            news.append(Announcement(.clicks, "\(new.title(ofPlanet: leader)) is ahead", .latest))
        }
        if after.own.pushed > before.own.pushed, let planet = after.own.planet {
            let taken = Self.clicks(after.own.pushed - before.own.pushed)
            let total = "\(Spelled.grouped(after.own.total)) in all"
            news.append(Announcement(.clicks, "\(taken) taken for \(new.title(ofPlanet: planet)), \(total)"))
        }
        if after.own.refused > before.own.refused {
            let lost = after.own.refused - before.own.refused
            news.append(Announcement(.warning, "\(Self.clicks(lost)) were not counted"))
        }
        return news
    }

    private static func clicks(_ count: Int) -> String {
        "\(Spelled.grouped(count)) click\(count == 1 ? "" : "s")"
    }

    /// How far the game has come.
    static func state(of game: ClickGameView, _ model: Model) -> String {
        switch game.status {
        case .scheduled:
            guard let startsMs = model.clicks.startsMs else { return "begins soon" }
            return "begins in \(FlatWords.seconds(Seconds.left(until: startsMs, nowMs: model.clockMs)))"
        case .active:
            guard let endsMs = model.clicks.endsMs else { return "under way" }
            return "under way, \(FlatWords.seconds(Seconds.left(until: endsMs, nowMs: model.clockMs))) left"
        case .finished:
            return game.winner.map { "over, \(model.title(ofPlanet: $0)) won" } ?? "over, nobody won"
        }
    }

    /// The whole click war, planet by planet.
    static func war(_ model: Model) -> [Announcement] {
        guard let game = model.clicks.game else {
            return [Announcement(.clicks, model.clicks.absence ?? "not known yet")]
        }
        let planets = game.planets.map { planet in
            let percent = Int((model.clicks.share(of: planet) * 100).rounded())
            let own = model.clicks.own.planet == planet.name ? ", yours" : ""
            let players = "\(Spelled.grouped(planet.players)) \(planet.players == 1 ? "player" : "players")"
            let share = "\(clicks(planet.clicks)), \(percent) percent"
            return Announcement(.planet, "\(model.title(ofPlanet: planet.name)), \(share), \(players)\(own)")
        }
        let own = model.clicks.own
        let waiting = own.waiting > 0 ? ", \(Spelled.grouped(own.waiting)) on their way" : ""
        return [Announcement(.clicks, state(of: game, model))] + planets
            + [Announcement(.clicks, "you made \(clicks(own.counted))\(waiting)")]
    }

    // MARK: Relays

    var relay: [Announcement] {
        var news: [Announcement] = []
        if let verdict = new.relays.verdict, verdict != old.relays.verdict {
            news.append(Announcement(.puzzle, verdict.words))
        }
        guard let after = new.relays.room else {
            return old.relays.room == nil ? news : news + [Announcement(.relay, "you left the room")]
        }
        guard let before = old.relays.room, before.view.relay == after.view.relay else {
            return news + Self.room(after, new) + puzzle(nil, after)
        }
        news += happenings(before, after)
        if after.view.status != before.view.status {
            switch after.view.status {
            case .waiting: break
            case .running: news += Self.room(after, new)
            case .ended: news += Self.result(after, new)
            }
        }
        return news + ownPoints(before, after) + puzzle(before, after)
    }

    private func happenings(_ before: RelayRoom, _ after: RelayRoom) -> [Announcement] {
        let count = after.replica.happenedCount - before.replica.happenedCount
        guard count > 0 else { return [] }
        return after.replica.log.suffix(count).compactMap { happening in
            switch happening {
            // The verdict told it already, or the room is read as a whole.
            case .solved(let account, _, _) where account.id == new.accountID: return nil
            case .failed(let account, _) where account.id == new.accountID: return nil
            case .joined(let account) where account.id == new.accountID: return nil
            case .started, .ended: return nil
            case .eliminated(let account) where account.id == new.accountID:
                return Announcement(.relay, "you are out")
            case .joined, .assigned, .solved, .failed, .eliminated:
                return RelayRoom.Entry(happening).map { Announcement(.relay, $0.words, .inTurn) }
            }
        }
    }

    /// Points at which a player is told how few are left.
    private static let fewPoints = [50, 25, 10, 5]

    private func ownPoints(_ before: RelayRoom, _ after: RelayRoom) -> [Announcement] {
        guard after.view.status == .running, let own = after.player(new.accountID), own.isActive,
            let former = before.player(new.accountID)
        else { return [] }
        guard
            own.points > former.points
                || Self.fewPoints.contains(where: { own.points <= $0 && former.points > $0 })
        else { return [] }
        return [Announcement(.relay, "you have \(Spelled.points(own.points))", .latest)]
    }

    private func puzzle(_ before: RelayRoom?, _ after: RelayRoom) -> [Announcement] {
        guard let puzzle = after.puzzle else { return [] }
        if puzzle.id != before?.puzzle?.id {
            return FlatPuzzle.lines(puzzle, isHidden: after.hidesPuzzle(nowMs: new.clockMs))
        }
        let wasHidden = before?.hidesPuzzle(nowMs: old.clockMs) ?? false
        guard !wasHidden, after.hidesPuzzle(nowMs: new.clockMs) else { return [] }
        return Array(FlatPuzzle.lines(puzzle, isHidden: true).dropFirst())
    }

    /// A relay as it stands: its code, who is in, and whom one gives to.
    static func room(_ room: RelayRoom, _ model: Model) -> [Announcement] {
        let view = room.view
        let players = view.players.map { player in
            let own = player.account.id == model.accountID ? " (you)" : ""
            let name = FlatWords.name(player.account) + own
            guard view.status != .waiting else { return name }
            return player.isActive ? "\(name) \(Spelled.grouped(player.points))" : "\(name) out"
        }
        let ring = "in the ring: \(players.joined(separator: ", "))"
        var lines = ["\(spelled(view.code)), \(state(of: view, room, model)), \(ring)"]
        if view.status == .running, let heir = room.heir(of: model.accountID) {
            lines.append("what you solve goes to \(FlatWords.name(heir.account))")
        }
        if view.status == .waiting, room.player(model.accountID) != nil {
            lines.append("start begins it, exit leaves the room")
        }
        return lines.map { Announcement(.relay, $0) }
    }

    private static func state(of view: RelayView, _ room: RelayRoom, _ model: Model) -> String {
        switch view.status {
        case .waiting: "waiting for players"
        case .running:
            "running, \(FlatWords.seconds(Int((room.leftMs(nowMs: model.clockMs) + 999) / 1000))) left"
        case .ended: "over"
        }
    }

    /// A code with its letters apart, so that they are read one by one.
    static func spelled(_ code: RelayCode) -> String {
        "code " + code.description.map(String.init).joined(separator: " ")
    }

    /// How a relay ended.
    static func result(_ room: RelayRoom, _ model: Model) -> [Announcement] {
        let why =
            switch room.replica.ending?.reason {
            case .lastStanding?: "over, one is left"
            case .allOut?: "over, all are out"
            case .time?: "over, time is up"
            case nil: "over"
            }
        let players = room.view.players.map { player in
            let earned =
                room.replica.ending?.awards.first { $0.account.id == player.account.id }?.profilePoints ?? 0
            let state = player.isActive ? "\(Spelled.points(player.points)) left" : "out"
            return
                "\(FlatWords.name(player.account)): \(state), \(Spelled.grouped(player.solves)) solved, earned \(Spelled.points(earned))"
        }
        return ([why] + players + ["exit leaves the room"]).map { Announcement(.relay, $0) }
    }

    /// The list of relays, each with the number that leads to it.
    static func list(_ relays: [RelayView]) -> [Announcement] {
        guard !relays.isEmpty else { return [Announcement(.relay, "nobody relays right now; new opens one")] }
        return relays.enumerated().map { number, relay in
            let names = relay.players.map { FlatWords.name($0.account) }.joined(separator: ", ")
            let count = "\(relay.players.count) of \(relay.options.maxPlayers) players: \(names)"
            return Announcement(
                .relay, "\(number + 1): \(spelled(relay.code)), \(relay.status.rawValue), \(count)")
        }
    }

    // MARK: Lists

    /// The skins, each with the number that leads to it.
    static func skins(_ model: Model) -> [Announcement] {
        let points =
            model.shop.points.map { "you have \(Spelled.points($0))" } ?? "your points aren't known yet"
        let skins = (model.shop.offers ?? []).enumerated().map { number, offer in
            let state =
                offer.isEquipped ? ", yours, worn" : offer.isOwned ? ", yours" : ""
            return "\(number + 1): \(model.title(of: offer)), \(Spelled.points(offer.skin.price))\(state)"
        }
        return ([points] + skins + ["buy and wear take a number or a name"]).map { Announcement(.shop, $0) }
    }

    /// A leaderboard, best first.
    static func board(_ answer: LeaderboardAnswer, me: Identifier?) -> [Announcement] {
        let period =
            switch answer.period {
            case .day: "today"
            case .week: "this week"
            case .all: "of all time"
            }
        let title = "\(answer.board.rawValue) \(period)"
        guard !answer.entries.isEmpty else { return [Announcement(.board, "\(title): nobody yet")] }
        let entries = answer.entries.map { entry in
            let own = entry.account.id == me ? " (you)" : ""
            let name = FlatWords.name(entry.account) + own
            return "\(Spelled.ordinal(entry.rank)): \(name), \(score(entry.score, answer.board))"
        }
        return ([title] + entries).map { Announcement(.board, $0) }
    }

    private static func score(_ score: Int, _ board: Board) -> String {
        if case .arcade(let game) = board { return ArcadeWords.score(score, of: game) }
        return Spelled.grouped(score)
    }
}
