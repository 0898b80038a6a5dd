extension ArcadeRules {
    /// Reads `{"burst":{"threshold","limit","window_ms"},"games":{NAME:{…},…},"login_bonus":{"first","growth","cap"}}`.
    ///
    /// Every game of the arcade has its entry: `{"max_points_per_second","multipliers"}` for a timed one,
    /// `{"min_ms","par_ms","multipliers"}` for one of steps, with
    /// `"multipliers":[{"through_rank","percent"},…]` in the order of ranks. Throws `bad_request` naming what is
    /// wrong: a field missing or out of its bounds, or a game that there is none of.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        let burst = try fields.object("burst")
        let bonus = try fields.object("login_bonus")
        let entries = try fields.object("games")
        for name in entries.names where ArcadeGameID(rawValue: name) == nil {
            throw entries.refusal(name, "left out: there is no such game")
        }
        var games: [String: GameRule] = [:]
        for game in Arcade.games {
            games[game.name] = try GameRule(try entries.object(game.name), category: game.category)
        }
        self.init(
            burst: BurstRule(
                threshold: try burst.number("threshold", in: 1...1_000),
                limit: try burst.number("limit", in: 0...1_000),
                windowMs: try burst.number("window_ms", in: 1...3_600_000)),
            games: games, loginBonus: try LoginBonus(bonus))
    }
}

extension ArcadeRules.GameRule {
    fileprivate init(_ fields: JSONFields, category: ArcadeCategory) throws(Failure) {
        self.init()
        switch category {
        case .timed:
            maxPointsPerSecond = try fields.number("max_points_per_second", in: 1...1_000)
        case .steps:
            minMs = try fields.number("min_ms", in: 0...Limits.arcadeStepsMs)
            parMs = try fields.number("par_ms", in: 0...Limits.arcadeStepsMs)
        }
        for place in try fields.objects("multipliers") {
            let throughRank = try place.number("through_rank", in: 1...1_000_000)
            if let before = multipliers.last, throughRank <= before.throughRank {
                throw place.refusal("through_rank", "more than \(before.throughRank), the one before it")
            }
            multipliers.append(
                ArcadeRules.Multiplier(
                    throughRank: throughRank, percent: try place.number("percent", in: 0...10_000)))
        }
    }
}

extension ArcadeRules.LoginBonus {
    fileprivate init(_ fields: JSONFields) throws(Failure) {
        let first = try fields.number("first", in: 0...1_000_000)
        self.init(
            first: first, growth: try fields.number("growth", in: 0...1_000_000),
            cap: try fields.number("cap", in: first...1_000_000))
    }
}

extension JSONFields {
    /// A whole number within bounds.
    fileprivate func number(_ name: String, in bounds: ClosedRange<Int>) throws(Failure) -> Int {
        let value = try int(name)
        guard bounds.contains(value) else {
            throw refusal(name, "\(bounds.lowerBound) to \(bounds.upperBound)")
        }
        return value
    }
}
