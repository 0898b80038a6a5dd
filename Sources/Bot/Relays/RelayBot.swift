import Arguments
import Client
import Protocol
import Transport

/// Plays a relay to its end, at a person's pace.
final class RelayBot {
    /// Between two answers: what the server asks for, and a little for a connection that isn't even.
    private static let answerIntervalUs = Int64(Limits.answerIntervalMs + 100) * 1000

    private let loop: EventLoop
    private let relaying: BotCommand.Relaying
    private let solve: (PuzzleData) -> String?
    private let say: (String) -> Void
    private var client: GameClient?
    private var timer: LoopTimer?
    private var generator: SeededGenerator
    private var replica: RelayReplica?
    private var hasAskedForRelay = false
    private var hasAskedToStart = false
    private var isAskingForPuzzle = false
    /// The message that carried the latest answer, while what it led to isn't told.
    private var attemptID: Int?
    private var nextAnswerUs: Int64 = 0
    private var outcome: Result<Void, BotFailure>? {
        didSet { loop.stop() }
    }

    /// Takes what finds a puzzle's answer; where it finds none the bot guesses.
    init(
        _ account: BotCommand.Account, _ relaying: BotCommand.Relaying,
        solve: @escaping (PuzzleData) -> String?, say: @escaping (String) -> Void = Console.print
    ) throws(BotFailure) {
        self.relaying = relaying
        self.solve = solve
        self.say = say
        loop = try makeLoop()
        var configuration = ClientConfiguration(url: account.url, identity: try account.identity())
        configuration.followsCanvas = false
        configuration.countsIntervalMs = 0
        generator = SeededGenerator(seed: configuration.seed)
        client = GameClient(loop: loop, configuration: configuration) { [weak self] in self?.receive($0) }
        timer = loop.makeTimer { [weak self] in self?.proceed() }
    }

    func run() throws(BotFailure) {
        client?.start()
        if outcome == nil { loop.run() }
        client?.stop()
        // A moment for the socket's farewell to leave.
        loop.run(until: { false }, timeoutMs: 20)
        // What hangs on the loop has to go before it.
        (client, timer) = (nil, nil)
        switch outcome {
        case .failure(let failure): throw failure
        case .success: break
        case nil: throw BotFailure("stopped")
        }
    }

    private func receive(_ event: ClientEvent) {
        switch event {
        case .connection(.closed(let reason)):
            if outcome == nil { outcome = .failure(BotFailure(reason.description)) }
        case .connection(.waiting(_, let delayMs, let reason)):
            // The answer under way may or may not have been heard; the relay's state will tell.
            attemptID = nil
            say("no connection, next try in \(delayMs) ms: \(PlayerName.displayed(reason))")
        case .welcome: if !hasAskedForRelay { askForRelay() }
        case .relay(let event): receive(event)
        case .roomRefused(_, let failure): outcome = .failure(BotFailure(failure.message))
        case .failed(let failure, let id): refused(failure, id)
        case .connection, .signedIn, .status, .replaced, .changed, .placed, .done, .clickTotals,
            .clicksAccepted, .clicksDropped, .renamed, .renameFailed, .latency, .counts, .runStarted,
            .runRefused, .scored, .pointRefused, .runEnded, .runLost, .announced, .raw:
            break
        }
    }

    private func askForRelay() {
        hasAskedForRelay = true
        let entered: GameClient.Answer<RelayView> = { [weak self] result in self?.entered(result) }
        switch relaying.way {
        case .create:
            var options = RelayOptions()
            options.maxPlayers = max(options.maxPlayers, relaying.players)
            options.seconds = relaying.seconds
            client?.createRelay(options, entered)
        case .join(let reference): client?.joinRelay(reference, entered)
        }
    }

    private func entered(_ result: Result<RelayView, Failure>) {
        guard outcome == nil else { return }
        switch result {
        case .failure(let failure): outcome = .failure(BotFailure(failure.message))
        case .success(let view):
            replica = RelayReplica(relay: view.relay, me: client?.account?.id)
            client?.join(relay: view.relay)
        }
    }

    private func receive(_ event: RelayEvent) {
        guard event.relay == replica?.relay, outcome == nil else { return }
        say(RelayLines.line(event))
        replica?.receive(event, atUs: loop.monotonicUs)
        switch event.kind {
        case .solved(let account, _, _, _) where account.id == replica?.me: attemptID = nil
        case .failed(let account, _, _) where account.id == replica?.me: attemptID = nil
        default: break
        }
        if replica?.ending != nil {
            outcome = .success(())
        } else {
            startIfComplete()
            proceed()
        }
    }

    private func startIfComplete() {
        guard case .create = relaying.way, let replica, replica.status == .waiting,
            replica.players.count >= relaying.players, !hasAskedToStart
        else { return }
        hasAskedToStart = true
        client?.startRelay(replica.relay) { [weak self] result in
            // Another player may have been faster.
            guard let self, outcome == nil, case .failure(let failure) = result,
                failure.code != .relayStarted
            else { return }
            outcome = .failure(BotFailure(failure.message))
        }
    }

    private func refused(_ failure: Failure, _ id: Int?) {
        guard let id, id == attemptID else { return }
        attemptID = nil
        say("refused: \(PlayerName.displayed(failure.message))")
        let waitUs = Int64(failure.retryAfterMs ?? Limits.answerIntervalMs) * 1000
        nextAnswerUs = max(nextAnswerUs, loop.monotonicUs + waitUs)
        proceed()
    }

    /// Answers if it is time to, and plans to come back.
    private func proceed() {
        guard let client, let replica, outcome == nil, replica.isPlaying else { return }
        let nowUs = loop.monotonicUs
        guard nowUs >= nextAnswerUs else {
            timer?.schedule(afterUs: Int(nextAnswerUs - nowUs))
            return
        }
        nextAnswerUs = nowUs + Self.answerIntervalUs
        timer?.schedule(afterUs: Int(Self.answerIntervalUs))
        guard client.isConnected else { return }
        guard let puzzle = replica.puzzle, let data = puzzle.data else {
            return askForPuzzle(client, replica.relay)
        }
        let text = choose(data)
        if let id = client.answer(relay: replica.relay, puzzle: puzzle.id, text) {
            attemptID = id
            // Whatever became of an answer that nothing is heard of, the puzzle is open or isn't by then.
            nextAnswerUs = nowUs + Self.answerIntervalUs
            say("answer: \(PlayerName.displayed(text))")
        }
    }

    private func askForPuzzle(_ client: GameClient, _ relay: Identifier) {
        guard !isAskingForPuzzle else { return }
        isAskingForPuzzle = true
        client.newPuzzle(relay: relay) { [weak self] result in
            guard let self else { return }
            switch result {
            case .success(let puzzle): took(puzzle)
            case .failure(let failure) where failure.code == .puzzleOpen:
                client.currentPuzzle(relay: relay) { [weak self] result in
                    if case .success(let puzzle) = result { self?.took(puzzle) }
                    self?.isAskingForPuzzle = false
                }
            case .failure: isAskingForPuzzle = false
            }
        }
    }

    private func took(_ puzzle: PuzzleView) {
        isAskingForPuzzle = false
        replica?.receive(puzzle)
        proceed()
    }

    private func choose(_ data: PuzzleData) -> String {
        switch relaying.answers {
        case .wrong: return Guess.wrong
        case .mixed where Bool.random(using: &generator): return Guess.wrong
        case .right, .mixed: return solve(data) ?? Guess.answer(data, using: &generator)
        }
    }
}
