import Arguments
import Client
import Protocol
import Raster
import Transport

/// Places its share of a picture, several pixels at a time, until the canvas shows all of it.
///
/// The server's refusals set the speed: after `rate_limited` one pixel at a time goes out when the server says,
/// and each success lets one more go along. It waits in the queue as long as it takes, asks again where that is
/// full, and comes back where idling or a restart of the server ended its play.
final class DrawingBot {
    private static let maxUnderWay = 64
    private static let pauseMs = 500
    private static let fullServerPauseMs = 2_000
    /// After a 4008, well below the contract's 50 messages a second.
    private static let politePerSecond = 40.0

    private let loop: EventLoop
    private let drawing: BotCommand.Drawing
    private let picture: RasterImage
    private var client: GameClient?
    private var timer: LoopTimer?
    private var plan: DrawingPlan?
    private var standing = StatusWord.afk
    private var underWay: [Int: Pixel] = [:]
    private var window = DrawingBot.maxUnderWay
    private var pausedUntilUs: Int64 = 0
    private var pace: Pace
    private var newestVersion: Version = 0
    private var placedCount = 0
    private var refusedCount = 0
    private let startedUs: Int64
    private var outcome: Result<String, BotFailure>? {
        didSet { loop.stop() }
    }

    init(_ account: BotCommand.Account, _ drawing: BotCommand.Drawing) throws(BotFailure) {
        self.drawing = drawing
        picture = try PictureFile.read(drawing.file)
        loop = try makeLoop()
        startedUs = loop.monotonicUs
        pace = Pace(perSecond: drawing.placementsPerSecond)
        var configuration = ClientConfiguration(url: account.url, identity: try account.identity())
        configuration.wantsToPlay = true
        configuration.countsIntervalMs = 0
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
        case .success(let summary): Console.print(summary)
        case nil: throw BotFailure("stopped")
        }
    }

    private func receive(_ event: ClientEvent) {
        switch event {
        case .connection(.closed(let reason)):
            if outcome == nil { outcome = .failure(BotFailure(reason.description)) }
        case .connection(.waiting(_, _, let reason)): lost(reason)
        case .connection(.watching): lost("sent away")
        case .welcome(let welcome): standing = welcome.status
        case .status(.playing, _): standing = .playing
        case .status(.queued, _): standing = .queued
        case .status(.afk, _): standing = .afk
        case .replaced(let canvas): compare(with: canvas)
        case .changed(let pixels, _): plan?.note(pixels)
        case .placed(let answer, let id): placed(answer, id)
        case .failed(let failure, let id): refused(failure, id)
        case .connection, .signedIn, .renamed, .renameFailed, .latency, .counts, .done, .clickTotals,
            .clicksAccepted, .clicksDropped, .relay, .roomRefused, .runStarted, .runRefused, .scored,
            .pointRefused,
            .runEnded, .runLost, .announced, .raw:
            break
        }
        proceed()
    }

    private func lost(_ reason: String) {
        standing = .afk
        // What was under way is compared anew: it may or may not have been heard.
        for pixel in underWay.values { plan?.finish(pixel, isPlaced: false) }
        underWay = [:]
        let isTooFast = reason.contains("\(CloseCode.tooManyMessages.rawValue)")
        if isTooFast, pace.perSecond == 0 || pace.perSecond > Self.politePerSecond {
            pace.perSecond = Self.politePerSecond
        }
    }

    private func compare(with canvas: CanvasPicture) {
        let cells = picture.cells(in: canvas.palette)
        guard
            var plan = DrawingPlan(
                picture: cells, width: picture.width, x: drawing.x, y: drawing.y, index: drawing.part,
                count: drawing.parts, canvas: canvas.size)
        else {
            let place = "\(picture.width)x\(picture.height) at \(drawing.x),\(drawing.y)"
            let size = "\(canvas.size.width)x\(canvas.size.height)"
            outcome = .failure(BotFailure("\(drawing.file): \(place) doesn't fit on a canvas of \(size)"))
            return
        }
        plan.compare(with: canvas.cells)
        self.plan = plan
    }

    private func placed(_ answer: PlacedAnswer, _ id: Int?) {
        newestVersion = max(newestVersion, answer.version)
        placedCount += 1
        window = min(Self.maxUnderWay, window + 1)
        if let pixel = id.flatMap({ underWay.removeValue(forKey: $0) }) {
            plan?.finish(pixel, isPlaced: true)
        }
    }

    private func refused(_ failure: Failure, _ id: Int?) {
        if let pixel = id.flatMap({ underWay.removeValue(forKey: $0) }) {
            plan?.finish(pixel, isPlaced: false)
        }
        switch failure.code {
        case .rateLimited:
            refusedCount += 1
            window = 1
            pause(failure.retryAfterMs ?? Self.pauseMs)
        case .queueFull: pause(failure.retryAfterMs ?? Self.fullServerPauseMs)
        case .notPlaying:
            // The state itself is told by `status`, which may be on its way.
            pause(failure.retryAfterMs ?? Self.pauseMs)
        case .storageUnavailable, .shuttingDown, .internalError:
            pause(failure.retryAfterMs ?? Self.pauseMs)
        default:
            outcome = .failure(BotFailure(failure.message))
        }
    }

    private func pause(_ milliseconds: Int) {
        pausedUntilUs = max(pausedUntilUs, loop.monotonicUs + Int64(milliseconds) * 1000)
    }

    /// Sends what may be sent now, and plans to come back for the rest.
    private func proceed() {
        guard let client, outcome == nil else { return }
        let nowUs = loop.monotonicUs
        if nowUs < pausedUntilUs {
            timer?.schedule(afterUs: Int(pausedUntilUs - nowUs))
            return
        }
        switch standing {
        case .playing: place(client, atUs: nowUs)
        case .queued: finishIfDone(client)
        case .afk, .stalled, .spectator: askToPlay(client)
        }
    }

    /// A place that was lost, or never had, is asked for; one word at a time.
    private func askToPlay(_ client: GameClient) {
        guard client.isConnected || client.state == .watching, !client.isAskingToPlay else { return }
        // Not from inside what the client is telling.
        loop.atEndOfIteration { [weak self] in
            guard let client = self?.client, !client.isAskingToPlay else { return }
            client.play()
        }
    }

    private func place(_ client: GameClient, atUs nowUs: Int64) {
        guard client.isConnected, client.replica.isCurrent, plan != nil else { return }
        while underWay.count < window {
            let waitUs = pace.take(atUs: nowUs)
            guard waitUs == 0 else {
                timer?.schedule(afterUs: waitUs)
                break
            }
            guard let pixel = plan?.next() else { break }
            guard let id = client.place(x: pixel.x, y: pixel.y, color: pixel.color) else {
                plan?.finish(pixel, isPlaced: false)
                break
            }
            underWay[id] = pixel
        }
        finishIfDone(client)
    }

    private func finishIfDone(_ client: GameClient) {
        guard client.replica.isCurrent, underWay.isEmpty, plan?.wrongCount == 0,
            let version = client.replica.version,
            version >= newestVersion
        else { return }
        // What we believe was drawn has to stand on the canvas itself.
        plan?.compare(with: client.replica.cells)
        guard let plan, plan.wrongCount == 0 else {
            timer?.schedule(afterMs: 0)
            return
        }
        let tenths = (loop.monotonicUs - startedUs) / 100_000
        outcome = .success(
            "drew \(plan.cellCount) pixels in \(tenths / 10).\(tenths % 10) s: "
                + "\(placedCount) placed, \(refusedCount) told to wait")
    }
}
