import Engine
import Game
import Protocol

/// What is said about clicks: each push has the answer that stands on the disk, and totals are true.
extension Auditor {
    /// Notes a push before what it leads to is looked at.
    mutating func ask(
        _ push: ClickPush, from asker: ClickModel.Asker, session: Identifier, account: Identifier?
    ) {
        let isRepeat = push.batchID.map { clicks.receipt($0, of: session) != nil } ?? false
        clicks.calls[asker] = ClickModel.Call(
            push: push, session: session, account: account, isRepeat: isRepeat)
        // Whether it counts, and so moves a deadline, depends on what storage knows.
        if let account { players.mayAct.insert(account) }
    }

    mutating func receive(_ receipt: ClickReceipt, batchID: String?, by asker: ClickModel.Asker) {
        guard let call = clicks.calls.removeValue(forKey: asker) else {
            blame(unless(false, .countedOnce, "clicks are acknowledged that nobody waits for"))
            return
        }
        if call.isRepeat { verdict.tally.repeatedPushes += 1 }
        guard let name = call.push.batchID else {
            blame(
                unless(
                    clicks.confirm(receipt, to: call.session), .countedOnce,
                    "\(receipt.accepted) clicks of \(call.session) were acknowledged and aren't kept"))
            return
        }
        let kept = clicks.receipt(name, of: call.session)
        blame(
            unless(
                kept == receipt && (batchID ?? name) == name, .countedOnce,
                "the batch \(name) of \(call.session) was answered with \(receipt.accepted) of "
                    + "\(receipt.total), not \(kept?.accepted ?? 0) of \(kept?.total ?? 0)"))
    }

    mutating func refuse(_ failure: Failure, _ asker: ClickModel.Asker) {
        guard let call = clicks.calls.removeValue(forKey: asker) else { return }
        switch failure.code {
        case .implausibleClicks: verdict.tally.implausiblePushes += 1
        case .pushTooSoon: verdict.tally.earlyPushes += 1
        default: break
        }
        let isJudged = [.implausibleClicks, .pushTooSoon, .noActiveGame].contains(failure.code)
        blame(
            unless(
                !(isJudged && call.isRepeat), .countedOnce,
                "the batch \(call.push.batchID ?? "") of \(call.session) is kept and refused again"))
    }

    /// Holds a game that is told against what is kept.
    mutating func check(_ told: ClickGameView) {
        checkView(told)
        let active = clicks.shown.rows.values.first { $0.status == .active }
        blame(
            unless(
                active == nil || active?.id == told.game, .oneGame,
                "\(told.game) is told though another game runs"))
    }

    /// Holds what is told of a game against what is kept of it.
    private mutating func checkView(_ told: ClickGameView) {
        guard let view = clicks.view(of: told.game) else {
            blame(unless(false, .trueTotals, "a click game \(told.game) is told that isn't kept"))
            return
        }
        blame(
            unless(
                told == view, .trueTotals,
                "\(told.game) is told \(told.status) with \(told.planets.map(\.clicks)), not \(view.status) "
                    + "with \(view.planets.map(\.clicks))"))
    }

    /// Takes totals told to everyone.
    mutating func publish(totals told: ClickGameView) {
        verdict.tally.totalsTold += 1
        // A game's end is told at once, beside what is told in its time of the game that runs then.
        if told.status == .finished, clicks.toldEnds.insert(told.game).inserted {
            checkView(told)
            return
        }
        check(told)
        if let lastUs = clicks.toldUs {
            blame(
                unless(
                    verdict.nowUs - lastUs >= ClickModel.totalsIntervalUs, .totalsPace,
                    "totals are told again after \((verdict.nowUs - lastUs) / 1000) ms"))
        }
        clicks.toldUs = verdict.nowUs
    }
}
