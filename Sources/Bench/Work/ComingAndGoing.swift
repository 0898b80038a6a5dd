import Protocol

/// Players who drop their sockets and come back in turn, and what became of their places.
struct ComingAndGoing {
    /// Sockets dropped so far.
    private(set) var drops = 0
    /// Players who were back.
    private(set) var returns = 0
    /// Returns that weren't welcomed as playing.
    private(set) var notPlaying = 0
    /// Returns with another deadline than the first.
    private(set) var deadlinesMoved = 0
    private(set) var largestShiftMs: Int64 = 0
    /// From dropping a socket to the next one's deadline.
    private(set) var latencies = Histogram()
    /// When the last one was back.
    private(set) var lastReturnUs = MonotonicClock.nowUs

    private let loop: LoadLoop
    private let dialect: ResumingDialect
    private let heads: [[UInt8]]
    private let toleratedShiftMs: Int64
    /// Each player's socket now.
    private var current: [LoadClient] = []
    private var deadlinesMs: [Int64] = []
    /// The player of a client, and when its former socket was dropped.
    private var returning: [Int: (player: Int, sinceUs: Int64)] = [:]
    private var next = 0

    /// Takes the sockets of a loop on which everyone plays, one a request head to come back with.
    init(loop: LoadLoop, dialect: ResumingDialect, heads: [[UInt8]], toleratedShiftMs: Int64) {
        self.loop = loop
        self.dialect = dialect
        self.heads = heads
        self.toleratedShiftMs = toleratedShiftMs
    }

    /// Players whose socket is gone and who aren't back yet.
    var underWay: Int { returning.count }

    /// Sockets that the server turned away or closed.
    var turnedAway: Int { loop.tally.lost }

    /// Notes everyone's first deadline.
    mutating func begin() throws(BenchFailure) {
        current = loop.clients
        var first: [Int: Int64] = [:]
        for arrival in dialect.takeArrivals() { first[arrival.client] = arrival.idleDeadlineMs }
        // Whoever was queued for a moment was told its deadline without having been welcomed as playing.
        for client in current {
            guard let deadlineMs = first[client.index] else {
                throw BenchFailure("client \(client.index) plays and was told no deadline")
            }
            deadlinesMs.append(deadlineMs)
        }
    }

    /// Drops the next player's socket and opens another.
    mutating func dropNext() throws(BenchFailure) {
        let player = next
        next = (next + 1) % current.count
        // Whoever isn't back within a second counts once, and is waited for no longer.
        if returning.removeValue(forKey: current[player].index) == nil { drops += 1 }
        loop.drop(current[player])
        let nowUs = MonotonicClock.nowUs
        current[player] = try loop.add(heads[player])
        returning[current[player].index] = (player, nowUs)
    }

    /// Waits for sockets at most so long, and takes note of who is back.
    mutating func turn(timeoutMs: Int32) {
        loop.turn(timeoutMs: timeoutMs)
        let nowUs = MonotonicClock.nowUs
        for arrival in dialect.takeArrivals() {
            guard let (player, sinceUs) = returning.removeValue(forKey: arrival.client) else { continue }
            returns += 1
            lastReturnUs = nowUs
            latencies.record(us: nowUs - sinceUs)
            if arrival.welcomed != .playing { notPlaying += 1 }
            let shiftMs = abs(arrival.idleDeadlineMs - deadlinesMs[player])
            largestShiftMs = max(largestShiftMs, shiftMs)
            if shiftMs > toleratedShiftMs { deadlinesMoved += 1 }
        }
    }
}
