extension CanvasAnswer: JSONAnswer {
    /// `{"width","height","epoch","version","snapshot_version","palette","players","queued","live_spectators",
    /// "protected_areas"}`.
    public func json() -> [UInt8] {
        JSONWriter.object {
            $0.head(head)
            $0.field("snapshot_version", snapshotVersion)
            $0.field("palette", head.palette.hexes)
            $0.field("players", players)
            $0.field("queued", queued)
            $0.field("live_spectators", hasLiveSpectators)
            $0.field("protected_areas", protectedAreas)
        }
    }

    /// Reads what `json` writes; a server that doesn't speak of live spectators or of protected areas has none.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        self.init(
            head: try fields.canvasHead(), snapshotVersion: Version(try fields.count("snapshot_version")),
            players: try fields.count("players"), queued: try fields.count("queued"),
            hasLiveSpectators: fields.has("live_spectators") ? try fields.bool("live_spectators") : false,
            protectedAreas: fields.has("protected_areas") ? try fields.parts("protected_areas") : [])
    }
}

extension ChangesAnswer: JSONAnswer {
    /// `{"from","to","epoch","pixels":[[x,y,color],…],"snapshot"?}`.
    public func json() -> [UInt8] {
        JSONWriter.object {
            $0.run(run)
            if let snapshot { $0.base64("snapshot", snapshot) }
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json, readsPixels: true)
        self.init(
            run: try fields.pixelRun(), snapshot: fields.has("snapshot") ? try fields.bytes("snapshot") : nil)
    }
}

extension PlacedAnswer: JSONAnswer {
    /// `{"version","epoch"}`.
    public func json() -> [UInt8] {
        JSONWriter.object {
            $0.field("version", version)
            $0.field("epoch", epoch)
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        self.init(version: Version(try fields.count("version")), epoch: try fields.int("epoch"))
    }
}

extension PixelAnswer: JSONAnswer {
    /// `{"x","y","color","version","account","placed_at"}`, the last two null where nothing was ever placed.
    public func json() -> [UInt8] {
        JSONWriter.object {
            $0.pixel(pixel)
            $0.field("version", version)
            if let account { $0.field("account", account) } else { $0.null("account") }
            if let placedAtMs {
                $0.field("placed_at", Timestamp.text(ms: placedAtMs))
            } else {
                $0.null("placed_at")
            }
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        var placedAtMs: Int64?
        if let text = try fields.optionalString("placed_at") {
            guard let ms = Timestamp.milliseconds(text) else {
                throw fields.refusal("placed_at", "a time in UTC with milliseconds")
            }
            placedAtMs = ms
        }
        self.init(
            pixel: try fields.pixel(), version: Version(try fields.count("version")),
            account: fields.has("account") ? try fields.account() : nil, placedAtMs: placedAtMs)
    }
}
