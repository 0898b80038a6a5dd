import Engine
import Game
import Protocol

/// What the disk keeps of relays: each follows from what it was, by the rules.
extension Auditor {
    mutating func keep(_ relay: Relay) {
        let former = relays.kept[relay.id]
        for player in relay.players {
            let sum = relay.options.startPoints + player.awarded - player.decayed - player.penalized
            blame(
                unless(
                    player.points == sum && player.points >= 0, .pointsConserved,
                    "\(player.account.name) has \(player.points) points in \(relay.id), not \(sum)"))
            checkPuzzle(of: player, in: relay)
        }
        let step = RelayStep(from: former, to: relay)
        switch step.flaw {
        case .points(let words)?: blame(unless(false, .pointsConserved, "\(relay.id): \(words)"))
        case .award(let words)?: blame(unless(false, .nextInRing, "\(relay.id): \(words)"))
        case .way(let words)?: blame(unless(false, .forwardOnly, "\(relay.id): \(words)"))
        case nil: break
        }
        relays.owed[relay.id, default: []] += step.events
        if relay.status == .running, former?.status == .waiting { verdict.tally.relaysStarted += 1 }
        if relay.status == .ended, former?.status != .ended {
            verdict.tally.relaysEnded += 1
            points.end(relay: relay.id)
        }
        for event in step.events {
            switch event {
            case .solved: verdict.tally.solves += 1
            case .failed: verdict.tally.wrongAnswers += 1
            default: break
            }
        }
        relays.keep(relay, atUs: verdict.nowUs)
    }

    /// An open puzzle has a record of its own, or a restart would lose it.
    private mutating func checkPuzzle(of player: Relay.Player, in relay: Relay) {
        guard let open = player.puzzle else { return }
        let record = relays.puzzles[open.id]
        let isThat =
            record?.account == player.account.id && record?.relay == relay.id
            && record?.data == open.puzzle.data && record?.answer == open.puzzle.answer
            && record?.worth == open.worth && record?.solvedAtMs == nil
        blame(
            unless(
                isThat && player.isActive && relay.status == .running, .trueRelays,
                "the puzzle \(open.id) of \(player.account.name) isn't kept as it stands"))
    }

    /// Holds what a start found of relays against what was kept.
    mutating func recover(relays found: [Relay]) {
        relays.restart()
        let kept = relays.kept.values.filter { $0.status != .ended }.sorted { $0.id < $1.id }
        blame(
            unless(
                found.sorted { $0.id < $1.id } == kept, .trueRelays,
                "a start found other relays than were kept"))
    }

    /// All is quiet and durable: time passes in relays, and whoever plays in one isn't afk.
    mutating func settleRelays() {
        for (id, relay) in relays.kept where relay.status == .running {
            let lateUs =
                verdict.nowUs - (relays.changedUs[id] ?? 0)
                - Int64(relay.options.decayIntervalMs) * 1000
            blame(
                unless(
                    lateUs <= RelayModel.maxLateUs, .forwardOnly, "the time of \(id) stands still"))
        }
        for (account, relay) in relays.idled {
            blame(
                unless(
                    relays.kept[relay]?.status != .running, .afkInTime,
                    "\(account) went afk though it plays in \(relay)"))
        }
        relays.idled = []
    }

    /// Holds what a member sees of a relay against what is kept; what has just changed may be on its way.
    mutating func checkRoom(_ name: String, _ view: RelayView) {
        guard let relay = relays.kept[view.relay],
            verdict.nowUs - (relays.changedUs[view.relay] ?? 0) > 150_000
        else { return }
        verdict.tally.comparisons += 1
        blame(
            unless(view == relay.view, .trueRelays, "\(name) sees \(view), not \(relay.view)"))
    }
}
