import Protocol
import Testing

@testable import Engine

@Suite("Rates")
struct GCRATests {
    struct Case: Sendable {
        var perSecond: Double
        var burst: Int
    }

    static let cases = [
        Case(perSecond: 10, burst: 20), Case(perSecond: 3, burst: 1), Case(perSecond: 0.5, burst: 4),
        Case(perSecond: 7, burst: 2), Case(perSecond: 1_000, burst: 50),
    ]

    @Test("are never beaten in any window, and grant all that is due", arguments: cases)
    func neverBeaten(_ rate: Case) throws {
        var random = SeededGenerator(seed: UInt64(rate.burst))
        let rule = try #require(GCRA(Rate(perSecond: rate.perSecond, burst: rate.burst)))
        var table = RateTable<Int>(rule, maxKeys: 10)
        var now: Int64 = 0
        var granted: [Int64] = []
        // A bucket that drips: the same law by another way, with a float's tolerance.
        var tokens = Double(rate.burst)
        var last: Int64 = 0
        let pause = 2e6 / rate.perSecond
        for _ in 0..<4_000 {
            now += Int64.random(in: 0...Int64(pause), using: &random) * (Bool.random(using: &random) ? 0 : 1)
            tokens = min(Double(rate.burst), tokens + Double(now - last) * rate.perSecond / 1e6)
            last = now
            let wait = table.spend(1, at: now)
            if wait == 0 {
                #expect(tokens > 1 - 1e-3, "granted before its time")
                tokens -= 1
                granted.append(now)
            } else {
                #expect(tokens < 1 + 1e-3, "refused though it was due")
                #expect(table.waitUs(1, at: now + wait) == 0, "the wait told must be enough")
                #expect(table.waitUs(1, at: now + wait - 1) > 0, "the wait told must not be too long")
            }
        }
        for (index, start) in granted.enumerated() {
            let end = start + Int64(3e6 / rate.perSecond)
            let inWindow = granted[index...].prefix { $0 <= end }.count
            #expect(Double(inWindow) <= Double(rate.burst) + 3 + 1e-9)
        }
    }

    @Test("of 0 let everything pass")
    func off() {
        var table = RateTable<Int>(GCRA(Rate(perSecond: 0, burst: 1)), maxKeys: 10)
        for _ in 0..<100 { #expect(table.spend(1, at: 0) == 0) }
        #expect(table.count == 0)
        #expect(GCRA(onceInMs: 0) == nil)
    }

    @Test("count keys apart and drop spent ones as new ones come")
    func bounded() {
        var table = RateTable<Int>(GCRA(onceInMs: 1_000), maxKeys: 100)
        for key in 0..<50 { #expect(table.spend(key, at: 0) == 0) }
        for key in 0..<50 { #expect(table.spend(key, at: 999_999) == 1) }
        #expect(table.count == 50)
        for key in 50..<150 { #expect(table.spend(key, at: 2_000_000) == 0) }
        #expect(table.count == 100)
        for key in 50..<150 { #expect(table.spend(key, at: 2_000_000) > 0) }
    }

    @Test("keep a bound when every key is still running")
    func full() {
        var table = RateTable<Int>(GCRA(onceInMs: 1_000_000), maxKeys: 100)
        for key in 0..<1_000 { #expect(table.spend(key, at: 0) == 0) }
        #expect(table.count == 100)
    }
}
