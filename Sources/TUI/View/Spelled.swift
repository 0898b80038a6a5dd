/// Numbers and times as people say them.
enum Spelled {
    /// `1234567` as `1,234,567`.
    static func grouped(_ number: Int) -> String {
        var text = ""
        for (offset, digit) in String(number.magnitude).reversed().enumerated() {
            if offset > 0, offset % 3 == 0 { text = "," + text }
            text = String(digit) + text
        }
        return number < 0 ? "-" + text : text
    }

    /// `3` as `3rd`.
    static func ordinal(_ number: Int) -> String {
        let ending =
            switch (number % 10, number % 100) {
            case (_, 11...13): "th"
            case (1, _): "st"
            case (2, _): "nd"
            case (3, _): "rd"
            default: "th"
            }
        return grouped(number) + ending
    }

    /// Seconds as a clock shows them: `0:07`, `12:30`, `1:02:03`.
    static func clock(seconds: Int) -> String {
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        let (minutes, rest) = (seconds / 60, two(seconds % 60))
        return minutes < 60 ? "\(minutes):\(rest)" : "\(minutes / 60):\(two(minutes % 60)):\(rest)"
    }

    /// `1` as `1 point`, `1200` as `1,200 points`.
    static func points(_ number: Int) -> String { "\(grouped(number)) \(number == 1 ? "point" : "points")" }

    /// A wait in whole minutes, never too short.
    static func minutes(milliseconds: Int) -> String {
        let minutes = max((milliseconds + 59_999) / 60_000, 1)
        return "\(grouped(minutes)) \(minutes == 1 ? "minute" : "minutes")"
    }

    /// A time that isn't known exactly, no more exactly than it is known.
    static func about(milliseconds: Int64) -> String {
        let seconds = Int(clamping: milliseconds / 1000)
        switch seconds {
        case ..<10: return "any moment"
        case ..<55: return "about \((seconds + 5) / 10 * 10) s"
        case ..<5_400: return "about \((seconds + 30) / 60) min"
        default: return "about \(grouped((seconds + 1_800) / 3_600)) h"
        }
    }

    /// How long ago something was: `just now`, `12 s ago`, `5 min ago`, `3 h ago`, `2 days ago`.
    static func ago(seconds: Int) -> String {
        switch seconds {
        case ..<2: "just now"
        case ..<60: "\(seconds) s ago"
        case ..<3_600: "\(seconds / 60) min ago"
        case ..<86_400: "\(seconds / 3_600) h ago"
        case ..<172_800: "a day ago"
        default: "\(grouped(seconds / 86_400)) days ago"
        }
    }
}
