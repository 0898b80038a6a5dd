import Protocol

/// `pixelwars-bench reconnects`: players on a server with places to spare, each of whom drops its socket and
/// comes back once a second; none may lose its place or take a second one, and no deadline may move.
struct ReconnectsRun {
    /// The figures.
    struct Measurement: Codable {
        var players: Int
        var seconds: Double
        /// Sockets dropped, each of them opened again.
        var drops: Int
        /// Players who were back.
        var returns: Int
        /// Returns a second, from the first drop to the last return.
        var returnsPerSecond: Double
        /// From dropping a socket to the next one's deadline.
        var medianMs: Double
        var p99Ms: Double
        var longestMs: Double
        /// The fewest and the most players that the server counted, asked four times a second.
        var fewestPlayers: Int
        var mostPlayers: Int
        /// Returns whose `welcome` didn't say that they play.
        var notPlaying: Int
        /// Returns whose deadline had moved.
        var deadlinesMoved: Int
        /// The furthest that any deadline was from its first value.
        var largestShiftMs: Int64
        /// Sockets that the server turned away or closed.
        var turnedAway: Int
        var bars: [Bar]
    }

    let options: LoadOptions

    private static let idleSeconds = 600
    private static let openTimeoutMs = 60_000
    private static let settleTimeoutMs = 5_000
    private static let maxDropsATurn = 32
    private static let countIntervalUs: Int64 = 250_000
    /// The server tells a deadline by two clocks that it reads one after the other, and one of them is steered.
    private static let toleratedShiftMs: Int64 = 50
    private static let maxSlowness = 1.05

    /// Starts a server, lets everyone play, and has them come and go.
    func measurement() throws(BenchFailure) -> Measurement {
        let child = try ServerLauncher.startPixelWars(
            options: options, tickMs: options.tickMs, idleSeconds: Self.idleSeconds)
        defer { child.end() }
        let port = try ServerLauncher.port(of: child)
        let api = try PixelWarsAPI(port: port)
        defer { api.close() }
        let tokens = try api.signIn(count: options.clients)
        let dialect = ResumingDialect(size: try api.canvasSize())
        let loop = try LoadLoop(port: port, dialect: dialect, cellCount: 1)
        func heads(_ target: String) -> [[UInt8]] {
            tokens.map {
                Upgrade.head(
                    target: target, port: port, subprotocol: MessageCodec.binary.rawValue, token: $0)
            }
        }
        try loop.open(heads("/ws?play=1"), replicas: 0, timeoutMs: Self.openTimeoutMs)
        var coming = ComingAndGoing(
            loop: loop, dialect: dialect, heads: heads("/ws"), toleratedShiftMs: Self.toleratedShiftMs)
        try coming.begin()
        var counted = try [api.canvas()]
        let start = MonotonicClock.nowUs
        let end = start + Int64(options.seconds * 1e6)
        var pacer = Pacer(perSecond: Double(options.clients), nowUs: start)
        var nextCountUs = start
        while MonotonicClock.nowUs < end {
            let due = pacer.due(nowUs: MonotonicClock.nowUs, limit: Self.maxDropsATurn)
            for _ in 0..<due { try coming.dropNext() }
            coming.turn(timeoutMs: due == Self.maxDropsATurn ? 0 : 1)
            if MonotonicClock.nowUs >= nextCountUs {
                counted.append(try api.canvas())
                nextCountUs += Self.countIntervalUs
            }
        }
        let settled = MonotonicClock.nowUs + Int64(Self.settleTimeoutMs) * 1_000
        while coming.underWay > 0, MonotonicClock.nowUs < settled { coming.turn(timeoutMs: 1) }
        let lastUs = coming.lastReturnUs
        counted.append(try api.canvas())
        return summary(coming, counted, seconds: Double(lastUs - start) / 1e6)
    }

    private func summary(_ coming: ComingAndGoing, _ counted: [CanvasAnswer], seconds: Double)
        -> Measurement
    {
        let perSecond = Double(coming.returns) / seconds
        let players = counted.map(\.players)
        var found = Measurement(
            players: options.clients, seconds: seconds, drops: coming.drops, returns: coming.returns,
            returnsPerSecond: perSecond, medianMs: coming.latencies.percentileMs(0.5),
            p99Ms: coming.latencies.percentileMs(0.99), longestMs: coming.latencies.longestMs,
            fewestPlayers: players.min() ?? 0, mostPlayers: players.max() ?? 0,
            notPlaying: coming.notPlaying, deadlinesMoved: coming.deadlinesMoved,
            largestShiftMs: coming.largestShiftMs, turnedAway: coming.turnedAway, bars: [])
        let lost = coming.drops - coming.returns + (options.clients - found.fewestPlayers) + coming.notPlaying
        let doubled = found.mostPlayers - options.clients + (counted.map(\.queued).max() ?? 0)
        found.bars = [
            Bar(name: "places lost", measured: Double(lost), atMost: 0),
            Bar(name: "places doubled", measured: Double(doubled), atMost: 0),
            Bar(name: "turned away or closed", measured: Double(found.turnedAway), atMost: 0),
            Bar(name: "deadlines moved", measured: Double(found.deadlinesMoved), atMost: 0),
            Bar(
                name: "returns a second asked for ÷ reached", measured: Double(options.clients) / perSecond,
                atMost: Self.maxSlowness),
        ]
        return found
    }
}

extension ReconnectsRun.Measurement {
    /// Prints both tables.
    func print() {
        Report.table(
            head: ["reconnects", ""],
            rows: [
                ["players", "\(players)"],
                ["sockets dropped", "\(drops)"],
                ["players back", "\(returns)"],
                ["back a second", Report.digits(returnsPerSecond, 0)],
                ["from drop to deadline p50, ms", Report.digits(medianMs, 1)],
                ["from drop to deadline p99, ms", Report.digits(p99Ms, 1)],
                ["from drop to deadline max, ms", Report.digits(longestMs, 1)],
                ["players counted", "\(fewestPlayers) to \(mostPlayers)"],
                ["welcomed as anything but playing", "\(notPlaying)"],
                ["deadlines moved", "\(deadlinesMoved)"],
                ["furthest that one was off, ms", "\(largestShiftMs)"],
                ["turned away or closed", "\(turnedAway)"],
            ])
        Bar.print(bars)
    }
}
