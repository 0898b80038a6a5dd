import Client
import Engine
import Game
import Protocol

/// The relays workload: accounts make, join and play relays, drop out and return, and guests watch.
extension World {
    mutating func race(_ person: Int) {
        plan(.acts(person: person), inUs: milliseconds(isQuiet ? 500...1_500 : 200...900))
        tend(person)
        if people[person].link == nil || people[person].status == .afk { receive(.due, person) }
        guard !isQuiet else { return }
        if people[person].link == nil, !people[person].isConnecting, !people[person].isComingBack {
            comeBack(person, inUs: milliseconds(500...5_000))
        }
        guard let account = people[person].identity?.id else { return }
        let mine = relays { $0.index(of: account) != nil }
        if let relay = mine.first(where: { $0.status == .running }) {
            solve(relay, account, person)
        } else if let relay = mine.first {
            if chance(12) { ask(.relays(.start(relay.id)), .curiosity, person) }
        } else {
            takePart(person)
        }
        lookIn(person)
        switch Int.random(in: 0..<200, using: &random) {
        case 0..<3: hangUp(person, forUs: milliseconds(500...15_000))
        case 3..<8: say(.play, person)
        case 8..<10: say(.place(pixel()), person)
        case 10..<12: ask(.relays(.list), .curiosity, person)
        case 12..<18: if let relay = anyRelay() { ask(.relays(.decay(relay.id)), .curiosity, person) }
        case 18..<20: ask(.leaderboard(.relay, .all), .curiosity, person)
        case 20..<22: if let relay = anyRelay() { ask(.relays(.points(relay.id)), .curiosity, person) }
        case 22..<24: runErrand(person)
        default: break
        }
    }

    /// The relays on the disk that haven't ended, in the order of their making.
    private func relays(where isWanted: (Relay) -> Bool) -> [Relay] {
        disk.relayOrder.compactMap { disk.relays[$0] }.filter { $0.status != .ended && isWanted($0) }
    }

    private mutating func anyRelay() -> Relay? {
        relays { _ in true }.randomElement(using: &random)
    }

    /// Joins a relay that waits, or makes one.
    private mutating func takePart(_ person: Int) {
        guard chance(25) else { return }
        let open = relays { $0.status == .waiting && $0.players.count < $0.options.maxPlayers }
        if let relay = open.randomElement(using: &random), chance(80) {
            let reference = chance(50) ? RelayReference.id(relay.id) : .code(relay.code)
            ask(.relays(.join(reference)), .curiosity, person)
        } else if chance(25) {
            var options = RelayOptions()
            options.startPoints = Int.random(in: 5...40, using: &random)
            options.decayPoints = Int.random(in: 0...3, using: &random)
            options.decayIntervalMs = Int.random(in: 300...2_000, using: &random)
            options.award = Int.random(in: 0...12, using: &random)
            options.penalty = Int.random(in: 1...5, using: &random)
            options.seconds = Int.random(in: 5...40, using: &random)
            options.maxPlayers = Int.random(in: 1...6, using: &random)
            options.isPrivate = chance(20)
            ask(.relays(.create(options)), .curiosity, person)
        }
    }

    /// Asks for a puzzle or answers it; people need no wits here, since the disk knows the answer.
    private mutating func solve(_ relay: Relay, _ account: Identifier, _ person: Int) {
        guard let open = try? relay.puzzle(of: account) else {
            if chance(40) { ask(.relays(.newPuzzle(relay.id)), .curiosity, person) }
            return
        }
        if chance(10) { ask(.relays(.puzzle(relay.id)), .curiosity, person) }
        if chance(3) { ask(.relays(.newPuzzle(relay.id)), .curiosity, person) }
        guard chance(50) else { return }
        let isRight = chance(65)
        let attempt = PuzzleAttempt(
            puzzle: chance(3) ? Identifier(rawValue: 1) : open.id,
            answer: isRight ? open.puzzle.answer : "none of it")
        if people[person].link != nil, chance(60) {
            say(.answer(relay: relay.id, attempt), person)
        } else {
            ask(.relays(.answer(relay.id, attempt)), .curiosity, person)
        }
    }

    /// Enters rooms and leaves them.
    mutating func lookIn(_ person: Int) {
        guard people[person].link != nil else { return }
        let account = people[person].identity?.id
        let isMine = { (relay: Relay) in account.map { relay.index(of: $0) != nil } ?? false }
        if let relay = relays(where: isMine).first, people[person].rooms[relay.id] == nil, chance(60) {
            joinRoom(relay.id, person)
        } else if chance(4), let relay = anyRelay() {
            joinRoom(relay.id, person)
        }
        if chance(3), let relay = people[person].rooms.keys.sorted().randomElement(using: &random) {
            leaveRoom(relay, person)
        }
        for (relay, view) in people[person].rooms.sorted(by: { $0.key < $1.key })
        where view.status == .ended && chance(5) {
            leaveRoom(relay, person)
        }
    }

    private mutating func joinRoom(_ relay: Identifier, _ person: Int) {
        people[person].leftRooms.remove(relay)
        say(.join(relay: relay), person)
    }

    private mutating func leaveRoom(_ relay: Identifier, _ person: Int) {
        people[person].rooms[relay] = nil
        people[person].leftRooms.insert(relay)
        say(.leaveRoom(relay: relay), person)
    }

    /// The room that a person's socket is to be in from the first.
    mutating func room(for person: Int) -> Identifier? {
        guard scenario.workload == .relays, chance(50) else { return nil }
        let account = people[person].identity?.id
        let mine = relays { relay in account.map { relay.index(of: $0) != nil } ?? false }
        return mine.first?.id ?? anyRelay()?.id
    }

    /// Folds an event of a relay into what a person sees of it.
    mutating func follow(_ event: RelayEvent, _ person: Int) {
        if case .state(let view, _) = event.kind {
            if !people[person].leftRooms.contains(event.relay) { people[person].rooms[event.relay] = view }
            return
        }
        guard var view = people[person].rooms[event.relay] else { return }
        switch event.kind {
        case .started(let now): view = now
        case .pointsChanged(_, let players, let leftMs):
            view.players = players
            view.leftMs = leftMs
        case .teamStatus(let status, let players):
            view.status = status
            view.players = players
        case .ended(_, let players, _):
            view.status = .ended
            view.players = players
            view.leftMs = 0
        case .state, .assigned, .solved, .failed, .eliminated: break
        }
        people[person].rooms[event.relay] = view
    }
}
