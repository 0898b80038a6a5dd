package import Protocol

/// A relay by the contract, small enough to see through: sums whose answers it knows, and no clock of its own.
package struct ScriptedRelay {
    package private(set) var view: RelayView
    /// Each player's open puzzle, with its answer.
    private var open: [Identifier: (puzzle: PuzzleView, answer: String)] = [:]
    private var puzzleCount = 0

    package init(creator: AccountName, options: RelayOptions = RelayOptions()) {
        view = RelayView(
            relay: Identifier(rawValue: 70), code: RelayCode(random: 1), status: .waiting, players: [],
            options: options, leftMs: options.seconds * 1000)
        add(creator)
    }

    package var players: [RelayPlayer] { view.players }

    /// A player's puzzle.
    package func puzzle(of account: Identifier) -> PuzzleView? { open[account]?.puzzle }

    /// The state as someone sees it on joining.
    package func state(for account: Identifier) -> RelayEvent {
        event(.state(view, puzzle: puzzle(of: account)))
    }

    /// Lets a player in.
    @discardableResult
    package mutating func add(_ account: AccountName) -> RelayEvent {
        if !view.players.contains(where: { $0.account.id == account.id }) {
            view.players.append(
                RelayPlayer(account: account, points: view.options.startPoints, isActive: true, solves: 0))
        }
        return event(.teamStatus(view.status, view.players))
    }

    /// Starts it; everyone gets a puzzle.
    package mutating func start() -> [RelayEvent] {
        view.status = .running
        return [event(.started(view))] + view.players.map { assign(to: $0.account) }
    }

    /// Judges an answer.
    package mutating func answer(_ attempt: PuzzleAttempt, by account: AccountName) throws(Failure)
        -> [RelayEvent]
    {
        guard view.status == .running else { throw Failure(.relayNotRunning, "not running") }
        guard let (puzzle, answer) = open[account.id], puzzle.id == attempt.puzzle,
            let index = view.players.firstIndex(where: { $0.account.id == account.id })
        else { throw Failure(.noPuzzle, "no such puzzle") }
        guard attempt.answer == answer else {
            let penalty = view.options.penalty
            view.players[index].points = max(0, view.players[index].points - penalty)
            return [event(.failed(by: account, puzzle: puzzle.id, penalty: penalty)), points(.penalty)]
        }
        let next = (index + 1) % view.players.count
        view.players[next].points += puzzle.worth
        view.players[index].solves += 1
        return [
            event(
                .solved(
                    by: account, puzzle: puzzle.id, worth: puzzle.worth,
                    awardedTo: view.players[next].account)),
            points(.award), assign(to: account),
        ]
    }

    /// Ends it for want of time.
    package mutating func end() -> RelayEvent {
        view.status = .ended
        open = [:]
        let awards = view.players.filter(\.isActive).map { RelayAward(account: $0.account, profilePoints: 3) }
        return event(.ended(.time, view.players, awards: awards))
    }

    private func points(_ reason: PointsReason) -> RelayEvent {
        event(.pointsChanged(reason, view.players, leftMs: view.leftMs))
    }

    private mutating func assign(to account: AccountName) -> RelayEvent {
        puzzleCount += 1
        let puzzle = PuzzleView(
            id: Identifier(rawValue: UInt64(1000 + puzzleCount)), type: .arithmetic,
            data: .arithmetic(expression: "\(puzzleCount) + 1"), worth: view.options.award)
        open[account.id] = (puzzle, "\(puzzleCount + 1)")
        return event(.assigned(to: account, puzzle))
    }

    private func event(_ kind: RelayEvent.Kind) -> RelayEvent {
        RelayEvent(relay: view.relay, kind)
    }
}
