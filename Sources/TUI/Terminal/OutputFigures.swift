/// What the output cost: for `--stats`, and for whoever measures.
struct OutputFigures: Hashable, Sendable {
    var bytes = 0
    var writes = 0
    /// Frames that were sent.
    var frames = 0
    /// Changes that were never seen by themselves: the terminal hadn't taken the frame before.
    var dropped = 0
    /// Frames that left changed cells for the next.
    var partial = 0
    /// The thread's CPU time for computing a frame's cells.
    var view = Distribution()
    /// The same for making bytes of them and sending these.
    var screen = Distribution()
    /// From a key, or another input, to the write that showed what it did.
    var keyToWritten = Distribution()
    /// How long the screen was open.
    var wallNs: Int64 = 0
    /// The CPU time of the whole program in it.
    var cpuNs: Int64 = 0

    /// The figures for people, a line each.
    var table: String {
        let rows: [(String, String)] = [
            ("seconds", Self.decimal(wallNs, 1_000_000_000)),
            ("CPU seconds", Self.decimal(cpuNs, 1_000_000_000)),
            ("frames", "\(frames)"), ("partial frames", "\(partial)"), ("dropped frames", "\(dropped)"),
            ("bytes", "\(bytes)"), ("writes", "\(writes)"),
            ("bytes a frame", "\(frames == 0 ? 0 : bytes / frames)"),
            ("view, ms a frame", Self.words(view)), ("screen, ms a frame", Self.words(screen)),
            (
                "key to written, ms",
                "p50 \(Self.milliseconds(keyToWritten.percentileNs(50)))  p99 \(Self.milliseconds(keyToWritten.percentileNs(99)))"
            ),
        ]
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { $0.0 + String(repeating: " ", count: width - $0.0.count + 2) + $0.1 }.joined(
            separator: "\n")
    }

    /// The same figures as one JSON object.
    var json: String {
        OrderedJSON.fields([
            ("seconds", .number(Self.decimal(wallNs, 1_000_000_000))),
            ("cpu_seconds", .number(Self.decimal(cpuNs, 1_000_000_000))), ("frames", .number("\(frames)")),
            ("partial_frames", .number("\(partial)")), ("dropped_frames", .number("\(dropped)")),
            ("bytes", .number("\(bytes)")), ("writes", .number("\(writes)")), ("view_ms", Self.json(view)),
            ("screen_ms", Self.json(screen)), ("key_to_written_ms", Self.json(keyToWritten)),
        ]).line
    }

    private static func words(_ times: Distribution) -> String {
        "mean \(milliseconds(times.meanNs))  p99 \(milliseconds(times.percentileNs(99)))  max \(milliseconds(times.maxNs))"
    }

    private static func json(_ times: Distribution) -> OrderedJSON {
        .fields([
            ("count", .number("\(times.count)")), ("mean", .number(milliseconds(times.meanNs))),
            ("p50", .number(milliseconds(times.percentileNs(50)))),
            ("p99", .number(milliseconds(times.percentileNs(99)))),
            ("max", .number(milliseconds(times.maxNs))),
        ])
    }

    private static func milliseconds(_ ns: Int64) -> String { decimal(ns, 1_000_000) }

    /// A quotient with three decimals.
    private static func decimal(_ ns: Int64, _ unit: Int64) -> String {
        let thousandths = (ns * 1000 + unit / 2) / unit
        let rest = "\(thousandths % 1000)"
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
