import Foundation
import Protocol
import Testing

@Suite("The arcade's rules")
struct ArcadeRulesTests {
    static func file() throws -> [UInt8] {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return try Array(Data(contentsOf: root.appending(path: "assets/arcade.json")))
    }

    /// The project's file with a text in the place of another.
    static func changed(_ old: String, _ new: String) throws -> [UInt8] {
        let text = String(decoding: try file(), as: UTF8.self)
        #expect(text.contains(old))
        return Array(text.replacing(old, with: new).utf8)
    }

    @Test("the project's file says what the standard ones are")
    func standard() throws {
        #expect(try ArcadeRules(json: Self.file()) == .standard)
    }

    @Test("the standard ones are those of the docs")
    func numbers() {
        let rules = ArcadeRules.standard
        #expect(rules.burst == BurstRule(threshold: 8, limit: 2, windowMs: 10_000))
        #expect(rules[.dot].maxPointsPerSecond == 5)
        #expect(rules[.dot].multipliers.map(\.throughRank) == [1, 2, 3, 10])
        #expect(rules[.dot].multipliers.map(\.percent) == [300, 250, 200, 150])
        #expect(rules[.shakyDot] == rules[.dot])
        #expect(rules[.steps] == ArcadeRules.GameRule(minMs: 4_000, parMs: 60_000))
        #expect(rules.loginBonus == ArcadeRules.LoginBonus(first: 10, growth: 5, cap: 50))
    }

    @Test("other numbers are taken as they stand")
    func others() throws {
        let burst = try ArcadeRules(json: Self.changed(#""limit": 2"#, #""limit": 0"#))
        #expect(burst.burst.limit == 0)
        let steps = try ArcadeRules(
            json: Self.changed(
                #""multipliers": []"#, #""multipliers": [{"through_rank": 5, "percent": 120}]"#))
        #expect(steps[.steps].multipliers == [ArcadeRules.Multiplier(throughRank: 5, percent: 120)])
        let bonus = try ArcadeRules(json: Self.changed(#""first": 10"#, #""first": 0"#))
        #expect(bonus.loginBonus.first == 0)
    }

    @Test(
        "rules that can't be say what is wrong",
        arguments: [
            (#""threshold": 8"#, #""threshold": 0"#, #""burst.threshold" must be 1 to 1000"#),
            (#""threshold": 8"#, #""threshold": "8""#, #""burst.threshold" must be a whole number"#),
            (#""limit": 2"#, #""limit": -1"#, #""burst.limit""#),
            (#""window_ms": 10000"#, #""window_ms": 0"#, #""burst.window_ms""#),
            (#""burst""#, #""bursts""#, #""burst" is missing"#),
            (#""steps""#, #""stairs""#, #""games.stairs" must be left out"#),
            (#""steps": {"#, #""step_game": {"#, "step_game"),
            (
                #""max_points_per_second": 5"#, #""max_points": 5"#,
                #""games.dot.max_points_per_second" is missing"#
            ),
            (#""max_points_per_second": 5"#, #""max_points_per_second": 0"#, "max_points_per_second"),
            (#""min_ms": 4000"#, #""min_ms": -1"#, #""games.steps.min_ms""#),
            (#""par_ms": 60000, "#, "", #""games.steps.par_ms" is missing"#),
            (#""multipliers": []"#, #""multipliers": 1"#, #""games.steps.multipliers""#),
            (
                #""through_rank": 2"#, #""through_rank": 1"#,
                #"multipliers[1].through_rank" must be more than 1"#
            ),
            (#""through_rank": 1,"#, #""through_rank": 0,"#, #"multipliers[0].through_rank""#),
            (#""percent": 300"#, #""percent": -1"#, #"multipliers[0].percent""#),
            (#""percent": 300"#, #""percent": 10001"#, #"multipliers[0].percent""#),
            (#""first": 10"#, #""first": -1"#, #""login_bonus.first""#),
            (#""growth": 5"#, #""growth": 1000001"#, #""login_bonus.growth""#),
            (#""cap": 50"#, #""cap": 9"#, #""login_bonus.cap" must be 10 to"#),
        ])
    func refused(old: String, new: String, message: String) throws {
        let json = try Self.changed(old, new)
        let failure = try #require(throws: Failure.self) { try ArcadeRules(json: json) }
        #expect(failure.code == .badRequest)
        #expect(failure.message.contains(message), "\(failure.message)")
    }

    @Test("every game must have its entry", arguments: ArcadeGameID.all.map(\.rawValue))
    func entries(name: String) throws {
        let others = ArcadeGameID.all.map(\.rawValue).filter { $0 != name }.map { other in
            #""\#(other)":{"max_points_per_second":5,"min_ms":1,"par_ms":2,"multipliers":[]}"#
        }
        let text =
            #"{"burst":{"threshold":1,"limit":0,"window_ms":1},"login_bonus":{"first":0,"growth":0,"cap":0},"#
            + #""games":{\#(others.joined(separator: ","))}}"#
        let failure = try #require(throws: Failure.self) { try ArcadeRules(json: Array(text.utf8)) }
        #expect(failure.message == #"field "games.\#(name)" is missing"#)
    }

    @Test("a game that isn't named pays its score as it is")
    func unnamed() {
        let rules = ArcadeRules(
            burst: ArcadeRules.standard.burst, games: [:], loginBonus: ArcadeRules.standard.loginBonus)
        #expect(rules[.dot] == ArcadeRules.GameRule())
    }

    @Test("a login bonus grows from the first day of a streak to the cap, and stays there")
    func bonus() {
        let bonus = ArcadeRules.LoginBonus(first: 10, growth: 7, cap: 30)
        #expect((1...5).map(bonus.points(onDay:)) == [10, 17, 24, 30, 30])
        #expect(bonus.points(onDay: .max) == 30)
        #expect(ArcadeRules.LoginBonus(first: 5, growth: 0, cap: 5).points(onDay: 100) == 5)
        #expect(ArcadeRules.LoginBonus(first: 0, growth: 5, cap: 50).points(onDay: 4) == 0)
    }
}
