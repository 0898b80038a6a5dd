/// Moments as `2026-11-21T16:17:58.042Z`: RFC 3339, UTC, always with milliseconds.
public enum Timestamp {
    private static let dayMs: Int64 = 86_400_000
    /// 0000-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z: the years that four digits write.
    private static let range: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    /// The text of milliseconds since 1970; a moment that four-digit years can't write becomes the nearest.
    public static func text(ms: Int64) -> String {
        let ms = min(max(ms, range.lowerBound), range.upperBound)
        let days = Int((ms >= 0 ? ms : ms - dayMs + 1) / dayMs)
        let rest = Int(ms - Int64(days) * dayMs)
        let (year, month, day) = civil(days: days)
        let seconds = rest / 1000
        return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2) + "T"
            + padded(seconds / 3600, 2)
            + ":" + padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2) + "."
            + padded(rest % 1000, 3)
            + "Z"
    }

    /// The milliseconds since 1970 of any RFC 3339 text; nil for any other.
    ///
    /// It may be with or without a fraction of a second, in UTC or with an offset. What is finer than
    /// milliseconds is dropped.
    public static func milliseconds(rfc3339 text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard (20...64).contains(bytes.count) else { return nil }
        var index = 19
        var fraction = ""
        if bytes[index] == UInt8(ascii: ".") {
            index += 1
            let start = index
            while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) {
                index += 1
            }
            guard index > start else { return nil }
            fraction = String(decoding: bytes[start..<min(index, start + 3)], as: UTF8.self)
        }
        while fraction.count < 3 { fraction += "0" }
        let head = String(decoding: bytes[..<19], as: UTF8.self).uppercased()
        guard let localMs = milliseconds("\(head).\(fraction)Z") else { return nil }
        let zone = String(decoding: bytes[index...], as: UTF8.self)
        if zone == "Z" || zone == "z" { return localMs }
        let parts = zone.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard zone.first == "+" || zone.first == "-", parts.count == 2, parts.allSatisfy({ $0.count == 2 }),
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }), let hours = Int64(parts[0]),
            let minutes = Int64(parts[1]), hours < 24, minutes < 60
        else { return nil }
        let offsetMs = (hours * 60 + minutes) * 60_000
        return zone.first == "+" ? localMs - offsetMs : localMs + offsetMs
    }

    /// The milliseconds since 1970 of a text as `text(ms:)` writes it; nil for any other.
    public static func milliseconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count == 24 else { return nil }
        var fields = [0]
        for (byte, pattern) in zip(bytes, "0000-00-00T00:00:00.000Z".utf8) {
            if pattern == UInt8(ascii: "0") {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                fields[fields.count - 1] = fields[fields.count - 1] * 10 + Int(byte - UInt8(ascii: "0"))
            } else {
                guard byte == pattern else { return nil }
                fields.append(0)
            }
        }
        let days = days(year: fields[0], month: fields[1], day: fields[2])
        let ms = ((fields[3] * 60 + fields[4]) * 60 + fields[5]) * 1000 + fields[6]
        let sum = Int64(days) * dayMs + Int64(ms)
        // Reading back catches the 31st of a short month and the 25th hour.
        return Self.text(ms: sum) == text ? sum : nil
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
    private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// The same source's days_from_civil.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
