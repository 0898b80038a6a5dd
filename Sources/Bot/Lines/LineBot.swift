import Arguments
import Client
import Glibc
import Protocol
import Transport

/// Passes lines from stdin to the server and the server's messages to stdout, both verbatim.
final class LineBot {
    /// How long answers are waited for after the input's end.
    private static let answerTimeoutMs = 30_000

    private let loop: EventLoop
    private var client: GameClient?
    private var input: StandardInput?
    private var splitter = LineSplitter(maxBytes: Limits.maxClientMessageBytes)
    private var waiting: [[UInt8]] = []
    private var ledger = ReplyLedger()
    private var pace: Pace
    private var paceTimer: LoopTimer?
    private var patience: LoopTimer?
    private var hasInputEnded = false
    /// The id of the heartbeat that closes the conversation.
    private var closingID: Int?
    private var isClosingAnswered = false
    private var hasSkippedLines = false
    private var outcome: Result<Void, BotFailure>? {
        didSet { loop.stop() }
    }

    init(_ account: BotCommand.Account, wantsToPlay: Bool, linesPerSecond: Double) throws(BotFailure) {
        loop = try makeLoop()
        pace = Pace(perSecond: linesPerSecond)
        var configuration = ClientConfiguration(url: account.url, identity: try account.identity())
        configuration.codec = .json
        configuration.wantsToPlay = wantsToPlay
        // A script that lost its connection doesn't know what was heard of it, so it had better start over.
        configuration.reconnects = false
        configuration.followsCanvas = false
        configuration.deliversRaw = true
        configuration.sendsHeartbeats = false
        configuration.countsIntervalMs = 0
        client = GameClient(loop: loop, configuration: configuration) { [weak self] in self?.receive($0) }
        paceTimer = loop.makeTimer { [weak self] in self?.sendWaiting() }
        patience = loop.makeTimer { [weak self] in self?.giveUp() }
    }

    func run() throws(BotFailure) {
        client?.start()
        if outcome == nil { loop.run() }
        client?.stop()
        // A moment for the socket's farewell to leave.
        loop.run(until: { false }, timeoutMs: 20)
        // What hangs on the loop has to go before it.
        (client, paceTimer, patience, input) = (nil, nil, nil, nil)
        if case .failure(let failure) = outcome { throw failure }
        if hasSkippedLines { throw BotFailure("some lines were not sent") }
    }

    private func receive(_ event: ClientEvent) {
        switch event {
        case .raw(let bytes, let envelope): take(bytes, envelope)
        case .welcome: startReading()
        case .connection(.closed(let reason)): closed(reason)
        case .connection, .signedIn, .status, .replaced, .changed, .placed, .failed, .latency, .counts: break
        }
    }

    private func take(_ bytes: [UInt8], _ envelope: ServerEnvelope?) {
        if let closingID, envelope?.replyTo == closingID {
            isClosingAnswered = true
            ledger.closingHeartbeatAnswered()
            return finishIfSettled()
        }
        guard Self.write(bytes + [UInt8(ascii: "\n")]) else {
            outcome = .failure(BotFailure("nobody reads the output any more"))
            return
        }
        if let envelope { ledger.received(envelope) }
        finishIfSettled()
    }

    private func startReading() {
        do throws(TransportError) {
            input = try StandardInput(loop: loop) { [weak self] in self?.take($0) }
        } catch {
            outcome = .failure(BotFailure(error.message))
        }
    }

    private func take(_ piece: StandardInput.Piece) {
        switch piece {
        case .bytes(let bytes):
            for line in splitter.take(bytes) { queue(line) }
        case .end:
            if let line = splitter.end() { queue(line) }
            hasInputEnded = true
        case .failed(let reason):
            outcome = .failure(BotFailure("can't read stdin: \(reason)"))
        }
        sendWaiting()
    }

    private func queue(_ line: LineSplitter.Line) {
        switch line {
        case .line(let bytes): waiting.append(bytes)
        case .tooLong(let number):
            skip("line \(number) is over \(Limits.maxClientMessageBytes) bytes and was not sent")
        case .notUTF8(let number): skip("line \(number) is not UTF-8 and was not sent")
        }
    }

    private func skip(_ message: String) {
        hasSkippedLines = true
        Console.complain(BotCommand.program, message)
    }

    private func sendWaiting() {
        var sent = 0
        while sent < waiting.count {
            let waitUs = pace.take(atUs: loop.monotonicUs)
            if waitUs > 0 {
                paceTimer?.schedule(afterUs: waitUs)
                break
            }
            ledger.sent(waiting[sent])
            client?.send(text: waiting[sent])
            sent += 1
        }
        waiting.removeFirst(sent)
        guard waiting.isEmpty else { return }
        if hasInputEnded { close() } else { input?.proceed() }
    }

    /// All is sent: a heartbeat of our own comes back behind what is answered at once.
    private func close() {
        guard closingID == nil else { return }
        closingID = client?.send(.heartbeat)
        patience?.schedule(afterMs: Self.answerTimeoutMs)
    }

    private func finishIfSettled() {
        guard isClosingAnswered, ledger.pendingCount == 0, outcome == nil else { return }
        outcome = .success(())
    }

    private func giveUp() {
        let count = ledger.pendingCount
        outcome = .failure(BotFailure("\(count) answers didn't come within \(Self.answerTimeoutMs / 1000) s"))
    }

    private func closed(_ reason: CloseReason) {
        guard outcome == nil else { return }
        outcome = .failure(BotFailure(reason.description))
    }

    /// Writes every byte; false when the reader is gone.
    private static func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
