extension HistoryAnswer: JSONAnswer {
    /// `{"epochs":[{"epoch","width","height","first_version","last_version","started_at","ended_at"?}],
    /// "oldest_version","latest_version","retention_days"?}`.
    public func json() -> [UInt8] {
        JSONWriter.object {
            $0.objects("epochs", epochs) { epoch, json in
                json.field("epoch", epoch.epoch)
                json.field("width", epoch.size.width)
                json.field("height", epoch.size.height)
                json.field("first_version", epoch.firstVersion)
                json.field("last_version", epoch.lastVersion)
                json.field("started_at", Timestamp.text(ms: epoch.startedAtMs))
                json.optional("ended_at", epoch.endedAtMs.map { Timestamp.text(ms: $0) })
            }
            $0.field("oldest_version", oldestVersion)
            $0.field("latest_version", latestVersion)
            $0.optional("retention_days", retentionDays)
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        var epochs: [HistoryEpoch] = []
        for epoch in try fields.objects("epochs") { epochs.append(try HistoryEpoch(epoch)) }
        self.init(
            epochs: epochs, oldestVersion: Version(try fields.count("oldest_version")),
            latestVersion: Version(try fields.count("latest_version")),
            retentionDays: try fields.optionalInt("retention_days"))
    }
}

extension HistoryEpoch {
    fileprivate init(_ fields: JSONFields) throws(Failure) {
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
            $0.objects("accounts", accounts) { account, json in
                json.field("id", account.id.description)
                json.field("name", account.name)
            }
            $0.changes(changes)
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json, readsPixels: true)
        var accounts: [AccountName] = []
        for account in try fields.objects("accounts") {
            accounts.append(
                AccountName(id: try account.identifier("id"), name: try account.string("name")))
        }
        self.init(
            epoch: try fields.int("epoch"), from: Version(try fields.count("from")),
            atMs: Int64(try fields.int("at_ms")), accounts: accounts, changes: try fields.changes())
        guard try fields.count("to") == Int(to) else {
            throw fields.refusal("to", "\"from\" and the number of changes")
        }
        guard changes.allSatisfy({ Int($0.account) < accounts.count }) else {
            throw fields.refusal("changes", "of the accounts that are listed")
        }
    }
}
