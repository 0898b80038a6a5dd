/// What moderators and admins can ask over HTTP; each is a host's command.
public enum AdminRoute: Hashable, Sendable {
    case accounts(all: Bool)
    case kick(Identifier)
    /// No reason: none is told; no end: for good.
    case ban(Identifier, reason: String?, untilMs: Int64?)
    case unban(Identifier)
    case grant(Identifier, Role)
    case clearFlags(Identifier)
    case flags
    case feedback
    case announce(AnnouncementText)
    case knobs
    /// No value: the option counts again.
    case setKnob(name: String, value: String?)
    case audit(limit: Int, before: Int?)
    case status
    case canvas(AdminCanvasRoute)

    /// The command that it is.
    public var command: HostCommand {
        switch self {
        case .accounts(let all): .list(all: all)
        case .kick(let account): .kick(account: account.description)
        case .ban(let account, let reason, let untilMs):
            .ban(
                account: account.description, reason: reason ?? HostCommand.noBanReason, until: untilMs)
        case .unban(let account): .unban(account: account.description)
        case .grant(let account, let role): .grant(account: account.description, role: role)
        case .clearFlags(let account): .clearFlags(account: account.description)
        case .flags: .flags
        case .feedback: .feedback
        case .announce(let announcement): .announce(message: announcement.text)
        case .knobs: .knobs
        case .setKnob(let name, let value): .setKnob(name: name, value: value)
        case .audit(let limit, let before): .audit(limit: limit, before: before)
        case .status: .status
        case .canvas(let route): route.command
        }
    }

    /// What it is answered with.
    public var answer: HostAnswer.Kind {
        switch self {
        case .accounts: .accounts
        case .flags: .flags
        case .feedback: .feedback
        case .knobs: .knobs
        case .audit: .audit
        case .status: .status
        case .canvas(let route): route.answer
        case .kick, .ban, .unban, .grant, .clearFlags, .announce, .setKnob: .done
        }
    }

    /// The request that `Route.parse` reads as this route.
    var request: RouteRequest {
        switch self {
        case .accounts(let all): .get("/api/admin/accounts" + (all ? "?all=1" : ""))
        case .kick(let account): .post("/api/admin/accounts/\(account)/kick")
        case .ban(let account, let reason, let untilMs):
            .post("/api/admin/accounts/\(account)/ban") {
                $0.optional("reason", reason)
                $0.optional("until_ms", untilMs)
            }
        case .unban(let account): .post("/api/admin/accounts/\(account)/unban")
        case .grant(let account, let role):
            .post("/api/admin/accounts/\(account)/role") { $0.field("role", role.rawValue) }
        case .clearFlags(let account): .post("/api/admin/accounts/\(account)/clear_flags")
        case .flags: .get("/api/admin/flags")
        case .feedback: .get("/api/admin/feedback")
        case .announce(let announcement):
            .post("/api/admin/announcements") { $0.field("message", announcement.text) }
        case .knobs: .get("/api/admin/knobs")
        case .setKnob(let name, let value):
            .json("PATCH", "/api/admin/knobs") {
                $0.field("name", name)
                if let value { $0.field("value", value) } else { $0.null("value") }
            }
        case .audit(let limit, let before):
            .get("/api/admin/audit?limit=\(limit)" + (before.map { "&before=\($0)" } ?? ""))
        case .status: .get("/api/admin/status")
        case .canvas(let route): route.request
        }
    }
}

/// A path of what moderators and admins can ask.
enum AdminPlace {
    case accounts, flags, feedback, announcements, knobs, audit, status
    case account(Identifier, Deed)
    case canvas(AdminCanvasPlace)

    /// What is done to an account, by the path's last word.
    enum Deed: String {
        case kick, ban, unban, role
        case clearFlags = "clear_flags"
    }

    private static let fixed: [String: AdminPlace] = [
        "accounts": .accounts, "flags": .flags, "feedback": .feedback, "announcements": .announcements,
        "knobs": .knobs, "audit": .audit, "status": .status,
    ]

    /// The place that a path's segments name; nil where they name none of these.
    ///
    /// Throws `not_found` for an account that can't exist.
    init?(_ segments: [String]) throws(RouteFailure) {
        guard segments.count > 2, segments[0] == "api", segments[1] == "admin" else { return nil }
        if segments.count == 3, let place = Self.fixed[segments[2]] {
            self = place
        } else if segments.count == 5, segments[2] == "accounts", let deed = Deed(rawValue: segments[4]) {
            guard let account = Identifier(segments[3]) else {
                throw RouteFailure(Failure(.notFound, "there is no such account"))
            }
            self = .account(account, deed)
        } else if let place = try AdminCanvasPlace(segments[2...]) {
            self = .canvas(place)
        } else {
            return nil
        }
    }

    /// What may be asked here.
    var methods: [String] {
        switch self {
        case .accounts, .flags, .feedback, .audit, .status: ["GET"]
        case .announcements, .account: ["POST"]
        case .knobs: ["GET", "PATCH"]
        case .canvas(let place): place.methods
        }
    }

    /// The route that a request to this place means.
    func route(method: String, query: String?, body: [UInt8]) throws(Failure) -> AdminRoute {
        switch self {
        case .accounts: return .accounts(all: try QueryFields(query).flag("all"))
        case .flags: return .flags
        case .feedback: return .feedback
        case .status: return .status
        case .knobs: return method == "GET" ? .knobs : try Self.knob(try JSONFields(body))
        case .announcements:
            guard let announcement = AnnouncementText(try JSONFields(body).string("message")) else {
                throw Failure(
                    .badRequest,
                    "field \"message\" must be 1 to \(Limits.maxAnnouncementCharacters) characters")
            }
            return .announce(announcement)
        case .audit:
            let query = try QueryFields(query)
            let limit = try query.int("limit") ?? HostCommand.usualAudits
            guard (1...Limits.maxListedAudits).contains(limit) else {
                throw Failure(.badRequest, "field \"limit\" must be 1 to \(Limits.maxListedAudits)")
            }
            return .audit(limit: limit, before: try query.int("before"))
        case .canvas(let place): return .canvas(try place.route(method: method, body: body))
        case .account(let account, .kick): return .kick(account)
        case .account(let account, .unban): return .unban(account)
        case .account(let account, .clearFlags): return .clearFlags(account)
        case .account(let account, .role): return .grant(account, try JSONFields(body).role())
        case .account(let account, .ban):
            let fields = try JSONFields(body.isEmpty ? Array("{}".utf8) : body)
            return .ban(
                account,
                reason: fields.has("reason")
                    ? try fields.printable("reason", max: Limits.maxBanReasonCharacters) : nil,
                untilMs: try fields.optionalMs("until_ms"))
        }
    }

    private static func knob(_ fields: JSONFields) throws(Failure) -> AdminRoute {
        guard fields.names.contains("value") else {
            throw Failure(.badRequest, "field \"value\" is missing; null lets the option count again")
        }
        return .setKnob(
            name: try fields.shortText("name", max: Limits.maxKnobCharacters),
            value: fields.has("value")
                ? try fields.shortText("value", max: Limits.maxKnobCharacters) : nil)
    }
}
