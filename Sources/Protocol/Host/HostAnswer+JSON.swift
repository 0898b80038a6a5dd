/// Hosts' answers as one JSON object, the same over HTTP and for `--json`.
extension HostAnswer {
    /// What tells the answers apart that are read: each route has one.
    public enum Kind: Sendable, CaseIterable {
        case accounts, flags, feedback, skins, audit, knobs, status, rollback, rollbacks, protectedAreas, done
    }

    /// The object; of a refusal its words alone, since HTTP and command lines tell those in their own ways.
    public func json() -> [UInt8] {
        JSONWriter.object {
            switch self {
            case .accounts(let accounts, let total):
                $0.objects("accounts", accounts) { $0.write(to: &$1) }
                $0.field("total", total)
            case .flags(let flags): $0.objects("flags", flags) { $0.write(to: &$1) }
            case .feedback(let entries): $0.objects("feedback", entries) { $0.write(to: &$1) }
            case .skins(let skins): $0.objects("skins", skins) { $0.write(to: &$1) }
            case .audit(let entries): $0.objects("entries", entries) { $0.write(to: &$1) }
            case .knobs(let knobs): $0.objects("knobs", knobs) { $0.write(to: &$1) }
            case .status(let status): status.write(to: &$0)
            case .picture(let png): $0.field("png", Self.base64(png))
            case .rollback(let report): report.write(to: &$0)
            case .rollbacks(let rollbacks): $0.objects("rollbacks", rollbacks) { $0.write(to: &$1) }
            case .protectedAreas(let areas): $0.objects("protected_areas", areas) { $0.write(to: &$1) }
            case .done(let words), .refused(_, let words): $0.field("message", words)
            }
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8], _ kind: Kind) throws(Failure) {
        let fields = try JSONFields(json)
        switch kind {
        case .accounts:
            self = .accounts(
                try Self.list("accounts", fields) { (item) throws(Failure) in try HostAccount(item) },
                total: try fields.count("total"))
        case .flags:
            self = .flags(try Self.list("flags", fields) { (item) throws(Failure) in try HostFlag(item) })
        case .feedback:
            self = .feedback(
                try Self.list("feedback", fields) { (item) throws(Failure) in try FeedbackEntry(item) })
        case .skins:
            self = .skins(try Self.list("skins", fields) { (item) throws(Failure) in try HostSkin(item) })
        case .audit:
            self = .audit(
                try Self.list("entries", fields) { (item) throws(Failure) in try AuditEntry(item) })
        case .knobs:
            self = .knobs(try Self.list("knobs", fields) { (item) throws(Failure) in try KnobEntry(item) })
        case .status: self = .status(try HostStatus(fields))
        case .rollback: self = .rollback(try RollbackReport(fields))
        case .rollbacks:
            self = .rollbacks(
                try Self.list("rollbacks", fields) { (item) throws(Failure) in try Rollback(item) })
        case .protectedAreas:
            self = .protectedAreas(
                try Self.list("protected_areas", fields) { (item) throws(Failure) in
                    try HostProtectedArea(item)
                })
        case .done: self = .done(try fields.string("message"))
        }
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        Base64Text.append(bytes, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private static func list<Item>(
        _ name: String, _ fields: JSONFields, _ read: (JSONFields) throws(Failure) -> Item
    ) throws(Failure) -> [Item] {
        var items: [Item] = []
        for item in try fields.objects(name) { items.append(try read(item)) }
        return items
    }
}
