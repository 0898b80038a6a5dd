import Game
import Protocol

/// One change of a relay by the documented rules alone: what led from the former to the next, what a room hears of it,
/// and what is wrong with it.
struct RelayStep {
    enum Flaw {
        /// Points don't add up or aren't the rules'.
        case points(String)
        /// The worth of a puzzle went astray.
        case award(String)
        /// It can't come about, or not any more.
        case way(String)
    }

    private(set) var events: [RelayEvent.Kind] = []
    private(set) var flaw: Flaw?
    private let options: RelayOptions
    private let next: Relay
    /// Where the rules lead.
    private var players: [Relay.Player]

    init(from former: Relay?, to next: Relay) {
        self.next = next
        options = next.options
        players = former?.players ?? []
        guard let former else {
            let isFresh = next.status == .waiting && next.players.count == 1 && next.steps == 0
            if !isFresh { flaw = .way("a new relay has \(next.players.count) players") }
            return
        }
        guard former != next else { return }
        if former.options != next.options || former.code != next.code {
            flaw = .way("its options changed")
        }
        var renamed = former
        for player in next.players { renamed.rename(player.account) }
        if renamed == next {
            // Someone took another name, or is gone and left only its points.
            events = [.teamStatus(next.status, next.ring)]
            return
        }
        switch (former.status, next.status) {
        case (.waiting, .waiting): gather(former)
        case (.waiting, .running):
            events = [.started(next.view)]
            if former.players != next.players { flaw = .way("its players changed with the start") }
        case (.waiting, .ended):
            for index in players.indices { players[index].isActive = false }
            events = [.ended(.time, ring, awards: [])]
            finish(.time)
        case (.running, .running), (.running, .ended): play(former)
        case (.running, .waiting), (.ended, _):
            flaw = .way("it went from \(former.status) to \(next.status)")
        }
    }

    private var ring: [RelayPlayer] {
        players.map {
            RelayPlayer(account: $0.account, points: $0.points, isActive: $0.isActive, solves: $0.solves)
        }
    }

    private var activeCount: Int { players.count { $0.isActive } }

    private func leftMs(afterSteps steps: Int) -> Int {
        max(0, options.seconds * 1000 - steps * options.decayIntervalMs)
    }

    /// Someone joins, or an account is gone.
    private mutating func gather(_ former: Relay) {
        events = [.teamStatus(.waiting, next.ring)]
        let hasJoined =
            next.players.count == former.players.count + 1
            && Array(next.players.dropLast()) == former.players
        let hasLeft =
            next.players.count == former.players.count - 1
            && next.players.allSatisfy { former.players.contains($0) }
        if !hasJoined && !hasLeft { flaw = .way("its ring changed while it waited") }
        if next.players.count > options.maxPlayers { flaw = .way("too many are in its ring") }
    }

    private mutating func play(_ former: Relay) {
        guard former.players.map(\.account) == next.players.map(\.account) else {
            flaw = .way("its ring changed while it ran")
            return
        }
        let pairs = Array(zip(former.players, next.players))
        if next.steps == former.steps + 1 {
            decay()
        } else if next.steps != former.steps {
            flaw = .way("\(next.steps - former.steps) intervals passed at once")
            return
        } else if let index = pairs.firstIndex(where: { $0.0.solves < $0.1.solves }) {
            solve(index)
        } else if let index = pairs.firstIndex(where: { $0.0.penalized < $0.1.penalized }) {
            fail(index)
        } else if let index = pairs.firstIndex(where: { $0.0.puzzle == nil && $0.1.puzzle != nil }) {
            assign(index)
        }
        guard flaw == nil else { return }
        if next.steps > former.steps, next.status == .running || next.endReason == .time, activeCount > 0,
            !(activeCount == 1 && players.count > 1 && events.contains(where: Self.isElimination)),
            next.steps * options.decayIntervalMs >= options.seconds * 1000
        {
            finish(.time)
            events.append(.ended(.time, ring, awards: awards))
        }
        if players != next.players { flaw = .points("its players are \(next.players), not \(players)") }
        if case .ended? = events.last {} else if next.status == .ended { flaw = .way("it ended early") }
    }

    private static func isElimination(_ kind: RelayEvent.Kind) -> Bool {
        if case .eliminated = kind { true } else { false }
    }

    private mutating func decay() {
        for index in players.indices where players[index].isActive {
            let loss = min(options.decayPoints, players[index].points)
            players[index].points -= loss
            players[index].decayed += loss
        }
        events = [.pointsChanged(.decay, ring, leftMs: leftMs(afterSteps: next.steps))]
        eliminate()
    }

    private mutating func fail(_ index: Int) {
        let cost = min(options.penalty, players[index].points)
        guard let open = players[index].puzzle else {
            flaw = .way("\(players[index].account.name) failed without a puzzle")
            return
        }
        players[index].points -= cost
        players[index].penalized += cost
        events = [
            .failed(by: players[index].account, puzzle: open.id, penalty: cost),
            .pointsChanged(.penalty, ring, leftMs: leftMs(afterSteps: next.steps)),
        ]
        eliminate()
    }

    private mutating func solve(_ index: Int) {
        guard let open = players[index].puzzle, players[index].isActive else {
            flaw = .way("\(players[index].account.name) solved no puzzle")
            return
        }
        let others = (1..<max(2, players.count)).map { (index + $0) % players.count }
        let heir = others.first { players[$0].isActive } ?? index
        players[index].puzzle = nil
        players[index].solves += 1
        players[heir].points += open.worth
        players[heir].awarded += open.worth
        events = [
            .solved(
                by: players[index].account, puzzle: open.id, worth: open.worth,
                awardedTo: players[heir].account),
            .pointsChanged(.award, ring, leftMs: leftMs(afterSteps: next.steps)),
        ]
        let awarded = next.players.map(\.awarded)
        if awarded != players.map(\.awarded) {
            flaw = .award("\(open.worth) should go to \(players[heir].account.name), the ring has \(awarded)")
        }
        assign(index)
    }

    private mutating func assign(_ index: Int) {
        guard let open = next.players[index].puzzle, players[index].isActive else {
            flaw = flaw ?? .way("\(players[index].account.name) has no next puzzle")
            return
        }
        players[index].puzzle = open
        let view = PuzzleView(
            id: open.id, type: open.puzzle.data.type, data: open.puzzle.data, worth: open.worth)
        events.append(.assigned(to: players[index].account, view))
    }

    private mutating func eliminate() {
        var gone: [RelayEvent.Kind] = []
        for index in players.indices where players[index].isActive && players[index].points == 0 {
            players[index].isActive = false
            players[index].puzzle = nil
            gone.append(.eliminated(players[index].account))
        }
        guard !gone.isEmpty else { return }
        events += gone + [.teamStatus(.running, ring)]
        guard activeCount == 0 || activeCount == 1 && players.count > 1 else { return }
        let reason = activeCount == 0 ? RelayEndReason.allOut : .lastStanding
        finish(reason)
        events.append(.ended(reason, ring, awards: awards))
    }

    private mutating func finish(_ reason: RelayEndReason) {
        for index in players.indices { players[index].puzzle = nil }
        if next.status != .ended || next.endReason != reason {
            flaw = flaw ?? .way("it should have ended by \(reason.rawValue)")
        }
    }

    private var awards: [RelayAward] {
        guard players.count > 1 else { return [] }
        return players.filter(\.isActive).map {
            RelayAward(account: $0.account, profilePoints: 10 + 2 * $0.solves)
        }
    }
}
