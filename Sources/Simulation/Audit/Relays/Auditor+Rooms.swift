import Engine
import Game
import Protocol

/// What is said about relays: rooms hear all that was kept, in order, and puzzles reach their players alone.
extension Auditor {
    mutating func enter(_ id: ConnectionID, _ relay: Identifier) {
        relays.members[relay, default: []].append(id)
    }

    mutating func leave(_ id: ConnectionID, _ relay: Identifier) {
        relays.members[relay]?.removeAll { $0 == id }
    }

    /// Takes what a whole room is told, but for one of it.
    mutating func publish(_ event: RelayEvent, except one: ConnectionID? = nil) {
        switch event.kind {
        case .state: blame(unless(false, .roomOrder, "a whole room is told a state"))
        case .assigned(_, let puzzle):
            blame(unless(puzzle.data == nil, .puzzleSecret, "a room is told the puzzle \(puzzle.id)"))
        default: break
        }
        let due = relays.owed[event.relay]?.first.map(Self.bare)
        blame(
            unless(
                due == event.kind, .roomOrder,
                "the room \(event.relay) hears \(event.kind), not \(due.map { "\($0)" } ?? "nothing")"))
        if due != nil { relays.owed[event.relay]?.removeFirst() }
        for member in relays.members[event.relay] ?? [] where member != one {
            relays.sent[member, default: []].append(event)
        }
    }

    /// An event as everyone but a puzzle's player hears it.
    private static func bare(_ kind: RelayEvent.Kind) -> RelayEvent.Kind {
        guard case .assigned(let player, let puzzle) = kind else { return kind }
        return .assigned(to: player, puzzle.withoutData)
    }

    /// Takes what one member is told.
    mutating func send(_ event: RelayEvent, to id: ConnectionID) {
        let account = relays.accounts[id]
        switch event.kind {
        case .state(let view, let puzzle):
            blame(
                unless(
                    relays.shown[event.relay]?.view == view, .trueRelays,
                    "connection \(id.rawValue) is told \(view) of \(event.relay)"))
            if let puzzle { check(puzzle, for: account) }
        case .assigned(let player, let puzzle):
            blame(
                unless(
                    player.id == account && puzzle.data != nil, .puzzleSecret,
                    "connection \(id.rawValue) is told the puzzle of \(player.name)"))
            check(puzzle, for: account)
        default: blame(unless(false, .roomOrder, "one member alone is told \(event.kind)"))
        }
        relays.sent[id, default: []].append(event)
    }

    /// A puzzle is told to its player, as it was kept.
    mutating func check(_ puzzle: PuzzleView, for account: Identifier?) {
        let record = relays.puzzles[puzzle.id]
        blame(
            unless(
                account != nil && record?.account == account, .puzzleSecret,
                "\(account.map { "\($0)" } ?? "a guest") is told another's puzzle \(puzzle.id)"))
        blame(
            unless(
                record?.data == puzzle.data && record?.worth == puzzle.worth, .trueRelays,
                "the puzzle \(puzzle.id) is told otherwise than it is kept"))
        // Other kinds show the answer among what is to be chosen from.
        if puzzle.type == .anagram, let answer = record?.answer {
            let told = String(decoding: puzzle.json(), as: UTF8.self).lowercased()
            blame(
                unless(
                    !told.contains("\"\(answer.lowercased())\""), .puzzleSecret,
                    "the puzzle \(puzzle.id) tells its word \(answer)"))
        }
    }

    /// A commit is through: every room has heard all of it.
    mutating func closeRooms() {
        for (relay, events) in relays.owed where !events.isEmpty {
            let isHeard = relays.members[relay]?.isEmpty != false
            blame(unless(isHeard, .roomOrder, "the room \(relay) isn't told \(events)"))
        }
        relays.owed = [:]
    }

    /// A member heard something, which must be what it was sent next.
    mutating func hear(_ event: RelayEvent, on id: ConnectionID) {
        guard let due = relays.sent[id] else { return }
        verdict.tally.eventsHeard += 1
        blame(
            unless(
                due.first == event, .roomOrder,
                "connection \(id.rawValue) hears \(event.kind), not "
                    + "\(due.first.map { "\($0.kind)" } ?? "nothing")"))
        if !due.isEmpty { relays.sent[id]?.removeFirst() }
    }

    /// Holds the answer to a call about relays against what is kept.
    mutating func check(_ answer: Answer, to call: RelayModel.Call) {
        switch answer {
        case .relay(let view):
            blame(unless(relays.isTrue(view), .trueRelays, "\(view) is told"))
        case .relays(let views):
            for view in views {
                let isTrue = relays.shown[view.relay]?.view == view
                blame(unless(isTrue, .trueRelays, "\(view) stands in the list"))
                let isIn = view.players.contains { $0.account.id == call.account }
                blame(
                    unless(
                        !view.options.isPrivate || isIn, .trueRelays,
                        "\(view.relay) is private and stands in the list"))
            }
        case .puzzle(let puzzle, _): check(puzzle, for: call.account)
        case .attempt(let attempt):
            if let next = attempt.nextPuzzle { check(next, for: call.account) }
        case .relayPoints(let ring):
            guard let relay = call.route.relay else { return }
            blame(unless(relays.isTrue(ring, of: relay), .trueRelays, "\(ring) are told of \(relay)"))
        default: break
        }
    }
}

extension RelayRoute {
    /// The relay that is asked about; nil where the way there is a code, or there is none.
    var relay: Identifier? {
        switch self {
        case .start(let id), .newPuzzle(let id), .puzzle(let id), .answer(let id, _), .points(let id),
            .decay(let id):
            id
        case .join(.id(let id)): id
        case .list, .create, .join(.code): nil
        }
    }
}
