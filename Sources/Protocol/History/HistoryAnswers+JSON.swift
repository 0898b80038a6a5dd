extension HistoryAnswer: JSONAnswer {
    /// `{"epochs":[{"epoch","width","height","first_version","last_version","started_at","ended_at"?}],
    /// "oldest_version","latest_version","retention_days"?}`.
    public func json() -> [UInt8] {
        JSONWriter.object {
            $0.field("epochs", epochs)
            $0.field("oldest_version", oldestVersion)
            $0.field("latest_version", latestVersion)
            $0.optional("retention_days", retentionDays)
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        self.init(
            epochs: try fields.parts("epochs"), oldestVersion: Version(try fields.count("oldest_version")),
            latestVersion: Version(try fields.count("latest_version")),
            retentionDays: try fields.optionalInt("retention_days"))
        try check(fields)
    }
}

extension HistoryEpoch: JSONPart {
    func write(to json: inout JSONWriter) {
        json.field("epoch", epoch)
        json.field("width", size.width)
        json.field("height", size.height)
        json.field("first_version", firstVersion)
        json.field("last_version", lastVersion)
        json.field("started_at", Timestamp.text(ms: startedAtMs))
        json.optional("ended_at", endedAtMs.map { Timestamp.text(ms: $0) })
    }

    init(_ fields: JSONFields) throws(Failure) {
        self.init(
            epoch: try fields.int("epoch"), size: try fields.canvasSize(),
            firstVersion: Version(try fields.count("first_version")),
            lastVersion: Version(try fields.count("last_version")),
            startedAtMs: try fields.time("started_at"),
            endedAtMs: fields.has("ended_at") ? try fields.time("ended_at") : nil)
    }
}

extension HistoryPage: JSONAnswer {
    /// `{"epoch","from","to","at_ms","accounts":[{"id","name"}],"changes":[[x,y,color,dt_ms,account_index],…]}`.
    public func json() -> [UInt8] {
        JSONWriter.object {
            $0.field("epoch", epoch)
            $0.field("from", from)
            $0.field("to", to)
            $0.field("at_ms", atMs)
            $0.field("accounts", accounts)
            $0.changes(changes)
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json, readsPixels: true)
        self.init(
            epoch: try fields.int("epoch"), from: Version(try fields.count("from")),
            atMs: try fields.ms("at_ms"), accounts: try fields.parts("accounts"),
            changes: try fields.changes())
        try check(fields)
        guard try fields.count("to") == Int(to) else {
            throw fields.refusal("to", "\"from\" and the number of changes")
        }
    }
}
