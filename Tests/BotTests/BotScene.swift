import Dispatch
import Glibc
import Protocol
import Stage
import Synchronization
import Testing
import Transport

@testable import Bot

/// A scripted server on the test's loop, and a bot on a thread of its own.
final class BotScene {
    /// How the bot ended, told from its thread.
    private final class Ending: Sendable {
        private let state = Mutex<(isOver: Bool, complaint: String?)>((false, nil))

        var isOver: Bool { state.withLock { $0.isOver } }
        var complaint: String? { state.withLock { $0.complaint } }
        func end(_ complaint: String?) { state.withLock { $0 = (true, complaint) } }
    }

    /// What a bot printed, told from its thread.
    private final class Lines: Sendable {
        private let state = Mutex<[String]>([])

        var all: [String] { state.withLock { $0 } }
        func add(_ line: String) { state.withLock { $0.append(line) } }
    }

    let loop: EventLoop
    let server: ScriptedServer
    private let lines = Lines()
    private let ending = Ending()
    private let input: (read: Int32, write: Int32)
    private let output: (read: Int32, write: Int32)
    private var isInputOpen = true

    init(width: Int = 16, height: Int = 12) throws {
        loop = try EventLoop()
        let size = try #require(CanvasSize(width: width, height: height))
        server = try ScriptedServer(loop: loop, size: size)
        input = try Self.pipe()
        output = try Self.pipe()
    }

    /// Whether the bot has ended, and why it failed if it did.
    var isOver: Bool { ending.isOver }
    var complaint: String? { ending.complaint }
    /// The lines of a bot that speaks for itself.
    var printed: [String] { lines.all }

    /// Starts a bot that clicks.
    func start(_ clicking: BotCommand.Clicking) {
        let (url, lines) = (server.url, lines)
        start { () throws(BotFailure) in
            try ClickBot(Self.guest(url), clicking, say: { lines.add($0) }).run(endsBySignal: false)
        }
    }

    /// Starts a bot that plays a relay.
    func start(_ relaying: BotCommand.Relaying, solve: @escaping @Sendable (PuzzleData) -> String?) {
        let (url, lines) = (server.url, lines)
        start { () throws(BotFailure) in
            try RelayBot(Self.guest(url), relaying, solve: solve, say: { lines.add($0) }).run()
        }
    }

    /// Starts a bot that asks one thing.
    func start(_ call: BotCommand.Call) {
        let (url, lines) = (server.url, lines)
        start { () throws(BotFailure) in try CallBot(Self.guest(url), call).run { lines.add($0) } }
    }

    /// Starts a bot that plays an arcade game.
    func start(_ playing: BotCommand.Playing) {
        let (url, lines) = (server.url, lines)
        start { () throws(BotFailure) in
            try ArcadeBot(Self.guest(url), playing, say: { lines.add($0) }).run()
        }
    }

    /// Starts a bot that passes lines on.
    func start(_ lines: BotCommand.Lines) {
        let (url, streams) = (server.url, LineBot.Streams(input: input.read, output: output.write))
        start { () throws(BotFailure) in try LineBot(Self.guest(url), lines, streams: streams).run() }
    }

    /// Starts a bot that draws.
    func start(_ drawing: BotCommand.Drawing) {
        let url = server.url
        start { () throws(BotFailure) in try DrawingBot(Self.guest(url), drawing).run() }
    }

    private func start(_ run: @escaping @Sendable () throws(BotFailure) -> Void) {
        let ending = ending
        DispatchQueue(label: "bot").async {
            do throws(BotFailure) {
                try run()
                ending.end(nil)
            } catch { ending.end(error.message) }
        }
    }

    private static func guest(_ url: ServerURL) -> BotCommand.Account {
        BotCommand.Account(url: url, profile: "bot", isGuest: true, name: nil)
    }

    /// Runs the loop until the condition holds; false after a minute.
    func run(until condition: () -> Bool) -> Bool {
        // The bot's end is told by no event of this loop.
        loop.run(
            until: {
                if condition() { return true }
                watch.schedule(afterMs: 5)
                return false
            }, timeoutMs: 60_000)
    }

    private lazy var watch = loop.makeTimer {}

    /// Gives the bot a line.
    func say(_ line: String) throws {
        let bytes = Array((line + "\n").utf8)
        try #require(Glibc.write(input.write, bytes, bytes.count) == bytes.count)
    }

    func endInput() {
        if isInputOpen { close(input.write) }
        isInputOpen = false
    }

    /// What the bot said, after its end: one message's type, or its status, a line.
    func said() throws -> [String] {
        close(output.write)
        var text: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(output.read, &part, part.count)
            guard count > 0 else { break }
            text += part[..<count]
        }
        return try text.split(separator: UInt8(ascii: "\n")).map { line in
            switch try MessageCodec.json.decodeServer(Array(line)).message {
            case .welcome(let welcome): "welcome \(welcome.status.rawValue)"
            case .status(.afk): "afk"
            case .status(.queued(let position, _)): "queued \(position)"
            case .status(.playing): "playing"
            case .placed: "placed"
            case .pixels: "pixels"
            case .ok: "ok"
            case .heartbeat: "heartbeat"
            case .announcement: "announcement"
            case .error(let failure): failure.code.rawValue
            case .canvasReset: "canvas_reset"
            case .clickTotals: "click_totals"
            case .clicksAccepted: "clicks_accepted"
            case .relay: "relay"
            case .runStarted: "run_started"
            case .score: "score"
            case .runEnded: "run_ended"
            }
        }
    }

    /// Ends what holds the loop, and waits for the bot.
    func end() {
        endInput()
        server.close()
        _ = run { isOver }
        loop.run(until: { false }, timeoutMs: 20)
        for file in [input.read, output.read] { close(file) }
    }

    private static func pipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        try #require(Glibc.pipe(&ends) == 0)
        return (ends[0], ends[1])
    }
}
