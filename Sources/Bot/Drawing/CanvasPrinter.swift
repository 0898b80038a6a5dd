import Arguments
import Client
import Glibc
import Raster
import Transport

/// Prints the canvas as half blocks, once.
final class CanvasPrinter {
    private static let timeoutMs = 30_000
    private static let maxColumns = 160
    private static let maxRows = 1_000

    private let loop: EventLoop
    private var client: GameClient?
    private var picture: CanvasPicture?
    private var refusal: CloseReason?

    init(_ account: BotCommand.Account) throws(BotFailure) {
        loop = try makeLoop()
        var configuration = ClientConfiguration(url: account.url, identity: .guest, mode: .watch)
        configuration.reconnects = false
        configuration.countsIntervalMs = 0
        // One look is had sooner by asking.
        configuration.watchesLive = false
        client = GameClient(loop: loop, configuration: configuration) { [weak self] event in
            switch event {
            case .replaced(let picture): self?.picture = picture
            case .connection(.closed(let reason)): self?.refusal = reason
            default: break
            }
        }
    }

    func run() throws(BotFailure) {
        client?.start()
        loop.run(until: { refusal != nil || client?.replica.isCurrent == true }, timeoutMs: Self.timeoutMs)
        let replica = client?.replica
        let reason = refusal
        client?.stop()
        // What hangs on the loop has to go before it.
        client = nil
        if let reason { throw BotFailure(reason.description) }
        guard let replica, replica.isCurrent, let picture else {
            throw BotFailure("the server gave no canvas within \(Self.timeoutMs / 1000) s")
        }
        let text = HalfBlocks.ansi(
            cells: replica.cells, size: picture.size, palette: picture.palette, columns: Self.columns,
            rows: Self.maxRows,
            depth: PrintDepth.choose(isTerminal: isatty(STDOUT_FILENO) == 1) { name in
                getenv(name).map { String(cString: $0) }
            })
        Console.print(text.last == "\n" ? String(text.dropLast()) : text)
    }

    /// The terminal's width; into a file or pipe as much as is pleasant to look at.
    private static var columns: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return maxColumns }
        return Int(size.ws_col)
    }
}
