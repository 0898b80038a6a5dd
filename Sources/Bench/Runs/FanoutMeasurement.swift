/// One server's figures under load, as they are printed.
struct FanoutMeasurement: Codable {
    /// The server.
    var target: TargetKind
    /// Connected clients; all get every frame.
    var clients: Int
    /// Placements a second asked for.
    var pixelsPerSecond: Int
    /// The tick of a server that batches.
    var tickMs: Int?
    /// The length of the window.
    var seconds: Double

    /// Frames that reached clients, a second.
    var framesPerSecond: Double
    /// Pixels that reached clients, a second.
    var deliveredPixelsPerSecond: Double
    /// The part of the placements asked for that was delivered to everyone in the window.
    var deliveredShare: Double
    /// Whether it kept up: at least 97 % delivered in the window, the rest within a quarter of a second.
    var keptUp: Bool
    /// From the last placement until everyone had everything; none if that never came.
    var drainMs: Double?

    /// Processor time of fan-out a delivered frame: the run's less the control run's, over the frames more;
    /// none without a control run.
    var cpuPerFrameUs: Double?
    /// The same a delivered pixel.
    var cpuPerPixelUs: Double?
    /// All of the server's processor time over the frames.
    var wholeCpuPerFrameUs: Double
    /// All of the server's processor time over the pixels.
    var wholeCpuPerPixelUs: Double
    /// Cores used by the server's first thread, its loop.
    var loopCores: Double
    /// Cores used by the server's other threads, storage above all.
    var otherCores: Double
    /// Cores that the control run used: the same placements, next to no fan-out.
    var controlCores: Double?
    /// Cores that this program used.
    var generatorCores: Double

    /// Bytes of pixel frames a delivered pixel, WebSocket headers included.
    var bytesPerPixel: Double
    /// From placing to seeing.
    var placeToSeenP50Ms: Double
    var placeToSeenP99Ms: Double
    var placeToSeenMaxMs: Double
    /// How often that was seen.
    var placeToSeenCount: Int

    /// Resident memory that connecting took, a client.
    var residentKBPerConnection: Double
    /// The same with what signing in took.
    var residentKBPerClient: Double
    /// Clients that the server closed.
    var evicted: Int
    /// Placements that were refused.
    var refused: Int
    /// What is wrong with the copies at the end; none where all are equal.
    var disagreement: String?
}

extension FanoutMeasurement {
    private static let keptUpShare = 0.97
    private static let keptUpDrainMs = 250.0
    private static let controlSeconds = 5.0
    private static let longDrainMs = 10_000

    /// How much a measurement takes in.
    enum Scope {
        /// The load and the control run.
        case controlled
        /// The load alone.
        case uncontrolled
        /// The load alone, without waiting for the end of a backlog: a step of a search.
        case probe
    }

    /// Runs the load, then the control, each on a server of its own.
    ///
    /// - Parameter scope: what to leave out.
    static func take(
        _ kind: TargetKind, options: LoadOptions, pixelsPerSecond: Int, tickMs: Int, seconds: Double,
        scope: Scope = .controlled
    ) throws(BenchFailure) -> FanoutMeasurement {
        let (full, session) = try run(
            kind, options: options, clients: options.clients, pixelsPerSecond: pixelsPerSecond,
            tickMs: tickMs, seconds: seconds,
            drainTimeoutMs: scope == .probe ? Int(keptUpDrainMs) : longDrainMs)
        let disagreement = scope == .probe ? nil : try session.disagreement()
        session.end()
        var base: Rates?
        if scope == .controlled {
            let (control, controlSession) = try run(
                kind, options: options, clients: min(options.controlClients, options.clients),
                pixelsPerSecond: pixelsPerSecond, tickMs: tickMs, seconds: min(seconds, controlSeconds),
                drainTimeoutMs: longDrainMs)
            controlSession.end()
            base = Rates(control)
        }

        let clients = Double(options.clients)
        let rates = Rates(full)
        let share = rates.pixels / (Double(pixelsPerSecond) * clients)
        let drained = full.drainMs.map { $0 <= keptUpDrainMs } ?? false
        return FanoutMeasurement(
            target: kind, clients: options.clients, pixelsPerSecond: pixelsPerSecond,
            tickMs: kind.isBatched ? tickMs : nil, seconds: full.seconds,
            framesPerSecond: rates.frames, deliveredPixelsPerSecond: rates.pixels, deliveredShare: share,
            keptUp: share >= keptUpShare && drained, drainMs: full.drainMs,
            cpuPerFrameUs: base.map { (rates.cores - $0.cores) * 1e6 / (rates.frames - $0.frames) },
            cpuPerPixelUs: base.map { (rates.cores - $0.cores) * 1e6 / (rates.pixels - $0.pixels) },
            wholeCpuPerFrameUs: rates.cores * 1e6 / rates.frames,
            wholeCpuPerPixelUs: rates.cores * 1e6 / rates.pixels,
            loopCores: full.cpu.loopUs / full.seconds / 1e6,
            otherCores: full.cpu.othersUs / full.seconds / 1e6,
            controlCores: base?.cores, generatorCores: full.generatorShare,
            bytesPerPixel: Double(full.tally.bytes) / Double(max(1, full.tally.pixels)),
            placeToSeenP50Ms: full.latencies.percentileMs(0.5),
            placeToSeenP99Ms: full.latencies.percentileMs(0.99), placeToSeenMaxMs: full.latencies.longestMs,
            placeToSeenCount: full.latencies.count,
            residentKBPerConnection: Double(session.memory.afterKB - session.memory.beforeKB) / clients,
            residentKBPerClient: Double(session.memory.afterKB - session.memory.freshKB) / clients,
            evicted: session.loop.tally.lost, refused: session.loop.tally.refused, disagreement: disagreement)
    }

    private static func run(
        _ kind: TargetKind, options: LoadOptions, clients: Int, pixelsPerSecond: Int, tickMs: Int,
        seconds: Double, drainTimeoutMs: Int
    ) throws(BenchFailure) -> (LoadRun.Window, LoadSession) {
        let session = try SessionOpener.open(kind, options: options, clients: clients, tickMs: tickMs)
        let run = LoadRun(
            session: session, pixelsPerSecond: pixelsPerSecond, seconds: seconds,
            drainTimeoutMs: drainTimeoutMs)
        return (try run.measure(), session)
    }

    private struct Rates {
        let frames: Double
        let pixels: Double
        let cores: Double

        init(_ window: LoadRun.Window) {
            frames = Double(window.tally.frames) / window.seconds
            pixels = Double(window.tally.pixels) / window.seconds
            cores = window.cpu.totalUs / window.seconds / 1e6
        }
    }
}
