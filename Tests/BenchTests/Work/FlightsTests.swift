import Testing

@testable import Bench

@Suite("Placements on their way")
struct FlightsTests {
    @Test("a pixel seen in its color counts from its placing, another color doesn't")
    func matching() {
        var flights = Flights(cellCount: 10)
        flights.isMeasuring = true
        flights.sent(cell: 4, color: 7, nowUs: 1_000)
        flights.seen(cell: 4, color: 6, nowUs: 2_000)
        flights.seen(cell: 5, color: 7, nowUs: 2_000)
        flights.seen(cell: 99, color: 7, nowUs: 2_000)
        #expect(flights.latencies.count == 0)
        flights.seen(cell: 4, color: 7, nowUs: 26_000)
        #expect(flights.latencies.count == 1)
        #expect(flights.latencies.longestUs == 25_000)
    }

    @Test("nothing counts outside the window")
    func window() {
        var flights = Flights(cellCount: 10)
        flights.sent(cell: 1, color: 2, nowUs: 1_000)
        flights.seen(cell: 1, color: 2, nowUs: 2_000)
        #expect(flights.latencies.count == 0)
    }
}
