import Testing

@testable import Client

@Suite("The server's clock")
struct ServerClockTests {
    @Test("is what it told, and half the round trip later")
    func estimate() {
        var clock = ServerClock()
        #expect(clock.leftMs(until: 5_000, atUs: 0) == nil)
        clock.told(1_000, roundTripUs: 0, atUs: 500_000)
        #expect(clock.leftMs(until: 21_000, atUs: 500_000) == 20_000)
        #expect(clock.leftMs(until: 21_000, atUs: 1_500_000) == 19_000)
        clock.told(2_000, roundTripUs: 400_000, atUs: 1_500_000)
        #expect(clock.leftMs(until: 21_000, atUs: 1_500_000) == 18_800)
    }

    @Test(
        "may tell anything: what is left is from nothing to a year",
        arguments: [Int64.min, -1, 0, 1, .max], [Int64.min, -1, 0, 1, .max])
    func extremes(timeMs: Int64, deadlineMs: Int64) throws {
        var clock = ServerClock()
        clock.told(timeMs, roundTripUs: 7_000, atUs: 123_456_789)
        let left = try #require(clock.leftMs(until: deadlineMs, atUs: 123_456_790))
        #expect((0...31_536_000_000).contains(left))
    }
}
