/// Places pixels at a rate on a session's sockets and reads what comes of it.
struct LoadRun {
    /// What one window showed.
    struct Window {
        /// Its real length.
        var seconds: Double
        /// What reached the clients in it.
        var tally: Tally
        /// What the server used in it.
        var cpu: ProcessMeter.Reading
        /// The share of one core that this program used in it.
        var generatorShare: Double
        /// From placing to seeing, on the clients with replicas.
        var latencies: Histogram
        /// From the last placement until everything had reached everyone; nil if it never did.
        var drainMs: Double?
    }

    let session: LoadSession
    let pixelsPerSecond: Int
    let seconds: Double
    /// How long to wait in the end for what is still on its way.
    let drainTimeoutMs: Int

    private static let warmUpSeconds = 1.0
    private static let maxPlacementsATurn = 64

    /// Warms up, measures a window, stops placing and waits until all is delivered.
    func measure() throws(BenchFailure) -> Window {
        let loop = session.loop
        var cells = CellSequence(cellCount: 1_000_000, colorCount: 32)
        let start = MonotonicClock.nowUs
        var pacer = Pacer(perSecond: Double(pixelsPerSecond), nowUs: start)
        let windowStart = start + Int64(Self.warmUpSeconds * 1e6)
        place(until: windowStart, pacer: &pacer, cells: &cells)

        let before = (
            us: MonotonicClock.nowUs, tally: loop.tally, cpu: try session.meter.cpu(),
            own: ProcessMeter.ownUs()
        )
        loop.flights.isMeasuring = true
        place(until: before.us + Int64(seconds * 1e6), pacer: &pacer, cells: &cells)
        let after = (
            us: MonotonicClock.nowUs, tally: loop.tally, cpu: try session.meter.cpu(),
            own: ProcessMeter.ownUs()
        )
        let drainMs = drain()
        loop.flights.isMeasuring = false
        let length = Double(after.us - before.us)
        return Window(
            seconds: length / 1e6, tally: after.tally - before.tally, cpu: after.cpu - before.cpu,
            generatorShare: (after.own - before.own) / length, latencies: loop.flights.latencies,
            drainMs: drainMs)
    }

    private func place(until end: Int64, pacer: inout Pacer, cells: inout CellSequence) {
        let loop = session.loop
        var turns = loop.tally.placed
        var now = MonotonicClock.nowUs
        while now < end {
            let due = pacer.due(nowUs: now, limit: Self.maxPlacementsATurn)
            for _ in 0..<due {
                let client = loop.clients[turns % loop.clients.count]
                turns += 1
                let (cell, color) = cells.draw()
                if client.isPlaying { loop.place(cell: cell, color: color, from: client) }
            }
            loop.turn(timeoutMs: due == Self.maxPlacementsATurn ? 0 : 1)
            now = MonotonicClock.nowUs
        }
    }

    /// Reads on until every placement is answered and every client has reached the same, newest state.
    private func drain() -> Double? {
        let loop = session.loop
        let start = MonotonicClock.nowUs
        while MonotonicClock.nowUs - start < Int64(drainTimeoutMs) * 1_000 {
            let goal = Version(loop.dialect.acknowledges ? loop.tally.acknowledged : loop.tally.placed)
            let isAnswered =
                !loop.dialect.acknowledges
                || loop.tally.acknowledged + loop.tally.refused == loop.tally.placed
            if isAnswered, loop.clients.allSatisfy({ $0.reached >= goal || $0.phase == .closed }) {
                return Double(MonotonicClock.nowUs - start) / 1_000
            }
            loop.turn(timeoutMs: 1)
        }
        return nil
    }
}
