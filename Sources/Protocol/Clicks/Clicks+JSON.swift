extension ClickPush {
    /// `clicks`, `batch_id`.
    func write(to json: inout JSONWriter) {
        json.field("clicks", clicks)
        json.optional("batch_id", batchID)
    }

    /// Reads what `write` writes; `batch_id` may be left out where `needsBatchID` is false.
    init(_ fields: JSONFields, needsBatchID: Bool) throws(Failure) {
        let clicks = try fields.ints("clicks")
        let batchID: String? =
            needsBatchID || fields.has("batch_id")
            ? try fields.shortText("batch_id", max: Limits.maxBatchIDCharacters) : nil
        self.init(clicks: clicks, batchID: batchID)
    }
}

extension ClickReceipt: JSONAnswer {
    /// `game_id`, `planet`, `accepted`, `total`.
    func write(to json: inout JSONWriter) {
        json.field("game_id", game.description)
        json.field("planet", planet)
        json.field("accepted", accepted)
        json.field("total", total)
    }

    /// Reads what `write` writes.
    init(_ fields: JSONFields) throws(Failure) {
        self.init(
            game: try fields.identifier("game_id"), planet: try fields.string("planet"),
            accepted: try fields.gameCount("accepted"), total: try fields.gameCount("total"))
    }

    /// `{"game_id","planet","accepted","total"}`.
    public func json() -> [UInt8] { JSONWriter.object { write(to: &$0) } }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) { try self.init(JSONFields(json)) }
}

extension PlanetTotal: JSONPart {
    func write(to json: inout JSONWriter) {
        json.field("name", name)
        json.field("clicks", clicks)
        json.field("players", players)
    }

    init(_ fields: JSONFields) throws(Failure) {
        self.init(
            name: try fields.string("name"), clicks: try fields.gameCount("clicks"),
            players: try fields.gameCount("players"))
    }
}

extension ClickGameView {
    /// `game_id`, `status`, `starts_at`, `ends_at`, `planets`, `winner`.
    func write(to json: inout JSONWriter) {
        json.field("game_id", game.description)
        json.field("status", status.rawValue)
        json.field("starts_at", Timestamp.text(ms: startsAtMs))
        json.field("ends_at", Timestamp.text(ms: endsAtMs))
        json.field("planets", planets)
        if let winner { json.field("winner", winner) } else { json.null("winner") }
    }

    /// Reads what `write` writes.
    init(_ fields: JSONFields) throws(Failure) {
        guard let status = ClickGameStatus(rawValue: try fields.string("status")) else {
            throw fields.refusal("status", "scheduled, active or finished")
        }
        self.init(
            game: try fields.identifier("game_id"), status: status, startsAtMs: try fields.time("starts_at"),
            endsAtMs: try fields.time("ends_at"), planets: try fields.parts("planets"),
            winner: try fields.optionalString("winner"))
    }
}

extension ClickGameAnswer: JSONAnswer {
    /// `{"game_id","status","starts_at","ends_at","planets","winner","click_push_rate_s"}`.
    public func json() -> [UInt8] {
        JSONWriter.object {
            view.write(to: &$0)
            $0.field("click_push_rate_s", clickPushRateSeconds)
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        self.init(
            view: try ClickGameView(fields), clickPushRateSeconds: try fields.int("click_push_rate_s"))
    }
}

extension ClickGameOrder {
    /// `starts_at`, `seconds`, `planets`.
    func write(to json: inout JSONWriter) {
        if let startsAtMs { json.field("starts_at", Timestamp.text(ms: startsAtMs)) }
        json.field("seconds", seconds)
        json.field("planets", planets)
    }

    /// Reads what `write` writes; a game that no host could mean is refused.
    init(_ fields: JSONFields) throws(Failure) {
        let startsAtMs = fields.has("starts_at") ? try fields.time("starts_at") : nil
        let seconds = try fields.int("seconds")
        guard Limits.clickGameSeconds.contains(seconds) else {
            throw fields.refusal("seconds", "from 1 to \(Limits.clickGameSeconds.upperBound)")
        }
        let planets = try fields.strings("planets")
        guard (2...Limits.maxPlanets).contains(planets.count), Set(planets).count == planets.count else {
            throw fields.refusal("planets", "2 to \(Limits.maxPlanets) different planets")
        }
        self.init(startsAtMs: startsAtMs, seconds: seconds, planets: planets)
    }
}
