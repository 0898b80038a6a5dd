/// The table of a fan-out run, and the bars it is held against.
struct FanoutReport: Codable {
    /// One column a server.
    var measurements: [FanoutMeasurement]
    /// Bars that these measurements speak to.
    var bars: [Bar]

    private static let frameRatio = 1.1
    private static let pixelRatio = 0.5
    private static let byteRatio = 1.0 / 20
    private static let maxTicksToSee = 4

    /// Holds the measurements against the bars.
    ///
    /// - Parameter atSaturation: whether each server was at its highest rate, where delays say nothing.
    init(_ measurements: [FanoutMeasurement], atSaturation: Bool) {
        self.measurements = measurements
        bars = []
        // With the loop's core full there is no like control run: all of the server's work counts on both sides.
        let frameCost = { (found: FanoutMeasurement) in found.cpuPerFrameUs ?? found.wholeCpuPerFrameUs }
        let pixelCost = { (found: FanoutMeasurement) in found.cpuPerPixelUs ?? found.wholeCpuPerPixelUs }
        guard let own = measurements.first(where: { $0.target == .pixelwars }) else { return }
        if let peer = measurements.first(where: { $0.target == .uwsBinary }) {
            bars.append(
                Bar(
                    name: "CPU a frame ÷ uws-binary", measured: frameCost(own) / frameCost(peer),
                    atMost: Self.frameRatio))
        }
        if let peer = measurements.first(where: { $0.target == .uwsJSON }) {
            // A peer that fell behind spent its time on its backlog.
            if peer.keptUp {
                bars.append(
                    Bar(
                        name: "CPU a pixel ÷ uws-json", measured: pixelCost(own) / pixelCost(peer),
                        atMost: Self.pixelRatio))
            }
            // At saturation our ticks are shorter and their frames smaller than at the rate that was asked for.
            if !atSaturation {
                bars.append(
                    Bar(
                        name: "bytes a pixel ÷ uws-json", measured: own.bytesPerPixel / peer.bytesPerPixel,
                        atMost: Self.byteRatio))
            }
        }
        bars.append(Bar(name: "clients evicted", measured: Double(own.evicted), atMost: 0))
        bars.append(
            Bar(name: "copies that differ", measured: own.disagreement == nil ? 0 : 1, atMost: 0))
        if let tickMs = own.tickMs, !atSaturation {
            bars.append(
                Bar(
                    name: "place-to-seen p99 in ticks", measured: own.placeToSeenP99Ms / Double(tickMs),
                    atMost: Double(Self.maxTicksToSee)))
        }
    }

    private static let rows: [(String, @Sendable (FanoutMeasurement) -> String)] = [
        ("clients", { "\($0.clients)" }),
        ("placements a second", { "\($0.pixelsPerSecond)" }),
        ("tick, ms", { $0.tickMs.map { "\($0)" } ?? "–" }),
        ("frames delivered a second", { Report.digits($0.framesPerSecond, 0) }),
        ("pixels delivered a second", { Report.digits($0.deliveredPixelsPerSecond, 0) }),
        ("kept up", { $0.keptUp ? "yes" : "no (\(Report.digits($0.deliveredShare * 100, 0)) %)" }),
        ("fan-out CPU a frame, µs", { $0.cpuPerFrameUs.map { Report.digits($0, 2) } ?? "–" }),
        ("fan-out CPU a pixel, µs", { $0.cpuPerPixelUs.map { Report.digits($0, 4) } ?? "–" }),
        ("whole CPU a frame, µs", { Report.digits($0.wholeCpuPerFrameUs, 2) }),
        ("whole CPU a pixel, µs", { Report.digits($0.wholeCpuPerPixelUs, 4) }),
        (
            "cores: loop + other threads",
            { Report.digits($0.loopCores, 2) + " + " + Report.digits($0.otherCores, 2) }
        ),
        ("cores: control run", { $0.controlCores.map { Report.digits($0, 2) } ?? "–" }),
        ("cores: load generator", { Report.digits($0.generatorCores, 2) }),
        ("bytes a pixel", { Report.digits($0.bytesPerPixel, 2) }),
        ("place-to-seen p50, ms", { Report.digits($0.placeToSeenP50Ms, 1) }),
        ("place-to-seen p99, ms", { Report.digits($0.placeToSeenP99Ms, 1) }),
        ("place-to-seen max, ms", { Report.digits($0.placeToSeenMaxMs, 1) }),
        ("backlog cleared after, ms", { $0.drainMs.map { Report.digits($0, 0) } ?? "never" }),
        ("resident KB a connection", { Report.digits($0.residentKBPerConnection, 1) }),
        ("resident KB with sign-in", { Report.digits($0.residentKBPerClient, 1) }),
        ("evicted", { "\($0.evicted)" }),
        ("placements refused", { "\($0.refused)" }),
        ("copies", { $0.disagreement ?? "all equal" }),
    ]

    /// Prints both tables.
    func print() {
        Report.table(
            head: ["fanout"] + measurements.map(\.target.rawValue),
            rows: Self.rows.map { name, text in [name] + measurements.map(text) })
        Bar.print(bars)
    }
}
