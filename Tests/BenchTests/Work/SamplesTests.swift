import Testing

@testable import Bench

@Suite("Short durations")
struct SamplesTests {
    @Test("percentiles of 1 to 1000 µs are exact, whatever their order")
    func percentiles() {
        var samples = Samples()
        for us in (1...1_000).reversed() { samples.add(Int64(us) * 1_000) }
        #expect(samples.percentileUs(0.5) == 500)
        #expect(samples.percentileUs(0.99) == 990)
        #expect(samples.percentileUs(1) == 1_000)
        #expect(samples.percentileUs(0) == 1)
    }

    @Test("none have no percentile, and what is too long counts as the longest")
    func edges() {
        var samples = Samples()
        #expect(samples.percentileUs(0.5).isNaN)
        samples.add(Int64.max)
        samples.add(-5)
        #expect(samples.percentileUs(1) == Double(UInt32.max) / 1_000)
        #expect(samples.percentileUs(0.5) == 0)
    }
}
