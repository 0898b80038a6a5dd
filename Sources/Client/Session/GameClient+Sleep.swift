import Protocol
import Transport

// Coming back from the machine's sleep, which no timer that waits notices.
extension GameClient {
    /// Between two looks at the clocks, in milliseconds.
    static let sleepLookMs = 2_000

    /// The sleep's timer: whoever slept looks after the connection at once.
    func lookForSleep() {
        timers?.sleep.schedule(afterMs: Self.sleepLookMs)
        let sleptUs = sleep.look(monotonicUs: loop.monotonicUs, bootUs: bootUs())
        guard sleptUs > Int64(Self.sleepLookMs) * 1000 else { return }
        wakeUp(afterMs: Int(sleptUs / 1000))
    }

    /// A short nap is followed by a word to the server; after a longer one it has most likely given us up, and so
    /// have the boxes between us.
    private func wakeUp(afterMs sleptMs: Int) {
        let isLong = sleptMs > heartbeatMs
        switch state {
        case .connected where isLong, .connecting where isLong, .watching where isLong && isLinked:
            disconnect(code: .goingAway)
            backoff.reset()
            comeBack()
        case .connected, .watching:
            if isLinked, configuration.sendsHeartbeats { beat() }
            if configuration.countsIntervalMs > 0 { lookAround() }
            fetchIfDue()
        case .waiting:
            timers?.attempt.cancel()
            backoff.reset()
            comeBack()
        case .signingIn, .connecting, .closed: break
        }
    }
}
