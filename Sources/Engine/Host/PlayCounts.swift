/// What became of pixels, sockets and sign-ins since the start, for metrics.
public struct PlayCounts: Hashable, Sendable {
    /// How someone came to a session.
    public enum SignIn: String, CaseIterable, Hashable, Sendable {
        case guest
        case deviceKey = "device_key"
        case refresh
        case google
    }

    /// Pixels placed, once durable.
    public internal(set) var placements = 0
    /// Pixels taken back, once durable.
    public internal(set) var undos = 0
    /// From taking a pixel or its undo to its being durable, in microseconds.
    public internal(set) var commitUs = Buckets(
        bounds: [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000])
    /// Sockets that were closed because they read too slowly.
    public internal(set) var evictions = 0
    /// Sign-ins by their method.
    public internal(set) var signIns: [SignIn: Int] = [:]

    /// Counts what a commit made durable.
    mutating func count(_ change: ChangeRecord) {
        if change.undoes == nil { placements += 1 } else { undos += 1 }
    }
}

/// What happens to a terminal's sign-in in a browser, for metrics.
public enum DeviceGrantEvent: String, CaseIterable, Hashable, Sendable {
    /// A terminal got its codes.
    case begun
    /// Its person let it in.
    case allowed
    /// Its person sent it away.
    case denied
    /// Its person let it in, but may not sign in or be linked.
    case refused
    /// Its time was over before its terminal had what it wanted.
    case expired
}
