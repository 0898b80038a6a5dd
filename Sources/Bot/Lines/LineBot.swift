import Arguments
import Client
import Glibc
import Protocol
import Transport

/// Passes lines from stdin to the server and the server's messages to stdout, both verbatim.
///
/// One that re-queues plays again where idling ended play; the lines that come meanwhile wait for the new
/// place.
final class LineBot {
    /// Where lines come from and go to.
    struct Streams {
        var input = STDIN_FILENO
        var output = STDOUT_FILENO
    }

    /// How long answers are waited for after the input's end.
    private static let answerTimeoutMs = 30_000

    private let loop: EventLoop
    private let streams: Streams
    private let requeues: Bool
    private var client: GameClient?
    private var input: StandardInput?
    private var splitter = LineSplitter(maxBytes: Limits.maxClientMessageBytes)
    private var waiting: [[UInt8]] = []
    private var ledger = ReplyLedger()
    private var pace: Pace
    private var paceTimer: LoopTimer?
    private var patience: LoopTimer?
    private var hasInputEnded = false
    /// Whether a piece of the input was taken and the next not yet asked for.
    private var owesProceed = false
    /// Whether the lines wait for the place that was asked for again.
    private var awaitsPlace = false
    /// The id of the heartbeat that closes the conversation.
    private var closingID: Int?
    private var isClosingAnswered = false
    private var hasSkippedLines = false
    private var hasLostAnswers = false
    private var outcome: Result<Void, BotFailure>? {
        didSet { loop.stop() }
    }

    init(_ account: BotCommand.Account, _ lines: BotCommand.Lines, streams: Streams = Streams())
        throws(BotFailure)
    {
        loop = try makeLoop()
        self.streams = streams
        requeues = lines.requeues
        pace = Pace(perSecond: lines.linesPerSecond)
        var configuration = ClientConfiguration(url: account.url, identity: try account.identity())
        configuration.codec = .json
        configuration.wantsToPlay = lines.wantsToPlay
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
        if hasLostAnswers { throw BotFailure("some answers didn't come") }
    }

    private func receive(_ event: ClientEvent) {
        switch event {
        case .raw(let bytes, let envelope): take(bytes, envelope)
        case .welcome: if input == nil { startReading() } else { sendWaiting() }
        case .connection(.closed(let reason)): closed(reason)
        case .status(.playing, _) where awaitsPlace:
            awaitsPlace = false
            sendWaiting()
        case .failed(let failure, _) where awaitsPlace && failure.code == .queueFull:
            outcome = .failure(BotFailure(failure.message))
        case .connection, .signedIn, .status, .replaced, .changed, .placed, .failed, .renamed, .renameFailed,
            .latency, .counts, .done, .clickTotals, .clicksAccepted, .clicksDropped, .relay, .roomRefused,
            .runStarted, .runRefused, .scored, .pointRefused, .runEnded, .runLost, .announced:
            break
        }
    }

    private func take(_ bytes: [UInt8], _ envelope: ServerEnvelope?) {
        if let closingID, envelope?.replyTo == closingID {
            isClosingAnswered = true
            ledger.closingHeartbeatAnswered()
            return finishIfSettled()
        }
        guard write(bytes + [UInt8(ascii: "\n")]) else {
            outcome = .failure(BotFailure("nobody reads the output any more"))
            return
        }
        if let envelope { ledger.received(envelope) }
        finishIfSettled()
    }

    private func startReading() {
        do throws(TransportError) {
            input = try StandardInput(loop: loop, descriptor: streams.input) { [weak self] in self?.take($0) }
        } catch {
            outcome = .failure(BotFailure(error.message))
        }
    }

    private func take(_ piece: StandardInput.Piece) {
        switch piece {
        case .bytes(let bytes):
            owesProceed = true
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
        // Without a connection the lines stay where they are, and no further ones are read.
        guard client?.isConnected == true, waiting.isEmpty || !awaitsPlace else { return }
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
        if hasInputEnded { return close() }
        guard owesProceed else { return }
        owesProceed = false
        input?.proceed()
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
        let isAway = reason == .code(CloseCode.afk.rawValue)
        let isDone = hasInputEnded && waiting.isEmpty
        if isAway, isDone, ledger.pendingCount == 0 {
            outcome = .success(())
        } else if isAway, requeues, !isDone {
            forgetAnswers()
            awaitsPlace = true
            // Not from inside what the client is telling.
            loop.atEndOfIteration { [weak self] in self?.client?.play() }
        } else {
            outcome = .failure(BotFailure(reason.description))
        }
    }

    /// What the old connection still owed never comes.
    private func forgetAnswers() {
        paceTimer?.cancel()
        let count = ledger.pendingCount
        guard count > 0 else { return }
        hasLostAnswers = true
        ledger = ReplyLedger()
        Console.complain(BotCommand.program, "sent away for idling; \(count) answers won't come")
    }

    /// Writes every byte; false when the reader is gone.
    private func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(streams.output, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
