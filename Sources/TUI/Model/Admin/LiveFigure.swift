import Protocol

/// A number of the server's that is drawn over time.
enum LiveFigure: Hashable, Sendable, CaseIterable {
    case players, queued, connections, placements, refusals, commit, lag, sent, memory

    /// What it is called.
    var title: String {
        switch self {
        case .players: "players"
        case .queued: "queue"
        case .connections: "connections"
        case .placements: "placements/s"
        case .refusals: "refusals/s"
        case .commit: "commit p99"
        case .lag: "tick lag p99"
        case .sent: "bytes sent/s"
        case .memory: "memory"
        }
    }

    /// Its value in a second.
    func value(_ sample: FigureSample) -> Int {
        switch self {
        case .players: sample.players
        case .queued: sample.queued
        case .connections: sample.connections
        case .placements: sample.placements
        case .refusals: sample.refusals
        case .commit: sample.commitP99Us
        case .lag: sample.lagP99Us
        case .sent: sample.sentBytes
        case .memory: sample.memoryBytes
        }
    }

    /// A value as people read it.
    func words(_ value: Int) -> String {
        switch self {
        case .players, .queued, .connections, .placements, .refusals: Spelled.grouped(value)
        case .commit, .lag: Self.milliseconds(us: value)
        case .sent, .memory: Self.bytes(value)
        }
    }

    private static func milliseconds(us: Int) -> String {
        us < 9_950 ? "\(us / 1_000).\(us % 1_000 / 100) ms" : "\(Spelled.grouped((us + 500) / 1_000)) ms"
    }

    private static func bytes(_ count: Int) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var (value, place) = (count, 0)
        var tenths = 0
        while value >= 1_000, place < units.count - 1 {
            (value, tenths, place) = (value / 1_000, value % 1_000 / 100, place + 1)
        }
        return place > 0 && value < 100 ? "\(value).\(tenths) \(units[place])" : "\(value) \(units[place])"
    }
}

/// A row of numbers over time, drawn as columns of some height.
struct Sparkline: Hashable, Sendable {
    /// How high each column is, in parts of the whole height.
    let levels: [Int]
    /// The highest number of all.
    let highest: Int
    /// The latest number.
    let latest: Int

    /// Sums numbers up to so many columns, of each the highest of its seconds; the newest is the last.
    ///
    /// - Parameters:
    ///   - parts: how many heights there are above nothing.
    ///   - atSecond: when the last number was taken, so that a column holds the same seconds as long as it is seen.
    init(_ values: [Int], columns: Int, parts: Int, atSecond: Int64) {
        latest = values.last ?? 0
        highest = values.max() ?? 0
        let seconds = max((values.count + max(columns, 1) - 1) / max(columns, 1), 1)
        let first = atSecond - Int64(values.count) + 1
        var heights: [Int] = []
        var column = Int64.min
        for (offset, value) in values.enumerated() {
            let at = (first + Int64(offset)) / Int64(seconds)
            if at == column {
                heights[heights.count - 1] = max(heights[heights.count - 1], value)
            } else {
                heights.append(value)
            }
            column = at
        }
        let top = highest
        // What is more than nothing is seen.
        levels = heights.suffix(max(columns, 0)).map { top == 0 ? 0 : $0 == 0 ? 0 : max($0 * parts / top, 1) }
    }

    /// The character of a row, counted from the bottom, in a column.
    static func character(level: Int, row: Int, _ charset: Charset) -> Unicode.Scalar {
        let part = min(max(level - row * parts(charset), 0), parts(charset))
        switch charset {
        case .unicode: return blocks[part]
        case .ascii: return signs[part]
        }
    }

    /// How many heights a row has.
    static func parts(_ charset: Charset) -> Int {
        switch charset {
        case .unicode: blocks.count - 1
        case .ascii: signs.count - 1
        }
    }

    private static let blocks: [Unicode.Scalar] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    private static let signs: [Unicode.Scalar] = [" ", ".", ":", "-", "=", "+", "*", "#"]
}
