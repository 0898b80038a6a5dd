/// `pixelwars-bench fanout`: one placement in, a frame out to everyone, on our server and on peers.
struct FanoutRun {
    let options: LoadOptions

    /// The first rate tried for servers that send a frame a pixel; it doubles until one isn't held.
    private static let firstRate = 125
    private static let maxRate = 32_000
    /// Halvings of the span between the highest rate held and the lowest that wasn't.
    private static let refinements = 3
    /// Ticks tried for servers that batch, longest first.
    private static let ticksMs = [25, 20, 16, 14, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
    private static let stepSeconds = 3.0

    /// Measures every target at the rate asked for, or each at the highest it holds.
    func measurements() throws(BenchFailure) -> [FanoutMeasurement] {
        var results: [FanoutMeasurement] = []
        for kind in options.targets {
            if options.saturates {
                results.append(try saturation(of: kind))
            } else {
                results.append(
                    try .take(
                        kind, options: options, pixelsPerSecond: options.pixelsPerSecond,
                        tickMs: options.tickMs, seconds: options.seconds))
            }
        }
        return results
    }

    /// The measurement at the highest rate that the server holds without a backlog.
    ///
    /// A server that batches gets the same placements at ever shorter ticks, so that it sends ever more frames;
    /// one that sends a frame a pixel gets ever more placements.
    private func saturation(of kind: TargetKind) throws(BenchFailure) -> FanoutMeasurement {
        let best = kind.isBatched ? try shortestTick(kind) : try highestRate(kind)
        return try .take(
            kind, options: options, pixelsPerSecond: best.pixelsPerSecond, tickMs: best.tickMs,
            seconds: options.seconds)
    }

    private typealias Step = (pixelsPerSecond: Int, tickMs: Int)

    private func shortestTick(_ kind: TargetKind) throws(BenchFailure) -> Step {
        var held = 0
        var missed = Self.ticksMs.count
        while missed - held > 1 {
            let middle = (held + missed) / 2
            let step = (pixelsPerSecond: options.pixelsPerSecond, tickMs: Self.ticksMs[middle])
            if try isHeld(kind, step) { held = middle } else { missed = middle }
        }
        return (pixelsPerSecond: options.pixelsPerSecond, tickMs: Self.ticksMs[held])
    }

    private func highestRate(_ kind: TargetKind) throws(BenchFailure) -> Step {
        var held = 0
        var missed = Self.firstRate
        while missed <= Self.maxRate, try isHeld(kind, (pixelsPerSecond: missed, tickMs: options.tickMs)) {
            held = missed
            missed *= 2
        }
        guard held > 0 else { throw BenchFailure("\(kind.rawValue) held not even \(missed) pixels a second") }
        for _ in 0..<Self.refinements {
            let middle = (held + missed) / 2
            if try isHeld(kind, (pixelsPerSecond: middle, tickMs: options.tickMs)) {
                held = middle
            } else {
                missed = middle
            }
        }
        return (pixelsPerSecond: held, tickMs: options.tickMs)
    }

    private func isHeld(_ kind: TargetKind, _ step: Step) throws(BenchFailure) -> Bool {
        let found = try FanoutMeasurement.take(
            kind, options: options, pixelsPerSecond: step.pixelsPerSecond, tickMs: step.tickMs,
            seconds: Self.stepSeconds, isControlled: false)
        let isHeld = Self.isHeld(found)
        Report.line(
            "\(kind.rawValue): \(step.pixelsPerSecond) px/s"
                + (kind.isBatched ? ", tick \(step.tickMs) ms" : "")
                + ": \(Int(found.framesPerSecond)) frames/s, \(isHeld ? "held" : "not held")")
        return isHeld
    }

    /// Whether it kept up, and where it batches, sent at least 95 % of the frames that its tick asks for.
    private static func isHeld(_ found: FanoutMeasurement) -> Bool {
        guard found.keptUp, found.evicted == 0 else { return false }
        guard let tickMs = found.tickMs else { return true }
        let wanted = Double(found.clients) * min(1_000 / Double(tickMs), Double(found.pixelsPerSecond))
        return found.framesPerSecond >= 0.95 * wanted
    }
}
