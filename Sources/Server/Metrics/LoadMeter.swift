import Game
import Protocol
import Transport

/// Measures how much work the server has, each half second: how late the loop comes, and how much it sends.
final class LoadMeter {
    private let loop: EventLoop
    private let meters: Meters
    private let deliver: (LoadReading) -> Void
    private var timer: LoopTimer?
    private var dueUs: Int64 = 0
    private var lastUs: Int64
    private var lastSentBytes: UInt64

    /// Begins to measure.
    ///
    /// - Parameter deliver: takes each reading, on the loop's thread.
    init(loop: EventLoop, meters: Meters, deliver: @escaping (LoadReading) -> Void) {
        self.loop = loop
        self.meters = meters
        self.deliver = deliver
        lastUs = loop.monotonicUs
        lastSentBytes = loop.sentBytes
        timer = loop.makeTimer { [unowned self] in measure() }
        plan()
    }

    private func plan() {
        dueUs = loop.monotonicUs + Int64(Limits.loadIntervalMs) * 1000
        timer?.schedule(afterMs: Limits.loadIntervalMs)
    }

    private func measure() {
        let nowUs = loop.monotonicUs
        meters.noteLag(us: max(0, nowUs - dueUs))
        let sentBytes = loop.sentBytes
        let elapsedUs = max(1, nowUs - lastUs)
        let bits = Double(sentBytes - lastSentBytes) * 8 * 1_000_000 / Double(elapsedUs)
        deliver(
            LoadReading(loopLagUs: meters.takeWorstLagUs(), sentBitsPerSecond: Int64(bits)))
        lastUs = nowUs
        lastSentBytes = sentBytes
        plan()
    }
}
