import Arguments
import Engine
import Protocol

/// The words of hosts' commands that are more than names.
extension HostOrder {
    static func ban(_ account: String, _ options: Options) throws(ArgumentList.UsageError) -> HostOrder {
        let reason = try reason(options.reason)
        guard let text = options.until else { return .command(.ban(account: account, reason: reason)) }
        if let untilMs = Timestamp.milliseconds(rfc3339: text) {
            return .command(.ban(account: account, reason: reason, until: untilMs))
        }
        guard let forMs = duration(text) else {
            throw ArgumentList.UsageError(
                "--until must be how long, as in 30m, 12h or 7d, or a time, as in 2026-01-02T03:04:05Z")
        }
        return .ban(account: account, reason: reason, forMs: forMs)
    }

    /// So many milliseconds, of a whole number and `m`, `h` or `d`; nil for any other text, or too long a time.
    private static func duration(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["m": 60_000, "h": 3_600_000, "d": 86_400_000]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), count > 0,
            count <= Limits.maxBanMs / unit
        else { return nil }
        return count * unit
    }

    static func announcement(_ text: String) throws(ArgumentList.UsageError) -> String {
        guard let announcement = AnnouncementText(text) else {
            throw ArgumentList.UsageError(
                "an announcement is 1 to \(Limits.maxAnnouncementCharacters) characters that show")
        }
        return announcement.text
    }

    static func knobs(_ options: Options) throws(ArgumentList.UsageError) -> HostCommand {
        guard let name = options.reset else { return .knobs }
        return .setKnob(name: try knob(name), value: nil)
    }

    static func knob(_ name: String) throws(ArgumentList.UsageError) -> String {
        guard Knob(rawValue: name) != nil else {
            let known = Knob.allCases.map(\.rawValue).joined(separator: ", ")
            throw ArgumentList.UsageError("\"\(name)\" is no knob: \(known)")
        }
        return name
    }

    static func value(_ text: String, of name: String) throws(ArgumentList.UsageError) -> String {
        if let knob = Knob(rawValue: name), knob.range.value(text) == nil {
            throw ArgumentList.UsageError("\(name): \"\(text)\" is not \(knob.range.wanted)")
        }
        return text
    }

    static func limit(_ text: String?) throws(ArgumentList.UsageError) -> Int {
        guard let text else { return HostCommand.usualAudits }
        guard let limit = Int(text), (1...Limits.maxListedAudits).contains(limit) else {
            throw ArgumentList.UsageError(
                "--limit must be a whole number from 1 to \(Limits.maxListedAudits)")
        }
        return limit
    }
}
