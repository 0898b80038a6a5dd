import Protocol

/// How much work the server has, as measured over about half a second.
public struct LoadReading: Hashable, Sendable {
    /// How late the loop came to what was planned, at the worst, in microseconds.
    public var loopLagUs: Int64
    /// What was sent a second, in bits.
    public var sentBitsPerSecond: Int64

    /// Joins the parts.
    public init(loopLagUs: Int64, sentBitsPerSecond: Int64) {
        self.loopLagUs = loopLagUs
        self.sentBitsPerSecond = sentBitsPerSecond
    }
}

/// Whether load allows further players: closed once every reading of some seconds is over a limit, open again
/// once every reading of some seconds is well below all of them.
public struct Admission: Hashable, Sendable {
    /// Why nobody is let in.
    public enum Pause: String, Hashable, Sendable {
        case loopLag = "loop lag"
        case sendRate = "send rate"
    }

    /// Readings in a row that close it.
    static let readingsToPause = 4
    /// Readings in a row that open it again.
    static let readingsToResume = 6
    /// What a reading must stay below to count as calm, in parts of the limit.
    static let calmShare = 0.8

    private let maxLoopLagUs: Int64
    private let maxSentBitsPerSecond: Int64
    private var overInARow = 0
    private var calmInARow = 0
    /// Why nobody is let in now; nil while it is open.
    public private(set) var pause: Pause?

    /// Takes the limits; 0 is none.
    public init(maxLoopLagUs: Int64, maxSentBitsPerSecond: Int64) {
        self.maxLoopLagUs = maxLoopLagUs
        self.maxSentBitsPerSecond = maxSentBitsPerSecond
    }

    /// Takes a reading; true if it opened or closed.
    public mutating func take(_ reading: LoadReading) -> Bool {
        let before = pause
        if let over = reason(reading, share: 1) {
            overInARow += 1
            calmInARow = 0
            if pause == nil, overInARow >= Self.readingsToPause { pause = over }
        } else {
            overInARow = 0
            calmInARow = reason(reading, share: Self.calmShare) == nil ? calmInARow + 1 : 0
            if calmInARow >= Self.readingsToResume { pause = nil }
        }
        return before != pause
    }

    private func reason(_ reading: LoadReading, share: Double) -> Pause? {
        func isOver(_ value: Int64, _ limit: Int64) -> Bool {
            limit > 0 && Double(value) > share * Double(limit)
        }
        if isOver(reading.loopLagUs, maxLoopLagUs) { return .loopLag }
        return isOver(reading.sentBitsPerSecond, maxSentBitsPerSecond) ? .sendRate : nil
    }
}
