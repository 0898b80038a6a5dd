/// `pixelwars-bench start`: from spawning the server on an empty directory to its listening line.
struct StartRun {
    /// The figures.
    struct Measurement: Codable {
        /// Each start, shortest first.
        var startsMs: [Double]
        /// The one in the middle.
        var medianMs: Double
    }

    let options: LoadOptions

    private static let starts = 9

    /// Starts the server again and again, each time on a fresh directory.
    func measurement() throws(BenchFailure) -> Measurement {
        var startsMs: [Double] = []
        for _ in 0..<Self.starts {
            let begun = MonotonicClock.nowUs
            let child = try ServerLauncher.startPixelWars(options: options, tickMs: options.tickMs)
            _ = try ServerLauncher.port(of: child)
            startsMs.append(Double(MonotonicClock.nowUs - begun) / 1_000)
            child.end()
        }
        startsMs.sort()
        return Measurement(startsMs: startsMs, medianMs: startsMs[Self.starts / 2])
    }
}
