import Client
import Protocol

/// What the model wants to know of the past.
enum ReplayWish: Hashable, Sendable {
    /// What is kept.
    case overview
    case fetch(Timeline.Need)
    /// The canvas of a time, in milliseconds since 1970.
    case find(timeMs: Int64)
}

/// What is told of the past.
enum ReplayReport: Hashable, Sendable {
    case overview(HistoryAnswer)
    case supply(Timeline.Supply)
    case found(HistoryCanvas)
    case failed(ReplayWish, Failure)
}
