import Engine
import Game
import Protocol

/// What the disk keeps of click games: one runs at a time, sums are sums, and each batch stands once.
extension Auditor {
    mutating func keep(_ game: ClickGame) {
        let former = clicks.rows[game.id]
        let stage = { (status: ClickGameStatus) in ClickGameStatus.allCases.firstIndex(of: status) ?? 0 }
        if let former {
            blame(
                unless(
                    stage(former.status) <= stage(game.status)
                        && (former.status != .finished || former.view == game.view), .forwardOnly,
                    "the click game \(game.id) went from \(former.status) to \(game.status)"))
        }
        clicks.keep(game)
        let sums = clicks.sums[game.id] ?? []
        blame(
            unless(
                game.planets == sums, .trueTotals,
                "the row of \(game.id) has \(game.planets.map(\.clicks)), not \(sums.map(\.clicks))"))
        if game.status == .finished, former?.status != .finished {
            verdict.tally.clickGames += 1
            let most = sums.map(\.clicks).max() ?? 0
            let winner = most > 0 ? sums.first { $0.clicks == most }?.name : nil
            blame(unless(game.winner == winner, .trueTotals, "\(game.id) is won by \(game.winner ?? "none")"))
            points.end(game: game.id)
        }
        let active = clicks.active
        blame(unless(active.count <= 1, .oneGame, "\(active.count) click games run"))
        clicks.idleSinceUs = active.isEmpty ? clicks.idleSinceUs ?? verdict.nowUs : nil
    }

    mutating func keep(_ push: ClickPushRecord) {
        verdict.tally.pushes += 1
        let game = clicks.rows[push.game]
        blame(unless(game?.status == .active, .oneGame, "clicks count in \(push.game), which doesn't run"))
        if let name = push.batchID {
            blame(
                unless(
                    clicks.receipt(name, of: push.session) == nil, .countedOnce,
                    "the batch \(name) of \(push.session) counts twice"))
        }
        let sums = clicks.sums[push.game] ?? []
        if let planet = clicks.planets[push.game]?[push.holder] {
            blame(unless(planet == push.planet, .fairPlanets, "\(push.holder) went over to \(push.planet)"))
        } else {
            let fewest = sums.map(\.players).min()
            let fair = sums.first { $0.players == fewest }?.name
            blame(
                unless(
                    push.planet == fair, .fairPlanets,
                    "\(push.holder) plays for \(push.planet), not \(fair ?? "nothing")"))
        }
        let total = (clicks.totals[push.game]?[push.session] ?? 0) + push.accepted
        blame(
            unless(
                push.total == total, .ownTotals, "\(push.session) has \(total) clicks, not \(push.total)"))
        if let breach = clicks.pace.add(push) {
            blame(unless(false, .clickPace, "\(push.accepted) clicks of \(push.holder) \(breach)"))
        }
        clicks.keep(push)
    }

    /// All is quiet and durable: those who pushed know what is kept, and a game runs.
    mutating func settle(_ tallies: [ClickTally]) {
        var acknowledged: [ClickBatch: Int] = [:]
        var unresolved: Set<ClickBatch> = []
        for tally in tallies {
            acknowledged.merge(tally.acknowledged) { $0 + $1 }
            unresolved.formUnion(tally.unresolved)
        }
        for (batch, sum) in acknowledged {
            let kept = clicks.receipts[batch]?.accepted
            blame(
                unless(
                    kept == sum, .ownTotals,
                    "\(sum) clicks of the batch \(batch.name) were acknowledged, \(kept ?? 0) are kept"))
        }
        for batch in clicks.receipts.keys where acknowledged[batch] == nil {
            blame(
                unless(
                    unresolved.contains(batch), .ownTotals,
                    "the batch \(batch.name) of \(batch.session) is kept, and who sent it doesn't know"))
        }
        verdict.tally.clicksKept = clicks.receipts.values.reduce(0) { $0 + $1.accepted }
        verdict.tally.clicksAcknowledged = acknowledged.values.reduce(0, +)
        verdict.tally.unresolvedBatches = unresolved.count
        guard expectsGames, let sinceUs = clicks.idleSinceUs else { return }
        blame(
            unless(
                verdict.nowUs - sinceUs <= ClickModel.maxIdleUs, .oneGame,
                "no click game runs since \((verdict.nowUs - sinceUs) / 1000) ms"))
    }
}
