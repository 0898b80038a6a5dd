/// A wait in the queue: the place in it, since when, and how fast it has come nearer.
struct QueueWait: Hashable, Sendable {
    /// The rank among all who wait, from 1.
    private(set) var position: Int
    /// The rank to begin with, or the farthest since.
    private(set) var firstPosition: Int
    /// When it began on the server's clock; the same wait after a reconnect bears the same number.
    let joinedServerMs: Int64
    /// When it began on the screen's own clock.
    let sinceMs: Int64
    private var moves: [Move]

    /// A rank and when it was told.
    private struct Move: Hashable, Sendable {
        var position: Int
        var atMs: Int64
    }

    /// Moves that the pace is taken from: older ones say little about now.
    private static let maxMoves = 64
    private static let windowMs: Int64 = 300_000
    /// A pace seen for less long than this is no pace yet.
    private static let minSpanMs: Int64 = 5_000
    /// A higher rank is no rank of any queue.
    private static let maxPosition = 10_000_000
    /// A wait longer than this is shown as this long.
    private static let maxWaitedMs: Int64 = 30 * 86_400_000

    /// Begins to count at `nowMs`, or earlier where the server says so.
    ///
    /// - Parameter sinceMs: when it began on the screen's own clock, where that is known.
    init(position: Int, joinedServerMs: Int64, sinceMs: Int64?, nowMs: Int64) {
        let position = min(max(position, 1), Self.maxPosition)
        self.position = position
        firstPosition = position
        self.joinedServerMs = joinedServerMs
        self.sinceMs = min(max(sinceMs ?? nowMs, nowMs - Self.maxWaitedMs), nowMs)
        moves = [Move(position: position, atMs: nowMs)]
    }

    /// Takes the rank that the server tells now.
    mutating func move(to told: Int, nowMs: Int64) {
        let told = min(max(told, 1), Self.maxPosition)
        guard told != position else { return }
        // Whoever was passed over while absent may come back before us: then the pace is another.
        if told > position { moves = [] }
        position = told
        firstPosition = max(firstPosition, told)
        moves.append(Move(position: told, atMs: nowMs))
        let oldestMs = nowMs - Self.windowMs
        while moves.count > Self.maxMoves || moves.count > 2 && moves[1].atMs < oldestMs {
            moves.removeFirst()
        }
    }

    /// The milliseconds that are left at the pace of late; nil while there is none.
    ///
    /// Between two moves the estimate runs down with the clock; when a move is overdue, the pace is taken to be
    /// as slow as that shows.
    func leftMs(nowMs: Int64) -> Int64? {
        guard let first = moves.first, let last = moves.last, first.position > last.position,
            nowMs - first.atMs >= Self.minSpanMs
        else { return nil }
        let passed = Int64(first.position - last.position)
        let pace = max((last.atMs - first.atMs) / passed, (nowMs - first.atMs) / (passed + 1))
        return max(first.atMs + pace * Int64(first.position) - nowMs, 0)
    }
}
