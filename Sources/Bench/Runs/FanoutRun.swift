/// `pixelwars-bench fanout`: one placement in, a frame out to everyone, on our server and on peers.
struct FanoutRun {
    let options: LoadOptions

    /// The first rate tried for servers that send a frame a pixel: doubled while it is held, else halved, then the
    /// span between the highest held and the lowest that wasn't is halved again and again.
    private static let firstRate = 1_000
    private static let maxRate = 64_000
    private static let rateSteps = 7
    /// Ticks tried for servers that batch, longest first.
    private static let ticksMs = [10, 8, 6, 4, 2, 1]
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
    /// A server that batches gets the same placements at ever shorter ticks, one that sends a frame a pixel gets
    /// ever more placements.
    private func saturation(of kind: TargetKind) throws(BenchFailure) -> FanoutMeasurement {
        var step = kind.isBatched ? try busiestTick(kind) : try highestRate(kind)
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
            seconds: options.seconds, scope: .uncontrolled)
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

    /// The tick at which the most frames go out while every placement still arrives.
    ///
    /// A server that batches never falls behind by frames: out of time it sends fewer, fuller ones. So its
    /// highest rate is where a shorter tick brings no more frames.
    private func busiestTick(_ kind: TargetKind) throws(BenchFailure) -> Step {
        var best: (step: Step, framesPerSecond: Double)?
        for tickMs in Self.ticksMs {
            let step = (pixelsPerSecond: options.pixelsPerSecond, tickMs: tickMs)
            let found = try probe(kind, step)
            if Self.isHeld(found), found.framesPerSecond > best?.framesPerSecond ?? 0 {
                best = (step: step, framesPerSecond: found.framesPerSecond)
            }
        }
        guard let best else {
            throw BenchFailure("\(kind.rawValue) held \(options.pixelsPerSecond) pixels a second at no tick")
        }
        return best.step
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
        Self.isHeld(try probe(kind, step))
    }

    /// A short measurement on the way to the highest rate.
    private func probe(_ kind: TargetKind, _ step: Step) throws(BenchFailure) -> FanoutMeasurement {
        let found = try FanoutMeasurement.take(
            kind, options: options, pixelsPerSecond: step.pixelsPerSecond, tickMs: step.tickMs,
            seconds: Self.stepSeconds, scope: .probe)
        Report.line(
            "\(kind.rawValue): \(step.pixelsPerSecond) px/s"
                + (kind.isBatched ? ", tick \(step.tickMs) ms" : "")
                + ": \(Int(found.framesPerSecond)) frames/s, \(Self.isHeld(found) ? "held" : "not held")")
        return found
    }

    private static func isHeld(_ found: FanoutMeasurement) -> Bool {
        found.keptUp && found.evicted == 0
    }
}
