import Testing

@testable import Bench

@Suite("Pacing placements")
struct PacerTests {
    @Test("a second releases exactly the rate, spread evenly", arguments: [40, 999, 8_000])
    func rate(perSecond: Int) {
        var pacer = Pacer(perSecond: Double(perSecond), nowUs: 5_000)
        var released: [Int] = []
        for millisecond in 1...1_000 {
            released.append(pacer.due(nowUs: 5_000 + Int64(millisecond) * 1_000, limit: 1_000))
        }
        #expect(released.reduce(0, +) == perSecond)
        #expect((released.max() ?? 0) - (released.min() ?? 0) <= 1)
    }

    @Test("what a limit holds back comes with the next calls")
    func limit() {
        var pacer = Pacer(perSecond: 1_000, nowUs: 0)
        #expect(pacer.due(nowUs: 100_000, limit: 64) == 64)
        #expect(pacer.due(nowUs: 100_000, limit: 64) == 36)
        #expect(pacer.due(nowUs: 100_000, limit: 64) == 0)
    }
}
