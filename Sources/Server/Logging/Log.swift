import FoundationEssentials
import Glibc

/// How much a host wants to read.
enum LogLevel: String, Sendable, CaseIterable, Comparable {
    case debug, info, warning, error

    static func < (lhs: LogLevel, rhs: LogLevel) -> Bool {
        allCases.firstIndex(of: lhs) ?? 0 < allCases.firstIndex(of: rhs) ?? 0
    }
}

/// How a log line looks.
enum LogFormat: String, Sendable {
    case text, json
}

/// Structured lines on stderr, one an event, each with its fields; no secret is ever a field.
struct Log: Sendable {
    /// Lines below it are dropped.
    let level: LogLevel
    /// Text for people, JSON for machines.
    let format: LogFormat
    /// Whether systemd's journal takes the lines: it keeps the time by itself, and the level from a line's head.
    var isForJournal = false

    /// A field's value.
    enum Value: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
        case text(String)
        case number(Int64)

        init(stringLiteral value: String) { self = .text(value) }
        init(integerLiteral value: Int64) { self = .number(value) }
    }

    /// Writes one line: time, level, event, fields.
    func write(_ level: LogLevel, _ event: String, _ fields: KeyValuePairs<String, Value> = [:]) {
        guard level >= self.level else { return }
        let text =
            isForJournal
            ? level.journalHead + rendered(nil, level, event, fields)
            : rendered(Self.stamp, level, event, fields)
        var line = Array(text.utf8)
        line.append(UInt8(ascii: "\n"))
        // One write a line, so that lines of several threads don't mix; a full or closed stderr loses the line.
        _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// The time as it stands in a line.
    private static var stamp: String {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Date(timeIntervalSince1970: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// The line without its end.
    ///
    /// - Parameter stamp: the time; nil where whoever takes the line knows it.
    func rendered(
        _ stamp: String?, _ level: LogLevel, _ event: String, _ fields: KeyValuePairs<String, Value>
    ) -> String {
        switch format {
        case .text:
            let tail = fields.map { " \($0.key)=\(Self.plain($0.value))" }.joined()
            return (stamp.map { $0 + " " } ?? "") + "\(level.rawValue) \(event)\(tail)"
        case .json:
            let tail = fields.map { ",\(Self.quoted($0.key)):\(Self.json($0.value))" }.joined()
            let time = stamp.map { "\"time\":\"\($0)\"," } ?? ""
            return
                "{\(time)\"level\":\"\(level.rawValue)\",\"event\":\(Self.quoted(event))\(tail)}"
        }
    }

    private static func plain(_ value: Value) -> String {
        switch value {
        case .number(let number): String(number)
        case .text(let text):
            text.utf8.allSatisfy {
                $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=")
            }
                && !text.isEmpty ? text : quoted(text)
        }
    }

    private static func json(_ value: Value) -> String {
        switch value {
        case .number(let number): String(number)
        case .text(let text): quoted(text)
        }
    }

    /// A JSON string (RFC 8259 §7); control characters can't break a line or a terminal.
    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case _ where scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
