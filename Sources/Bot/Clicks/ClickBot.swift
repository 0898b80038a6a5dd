import Arguments
import Client
import Glibc
import Protocol
import Transport

/// Clicks at an even pace, and tells what of it counted.
final class ClickBot {
    /// How long the last clicks are waited for.
    private static let patienceMs = 30_000

    private let loop: EventLoop
    private let clicking: BotCommand.Clicking
    private let say: (String) -> Void
    private var client: GameClient?
    private var timer: LoopTimer?
    private var patience: LoopTimer?
    /// When the first click was made.
    private var startedUs: Int64?
    private var clickCount = 0
    private var acceptedCount = 0
    private var droppedCount = 0
    private var isEnding = false
    private var hasAskedForTotals = false
    private var outcome: Result<String, BotFailure>? {
        didSet { loop.stop() }
    }

    init(
        _ account: BotCommand.Account, _ clicking: BotCommand.Clicking,
        say: @escaping (String) -> Void = Console.print
    ) throws(BotFailure) {
        self.clicking = clicking
        self.say = say
        loop = try makeLoop()
        var configuration = ClientConfiguration(url: account.url, identity: try account.identity())
        configuration.followsCanvas = false
        configuration.countsIntervalMs = 0
        client = GameClient(loop: loop, configuration: configuration) { [weak self] in self?.receive($0) }
        timer = loop.makeTimer { [weak self] in self?.click() }
        patience = loop.makeTimer { [weak self] in self?.giveUp() }
    }

    /// Clicks until the time is over, or until Ctrl-C where `endsBySignal` says so.
    func run(endsBySignal: Bool = true) throws(BotFailure) {
        if endsBySignal { try watchSignals() }
        client?.start()
        if outcome == nil { loop.run() }
        client?.stop()
        // A moment for the socket's farewell to leave.
        loop.run(until: { false }, timeoutMs: 20)
        // What hangs on the loop has to go before it.
        (client, timer, patience) = (nil, nil, nil)
        switch outcome {
        case .failure(let failure): throw failure
        case .success(let summary): say(summary)
        case nil: throw BotFailure("stopped")
        }
    }

    private func watchSignals() throws(BotFailure) {
        do throws(TransportError) {
            for signal in [SIGINT, SIGTERM] {
                try loop.onSignal(signal) { [weak self] in self?.end() }
            }
        } catch {
            throw BotFailure(error.message)
        }
    }

    private func receive(_ event: ClientEvent) {
        switch event {
        case .connection(.closed(let reason)):
            if outcome == nil { outcome = .failure(BotFailure(reason.description)) }
        case .connection(.waiting(_, let delayMs, let reason)):
            say("no connection, next try in \(delayMs) ms: \(PlayerName.displayed(reason))")
        case .welcome: if startedUs == nil { start() }
        case .clicksAccepted(let receipt):
            acceptedCount += receipt.accepted
            let planet = PlayerName.displayed(receipt.planet)
            say("\(receipt.accepted) clicks for \(planet), \(receipt.total) in this game")
            finishIfSettled()
        case .clicksDropped(let count, let failure):
            droppedCount += count
            say("\(count) clicks don't count: \(PlayerName.displayed(failure.message))")
            finishIfSettled()
        case .connection, .signedIn, .status, .replaced, .changed, .placed, .failed, .done, .clickTotals,
            .relay, .roomRefused, .renamed, .renameFailed, .latency, .counts, .runStarted,
            .runRefused, .scored, .pointRefused, .runEnded, .runLost, .announced, .raw:
            break
        }
    }

    private func start() {
        startedUs = loop.monotonicUs
        timer?.schedule(afterUs: Int(1_000_000 / clicking.clicksPerSecond))
    }

    /// The clicks' timer: makes those that are due, and ends when the time is over.
    private func click() {
        guard let startedUs, !isEnding else { return }
        let runUs = Double(loop.monotonicUs - startedUs)
        let lengthUs = clicking.seconds > 0 ? min(runUs, clicking.seconds * 1_000_000) : runUs
        // Rounding must not take the last click away.
        let due = Int(lengthUs * clicking.clicksPerSecond / 1_000_000 + 0.001)
        let count = due - clickCount
        if count > 0 {
            clickCount = due
            client?.click(count: count)
        }
        if clicking.seconds > 0, runUs >= clicking.seconds * 1_000_000 { return end() }
        let nextUs = Double(clickCount + 1) / clicking.clicksPerSecond * 1_000_000
        timer?.schedule(afterUs: Int(max(1_000, nextUs - runUs)))
    }

    /// No more clicks; those that were made are still pushed, but for a second word, which ends it at once.
    private func end() {
        if isEnding { return giveUp() }
        isEnding = true
        patience?.schedule(afterMs: Self.patienceMs)
        finishIfSettled()
    }

    private func finishIfSettled() {
        guard isEnding, let client, client.heldClicks == 0, !hasAskedForTotals else { return }
        hasAskedForTotals = true
        client.currentClickGame { [weak self] result in
            guard let self, outcome == nil else { return }
            let game = try? result.get().view
            outcome = .success(summary(game))
        }
    }

    private func summary(_ game: ClickGameView?) -> String {
        let dropped = droppedCount > 0 ? ", \(droppedCount) dropped" : ""
        let planets = game?.planets.map { "\(PlayerName.displayed($0.name)) \($0.clicks)" } ?? []
        let totals = planets.isEmpty ? "" : "; " + planets.joined(separator: ", ")
        return "made \(clickCount) clicks, \(acceptedCount) counted\(dropped)\(totals)"
    }

    private func giveUp() {
        guard outcome == nil else { return }
        let held = client?.heldClicks ?? 0
        outcome =
            held > 0
            ? .failure(BotFailure("\(held) of \(clickCount) clicks were not answered"))
            : .success(summary(nil))
    }
}
