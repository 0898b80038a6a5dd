import Engine
import Game

/// When load lets nobody in: after so many readings in a row over a limit, until so many in a row are calm.
struct AdmissionLaw: Sendable {
    private static let overToPause = 4
    private static let calmToResume = 6
    private static let calmShare = 0.8

    private enum Kind { case over, between, calm }

    private let limits: (lagUs: Double, bits: Double)
    /// The latest readings, the newest last.
    private var kinds: [Kind] = []

    init(_ configuration: EngineConfiguration) {
        func limit(_ value: Int, _ unit: Double) -> Double {
            value > 0 ? Double(value) * unit : .infinity
        }
        limits = (limit(configuration.maxLoopLagMs, 1_000), limit(configuration.maxSendMbps, 1_000_000))
    }

    /// Whether admission is paused after a reading.
    mutating func isPaused(after reading: LoadReading, before: Bool) -> Bool {
        let share = max(
            Double(reading.loopLagUs) / limits.lagUs, Double(reading.sentBitsPerSecond) / limits.bits)
        kinds.append(share > 1 ? .over : share > Self.calmShare ? .between : .calm)
        kinds = kinds.suffix(Self.calmToResume)
        if before { return !(kinds.count == Self.calmToResume && kinds.allSatisfy { $0 == .calm }) }
        let latest = kinds.suffix(Self.overToPause)
        return latest.count == Self.overToPause && latest.allSatisfy { $0 == .over }
    }

    mutating func forget() { kinds = [] }
}
