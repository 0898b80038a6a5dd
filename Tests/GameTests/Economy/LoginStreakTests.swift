import Protocol
import Testing

@testable import Game

@Suite("A login streak")
struct LoginStreakTests {
    private let rule = ArcadeRules.LoginBonus(first: 10, growth: 5, cap: 22)

    /// What each arrival pays.
    private func arrivals(_ days: [Int], rule: ArcadeRules.LoginBonus? = nil) -> [Int?] {
        var streak = LoginStreak()
        return days.map { streak.arrive(day: $0, rule: rule ?? self.rule) }
    }

    @Test("grows day by day to the cap and stays there")
    func grows() {
        #expect(arrivals([20_000, 20_001, 20_002, 20_003, 20_004]) == [10, 15, 20, 22, 22])
    }

    @Test("pays once a day")
    func once() {
        #expect(arrivals([20_000, 20_000, 20_001, 20_001, 20_001]) == [10, nil, 15, nil, nil])
    }

    @Test("begins anew where a day was left out")
    func gap() {
        #expect(arrivals([20_000, 20_001, 20_003, 20_004]) == [10, 15, 10, 15])
    }

    @Test("pays nothing for a day before its last one, and the clock put right goes on from there")
    func clockSetBack() {
        #expect(arrivals([20_000, 20_001, 19_990, 20_001, 20_002]) == [10, 15, nil, nil, 20])
    }

    @Test("counts its days and remembers the last one")
    func state() {
        var streak = LoginStreak()
        #expect(streak == LoginStreak(days: 0, lastDay: -1))
        _ = streak.arrive(day: 20_000, rule: rule)
        _ = streak.arrive(day: 20_001, rule: rule)
        #expect(streak == LoginStreak(days: 2, lastDay: 20_001))
        _ = streak.arrive(day: 20_001, rule: rule)
        #expect(streak == LoginStreak(days: 2, lastDay: 20_001))
        _ = streak.arrive(day: 20_009, rule: rule)
        #expect(streak == LoginStreak(days: 1, lastDay: 20_009))
    }

    @Test("goes on as it was kept")
    func kept() {
        var streak = LoginStreak(days: 2, lastDay: 20_001)
        #expect(streak.arrive(day: 20_002, rule: rule) == 20)
    }

    @Test("begins on the very first day too")
    func firstDay() {
        #expect(arrivals([0, 1]) == [10, 15])
    }

    @Test("doesn't begin where the rule has no bonus to give")
    func noBonus() {
        var streak = LoginStreak()
        let none = ArcadeRules.LoginBonus(first: 0, growth: 5, cap: 50)
        for day in 20_000...20_003 { #expect(streak.arrive(day: day, rule: none) == nil) }
        #expect(streak == LoginStreak())
    }

    @Test(
        "has days from midnight to midnight, UTC",
        arguments: [
            (0, 0), (86_399_999, 0), (86_400_000, 1), (1_767_225_599_999, 20_453),
            (1_767_225_600_000, 20_454),
            (-1, -1), (-86_400_000, -1), (-86_400_001, -2),
        ] as [(Int64, Int)])
    func days(atMs: Int64, day: Int) {
        #expect(LoginStreak.day(atMs: atMs) == day)
    }

    @Test("pays what counting back over the days gives", arguments: 0..<30 as Range<UInt64>)
    func naive(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var streak = LoginStreak()
        var paid: Set<Int> = []
        var day = 20_000
        for _ in 0..<300 {
            day += [-3, -1, 0, 1, 1, 1, 1, 2, 9].randomElement(using: &random) ?? 1
            let isDue = paid.allSatisfy { $0 < day }
            var row = 1
            while paid.contains(day - row) { row += 1 }
            let expected = isDue ? min(22, 10 + 5 * (row - 1)) : nil
            #expect(streak.arrive(day: day, rule: rule) == expected)
            if isDue { paid.insert(day) }
        }
    }
}
