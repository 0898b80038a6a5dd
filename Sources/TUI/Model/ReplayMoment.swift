import Protocol

/// What a person types to go somewhere in the past: a version, a time, or how far from here.
enum ReplayMoment: Hashable, Sendable {
    case version(Version)
    /// Milliseconds since 1970.
    case time(ms: Int64)

    /// How it can be typed, for prompts and help.
    static let form = "a version, 2026-11-27 15:04, 15:04, +500 or -2h"

    /// What far away is, in versions or milliseconds; more is taken for a slip.
    private static let farthest: Int64 = 1 << 50

    /// Reads what was typed; nil where it means nothing.
    ///
    /// Times are UTC. What begins with a sign is counted from the version and the time that are shown.
    init?(_ typed: String, version: Version, timeMs: Int64) {
        let text = typed.trimmed.lowercased()
        if let sign = text.first, sign == "+" || sign == "-" {
            let rest = text.dropFirst()
            let unitMs: Int64? =
                switch rest.last {
                case "s": 1_000
                case "m": 60_000
                case "h": 3_600_000
                case "d": 86_400_000
                default: nil
                }
            guard let count = Int64(unitMs == nil ? rest : rest.dropLast()),
                (0...Self.farthest).contains(count)
            else { return nil }
            let (span, isTooFar) = count.multipliedReportingOverflow(by: unitMs ?? 1)
            guard !isTooFar, span <= Self.farthest else { return nil }
            let signed = sign == "+" ? span : -span
            self = unitMs == nil ? .version(max(version + signed, 0)) : .time(ms: timeMs + signed)
            return
        }
        if let version = Version(text), (0...Self.farthest).contains(version) {
            self = .version(version)
            return
        }
        guard let ms = Self.time(text, shownMs: timeMs) else { return nil }
        self = .time(ms: ms)
    }

    /// A time of the day that is shown, a day, or both.
    private static func time(_ text: String, shownMs: Int64) -> Int64? {
        let parts = text.split { $0 == " " || $0 == "t" }
        let day: Substring
        var clock: Substring = "00:00"
        switch parts.count {
        case 1 where parts[0].contains(":"):
            day = Timestamp.text(ms: shownMs).prefix(10)
            clock = parts[0]
        case 1: day = parts[0]
        case 2:
            day = parts[0]
            clock = parts[1]
        default: return nil
        }
        if clock.last == "z" { clock.removeLast() }
        var fields = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(fields.count) else { return nil }
        if fields.count == 2 { fields.append("00") }
        if fields[0].count == 1 { fields[0] = "0" + fields[0] }
        return Timestamp.milliseconds("\(day)T\(fields.joined(separator: ":")).000Z")
    }
}

/// Moments of the past as people read them.
enum ReplayWords {
    /// `2026-11-27 15:04:05`, in UTC.
    static func time(ms: Int64) -> String {
        String(Timestamp.text(ms: ms).prefix(19)).split(separator: "T").joined(separator: " ")
    }

    /// A span in its largest unit: `1 minute`, `10 minutes`, `17 hours`.
    static func span(seconds: Int) -> String {
        func count(_ number: Int, _ unit: String) -> String { "\(number) \(unit)\(number == 1 ? "" : "s")" }
        switch seconds {
        case ..<60: return count(seconds, "second")
        case ..<3_600: return count(seconds / 60, "minute")
        case ..<172_800: return count(seconds / 3_600, "hour")
        default: return count(seconds / 86_400, "day")
        }
    }
}
