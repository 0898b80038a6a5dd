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
                $0.field("accounts", accounts)
                $0.field("total", total)
            case .flags(let flags): $0.field("flags", flags)
            case .feedback(let entries): $0.field("feedback", entries)
            case .skins(let skins): $0.field("skins", skins)
            case .audit(let entries): $0.field("entries", entries)
            case .knobs(let knobs): $0.field("knobs", knobs)
            case .status(let status): status.write(to: &$0)
            case .picture(let png): $0.field("png", Self.base64(png))
            case .rollback(let report): report.write(to: &$0)
            case .rollbacks(let rollbacks): $0.field("rollbacks", rollbacks)
            case .protectedAreas(let areas): $0.field("protected_areas", areas)
            case .done(let words), .refused(_, let words): $0.field("message", words)
            }
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8], _ kind: Kind) throws(Failure) {
        let fields = try JSONFields(json)
        switch kind {
        case .accounts: self = .accounts(try fields.parts("accounts"), total: try fields.count("total"))
        case .flags: self = .flags(try fields.parts("flags"))
        case .feedback: self = .feedback(try fields.parts("feedback"))
        case .skins: self = .skins(try fields.parts("skins"))
        case .audit: self = .audit(try fields.parts("entries"))
        case .knobs: self = .knobs(try fields.parts("knobs"))
        case .status: self = .status(try HostStatus(fields))
        case .rollback: self = .rollback(try RollbackReport(fields))
        case .rollbacks: self = .rollbacks(try fields.parts("rollbacks"))
        case .protectedAreas: self = .protectedAreas(try fields.parts("protected_areas"))
        case .done: self = .done(try fields.string("message"))
        }
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        Base64Text.append(bytes, to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}
