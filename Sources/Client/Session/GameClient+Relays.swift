public import Protocol
import Transport

// Relays' rooms over the socket, and what is asked about games over HTTP.
extension GameClient {
    // MARK: Rooms

    /// Enters a relay's room, to play or to watch; after a lost connection it is entered again.
    ///
    /// The answer is the event `.relay` with the relay's state, or `.roomRefused`. Where the connection is still
    /// to come, it is entered then.
    public func join(relay: Identifier) {
        guard rooms.contains(relay) || rooms.count < Limits.maxRoomsPerConnection else {
            let failure = Failure(.badRequest, "at most \(Limits.maxRoomsPerConnection) rooms at once")
            return loop.atEndOfIteration { [weak self] in self?.onEvent(.roomRefused(relay, failure)) }
        }
        if !rooms.contains(relay) { rooms.append(relay) }
        returnIfAway()
        sendOwn(.join(relay: relay), for: .room(relay))
    }

    /// Leaves a relay's room; whoever plays in it stays in the ring.
    ///
    /// - Returns: the id that `.done` or `.failed` repeats; nil without a connection.
    @discardableResult
    public func leaveRoom(relay: Identifier) -> Int? {
        rooms.removeAll { $0 == relay }
        return send(.leaveRoom(relay: relay))
    }

    /// Tries a puzzle; what it led to is told by `.relay`, a refusal by `.failed` with this id.
    ///
    /// - Returns: the id; nil without a connection, where nothing was asked.
    @discardableResult
    public func answer(relay: Identifier, puzzle: Identifier, _ text: String) -> Int? {
        send(.answer(relay: relay, PuzzleAttempt(puzzle: puzzle, answer: text)))
    }

    /// Enters the rooms of the connection before, of which a new one is in none.
    func enter(_ returning: [Identifier]) {
        for relay in returning where rooms.contains(relay) { sendOwn(.join(relay: relay), for: .room(relay)) }
    }

    func roomRefused(_ failure: Failure, _ relay: Identifier) {
        rooms.removeAll { $0 == relay }
        onEvent(.roomRefused(relay, failure))
    }

    // MARK: Calls

    /// The relays that are listed, with their codes.
    public func listRelays(_ answer: @escaping Answer<[RelayView]>) {
        call(.relays(.list), answer) { json throws(Failure) in try RelayView.list(json: json) }
    }

    /// Makes a relay, whose first player we are.
    public func createRelay(_ options: RelayOptions, _ answer: @escaping Answer<RelayView>) {
        call(.relays(.create(options)), answer) { json throws(Failure) in try RelayView(json: json) }
    }

    /// Takes a place in a relay's ring; its room is entered by `join(relay:)`.
    public func joinRelay(_ reference: RelayReference, _ answer: @escaping Answer<RelayView>) {
        call(.relays(.join(reference)), answer) { json throws(Failure) in try RelayView(json: json) }
    }

    /// Starts a relay that we are a player of.
    public func startRelay(_ relay: Identifier, _ answer: @escaping Answer<RelayView>) {
        call(.relays(.start(relay)), answer) { json throws(Failure) in try RelayView(json: json) }
    }

    /// Asks for a puzzle; refused with `puzzle_open` while there is one.
    public func newPuzzle(relay: Identifier, _ answer: @escaping Answer<PuzzleView>) {
        call(.relays(.newPuzzle(relay)), answer) { json throws(Failure) in try PuzzleView(json: json) }
    }

    /// Our open puzzle; refused with `no_puzzle` where there is none.
    public func currentPuzzle(relay: Identifier, _ answer: @escaping Answer<PuzzleView>) {
        call(.relays(.puzzle(relay)), answer) { json throws(Failure) in try PuzzleView(json: json) }
    }

    /// Everyone's points, in the ring's order.
    public func relayPoints(_ relay: Identifier, _ answer: @escaping Answer<[RelayPlayer]>) {
        call(.relays(.points(relay)), answer) { json throws(Failure) in try RelayPlayer.list(json: json) }
    }

    /// The click game that is on, else the one that comes next.
    public func currentClickGame(_ answer: @escaping Answer<ClickGameAnswer>) {
        call(.clicks(.current), answer) { json throws(Failure) in try ClickGameAnswer(json: json) }
    }
}
