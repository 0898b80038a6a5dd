/// How far a film is, in words for whoever waits: a bar that is drawn over on a terminal, else a few lines.
struct FilmProgress {
    private static let barWidth = 30
    private static let barIntervalMs: Int64 = 100
    private static let lineStepPercent = 10

    let total: Int
    let isTerminal: Bool
    let startMs: Int64
    private var lastMs: Int64?
    private var lastPercent = 0

    /// Begins to count.
    ///
    /// - Parameter total: how many frames there will be.
    init(total: Int, isTerminal: Bool, nowMs: Int64) {
        self.total = total
        self.isTerminal = isTerminal
        startMs = nowMs
    }

    /// What to write once so many frames are done; nothing most times.
    mutating func text(done: Int, nowMs: Int64) -> String? {
        let percent = total > 0 ? done * 100 / total : 100
        let isDone = done >= total
        guard isTerminal else {
            guard percent / Self.lineStepPercent > lastPercent / Self.lineStepPercent else { return nil }
            lastPercent = percent
            return "\(percent) % (\(done) of \(total) frames)\n"
        }
        if let lastMs, nowMs - lastMs < Self.barIntervalMs, !isDone { return nil }
        lastMs = nowMs
        let filled = Self.barWidth * percent / 100
        let bar =
            String(repeating: "#", count: filled) + String(repeating: "-", count: Self.barWidth - filled)
        let elapsedMs = max(1, nowMs - startMs)
        let rate = Int64(done) * 1_000 / elapsedMs
        let leftS = done > 0 ? (Int64(total - done) * elapsedMs / Int64(done) + 999) / 1_000 : 0
        let rest = isDone ? "" : ", \(leftS) s left"
        return "\r\u{1b}[K[\(bar)] \(percent) %  \(done)/\(total) frames, \(rate)/s\(rest)"
            + (isDone ? "\n" : "")
    }

    /// What makes the line free for other words.
    var erasure: String { isTerminal ? "\r\u{1b}[K" : "" }
}
