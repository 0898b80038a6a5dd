import Testing

@testable import Bench

@Suite("Durations and their percentiles")
struct HistogramTests {
    @Test("percentiles of 1 to 1000 ms are where they belong")
    func percentiles() {
        var histogram = Histogram()
        for milliseconds in 1...1_000 { histogram.record(us: Int64(milliseconds) * 1_000) }
        #expect(histogram.count == 1_000)
        #expect(abs(histogram.percentileMs(0.5) - 500) <= 0.01)
        #expect(abs(histogram.percentileMs(0.99) - 990) <= 0.01)
        #expect(histogram.longestMs == 1_000)
    }

    @Test("a percentile is never above the longest, nor is a long one lost")
    func bounds() {
        var histogram = Histogram()
        histogram.record(us: 3)
        #expect(histogram.percentileMs(0.99) == 0.003)
        histogram.record(us: 60_000_000)
        #expect(histogram.longestMs == 60_000)
        #expect(Histogram().percentileMs(0.5) == 0)
    }
}
