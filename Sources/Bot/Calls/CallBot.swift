import Arguments
import Client
import Protocol
import Transport

/// Asks the server one thing and prints its answer.
final class CallBot {
    private static let timeoutMs = 30_000

    private let loop: EventLoop
    private var client: GameClient?
    private let call: BotCommand.Call
    private var hasAsked = false
    private var outcome: Result<[String], BotFailure>?

    init(_ account: BotCommand.Account, _ call: BotCommand.Call) throws(BotFailure) {
        self.call = call
        loop = try makeLoop()
        // Without a socket, which would take the place of another bot's of this profile.
        var configuration = ClientConfiguration(
            url: account.url, identity: try account.identity(), mode: .watch)
        configuration.reconnects = false
        configuration.followsCanvas = false
        configuration.countsIntervalMs = 0
        client = GameClient(loop: loop, configuration: configuration) { [weak self] in self?.receive($0) }
    }

    /// Prints the answer.
    func run(say: (String) -> Void = Console.print) throws(BotFailure) {
        client?.start()
        loop.run(until: { outcome != nil }, timeoutMs: Self.timeoutMs)
        client?.stop()
        // What hangs on the loop has to go before it.
        client = nil
        switch outcome {
        case .success(let lines): for line in lines { say(line) }
        case .failure(let failure): throw failure
        case nil: throw BotFailure("the server gave no answer within \(Self.timeoutMs / 1000) s")
        }
    }

    private func receive(_ event: ClientEvent) {
        switch event {
        case .connection(.watching):
            guard !hasAsked, let client else { return }
            hasAsked = true
            call.ask(client) { [weak self] result in
                self?.outcome = result.mapError { BotFailure(PlayerName.displayed($0.message)) }
            }
        case .connection(.closed(let reason)):
            if outcome == nil { outcome = .failure(BotFailure(reason.description)) }
        default: break
        }
    }
}

extension BotCommand.Call {
    /// Asks, and hands on the lines to print.
    func ask(_ client: GameClient, _ done: @escaping GameClient.Answer<[String]>) {
        switch self {
        case .relays: client.listRelays { done($0.map { TextTable.lines(RelayTable.rows($0)) }) }
        case .leaderboard(let board, let period):
            client.leaderboard(board, period) { done($0.map { TextTable.lines(LeaderboardTable.rows($0)) }) }
        case .skins: client.listSkins { done($0.map { TextTable.lines(SkinTable.rows($0)) }) }
        case .buy(let skin):
            client.buy(skin) { done($0.map { ["bought \($0.skin), \($0.points) points left"] }) }
        case .wear(let skin):
            client.wear(skin) { result in
                done(result.map { ["wearing \($0.skin?.description ?? "the standard look")"] })
            }
        case .feedback(let message):
            client.sendFeedback(message) { done($0.map { ["sent; thank you"] }) }
        }
    }
}
