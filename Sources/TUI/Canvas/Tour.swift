/// A walk through the busiest places, one after the other.
struct Tour: Hashable, Sendable {
    /// When it goes on.
    private(set) var nextMs: Int64
    /// The latest stops.
    private(set) var visited: [Place] = []

    /// At each stop.
    static let stopMs: Int64 = 8_000
    /// Stops that aren't gone to again at once.
    private static let remembered = 4

    init(nowMs: Int64) {
        nextMs = nowMs
    }

    /// The next stop, where it is time and there is one.
    mutating func stop(in heat: HeatMap, nowMs: Int64) -> Place? {
        guard nextMs <= nowMs else { return nil }
        nextMs = nowMs + Self.stopMs
        let fresh = heat.busiest(leavingOut: visited, nowMs: nowMs)
        // Where only few places are warm they are gone round, and never the one where we are.
        guard let stop = fresh ?? heat.busiest(leavingOut: Array(visited.suffix(1)), nowMs: nowMs) else {
            return nil
        }
        visited = Array((visited + [stop]).suffix(Self.remembered))
        return stop
    }
}
