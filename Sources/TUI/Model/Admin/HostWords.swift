import Protocol

/// Times, sizes and places as hosts type and read them.
enum HostWords {
    /// So many milliseconds, of a whole number and `s`, `m`, `h` or `d`; nil for any other text.
    static func span(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
        let text = text.trimmed.lowercased()
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), count > 0,
            count <= Limits.maxBanMs / unit
        else { return nil }
        return count * unit
    }

    /// A moment: how long ago, a time of today, a day, or both; nil where it means none.
    static func moment(_ text: String, nowMs: Int64) -> Int64? {
        if let agoMs = span(text) { return nowMs - agoMs }
        guard case .time(let ms)? = ReplayMoment(text, version: 0, timeMs: nowMs) else { return nil }
        return ms
    }

    /// Two corners, as in `3,4 20,30`.
    static func box(_ text: String) -> CanvasBox? {
        let numbers = text.split { $0 == "," || $0 == " " }.map { Int($0) }
        guard numbers.count == 4,
            numbers.allSatisfy({ $0.map { (0..<Limits.maxCanvasSide).contains($0) } ?? false })
        else { return nil }
        let sides = numbers.compactMap { $0 }
        return CanvasBox(sides[0], sides[1], sides[2], sides[3])
    }

    /// A canvas's size, as in `1000x800`.
    static func size(_ text: String) -> CanvasSize? {
        let sides = text.lowercased().split { $0 == "x" || $0 == "×" }.compactMap { Int($0.trimmingSpaces) }
        return sides.count == 2 ? CanvasSize(width: sides[0], height: sides[1]) : nil
    }

    /// A moment as lists have it: without its year, `11-27 15:04:05`.
    static func moment(ms: Int64) -> String { String(ReplayWords.time(ms: ms).dropFirst(5)) }

    /// A length of time in its two largest units: `45 s`, `12 min`, `3 h 5 min`, `2 d 4 h`.
    static func length(ms: Int64) -> String {
        let seconds = Int(clamping: ms / 1_000)
        switch seconds {
        case ..<60: return "\(max(seconds, 0)) s"
        case ..<3_600: return "\(seconds / 60) min"
        case ..<86_400: return "\(seconds / 3_600) h \(seconds / 60 % 60) min"
        default: return "\(Spelled.grouped(seconds / 86_400)) d \(seconds / 3_600 % 24) h"
        }
    }

    /// Who gave an order.
    static func actor(_ actor: Actor, name: String?) -> String {
        switch actor {
        case .console: "console"
        case .account(let id): name.map(PlayerName.displayed) ?? id.description
        case .telegram(let user): "Telegram \(user)"
        }
    }

    /// What a rollback came to, or would.
    static func report(_ report: RollbackReport) -> String {
        func count(_ number: Int, _ one: String, _ more: String) -> String {
            "\(Spelled.grouped(number)) \(number == 1 ? one : more)"
        }
        let cells = count(report.cells, "cell", "cells")
        return "\(count(report.placements, "pixel", "pixels")) on \(cells)"
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring { drop { $0 == " " }.prefix { $0 != " " } }
}
