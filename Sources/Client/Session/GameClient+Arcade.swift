public import Protocol
import Transport

// Runs of arcade games, which live and die with their socket.
extension GameClient {
    /// How a run stands with the connection.
    enum RunStanding: Hashable {
        /// Asked for; the socket is still to come.
        case wished(ArcadeGameID)
        /// Asked for, over the socket.
        case asked(ArcadeGameID)
        case open(Identifier)
    }

    /// Begins a run.
    ///
    /// One of the events `.runStarted` and `.runRefused` follows; after `.runStarted` one of `.runEnded` and
    /// `.runLost` does, whatever becomes of the connection. Who was sent away for idling comes back for it.
    public func startRun(_ game: ArcadeGameID) {
        guard run == nil else { return refuseRun(game, Failure(.runOpen, "a run is under way")) }
        switch state {
        case .connected:
            run = .asked(game)
            sendOwn(.startRun(game), for: .runStart(game))
        case .watching where isAway, .connecting where isAway:
            returnIfAway()
            run = .wished(game)
        case .connecting, .watching, .signingIn, .waiting, .closed: refuseRun(game, Self.noSocket)
        }
    }

    /// Claims a hit, as a tracker says it; told by `.scored` or `.pointRefused`.
    public func point(_ point: RunPoint) {
        sendOwn(.point(point), for: .runPoint(point))
    }

    /// Gives a run up; told by `.runEnded`.
    public func endRun(_ run: Identifier) {
        sendOwn(.endRun(run), for: .runEnd(run))
    }

    private static let noSocket = Failure(.internalError, "there is no connection")

    private func refuseRun(_ game: ArcadeGameID, _ failure: Failure) {
        loop.atEndOfIteration { [weak self] in self?.onEvent(.runRefused(game, failure)) }
    }

    /// The socket is open: a run that was wished for can begin.
    func startWishedRun() {
        guard case .wished(let game) = run else { return }
        run = nil
        startRun(game)
    }

    /// The socket is gone, and the run with it.
    func loseRun() {
        let lost = run
        run = nil
        switch lost {
        case .wished(let game), .asked(let game): onEvent(.runRefused(game, Self.noSocket))
        case .open(let id): onEvent(.runLost(id))
        case nil: break
        }
    }

    func started(_ start: RunStart) {
        run = .open(start.run)
        onEvent(.runStarted(start, atMs: loop.monotonicUs / 1000))
    }

    func ended(_ result: RunResult) {
        if run == .open(result.run) { run = nil }
        onEvent(.runEnded(result))
    }

    func runRefused(_ failure: Failure, _ game: ArcadeGameID) {
        if run == .asked(game) { run = nil }
        onEvent(.runRefused(game, failure))
    }

    func runEndRefused(_ failure: Failure, _ id: Identifier) {
        // One that is over already tells how it ended by itself.
        guard failure.code == .notFound, run == .open(id) else { return }
        run = nil
        onEvent(.runLost(id))
    }
}
