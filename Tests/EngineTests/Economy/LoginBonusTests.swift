import Engine
import Game
import Protocol
import Testing

@Suite("The login bonus")
struct LoginBonusTests {
    private static let dayMs: Int64 = 86_400_000

    private func desk() -> Desk {
        Desk(recovered: Desk.withAccounts()) {
            $0.arcade.loginBonus = ArcadeRules.LoginBonus(first: 10, growth: 5, cap: 20)
            $0.requestRate = Rate(perSecond: 0, burst: 1)
        }
    }

    @Test("comes with the first sign of life of a UTC day, once, and grows to its cap")
    func grows() throws {
        var desk = desk()
        var sum = 0
        for (day, points) in [10, 15, 20, 20].enumerated() {
            for _ in 0..<3 {
                _ = desk.me()
                desk.run(ms: 1_000)
            }
            sum += points
            let me = desk.me()
            #expect(me?.points == sum)
            #expect(me?.loginBonus == LoginBonusAnswer(points: points, streakDays: day + 1))
            #expect(desk.storedPoints(of: 1) == sum)
            desk.pass(ms: Self.dayMs)
        }
        #expect(desk.entries(of: 1).map(\.points) == [10, 15, 20, 20])
        #expect(desk.entries(of: 1).allSatisfy { $0.reason == .loginBonus })
        #expect(Set(desk.entries(of: 1).map(\.source)).count == 4)
    }

    @Test("begins anew after a day without one")
    func gap() {
        var desk = desk()
        _ = desk.me()
        desk.pass(ms: 2 * Self.dayMs)
        _ = desk.me()
        desk.run(ms: 100)
        #expect(desk.entries(of: 1).map(\.points) == [10, 10])
        #expect(desk.me()?.loginBonus?.streakDays == 1)
    }

    @Test("comes no second time on a clock that is set back")
    func clock() {
        var desk = desk()
        _ = desk.me()
        desk.now.wallMs -= Self.dayMs
        _ = desk.me()
        desk.now.wallMs += Self.dayMs
        _ = desk.me()
        desk.run(ms: 100)
        #expect(desk.entries(of: 1).map(\.points) == [10])
    }

    @Test("comes by a socket too, not for guests, and once more where its commit failed")
    func others() throws {
        var desk = desk()
        desk.open(2)
        desk.run(ms: 100)
        #expect(desk.entries(of: 2).map(\.points) == [10])
        _ = desk.ask(.me, .valid(Desk.guest(60)))
        desk.isAutomatic = false
        desk.run(ms: 100)
        _ = desk.ask(.me, .valid(Desk.account(3)))
        desk.run(ms: 100)
        let commit = try #require(desk.lastCommit)
        #expect(commit.records.contains { if case .points = $0 { true } else { false } })
        desk.give(.commitFailed(commit.id, .full))
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        _ = desk.me(3)
        desk.run(ms: 100)
        #expect(desk.entries(of: 3).map(\.points) == [10])
        #expect(desk.storedPoints(of: 3) == 10)
    }

    @Test("is none where a host gives none")
    func none() {
        var desk = Desk(recovered: Desk.withAccounts())
        #expect(desk.me()?.loginBonus == nil)
        desk.run(ms: 100)
        #expect(desk.entries(of: 1).isEmpty)
    }
}
