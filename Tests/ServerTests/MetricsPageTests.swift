import Testing

@testable import Server

@Suite struct MetricsPageTests {
    @Test func `a histogram's buckets add up to all that lie below`() {
        var text = ExpositionText()
        text.histogram("a_seconds", "A.", boundsUs: [500, 1_000_000], counts: [2, 3, 1], seconds: 2.5)
        #expect(
            text.text == """
                # HELP a_seconds A.
                # TYPE a_seconds histogram
                a_seconds_bucket{le="0.0005"} 2
                a_seconds_bucket{le="1.0"} 5
                a_seconds_bucket{le="+Inf"} 6
                a_seconds_sum 2.5
                a_seconds_count 6

                """)
    }

    @Test func `a lag stands in the first bucket that holds it, and the worst is told once`() {
        let meters = Meters()
        for us in [0, 500, 501, 2_000_000] as [Int64] { meters.noteLag(us: us) }
        #expect(meters.lag.counts.first == 2)
        #expect(meters.lag.counts[1] == 1)
        #expect(meters.lag.counts.last == 1)
        #expect(meters.lag.counts.count == LagHistogram.boundsUs.count + 1)
        #expect(meters.takeWorstLagUs() == 2_000_000)
        #expect(meters.takeWorstLagUs() == 0)
    }

    @Test func `the process's own figures are read`() {
        let figures = ProcessFigures.read()
        #expect(figures.residentBytes > 1_000_000)
        #expect(figures.cpuSeconds > 0)
    }
}
