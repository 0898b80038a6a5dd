import Protocol
import Testing

@Suite struct SnapshotCodecTests {
    @Test("cells come back at every level", arguments: [-1, 0, 1, 6, 9, 10])
    func roundTrip(level: Int) throws {
        var samples = Samples(seed: 1)
        for count in [1, 2, 255, 4096] {
            let cells = (0..<count).map { _ in UInt8(samples.int(0...31)) }
            #expect(
                try SnapshotCodec.inflate(SnapshotCodec.deflate(cells, level: level), cellCount: count)
                    == cells)
        }
    }

    @Test("a stream of more or fewer cells is refused")
    func wrongCount() {
        let stream = SnapshotCodec.deflate([UInt8](repeating: 7, count: 1000))
        for count in [1, 999, 1001, 16_000_000, 0, -1, .max] {
            #expect(throws: Failure.self) { try SnapshotCodec.inflate(stream, cellCount: count) }
        }
    }

    @Test("a stream cut short, run on or damaged is refused")
    func damaged() {
        let stream = SnapshotCodec.deflate((0..<1000).map { UInt8($0 % 32) })
        #expect(throws: Failure.self) { try SnapshotCodec.inflate([], cellCount: 1000) }
        #expect(throws: Failure.self) { try SnapshotCodec.inflate(stream + [0], cellCount: 1000) }
        for length in stream.indices {
            #expect(throws: Failure.self) {
                try SnapshotCodec.inflate(Array(stream[..<length]), cellCount: 1000)
            }
        }
        var flipped = stream
        flipped[flipped.count - 1] ^= 1
        #expect(throws: Failure.self) { try SnapshotCodec.inflate(flipped, cellCount: 1000) }
    }

    @Test("the largest canvas fits, at deflate's highest ratio")
    func largest() throws {
        let cells = [UInt8](repeating: 0, count: Limits.maxCanvasCells)
        let stream = SnapshotCodec.deflate(cells, level: 9)
        #expect(try SnapshotCodec.inflate(stream, cellCount: cells.count) == cells)
    }
}
