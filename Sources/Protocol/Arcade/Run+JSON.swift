extension RunStart {
    /// `run_id`, `game`, `category`, `seconds` or `steps`, `seed`, `field`, `latency_cap_ms`.
    func write(to json: inout JSONWriter) {
        json.field("run_id", run.description)
        json.field("game", game.rawValue)
        switch game.rules.category {
        case .timed(let seconds):
            json.field("category", "timed")
            json.field("seconds", seconds)
        case .steps(let count):
            json.field("category", "steps")
            json.field("steps", count)
        }
        json.field("seed", seed: seed)
        let field = game.rules.field
        json.object("field") {
            $0.field("width", field.width)
            $0.field("height", field.height)
        }
        json.field("latency_cap_ms", Limits.arcadeLatencyCapMs)
    }

    /// Reads what `write` writes; what follows from the game is left unread.
    init(_ fields: JSONFields) throws(Failure) {
        self.init(
            run: try fields.identifier("run_id"), game: try fields.arcadeGame(),
            seed: try fields.seed("seed"))
    }
}

extension RunPoint {
    /// `run_id`, `seq`, `x`, `y`, `t_ms`.
    func write(to json: inout JSONWriter) {
        json.field("run_id", run.description)
        json.field("seq", seq)
        json.field("x", x)
        json.field("y", y)
        json.field("t_ms", tMs)
    }

    /// Reads what `write` writes; numbers that no run reaches are refused here.
    init(_ fields: JSONFields) throws(Failure) {
        self.init(
            run: try fields.identifier("run_id"), seq: try fields.runNumber("seq"),
            x: try fields.runNumber("x"), y: try fields.runNumber("y"), tMs: try fields.runNumber("t_ms"))
    }
}

extension RunScore {
    /// `run_id`, `seq`, `score`, `t_ms`, `seed`.
    func write(to json: inout JSONWriter) {
        json.field("run_id", run.description)
        json.field("seq", seq)
        json.field("score", score)
        json.field("t_ms", tMs)
        if let seed { json.field("seed", seed: seed) }
    }

    /// Reads what `write` writes.
    init(_ fields: JSONFields) throws(Failure) {
        self.init(
            run: try fields.identifier("run_id"), seq: try fields.runNumber("seq"),
            score: try fields.runNumber("score"), tMs: try fields.runNumber("t_ms"),
            seed: fields.has("seed") ? try fields.seed("seed") : nil)
    }
}

extension RunResult {
    /// `run_id`, `game`, `reason`, `score`, `rank`, `multiplier`, `profile_points`.
    func write(to json: inout JSONWriter) {
        json.field("run_id", run.description)
        json.field("game", game.rawValue)
        json.field("reason", reason.rawValue)
        json.field("score", score)
        if let rank { json.field("rank", rank) } else { json.null("rank") }
        if let percent = multiplierPercent {
            json.field("multiplier", hundredths: percent)
        } else {
            json.null("multiplier")
        }
        json.field("profile_points", profilePoints)
    }

    /// Reads what `write` writes.
    init(_ fields: JSONFields) throws(Failure) {
        guard let reason = RunEndReason(rawValue: try fields.string("reason")) else {
            let words = RunEndReason.allCases.map(\.rawValue).joined(separator: ", ")
            throw fields.refusal("reason", "one of \(words)")
        }
        self.init(
            run: try fields.identifier("run_id"), game: try fields.arcadeGame(), reason: reason,
            score: try fields.gameCount("score"),
            rank: fields.has("rank") ? try fields.gameCount("rank") : nil,
            multiplierPercent: fields.has("multiplier") ? try fields.hundredths("multiplier") : nil,
            profilePoints: try fields.gameCount("profile_points"))
    }
}

extension JSONWriter {
    /// A member that is 64 bits, as 16 hexadecimal digits: not every JSON reader holds such numbers.
    mutating func field(_ name: StaticString, seed: UInt64) {
        let digits = String(seed, radix: 16)
        field(name, String(repeating: "0", count: 16 - digits.count) + digits)
    }
}

extension JSONFields {
    /// The game of a run.
    func arcadeGame(_ name: String = "game") throws(Failure) -> ArcadeGameID {
        guard let game = ArcadeGameID(rawValue: try string(name)) else {
            throw refusal(name, "one of \(ArcadeGameID.all.map(\.rawValue).joined(separator: ", "))")
        }
        return game
    }

    /// 64 bits in 16 hexadecimal digits.
    func seed(_ name: String) throws(Failure) -> UInt64 {
        let text = try string(name)
        let isPlain = text.utf8.count == 16 && text.utf8.allSatisfy { Hex.digit($0) != nil }
        guard isPlain, let seed = UInt64(text, radix: 16) else {
            throw refusal(name, "16 hexadecimal digits")
        }
        return seed
    }

    /// A whole number as they occur in runs: of places, of points, of milliseconds.
    func runNumber(_ name: String) throws(Failure) -> Int {
        let value = try count(name)
        guard value <= Limits.maxRunNumber else { throw refusal(name, "no more than \(Limits.maxRunNumber)") }
        return value
    }
}
