import Game
import Protocol
import Testing

@Suite("Pool of recent changes")
struct PoolTests {
    private func painted(_ count: Int, everyUs: Int64, width: Int = 100, snapshotAt: Version) throws -> Canvas
    {
        var canvas = try CanvasTests.canvas(width: width, height: 100)
        for version in 1...Version(count) {
            let at = version * everyUs
            _ = canvas.place(cell: Int(version) % 100, color: 1, account: CanvasTests.ann, atUs: at)
            canvas.commit(through: version, atUs: at)
            if version == snapshotAt { canvas.snapshotServed(at: version) }
        }
        return canvas
    }

    @Test("keeps at least a hundred versions, however slowly they come")
    func atLeast() throws {
        let canvas = try painted(500, everyUs: 120_000_000, snapshotAt: 490)
        #expect(canvas.durableVersion - canvas.poolBase == 100)
    }

    @Test("keeps what the last minute brought")
    func byLoad() throws {
        let canvas = try painted(5_000, everyUs: 60_000, snapshotAt: 4_990)
        let kept = canvas.durableVersion - canvas.poolBase
        #expect((1_000...1_050).contains(kept), "a thousand a minute, give or take a second: \(kept)")
    }

    @Test("keeps no more than the canvas has cells, for then a snapshot is shorter")
    func byCanvas() throws {
        let canvas = try painted(5_000, everyUs: 1_000, width: 2, snapshotAt: 4_990)
        #expect(canvas.durableVersion - canvas.poolBase == 200)
    }

    @Test("always reaches back to the served snapshot")
    func toSnapshot() throws {
        let canvas = try painted(5_000, everyUs: 120_000_000, snapshotAt: 1_234)
        #expect(canvas.poolBase == 1_234)
        #expect(canvas.reaches(back: 1_234))
        #expect(!canvas.reaches(back: 1_233))
        #expect(!canvas.reaches(back: 5_001))
    }
}
