/// Lets news be said one at a time, at most one a second, and forgets the oldest where too many come.
struct NewsPace: Hashable, Sendable {
    private var waiting: [Announcement] = []
    /// News that were forgotten since the last word of it.
    private var forgotten = 0
    private var nextMs: Int64 = 0

    /// Between two lines that nobody asked for.
    static let intervalMs: Int64 = 1_000
    /// More would be old by the time that they are said.
    static let maxWaiting = 8

    /// When `take` has something; nil while nothing waits.
    var dueMs: Int64? { waiting.isEmpty ? nil : nextMs }

    /// Whether nothing waits.
    var isEmpty: Bool { waiting.isEmpty }

    /// Puts one behind those that wait, or in the place of the one that it makes old.
    mutating func add(_ announcement: Announcement) {
        if announcement.pace == .latest {
            waiting.removeAll { $0.role == announcement.role && $0.pace == .latest }
        }
        waiting.append(announcement)
        while waiting.count > Self.maxWaiting {
            waiting.removeFirst()
            forgotten += 1
        }
    }

    /// The next one, where its time has come.
    mutating func take(nowMs: Int64) -> Announcement? {
        guard !waiting.isEmpty, nextMs <= nowMs else { return nil }
        nextMs = nowMs + Self.intervalMs
        if forgotten > 0 {
            defer { forgotten = 0 }
            return Announcement(.news, "\(forgotten) more things happened")
        }
        return waiting.removeFirst()
    }

    /// All that wait, for the end.
    mutating func takeAll() -> [Announcement] {
        defer { waiting = [] }
        return waiting
    }
}
