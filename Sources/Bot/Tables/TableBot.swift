import Arguments
import Client
import Protocol
import Transport

/// Asks the server one thing and prints the answer as a table.
final class TableBot {
    private static let timeoutMs = 30_000

    private let loop: EventLoop
    private var client: GameClient?
    private let ask: (GameClient, @escaping GameClient.Answer<[[String]]>) -> Void
    private var hasAsked = false
    private var outcome: Result<[[String]], BotFailure>?

    private init(
        _ account: BotCommand.Account,
        ask: @escaping (GameClient, @escaping GameClient.Answer<[[String]]>) -> Void
    ) throws(BotFailure) {
        self.ask = ask
        loop = try makeLoop()
        // Without a socket, which would take the place of another bot's of this profile.
        var configuration = ClientConfiguration(
            url: account.url, identity: try account.identity(), mode: .watch)
        configuration.reconnects = false
        configuration.followsCanvas = false
        configuration.countsIntervalMs = 0
        client = GameClient(loop: loop, configuration: configuration) { [weak self] in self?.receive($0) }
    }

    /// The relays that can be joined.
    convenience init(relaysFor account: BotCommand.Account) throws(BotFailure) {
        try self.init(account) { client, done in
            client.listRelays { result in done(result.map(RelayTable.rows)) }
        }
    }

    /// Who leads on a board.
    convenience init(
        _ board: Board, _ period: BoardPeriod, for account: BotCommand.Account
    ) throws(BotFailure) {
        try self.init(account) { client, done in
            client.leaderboard(board, period) { result in done(result.map(LeaderboardTable.rows)) }
        }
    }

    /// Prints the table.
    func run(say: (String) -> Void = Console.print) throws(BotFailure) {
        client?.start()
        loop.run(until: { outcome != nil }, timeoutMs: Self.timeoutMs)
        client?.stop()
        // What hangs on the loop has to go before it.
        client = nil
        switch outcome {
        case .success(let rows): for line in TextTable.lines(rows) { say(line) }
        case .failure(let failure): throw failure
        case nil: throw BotFailure("the server gave no answer within \(Self.timeoutMs / 1000) s")
        }
    }

    private func receive(_ event: ClientEvent) {
        switch event {
        case .connection(.watching):
            guard !hasAsked, let client else { return }
            hasAsked = true
            ask(client) { [weak self] result in
                self?.outcome = result.mapError { BotFailure(PlayerName.displayed($0.message)) }
            }
        case .connection(.closed(let reason)):
            if outcome == nil { outcome = .failure(BotFailure(reason.description)) }
        default: break
        }
    }
}
