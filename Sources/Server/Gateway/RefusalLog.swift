import Protocol

/// Counts refusals and writes one log line for each, with a bound a second so that hostile input can't flood the log.
struct RefusalLog {
    private let log: Log
    private let meters: Meters
    private var second: Int64 = 0
    private var written = 0
    private var held = 0

    private static let linesPerSecond = 50

    init(log: Log, meters: Meters) {
        self.log = log
        self.meters = meters
    }

    /// Notes a refusal; limits that clients run into in good faith are for debugging only.
    mutating func note(_ failure: Failure, address: String, what: String, nowMs: Int64) {
        meters.count(failure.code)
        let level: LogLevel =
            switch failure.code {
            case .rateLimited, .cooldown, .tokenExpired, .queueFull, .notPlaying, .pushTooSoon, .noActiveGame,
                .adNotOver, .notEnoughPoints, .alreadyOwned, .runOver, .protectedArea, .authorizationPending,
                .slowDown, .historyGone:
                .debug
            case .internalError, .storageUnavailable: .warning
            default: .info
            }
        guard level >= log.level else { return }
        if nowMs / 1000 != second {
            if held > 0 { log.write(.warning, "refusals_not_shown", ["count": .number(Int64(held))]) }
            second = nowMs / 1000
            written = 0
            held = 0
        }
        guard written < Self.linesPerSecond else {
            held += 1
            return
        }
        written += 1
        log.write(
            level, "refused",
            [
                "code": .text(failure.code.rawValue), "what": .text(what), "address": .text(address),
                "message": .text(failure.message),
            ])
    }
}
