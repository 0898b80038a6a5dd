/// `pixelwars-bench fanout`: one placement in, a frame out to everyone, on our server and on peers.
struct FanoutRun {
    let options: LoadOptions

    /// The first rate tried for servers that send a frame a pixel: doubled while it is held, else halved, then the
    /// span between the highest held and the lowest that wasn't is halved again and again.
    private static let firstRate = 1_000
    private static let maxRate = 64_000
    private static let rateSteps = 7
    /// Ticks tried for servers that batch, longest first.
    private static let ticksMs = [25, 20, 16, 14, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
    private static let stepSeconds = 3.0
    private static let retreats = 4

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
        var step = kind.isBatched ? try shortestTick(kind) : try highestRate(kind)
        for _ in 0..<Self.retreats {
            let found = try measure(kind, step)
            if Self.isHeld(found) { return found }
            Report.line("\(kind.rawValue): not held over \(Int(options.seconds)) s, one step back")
            step = back(from: step, kind)
        }
        return try measure(kind, step)
    }

    private func measure(_ kind: TargetKind, _ step: Step) throws(BenchFailure) -> FanoutMeasurement {
        try .take(
            kind, options: options, pixelsPerSecond: step.pixelsPerSecond, tickMs: step.tickMs,
            seconds: options.seconds)
    }

    /// The next lower rate, for when the highest one held for a short while isn't held for the whole window.
    private func back(from step: Step, _ kind: TargetKind) -> Step {
        guard kind.isBatched else {
            return (pixelsPerSecond: step.pixelsPerSecond * 7 / 8, tickMs: step.tickMs)
        }
        return (
            pixelsPerSecond: step.pixelsPerSecond,
            tickMs: Self.ticksMs.last { $0 > step.tickMs } ?? step.tickMs
        )
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
        var missed = Self.maxRate
        var next = Self.firstRate
        for _ in 0..<Self.rateSteps where next > 0 && next < missed {
            if try isHeld(kind, (pixelsPerSecond: next, tickMs: options.tickMs)) {
                held = next
            } else {
                missed = next
            }
            next = held == 0 ? missed / 2 : missed == Self.maxRate ? held * 2 : (held + missed) / 2
        }
        guard held > 0 else { throw BenchFailure("\(kind.rawValue) held not even \(missed) pixels a second") }
        return (pixelsPerSecond: held, tickMs: options.tickMs)
    }

    private func isHeld(_ kind: TargetKind, _ step: Step) throws(BenchFailure) -> Bool {
        let found = try FanoutMeasurement.take(
            kind, options: options, pixelsPerSecond: step.pixelsPerSecond, tickMs: step.tickMs,
            seconds: Self.stepSeconds, isStep: true)
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
