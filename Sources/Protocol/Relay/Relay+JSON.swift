extension RelayOptions {
    /// `start_points`, `decay_points`, `decay_interval_ms`, `award`, `penalty`, `seconds`, `max_players`,
    /// `private`.
    func write(to json: inout JSONWriter) {
        json.field("start_points", startPoints)
        json.field("decay_points", decayPoints)
        json.field("decay_interval_ms", decayIntervalMs)
        json.field("award", award)
        json.field("penalty", penalty)
        json.field("seconds", seconds)
        json.field("max_players", maxPlayers)
        json.field("private", isPrivate)
    }

    /// Reads what `write` writes; what is left out keeps its default.
    init(_ fields: JSONFields) throws(Failure) {
        self.init()
        func within(_ name: String, _ bounds: ClosedRange<Int>, _ value: inout Int) throws(Failure) {
            guard let given = try fields.optionalInt(name) else { return }
            guard bounds.contains(given) else {
                throw fields.refusal(name, "from \(bounds.lowerBound) to \(bounds.upperBound)")
            }
            value = given
        }
        try within("start_points", Limits.relayStartPoints, &startPoints)
        try within("decay_points", Limits.relayDecayPoints, &decayPoints)
        try within("decay_interval_ms", Limits.relayDecayIntervalMs, &decayIntervalMs)
        try within("award", Limits.relayAward, &award)
        try within("penalty", Limits.relayPenalty, &penalty)
        try within("seconds", Limits.relaySeconds, &seconds)
        try within("max_players", 1...Limits.maxRelayPlayers, &maxPlayers)
        isPrivate = fields.has("private") ? try fields.bool("private") : false
    }
}

extension JSONWriter {
    /// `{"puzzle_id","type","data","worth"}`, `data` left out where it isn't the reader's.
    mutating func field(_ name: StaticString, _ puzzle: PuzzleView) {
        object(name) { puzzle.write(to: &$0) }
    }
}

extension RelayPlayer: JSONPart {
    /// `account`, `points`, `active`, `solves`.
    func write(to json: inout JSONWriter) {
        json.field("account", account)
        json.field("points", points)
        json.field("active", isActive)
        json.field("solves", solves)
    }

    /// Reads what `write` writes.
    init(_ fields: JSONFields) throws(Failure) {
        self.init(
            account: try fields.account(), points: try fields.gameCount("points"),
            isActive: try fields.bool("active"), solves: try fields.gameCount("solves"))
    }

    /// A JSON array of players, as `GET /api/relays/ID/points` answers.
    public static func json(_ players: [RelayPlayer]) -> [UInt8] {
        JSONWriter.array(players)
    }

    /// Reads what `json` writes.
    public static func list(json: [UInt8]) throws(Failure) -> [RelayPlayer] {
        try JSONFields.parts(json: json)
    }
}

extension JSONFields {
    /// `waiting`, `running` or `ended`.
    func relayStatus() throws(Failure) -> RelayStatus {
        guard let status = RelayStatus(rawValue: try string("status")) else {
            throw refusal("status", "waiting, running or ended")
        }
        return status
    }
}

extension RelayView: JSONAnswer, JSONPart {
    /// `relay_id`, `code`, `status`, `players`, `options`, `left_ms`.
    func write(to json: inout JSONWriter) {
        json.field("relay_id", relay.description)
        writeWithoutID(to: &json)
    }

    /// The same without `relay_id`, which an event has said already.
    func writeWithoutID(to json: inout JSONWriter) {
        json.field("code", code.description)
        json.field("status", status.rawValue)
        json.field("players", players)
        json.object("options") { options.write(to: &$0) }
        json.field("left_ms", leftMs)
    }

    /// Reads what `write` writes.
    init(_ fields: JSONFields) throws(Failure) {
        guard let code = RelayCode(try fields.string("code")) else {
            throw fields.refusal("code", "a relay's code")
        }
        self.init(
            relay: try fields.identifier("relay_id"), code: code, status: try fields.relayStatus(),
            players: try fields.parts("players"), options: try RelayOptions(fields.object("options")),
            leftMs: try fields.gameCount("left_ms"))
    }

    /// `{"relay_id","code","status","players","options","left_ms"}`.
    public func json() -> [UInt8] { JSONWriter.object { write(to: &$0) } }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) { try self.init(JSONFields(json)) }

    /// A JSON array of relays, as `GET /api/relays` answers.
    public static func json(_ relays: [RelayView]) -> [UInt8] {
        JSONWriter.array(relays)
    }

    /// Reads what `json` writes.
    public static func list(json: [UInt8]) throws(Failure) -> [RelayView] {
        try JSONFields.parts(json: json)
    }
}

extension PuzzleView: JSONAnswer {
    /// `puzzle_id`, `type`, `data`, `worth`.
    func write(to json: inout JSONWriter) {
        json.field("puzzle_id", id.description)
        json.field("type", type.rawValue)
        if let data { json.object("data") { data.write(to: &$0) } }
        json.field("worth", worth)
    }

    /// Reads what `write` writes.
    init(_ fields: JSONFields) throws(Failure) {
        guard let type = PuzzleType(rawValue: try fields.string("type")) else {
            throw fields.refusal("type", "a type of puzzle")
        }
        self.init(
            id: try fields.identifier("puzzle_id"), type: type,
            data: fields.has("data") ? try PuzzleData(type, fields.object("data")) : nil,
            worth: try fields.gameCount("worth"))
    }

    /// `{"puzzle_id","type","data","worth"}`.
    public func json() -> [UInt8] { JSONWriter.object { write(to: &$0) } }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) { try self.init(JSONFields(json)) }
}

extension PuzzleAttempt {
    /// `puzzle_id`, `answer`.
    func write(to json: inout JSONWriter) {
        json.field("puzzle_id", puzzle.description)
        json.field("answer", answer)
    }

    /// Reads what `write` writes.
    init(_ fields: JSONFields) throws(Failure) {
        self.init(
            puzzle: try fields.identifier("puzzle_id"),
            answer: try fields.shortText("answer", max: Limits.maxAnswerCharacters))
    }
}

extension AttemptAnswer: JSONAnswer {
    /// `{"correct","points","awarded_to","next_puzzle"}`, the last two null where there is none.
    public func json() -> [UInt8] {
        JSONWriter.object {
            $0.field("correct", isCorrect)
            $0.field("points", points)
            if let awardedTo { $0.field("awarded_to", awardedTo) } else { $0.null("awarded_to") }
            if let nextPuzzle { $0.field("next_puzzle", nextPuzzle) } else { $0.null("next_puzzle") }
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        self.init(
            isCorrect: try fields.bool("correct"), points: try fields.gameCount("points"),
            awardedTo: fields.has("awarded_to") ? try fields.account("awarded_to") : nil,
            nextPuzzle: fields.has("next_puzzle") ? try PuzzleView(fields.object("next_puzzle")) : nil)
    }
}
