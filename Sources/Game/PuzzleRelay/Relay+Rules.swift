public import Protocol

extension Relay {
    /// What an event in a relay leads to, in order: all of it is told to everyone in the room.
    public typealias Events = [RelayEvent.Kind]

    /// Takes a place in the ring; one that is taken already stays as it is.
    public mutating func join(_ account: AccountName) throws(Refusal) -> Events {
        if index(of: account.id) != nil { return [] }
        guard status == .waiting else { throw .started }
        guard players.count < options.maxPlayers else { throw .full }
        players.append(Player(account: account, points: options.startPoints))
        return [.teamStatus(status, ring)]
    }

    /// Takes an account that is no more out of the ring while it waits; nil where nobody would be left.
    public func without(_ account: Identifier) -> Relay? {
        guard status == .waiting, index(of: account) != nil else { return self }
        var left = self
        left.players.removeAll { $0.account.id == account }
        return left.players.isEmpty ? nil : left
    }

    /// Gives a player another name.
    public mutating func rename(_ account: AccountName) {
        guard let index = index(of: account.id) else { return }
        players[index].account = account
    }

    /// Closes the ring and begins.
    public mutating func start(by account: Identifier) throws(Refusal) -> Events {
        guard index(of: account) != nil else { throw .notPlaying }
        guard status == .waiting else { throw .started }
        status = .running
        return [.started(view)]
    }

    /// Whose turn it would be: the index of an account that is in a running relay.
    private func running(_ account: Identifier) throws(Refusal) -> Int {
        guard let index = index(of: account) else { throw .notPlaying }
        guard status == .running else { throw .notRunning }
        guard players[index].isActive else { throw .out }
        return index
    }

    /// Puts a puzzle before a player that has none, as difficult as its solves deserve.
    public mutating func assign(
        to account: Identifier, id: Identifier, seed: UInt64, stock: PuzzleStock
    ) throws(Refusal) -> Events {
        let index = try running(account)
        guard players[index].puzzle == nil else { throw .puzzleOpen }
        return [put(puzzle: id, seed: seed, stock: stock, before: index)]
    }

    private mutating func put(
        puzzle id: Identifier, seed: UInt64, stock: PuzzleStock, before index: Int
    ) -> RelayEvent.Kind {
        let difficulty = PuzzleGenerator.difficulty(afterSolves: players[index].solves)
        let puzzle = PuzzleGenerator.make(type: nil, difficulty: difficulty, seed: seed, stock: stock)
        let open = OpenPuzzle(
            id: id, puzzle: puzzle, worth: PuzzleGenerator.worth(award: options.award, difficulty: difficulty)
        )
        players[index].puzzle = open
        return .assigned(to: players[index].account, open.view)
    }

    /// The puzzle that waits for a player's answer; nil where none does.
    public func puzzle(of account: Identifier) throws(Refusal) -> OpenPuzzle? {
        guard let index = index(of: account) else { throw .notPlaying }
        return players[index].puzzle
    }

    /// What an answer led to.
    public struct Outcome: Hashable, Sendable {
        /// Whether it was right.
        public var isCorrect: Bool
        /// Who got the puzzle's worth.
        public var awardedTo: AccountName?
        /// What to tell.
        public var events: Events
    }

    /// Judges an answer: a right one gives the puzzle's worth to the next in the ring and brings a new puzzle,
    /// a wrong one costs the one who gave it and leaves the puzzle open.
    public mutating func answer(
        _ attempt: PuzzleAttempt, by account: Identifier, nextPuzzle id: Identifier, seed: UInt64,
        stock: PuzzleStock
    ) throws(Refusal) -> Outcome {
        let index = try running(account)
        guard let open = players[index].puzzle, open.id == attempt.puzzle else { throw .noPuzzle }
        let solver = players[index].account
        guard open.puzzle.accepts(attempt.answer) else {
            let cost = min(options.penalty, players[index].points)
            players[index].points -= cost
            players[index].penalized += cost
            var events: Events = [
                .failed(by: solver, puzzle: open.id, penalty: cost),
                .pointsChanged(.penalty, ring, leftMs: leftMs),
            ]
            events += eliminate()
            return Outcome(isCorrect: false, awardedTo: nil, events: events)
        }
        let next = next(after: index)
        players[index].puzzle = nil
        players[index].solves += 1
        players[next].points += open.worth
        players[next].awarded += open.worth
        let winner = players[next].account
        let events: Events = [
            .solved(by: solver, puzzle: open.id, worth: open.worth, awardedTo: winner),
            .pointsChanged(.award, ring, leftMs: leftMs),
            put(puzzle: id, seed: seed, stock: stock, before: index),
        ]
        return Outcome(isCorrect: true, awardedTo: winner, events: events)
    }

    /// Lets an interval pass: everyone who is in loses points, whoever has none left is out.
    public mutating func decay() -> Events {
        guard status == .running else { return [] }
        steps += 1
        for index in players.indices where players[index].isActive {
            let loss = min(options.decayPoints, players[index].points)
            players[index].points -= loss
            players[index].decayed += loss
        }
        var events: Events = [.pointsChanged(.decay, ring, leftMs: leftMs)]
        events += eliminate()
        if status == .running, steps >= maxSteps { events.append(end(.time)) }
        return events
    }

    /// Shows whoever has no points left out, and ends the relay where one or none is left of a team.
    private mutating func eliminate() -> Events {
        var events: Events = []
        for index in players.indices where players[index].isActive && players[index].points == 0 {
            players[index].isActive = false
            players[index].puzzle = nil
            events.append(.eliminated(players[index].account))
        }
        guard !events.isEmpty else { return [] }
        events.append(.teamStatus(status, ring))
        if activeCount == 0 {
            events.append(end(.allOut))
        } else if activeCount == 1, players.count > 1 {
            events.append(end(.lastStanding))
        }
        return events
    }

    private mutating func end(_ reason: RelayEndReason) -> RelayEvent.Kind {
        status = .ended
        endReason = reason
        for index in players.indices { players[index].puzzle = nil }
        return .ended(reason, ring, awards: awards)
    }

    /// Ends a relay that nobody started.
    public mutating func expire() -> Events {
        guard status == .waiting else { return [] }
        for index in players.indices { players[index].isActive = false }
        return [end(.time)]
    }

    /// Profile points of the survivors of a team: 10, and 2 more for each puzzle they solved; whoever plays
    /// alone practises.
    public var awards: [RelayAward] {
        guard status == .ended, players.count > 1 else { return [] }
        return players.filter(\.isActive).map {
            RelayAward(account: $0.account, profilePoints: 10 + 2 * $0.solves)
        }
    }
}
