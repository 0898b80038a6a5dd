import Glibc
import Protocol

/// `pixelwars-bench clicks`: guests who push clicks, each once an interval, spread evenly over it.
struct ClicksRun {
    let options: LoadOptions

    private static let openTimeoutMs = 60_000
    private static let drainTimeoutUs: Int64 = 5_000_000
    /// Long enough for the last totals to be told to everyone.
    private static let totalsUs: Int64 = 1_500_000
    private static let maxPushesATurn = 64
    private static let gameSeconds = 3_600

    /// Starts a server, signs the guests in, has all push once, and measures a window after that.
    func measurement() throws(BenchFailure) -> ClicksMeasurement {
        let child = try ServerLauncher.startPixelWars(
            options: options, tickMs: options.tickMs,
            settings: [
                "--click-push-rate", "\(options.pushSeconds)", "--click-game-seconds", "\(Self.gameSeconds)",
            ])
        defer { child.end() }
        let port = try ServerLauncher.port(of: child)
        let api = try PixelWarsAPI(port: port)
        defer { api.close() }
        let guests = try api.signInGuests(count: options.guests)
        let dialect = ClickDialect()
        let loop = try LoadLoop(port: port, dialect: dialect, cellCount: 1)
        if options.clickForm == .webSocket {
            let heads = guests.map {
                Upgrade.head(
                    target: "/ws", port: port, subprotocol: MessageCodec.binary.rawValue, token: $0.token)
            }
            try loop.open(heads, replicas: 0, timeoutMs: Self.openTimeoutMs)
        }
        let load = ClickLoad(
            loop: loop, form: options.clickForm, guests: guests, pushSeconds: options.pushSeconds)
        dialect.heard = { _, envelope in load.take(envelope) }
        loop.answered = { client, status, body in load.take(from: client, status: status, body) }
        return try measure(load, loop, dialect, api, ProcessMeter(pid: child.pid))
    }

    private func measure(
        _ load: ClickLoad, _ loop: LoadLoop, _ dialect: ClickDialect, _ api: PixelWarsAPI,
        _ meter: ProcessMeter
    ) throws(BenchFailure) -> ClicksMeasurement {
        let start = MonotonicClock.nowUs
        var pacer = Pacer(perSecond: Double(options.guests) / Double(options.pushSeconds), nowUs: start)
        let windowStart = start + Int64(options.pushSeconds) * 1_000_000
        func mark() throws(BenchFailure) -> Mark {
            Mark(
                us: MonotonicClock.nowUs, cpu: try meter.cpu(), ownUs: ProcessMeter.ownUs(),
                totals: dialect.totalsFrames)
        }
        let begin = try mark()
        load.isMeasuring = true
        try push(load, loop, until: windowStart, pacer: &pacer)
        let first = load.takeLatencies()
        let before = try mark()
        try push(load, loop, until: before.us + Int64(options.seconds * 1e6), pacer: &pacer)
        let after = try mark()
        let latencies = load.takeLatencies()
        load.isMeasuring = false
        try drain(load, loop)
        load.compare(
            try api.clickGame(), try api.contributions(game: try api.clickGame().game), live: dialect.totals()
        )
        return summary(
            load, loop, window: (before, after), warmUp: (begin, before), latencies: (first, latencies))
    }

    private struct Mark {
        var us: Int64
        var cpu: ProcessMeter.Reading
        var ownUs: Double
        var totals: Int
    }

    private func push(
        _ load: ClickLoad, _ loop: LoadLoop, until end: Int64, pacer: inout Pacer
    ) throws(BenchFailure) {
        while MonotonicClock.nowUs < end {
            let due = pacer.due(nowUs: MonotonicClock.nowUs, limit: Self.maxPushesATurn)
            for _ in 0..<due { try load.pushNext() }
            try load.repeatDue()
            loop.turn(timeoutMs: due == Self.maxPushesATurn ? 0 : 1)
        }
    }

    /// Reads on until all is answered and the last totals are told.
    private func drain(_ load: ClickLoad, _ loop: LoadLoop) throws(BenchFailure) {
        let end = MonotonicClock.nowUs + Self.drainTimeoutUs
        while load.underWay > 0, MonotonicClock.nowUs < end {
            try load.repeatDue()
            loop.turn(timeoutMs: 1)
        }
        let told = MonotonicClock.nowUs + Self.totalsUs
        while MonotonicClock.nowUs < told { loop.turn(timeoutMs: 10) }
    }

    private func summary(
        _ load: ClickLoad, _ loop: LoadLoop, window: (Mark, Mark), warmUp: (Mark, Mark),
        latencies: (first: Histogram, window: Histogram)
    ) -> ClicksMeasurement {
        let (before, after) = window
        let us = Double(after.us - before.us)
        let cpu = after.cpu - before.cpu
        let refused = load.refusals.values.reduce(0, +)
        return ClicksMeasurement(
            form: options.clickForm, guests: options.guests, pushSeconds: options.pushSeconds,
            seconds: us / 1e6, pushesPerSecond: Double(latencies.window.count) * 1e6 / us,
            totalsPerSecond: Double(after.totals - before.totals) * 1e6 / us,
            medianMs: latencies.window.percentileMs(0.5), p99Ms: latencies.window.percentileMs(0.99),
            longestMs: latencies.window.longestMs, firstP99Ms: latencies.first.percentileMs(0.99),
            loopCores: cpu.loopUs / us, otherCores: cpu.othersUs / us, serverCores: cpu.totalUs / us,
            firstServerCores: (warmUp.1.cpu - warmUp.0.cpu).totalUs / Double(warmUp.1.us - warmUp.0.us),
            generatorCores: (after.ownUs - before.ownUs) / us,
            acknowledgedPushes: load.ledger.acknowledgedPushes,
            acknowledgedClicks: load.ledger.acknowledgedClicks, repeats: load.ledger.repeats,
            failed: refused + load.underWay + loop.tally.lost, differences: load.ledger.differences,
            complaint: load.refusals.keys.min() ?? load.ledger.firstDifference)
    }
}
