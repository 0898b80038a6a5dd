import Arguments
import Client
import Protocol
import Transport

/// Plays runs of an arcade game, as honestly as a person and at a person's pace.
///
/// It aims at what a person would see, and no sooner after it came than a person could.
final class ArcadeBot {
    /// Between two tries to begin a run: the one before may not be durable yet.
    private static let retryMs = 500
    private static let maxTries = 20
    /// How much of the pace a hit may take, in percent.
    private static let steadiness = 80...120

    private let loop: EventLoop
    private let playing: BotCommand.Playing
    private let say: (String) -> Void
    private var client: GameClient?
    private var aiming: LoopTimer?
    private var retry: LoopTimer?
    private var generator: SeededGenerator
    private var tracker: RunTracker?
    private var tries = 0
    private var results: [RunResult] = []
    private var outcome: Result<Void, BotFailure>? {
        didSet { loop.stop() }
    }

    init(
        _ account: BotCommand.Account, _ playing: BotCommand.Playing,
        say: @escaping (String) -> Void = Console.print
    ) throws(BotFailure) {
        self.playing = playing
        self.say = say
        loop = try makeLoop()
        var configuration = ClientConfiguration(url: account.url, identity: try account.identity())
        configuration.followsCanvas = false
        configuration.countsIntervalMs = 0
        generator = SeededGenerator(seed: configuration.seed)
        client = GameClient(loop: loop, configuration: configuration) { [weak self] in self?.receive($0) }
        aiming = loop.makeTimer { [weak self] in self?.aim() }
        retry = loop.makeTimer { [weak self] in self?.begin() }
    }

    /// Plays all rounds.
    func run() throws(BotFailure) {
        client?.start()
        if outcome == nil { loop.run() }
        client?.stop()
        // A moment for the socket's farewell to leave.
        loop.run(until: { false }, timeoutMs: 20)
        // What hangs on the loop has to go before it.
        (client, aiming, retry) = (nil, nil, nil)
        if !results.isEmpty { say(RunLines.summary(results, of: playing.game)) }
        switch outcome {
        case .failure(let failure): throw failure
        case .success: break
        case nil: throw BotFailure("stopped")
        }
        let uncounted = results.count { $0.rank == nil }
        if uncounted > 0 { throw BotFailure("\(uncounted) of \(results.count) runs didn't count") }
    }

    private func receive(_ event: ClientEvent) {
        switch event {
        case .connection(.closed(let reason)):
            if outcome == nil { outcome = .failure(BotFailure(reason.description)) }
        case .connection(.waiting(_, let delayMs, let reason)):
            say("no connection, next try in \(delayMs) ms: \(PlayerName.displayed(reason))")
        case .welcome: begin()
        case .runStarted(let start, let atMs):
            tries = 0
            tracker = RunTracker(start, startedAtMs: atMs)
            planAim()
        case .runRefused(_, let failure): refused(failure)
        case .scored(let score):
            if tracker?.take(score) == true { planAim() }
        case .pointRefused(_, let failure):
            say("a point doesn't count: \(PlayerName.displayed(failure.message))")
            tracker?.refused(failure)
            planAim()
        case .runEnded(let result): ended(result)
        case .runLost:
            tracker = nil
            say("the run is lost with its connection")
        case .connection, .signedIn, .status, .replaced, .changed, .placed, .failed, .done, .clickTotals,
            .clicksAccepted, .clicksDropped, .relay, .roomRefused, .renamed, .renameFailed, .latency, .counts,
            .announced, .raw:
            break
        }
    }

    private func begin() {
        guard outcome == nil, tracker == nil, let client, client.isConnected else { return }
        client.startRun(playing.game)
    }

    private func refused(_ failure: Failure) {
        // A new connection begins a run by itself.
        guard outcome == nil, client?.isConnected == true else { return }
        tries += 1
        let mayPass = failure.code == .runOpen || failure.code.httpStatus >= 500
        guard mayPass, tries < Self.maxTries else {
            outcome = .failure(BotFailure(PlayerName.displayed(failure.message)))
            return
        }
        retry?.schedule(afterMs: max(Self.retryMs, failure.retryAfterMs ?? 0))
    }

    /// Plans the next hit: the target came just now.
    private func planAim() {
        guard let tracker, !tracker.isOver else { return }
        let percent = Int.random(in: Self.steadiness, using: &generator)
        aiming?.schedule(afterMs: playing.paceMs * percent / 100)
    }

    /// The aim's timer: hits the middle of the target.
    private func aim() {
        let nowMs = loop.monotonicUs / 1000
        guard let target = tracker?.target(atMs: nowMs) else { return }
        // Nothing is left to hit once the time is up; the server tells the result by itself.
        guard
            let point = tracker?.aim(
                x: target.x + target.width / 2, y: target.y + target.height / 2, atMs: nowMs)
        else { return }
        client?.point(point)
    }

    private func ended(_ result: RunResult) {
        guard tracker?.take(result) == true, outcome == nil else { return }
        tracker = nil
        results.append(result)
        say(RunLines.line(result))
        if results.count < playing.rounds { begin() } else { outcome = .success(()) }
    }
}
