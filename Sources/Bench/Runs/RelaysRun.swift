import Protocol

/// `pixelwars-bench relays`: many relays at once, all of whose players answer puzzles over their sockets.
struct RelaysRun {
    let options: LoadOptions

    private static let openTimeoutMs = 60_000
    private static let warmUpUs: Int64 = 2_000_000
    private static let settleUs: Int64 = 5_000_000
    private static let puzzleTimeoutUs: Int64 = 5_000_000
    private static let maxAnswersATurn = 32
    /// Between two answers of a player.
    private static let answerSeconds = 3.0
    /// Nobody is out before the end.
    private static let startPoints = 10_000
    private static let relaySeconds = 3_600

    /// Starts a server, fills and starts the relays, and measures a window.
    func measurement() throws(BenchFailure) -> RelaysMeasurement {
        var options = options
        options.clients = options.relays * options.relayPlayers
        let child = try ServerLauncher.startPixelWars(options: options, tickMs: options.tickMs)
        defer { child.end() }
        let port = try ServerLauncher.port(of: child)
        let api = try PixelWarsAPI(port: port)
        defer { api.close() }
        let tokens = try api.signIn(count: options.clients)
        let relays = try fill(api, tokens)
        let dialect = RelayDialect()
        let loop = try LoadLoop(port: port, dialect: dialect, cellCount: 1)
        let load = RelayLoad(
            loop: loop, relays: relays, members: options.relayPlayers,
            lateUs: Int64(RelaysMeasurement.maxTicks * options.tickMs) * 1_000)
        dialect.welcomed = { client, account in load.welcome(client, account) }
        dialect.heard = { client, frame, payload in load.hear(frame, payload, from: client) }
        dialect.answered = { client, envelope in load.take(envelope, for: client) }
        let heads = tokens.enumerated().map { index, token in
            Upgrade.head(
                target: "/ws/game/\(relays[index / options.relayPlayers])", port: port,
                subprotocol: MessageCodec.binary.rawValue, token: token)
        }
        try loop.open(heads, replicas: 0, timeoutMs: Self.openTimeoutMs)
        try start(api, relays, tokens, loop)
        let end = MonotonicClock.nowUs + Self.puzzleTimeoutUs
        while load.ready < options.clients {
            loop.turn(timeoutMs: 10)
            guard MonotonicClock.nowUs < end else {
                throw BenchFailure("only \(load.ready) of \(options.clients) players got a puzzle")
            }
        }
        return try measure(load, loop, dialect, ProcessMeter(pid: child.pid))
    }

    /// Makes the relays, and has everyone join.
    private func fill(_ api: PixelWarsAPI, _ tokens: [String]) throws(BenchFailure) -> [Identifier] {
        var wanted = RelayOptions()
        wanted.startPoints = Self.startPoints
        wanted.seconds = Self.relaySeconds
        wanted.maxPlayers = options.relayPlayers
        let creators = stride(from: 0, to: tokens.count, by: options.relayPlayers)
        let relays = try api.callAll(
            creators.map { (route: .relays(.create(wanted)), token: tokens[$0]) }, RelayView.self
        ).map(\.relay)
        let joins = tokens.indices.filter { $0 % options.relayPlayers != 0 }
        _ = try api.callAll(
            joins.map { (route: .relays(.join(.id(relays[$0 / options.relayPlayers]))), token: tokens[$0]) },
            RelayView.self)
        return relays
    }

    /// Starts one relay after the other, so that their decays don't fall together, and asks for everyone's first puzzle.
    private func start(
        _ api: PixelWarsAPI, _ relays: [Identifier], _ tokens: [String], _ loop: LoadLoop
    ) throws(BenchFailure) {
        for (room, relay) in relays.enumerated() {
            let own = tokens[(room * options.relayPlayers)..<((room + 1) * options.relayPlayers)]
            _ = try api.callAll([(route: .relays(.start(relay)), token: own.first)], RelayView.self)
            _ = try api.callAll(
                own.map { (route: .relays(.newPuzzle(relay)), token: $0) }, PuzzleView.self)
            loop.turn(timeoutMs: 0)
        }
    }

    private struct Mark {
        var us: Int64
        var cpu: ProcessMeter.Reading
        var ownUs: Double
        var frames: Int
        var bytes: Int
        var sent: Int
        var sentWrong: Int
    }

    private func measure(
        _ load: RelayLoad, _ loop: LoadLoop, _ dialect: RelayDialect, _ meter: ProcessMeter
    ) throws(BenchFailure) -> RelaysMeasurement {
        let startUs = MonotonicClock.nowUs
        var pacer = Pacer(
            perSecond: Double(options.relays * options.relayPlayers) / Self.answerSeconds, nowUs: startUs)
        func play(until endUs: Int64) {
            while MonotonicClock.nowUs < endUs {
                let due = pacer.due(nowUs: MonotonicClock.nowUs, limit: Self.maxAnswersATurn)
                for _ in 0..<due { load.answerNext() }
                loop.turn(timeoutMs: due == Self.maxAnswersATurn ? 0 : 1)
            }
        }
        func mark() throws(BenchFailure) -> Mark {
            Mark(
                us: MonotonicClock.nowUs, cpu: try meter.cpu(), ownUs: ProcessMeter.ownUs(),
                frames: dialect.frames, bytes: dialect.bytes, sent: load.sent, sentWrong: load.sentWrong)
        }
        play(until: startUs + Self.warmUpUs)
        load.isMeasuring = true
        let before = try mark()
        play(until: before.us + Int64(options.seconds * 1e6))
        let after = try mark()
        load.isMeasuring = false
        let settled = load.settle(withinUs: Self.settleUs)
        return summary(load, loop, before, after, settled)
    }

    private func summary(
        _ load: RelayLoad, _ loop: LoadLoop, _ before: Mark, _ after: Mark,
        _ settled: (lost: Int, disordered: Int)
    ) -> RelaysMeasurement {
        let us = Double(after.us - before.us)
        let cpu = after.cpu - before.cpu
        let frames = Double(after.frames - before.frames)
        let answers = Double(after.sent - before.sent)
        let (behind, spread) = load.beats.delays()
        let missing = max(0, load.verdictsExpected - load.verdictsHeard)
        let refused = load.refusals.values.reduce(0, +)
        return RelaysMeasurement(
            relays: options.relays, playersEach: options.relayPlayers, tickMs: options.tickMs,
            seconds: us / 1e6, answersPerSecond: answers * 1e6 / us,
            wrongShare: Double(after.sentWrong - before.sentWrong) / max(1, answers),
            framesPerSecond: frames * 1e6 / us,
            bytesPerFrame: Double(after.bytes - before.bytes) / max(1, frames),
            answerMedianMs: load.latencies.percentileMs(0.5), answerP99Ms: load.latencies.percentileMs(0.99),
            answerLongestMs: load.latencies.longestMs, answersSeen: load.latencies.count,
            answersLate: load.lateVerdicts, decayMedianMs: behind.percentileMs(0.5),
            decayP99Ms: behind.percentileMs(0.99), decayLongestMs: behind.longestMs,
            decaysSeen: behind.count, spreadP99Ms: spread.percentileMs(0.99),
            spreadLongestMs: spread.longestMs, loopCores: cpu.loopUs / us, otherCores: cpu.othersUs / us,
            serverCores: cpu.totalUs / us, generatorCores: (after.ownUs - before.ownUs) / us,
            lost: max(settled.lost, missing), disordered: settled.disordered,
            failed: refused + load.underWay + loop.tally.lost, complaint: load.refusals.keys.min())
    }
}
