import Protocol

/// When totals are told to whom: each socket hears them at most once an interval, which grows with the number of
/// sockets, and many sockets hear them lane by lane, so that no moment belongs to them alone.
struct TotalsClock: Sendable {
    /// Whether something changed since the last round began.
    var isDue = false
    /// How many sockets are in each lane.
    private var members: [Int] = []
    /// The lane that is told next; as many as there are while no round is under way.
    private var lane = 0
    private var turnUs: Int64 = 0
    private var roundUs: Int64?

    /// The lanes in use.
    var lanes: Range<Int> { members.indices }

    /// Takes a socket in.
    ///
    /// - Returns: its lane.
    mutating func enter() -> Int {
        if let free = members.firstIndex(where: { $0 < Limits.clickTotalsLane }) {
            members[free] += 1
            return free
        }
        // Where no round is under way, none begins by this.
        if lane == members.count { lane += 1 }
        members.append(1)
        return members.count - 1
    }

    /// Counts a closed socket out of its lane.
    mutating func leave(_ place: Int) {
        members[place] -= 1
        while members.last == 0 { members.removeLast() }
        lane = min(lane, members.count)
    }

    private func intervalUs(tickMs: Int) -> Int64 {
        let sockets = members.reduce(0, +)
        let paceMs = sockets * 1000 / Limits.maxClickTotalsPerSecond
        return Int64(max(tickMs, Limits.clickTotalsIntervalMs, paceMs)) * 1000
    }

    /// When totals may be told next; nil where all is told.
    func dueUs(tickMs: Int) -> Int64? {
        if lane < members.count { return turnUs }
        guard isDue else { return nil }
        return roundUs.map { $0 + intervalUs(tickMs: tickMs) } ?? .min
    }

    /// Takes the lane whose turn it is; nil where none's is, or nobody is there.
    mutating func takeLane(tickMs: Int, at now: Moment) -> Int? {
        guard let dueUs = dueUs(tickMs: tickMs), dueUs <= now.monotonicUs else { return nil }
        if lane >= members.count {
            isDue = false
            roundUs = now.monotonicUs
            lane = 0
        }
        guard lane < members.count else { return nil }
        let told = lane
        lane += 1
        turnUs = now.monotonicUs + intervalUs(tickMs: tickMs) / Int64(members.count)
        return told
    }
}
