import Game
import Protocol

extension ServerEngine {
    /// Has the next interval of a running relay looked at, which is over so long after a time.
    mutating func drain(_ id: Identifier, from startUs: Int64) {
        guard let relay = relays.working[id], relay.status == .running else { return }
        // The last interval ends with the relay's time, however long the others were.
        let dueUs = startUs + Int64(min(relay.options.decayIntervalMs, max(1, relay.leftMs))) * 1000
        relays.nextDecayUs[id] = dueUs
        sweeps.plan(.relayDecay(id), atUs: dueUs)
    }

    /// Lets an interval of a relay pass; while storage takes no writes its time stands still, since nobody could
    /// answer either.
    mutating func sweepDecay(_ id: Identifier, _ look: Sweep, at now: Moment) {
        guard var relay = relays.working[id], relay.status == .running, let dueUs = relays.nextDecayUs[id]
        else { return }
        guard dueUs <= now.monotonicUs else {
            sweeps.plan(look, atUs: dueUs)
            return
        }
        guard writeRefusal == nil else {
            // Storage that takes no writes says itself when it does; one that is only behind doesn't.
            if storage == .healthy, draining == .serving { drain(id, from: now.monotonicUs) }
            return
        }
        let events = relay.decay()
        relays.put(relay)
        payAwards(of: relay, at: now)
        hold(relay, events, log: relay.endReason.map { .relayEnded(id, $0) })
        if relay.status == .ended {
            planRelayEnd(id, at: now)
        } else {
            // A look that came late by more than an interval isn't made up for.
            let intervalUs = Int64(relay.options.decayIntervalMs) * 1000
            drain(id, from: max(dueUs, now.monotonicUs - intervalUs / 2))
        }
    }

    /// Has a relay that is over dropped in a while, and no sooner.
    mutating func planRelayEnd(_ id: Identifier, at now: Moment) {
        sweeps.cancel(.relayEnd(id))
        sweeps.plan(.relayEnd(id), atUs: now.monotonicUs + Int64(Limits.relayAftermathMs) * 1000)
    }

    /// Ends a relay that nobody started, or drops one that is over.
    mutating func sweepRelayEnd(_ id: Identifier, at now: Moment) {
        guard var relay = relays.working[id] else { return }
        switch relay.status {
        case .running: break
        case .waiting:
            if writeRefusal == nil {
                let events = relay.expire()
                relays.put(relay)
                hold(relay, events)
            }
            planRelayEnd(id, at: now)
        case .ended:
            if relays.durable[id] == relay, relays.memberCount(of: id) == 0 {
                relays.forget(id)
            } else {
                planRelayEnd(id, at: now)
            }
        }
    }

    /// Takes up the relays that were kept, or stood still: those that run go on with a whole interval.
    mutating func resumeRelays(at now: Moment) {
        for id in relays.sortedIDs {
            switch relays.working[id]?.status {
            case .waiting:
                sweeps.plan(.relayEnd(id), atUs: now.monotonicUs + Int64(Limits.relayWaitMs) * 1000)
            case .running: drain(id, from: now.monotonicUs)
            case .ended: planRelayEnd(id, at: now)
            case nil: break
            }
        }
    }

    /// Gives an account its new name in all rings.
    mutating func renameInRelays(_ account: AccountName) {
        for id in relays.with(account.id) { rename(account, in: id) }
    }

    private mutating func rename(_ account: AccountName, in id: Identifier) {
        guard let former = relays.working[id] else { return }
        var relay = former
        relay.rename(account)
        // Whoever takes the name that they have changes no ring, and a room hears of changes alone.
        guard relay != former else { return }
        relays.put(relay)
        hold(relay, [.teamStatus(relay.status, relay.ring)])
    }

    /// Takes a deleted account out of relays that nobody started, and its name out of all others.
    mutating func leaveRelays(_ account: AccountName, at now: Moment) {
        for id in relays.with(account.id) {
            guard var relay = relays.working[id] else { continue }
            guard relay.status == .waiting else {
                rename(account, in: id)
                continue
            }
            if let left = relay.without(account.id) {
                relays.put(left)
                hold(left, [.teamStatus(left.status, left.ring)])
            } else {
                let events = relay.expire()
                relays.put(relay)
                hold(relay, events)
                planRelayEnd(id, at: now)
            }
        }
    }
}
