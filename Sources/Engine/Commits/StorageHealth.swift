import Protocol

/// Whether storage takes writes.
enum StorageHealth: Hashable, Sendable {
    case healthy
    /// Full; the next probe's time, or none while one is under way.
    case full(probeUs: Int64?)
    /// Reads only until a restart.
    case broken

    /// What a fault makes of it.
    init(after fault: StorageFault, at now: Moment) {
        switch fault {
        case .full: self = .full(probeUs: now.monotonicUs + Int64(Limits.storageProbeIntervalMs) * 1000)
        case .broken: self = .broken
        }
    }

    /// When to probe next; nil when no probe is planned.
    var probeDueUs: Int64? {
        if case .full(let probeUs) = self { probeUs } else { nil }
    }

    /// Why a write is refused; nil when it isn't.
    var refusal: Failure? {
        switch self {
        case .healthy: nil
        case .full: Self.fullFailure
        case .broken: Self.brokenFailure
        }
    }

    private static let fullFailure = Failure(
        .storageUnavailable, "The server's disk is full; nothing can be kept until there is room.",
        retryAfterMs: Limits.storageProbeIntervalMs)
    private static let brokenFailure = Failure(
        .storageUnavailable, "The server's storage failed; it serves reads only until it is restarted.")
}
