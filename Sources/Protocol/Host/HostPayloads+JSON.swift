/// The parts of hosts' answers as JSON, both ways.
extension HostAccount: JSONPart {
    func write(to json: inout JSONWriter) {
        json.field("id", id.description)
        json.field("name", name)
        json.field("status", status.rawValue)
        json.field("role", role.rawValue)
        json.optional("position", position)
        json.optional("idle_left_ms", idleLeftMs)
        json.field("is_connected", isConnected)
        json.field("sessions", sessions)
        json.optional("ban_reason", banReason)
        json.optional("ban_until_ms", banUntilMs)
    }

    init(_ fields: JSONFields) throws(Failure) {
        self.init(
            id: try fields.identifier("id"), name: try fields.string("name"), status: try fields.status(),
            role: try fields.role(), position: try fields.optionalInt("position"),
            idleLeftMs: try fields.optionalInt("idle_left_ms"), isConnected: try fields.bool("is_connected"),
            sessions: try fields.count("sessions"), banReason: try fields.optionalString("ban_reason"),
            banUntilMs: try fields.optionalMs("ban_until_ms"))
    }
}

extension HostFlag: JSONPart {
    func write(to json: inout JSONWriter) {
        json.field("account", account)
        json.field("reason", reason)
        json.field("evidence", evidence)
        json.field("at_ms", atMs)
        json.field("is_banned", isBanned)
        json.optional("ban_until_ms", banUntilMs)
    }

    init(_ fields: JSONFields) throws(Failure) {
        self.init(
            account: try fields.account(), reason: try fields.string("reason"),
            evidence: try fields.string("evidence"), atMs: try fields.ms("at_ms"),
            isBanned: try fields.bool("is_banned"),
            banUntilMs: try fields.optionalMs("ban_until_ms"))
    }
}

extension FeedbackEntry: JSONPart {
    func write(to json: inout JSONWriter) {
        json.field("id", id)
        if let account { json.field("account", account) }
        json.field("is_guest", isGuest)
        json.field("message", message)
        json.field("at_ms", atMs)
    }

    init(_ fields: JSONFields) throws(Failure) {
        self.init(
            id: try fields.int("id"), account: fields.has("account") ? try fields.account() : nil,
            isGuest: try fields.bool("is_guest"), message: try fields.string("message"),
            atMs: try fields.ms("at_ms"))
    }
}

extension HostSkin: JSONPart {
    func write(to json: inout JSONWriter) {
        json.field("id", id)
        json.field("title", title)
        json.field("price", price)
        json.field("owners", owners)
    }

    init(_ fields: JSONFields) throws(Failure) {
        self.init(
            id: try fields.string("id"), title: try fields.string("title"), price: try fields.count("price"),
            owners: try fields.count("owners"))
    }
}

extension AuditEntry: JSONPart {
    func write(to json: inout JSONWriter) {
        json.field("id", id)
        json.field("at_ms", atMs)
        json.actor(actor, name: actorName)
        json.field("action", action)
        json.field("subject", subject)
        json.optional("subject_name", subjectName)
        json.field("detail", detail)
    }

    init(_ fields: JSONFields) throws(Failure) {
        let actor = try fields.object("actor")
        self.init(
            id: try fields.int("id"), atMs: try fields.ms("at_ms"), actor: try actor.actor(),
            actorName: try actor.optionalString("name"), action: try fields.string("action"),
            subject: try fields.string("subject"), subjectName: try fields.optionalString("subject_name"),
            detail: try fields.string("detail"))
    }
}

extension KnobEntry: JSONPart {
    func write(to json: inout JSONWriter) {
        json.field("name", name)
        json.field("value", value)
        json.field("option", option)
        json.field("is_set", isSet)
        json.field("wanted", wanted)
    }

    init(_ fields: JSONFields) throws(Failure) {
        self.init(
            name: try fields.string("name"), value: try fields.string("value"),
            option: try fields.string("option"), isSet: try fields.bool("is_set"),
            wanted: try fields.string("wanted"))
    }
}

extension HostStatus {
    func write(to json: inout JSONWriter) {
        json.field("release", release)
        json.field("uptime_ms", uptimeMs)
        json.field("players", players)
        json.field("queued", queued)
        json.field("connections", connections)
        json.field("spectators", spectators)
        json.field("accounts", accounts)
        json.field("version", version)
        json.field("epoch", epoch)
        json.field("width", width)
        json.field("height", height)
        json.field("is_storage_healthy", isStorageHealthy)
        json.field("pending_records", pendingRecords)
    }

    init(_ fields: JSONFields) throws(Failure) {
        self.init(
            release: try fields.string("release"), uptimeMs: Int64(try fields.count("uptime_ms")),
            players: try fields.count("players"), queued: try fields.count("queued"),
            connections: try fields.count("connections"), spectators: try fields.count("spectators"),
            accounts: try fields.count("accounts"), version: Version(try fields.count("version")),
            epoch: try fields.int("epoch"), width: try fields.count("width"),
            height: try fields.count("height"), isStorageHealthy: try fields.bool("is_storage_healthy"),
            pendingRecords: try fields.count("pending_records"))
    }
}

extension JSONWriter {
    /// `actor`, with an account's name where it is known.
    mutating func actor(_ actor: Actor, name: String? = nil) {
        object("actor") {
            switch actor {
            case .console: $0.field("kind", "console")
            case .account(let id):
                $0.field("kind", "account")
                $0.field("id", id.description)
                $0.optional("name", name)
            case .telegram(let user):
                $0.field("kind", "telegram")
                $0.field("user", user)
            }
        }
    }
}

extension JSONFields {
    /// One of the roles' words.
    func role(_ name: String = "role") throws(Failure) -> Role {
        guard let role = Role(rawValue: try string(name)) else {
            throw refusal(name, "one of " + Role.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return role
    }

    /// `{"kind":"console"}`, `{"kind":"account","id"}` or `{"kind":"telegram","user"}`.
    func actor() throws(Failure) -> Actor {
        switch try string("kind") {
        case "console": .console
        case "account": .account(try identifier("id"))
        case "telegram": .telegram(user: Int64(try int("user")))
        default: throw refusal("kind", "console, account or telegram")
        }
    }
}
