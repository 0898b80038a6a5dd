import Protocol

/// A player whom the view follows from pixel to pixel.
struct Following: Hashable, Sendable {
    let account: AccountName
    /// Where the latest pixel was.
    private(set) var place: Place?
    private var askedMs: Int64?
    /// When the next question is due.
    private(set) var nextMs: Int64

    /// Between two questions.
    static let intervalMs: Int64 = 2_000
    /// How long an answer is waited for.
    static let patienceMs: Int64 = 6_000

    init(_ account: AccountName, nowMs: Int64) {
        self.account = account
        nextMs = nowMs
    }

    /// Whether to ask now.
    mutating func asks(nowMs: Int64) -> Bool {
        guard nextMs <= nowMs else { return false }
        askedMs = nowMs
        nextMs = nowMs + Self.patienceMs
        return true
    }

    /// Takes where the latest pixel is; returns the place where it is another one.
    mutating func take(_ place: Place, nowMs: Int64) -> Place? {
        nextMs = max((askedMs ?? nowMs) + Self.intervalMs, nowMs)
        defer { self.place = place }
        return place == self.place ? nil : place
    }

    /// The server didn't say.
    mutating func refuse(afterMs: Int?, nowMs: Int64) {
        nextMs = nowMs + max(Int64(afterMs ?? 0), Self.patienceMs)
    }
}
