/// What a bot did since the start, for metrics.
public struct BotCounts: Hashable, Sendable {
    /// Calls for updates that were answered.
    public internal(set) var polls = 0
    /// Calls for updates that failed; each is made again.
    public internal(set) var failedPolls = 0
    /// Messages and other calls that were done.
    public internal(set) var calls = 0
    /// Such calls that failed; most are made again.
    public internal(set) var failedCalls = 0
    /// Orders that were handed to the server.
    public internal(set) var orders = 0

    /// Nothing yet.
    public init() {}
}
