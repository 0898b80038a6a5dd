import Foundation
import Testing

@testable import TUI

@Suite struct OutputFiguresTests {
    @Test(
        "percentiles are within 7 % of the times' own",
        arguments: [1, 10, 1000, 123_456, 50_000_000] as [Int64])
    func percentiles(unit: Int64) {
        var times = Distribution()
        for step in 1...1000 { times.add(Int64(step) * unit) }
        for percent in [1, 50, 90, 99, 100] {
            let exact = Int64(percent) * 10 * unit
            #expect(times.percentileNs(percent) >= exact)
            #expect(times.percentileNs(percent) <= exact + exact * 7 / 100)
        }
        #expect(times.maxNs == 1000 * unit)
        #expect(times.meanNs == 500 * unit + unit / 2)
    }

    @Test("no times, and times no clock gives, have figures too")
    func extremes() {
        var times = Distribution()
        #expect(times.percentileNs(99) == 0)
        #expect(times.meanNs == 0)
        times.add(-5)
        times.add(.max / 4)
        #expect(times.percentileNs(1) == 0)
        #expect(times.percentileNs(100) == .max / 4)
    }

    static let sample: OutputFigures = {
        var figures = OutputFigures()
        figures.bytes = 12_000
        figures.writes = 11
        figures.frames = 10
        figures.dropped = 3
        figures.partial = 2
        figures.view.add(1_500_000)
        figures.wallNs = 2_500_000_000
        figures.cpuNs = 40_000_000
        return figures
    }()

    @Test("the table has a line for each figure")
    func table() {
        let lines = Self.sample.table.split(separator: "\n").map {
            $0.split(separator: "  ").map(String.init)
        }
        #expect(lines.contains { $0.first == "dropped frames" && $0.last?.hasSuffix("3") == true })
        #expect(lines.contains { $0.first == "bytes a frame" && $0.last?.hasSuffix("1200") == true })
        #expect(Self.sample.table.contains("mean 1.500  p99 1.500  max 1.500"))
    }

    @Test("the JSON has the same figures under names that don't change")
    func json() throws {
        let parsed = try #require(
            try JSONSerialization.jsonObject(with: Data(Self.sample.json.utf8)) as? [String: Any])
        #expect(parsed["bytes"] as? Int == 12_000)
        #expect(parsed["writes"] as? Int == 11)
        #expect(parsed["frames"] as? Int == 10)
        #expect(parsed["dropped_frames"] as? Int == 3)
        #expect(parsed["partial_frames"] as? Int == 2)
        #expect(parsed["seconds"] as? Double == 2.5)
        #expect(parsed["cpu_seconds"] as? Double == 0.04)
        #expect((parsed["view_ms"] as? [String: Any])?["max"] as? Double == 1.5)
        #expect((parsed["key_to_written_ms"] as? [String: Any])?["count"] as? Int == 0)
    }
}
