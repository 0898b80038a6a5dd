/// What many relays at once cost the server, and how late their events reach everyone in the room.
struct RelaysMeasurement: Codable {
    var relays: Int
    var playersEach: Int
    var tickMs: Int
    /// The length of the window.
    var seconds: Double
    /// Answers sent a second in the window.
    var answersPerSecond: Double
    /// The part of them that was wrong.
    var wrongShare: Double
    /// Frames of rooms that reached members, a second.
    var framesPerSecond: Double
    /// Bytes of their payloads, a frame.
    var bytesPerFrame: Double
    /// From sending an answer to each member's reading what became of it.
    var answerMedianMs: Double
    var answerP99Ms: Double
    var answerLongestMs: Double
    var answersSeen: Int
    /// Those later than two ticks.
    var answersLate: Int
    /// How far behind its relay's beat each member read a decay.
    var decayMedianMs: Double
    var decayP99Ms: Double
    var decayLongestMs: Double
    var decaysSeen: Int
    /// From the first member's reading a decay to the last one's.
    var spreadP99Ms: Double
    var spreadLongestMs: Double
    /// Cores used by the server's first thread, its loop.
    var loopCores: Double
    /// Cores used by the server's other threads, storage above all.
    var otherCores: Double
    /// All of the server's processor time, by its own clock.
    var serverCores: Double
    /// Cores that this program used.
    var generatorCores: Double
    /// Events that a member of the room didn't hear.
    var lost: Int
    /// Members who heard others, or in another order, than the rest of the room.
    var disordered: Int
    /// Answers refused or unanswered, and sockets closed.
    var failed: Int
    /// The first word of a refusal.
    var complaint: String?

    static let maxTicks = 2

    /// What must hold.
    var bars: [Bar] {
        let ticks = { (ms: Double) in ms / Double(tickMs) }
        return [
            Bar(
                name: "answer-to-seen p99 in ticks", measured: ticks(answerP99Ms),
                atMost: Double(Self.maxTicks)),
            Bar(
                name: "decay behind its beat p99 in ticks", measured: ticks(decayP99Ms),
                atMost: Double(Self.maxTicks)),
            Bar(
                name: "decay from first to last member p99 in ticks", measured: ticks(spreadP99Ms),
                atMost: Double(Self.maxTicks)),
            Bar(
                name: "answers seen later than \(Self.maxTicks) ticks", measured: Double(answersLate),
                atMost: 0),
            Bar(name: "events lost", measured: Double(lost), atMost: 0),
            Bar(name: "members who heard another order", measured: Double(disordered), atMost: 0),
            Bar(name: "refused, unanswered or closed", measured: Double(failed), atMost: 0),
        ]
    }

    /// Prints both tables.
    func print() {
        func three(_ p50: Double, _ p99: Double, _ max: Double) -> String {
            [p50, p99, max].map { Report.digits($0, 1) }.joined(separator: " / ")
        }
        Report.table(
            head: ["relays", ""],
            rows: [
                ["relays", "\(relays)"],
                ["players each", "\(playersEach)"],
                ["tick, ms", "\(tickMs)"],
                ["answers a second", Report.digits(answersPerSecond, 0)],
                ["of which wrong", Report.digits(wrongShare * 100, 0) + " %"],
                ["frames delivered a second", Report.digits(framesPerSecond, 0)],
                ["bytes a frame", Report.digits(bytesPerFrame, 0)],
                ["answer-to-seen p50 / p99 / max, ms", three(answerMedianMs, answerP99Ms, answerLongestMs)],
                ["later than \(Self.maxTicks) ticks", "\(answersLate) of \(answersSeen)"],
                [
                    "decay behind its beat p50 / p99 / max, ms",
                    three(decayMedianMs, decayP99Ms, decayLongestMs),
                ],
                [
                    "decay from first to last member p99 / max, ms",
                    Report.digits(spreadP99Ms, 1) + " / " + Report.digits(spreadLongestMs, 1),
                ],
                ["server's share of one core", Report.digits(serverCores, 3)],
                [
                    "its loop + other threads",
                    Report.digits(loopCores, 2) + " + " + Report.digits(otherCores, 2),
                ],
                ["cores: load generator", Report.digits(generatorCores, 2)],
                ["events lost", "\(lost)"],
                ["members who heard another order", "\(disordered)"],
                ["refused, unanswered or closed", complaint.map { "\(failed) (\($0))" } ?? "\(failed)"],
            ])
        Bar.print(bars)
    }
}
