import Crypto
import Engine
import Protocol
import Telegram
import Transport

/// The bot's hands: makes its calls over HTTP on the loop, keeps its time, and carries its orders to the engine.
///
/// It decides nothing that the bot could decide.
final class TelegramDesk {
    /// A call with a file in it, and its body as it was laid out away from the loop.
    struct Upload: Sendable {
        let request: BotRequest
        let contentType: String
        let bytes: [UInt8]
    }

    private let loop: EventLoop
    private let offLoop: OffLoop
    private let settings: Settings
    private let hosts: HostDesk
    private let log: Log
    private let meters: Meters
    private let give: (Input) -> Void
    private var bot: Bot
    /// Two lines, so that an answer needn't wait for the call that Telegram holds.
    private let polls, calls: HTTPClient
    private var timer: LoopTimer?
    private var uploads: Mailbox<Upload>?
    /// The latest, for as long as its call may have to be made again.
    private var upload: Upload?

    /// Does nothing until `start`.
    ///
    /// - Parameter give: takes what the engine is to hear.
    init(
        loop: EventLoop, offLoop: OffLoop, settings: Settings, memory: BotMemory, hosts: HostDesk, log: Log,
        meters: Meters, give: @escaping (Input) -> Void
    ) throws(TransportError) {
        self.loop = loop
        self.offLoop = offLoop
        self.settings = settings
        self.hosts = hosts
        self.log = log
        self.meters = meters
        self.give = give
        bot = Bot(rules: settings.rules, memory: memory)
        polls = HTTPClient(loop: loop, url: settings.api, maxAnswerBytes: Limits.maxTelegramAnswerBytes)
        calls = HTTPClient(loop: loop, url: settings.api, maxAnswerBytes: Limits.maxTelegramAnswerBytes)
        timer = loop.makeTimer { [unowned self] in handle(.wake) }
        uploads = try loop.makeMailbox { [weak self] (upload: Upload) in
            self?.upload = upload
            self?.send(upload)
        }
    }

    /// Whether a stopping server need not wait for it.
    var isQuiet: Bool { bot.isQuiet }

    func start() { handle(.start) }

    /// Asks for no more updates; what is under way goes on.
    func stop() {
        handle(.stop)
        polls.close()
    }

    /// Drops what is under way.
    func close() {
        timer = nil
        uploads?.close()
        uploads = nil
        polls.close()
        calls.close()
    }

    /// Takes what the engine has to say.
    func take(_ effect: TelegramEffect) {
        switch effect {
        case .heard(let update): handle(.heard(update: update))
        case .feedback(let piece): handle(.feedback(piece))
        }
    }

    private func handle(_ event: BotEvent) {
        for action in bot.handle(event, at: now) { perform(action) }
        meters.telegram = bot.counts
        guard let wakeMs = bot.nextWakeMs else {
            timer?.cancel()
            return
        }
        timer?.schedule(afterMs: Int(max(0, wakeMs - now.monotonicMs)))
    }

    private var now: BotTime {
        BotTime(monotonicMs: loop.monotonicUs / 1000, wallMs: WallClock.nowMs)
    }

    private func perform(_ action: BotAction) {
        switch action {
        case .poll(let request):
            send(request, request.body(Self.boundary), on: polls) { [weak self] in
                self?.handle(.pollReplied($0))
            }
        case .call(let request): call(request)
        case .keep(let update, let chat):
            give(.telegram(.heard(TelegramUpdate(bot: settings.token.bot, number: update, chat: chat))))
        case .obey(let update, let command, let user, let owed):
            let call = hosts.open { [weak self] in self?.handle(.answered(update: update, $0)) }
            let order = TelegramOrder(call: call, command: command, user: user, owed: owed)
            give(.telegram(.heard(TelegramUpdate(bot: settings.token.bot, number: update, order: order))))
        case .delivered(let update):
            upload = nil
            give(.telegram(.answered(bot: settings.token.bot, update: update)))
        case .log(let note): log.write(note, hiding: settings.token)
        }
    }

    private static var boundary: FormBoundary { FormBoundary(SecureRandom.uint64(), SecureRandom.uint64()) }

    /// Makes a call; one with a file in it once its body is laid out, which is done a single time for all tries.
    private func call(_ request: BotRequest) {
        if let upload, upload.request == request { return send(upload) }
        upload = nil
        guard request.hasFile, let uploads else {
            return send(request, request.body(Self.boundary), on: calls) { [weak self] in
                self?.handle(.callReplied($0))
            }
        }
        offLoop.layOut(request, Self.boundary, for: uploads)
    }

    private func send(_ upload: Upload) {
        send(upload.request, (upload.contentType, upload.bytes), on: calls) { [weak self] in
            self?.handle(.callReplied($0))
        }
    }

    private func send(
        _ request: BotRequest, _ body: (contentType: String, bytes: [UInt8]), on client: HTTPClient,
        _ replied: @escaping (BotReply) -> Void
    ) {
        let call = HTTPClientRequest(
            method: "POST", target: settings.token.target(of: request.method),
            headers: ["Content-Type": body.contentType, "Accept": "application/json"], body: body.bytes)
        client.send(call, timeoutMs: request.timeoutMs) {
            [token = settings.token, api = settings.api] result in
            switch result {
            case .success(let response): replied(.http(status: response.status, body: response.body))
            case .failure(let error):
                if error.code == .cancelled { return }
                replied(
                    .none(error.code == .tooLarge ? .tooLarge : .unreachable, Self.words(error, token, api)))
            }
        }
    }

    /// Why there is no answer, without the call's target, in which the token stands.
    static func words(_ error: TransportError, _ token: BotToken, _ api: ServerURL) -> String {
        error.code == .timedOut ? "no answer from \(api) in time" : token.hidden(in: error.message)
    }
}
