import Protocol
import Testing

@Suite("A mask of cells")
struct CellMaskTests {
    private func size(_ width: Int, _ height: Int) throws -> CanvasSize {
        try #require(CanvasSize(width: width, height: height))
    }

    @Test("has a bit a cell, the lowest of a byte first")
    func layout() throws {
        var mask = CellMask(size: try size(5, 2))
        #expect(mask.bytes == [0, 0])
        for cell in [0, 3, 9] { mask[cell] = true }
        #expect(mask.bytes == [0b0000_1001, 0b0000_0010] && mask.count == 3)
        #expect((0..<10).filter { mask[$0] } == [0, 3, 9])
        mask[3] = false
        #expect(mask.bytes == [1, 2] && mask.count == 2)
    }

    @Test("is refused where it has too few bytes, too many, or a bit of no cell")
    func form() throws {
        let size = try size(5, 2)
        #expect(CellMask(size: size, bytes: [255, 3])?.count == 10)
        for bytes: [UInt8] in [[], [255], [255, 3, 0], [255, 4], [0, 128]] {
            #expect(CellMask(size: size, bytes: bytes) == nil, "\(bytes)")
        }
        #expect(CellMask(size: try self.size(4, 2), bytes: [255])?.count == 8)
    }

    @Test("travels as a zlib stream and comes out as it went in")
    func travels() throws {
        var random = SeededGenerator(seed: 4)
        for (width, height) in [(1, 1), (7, 3), (64, 64), (1000, 1000)] {
            var mask = CellMask(size: try size(width, height))
            for _ in 0..<min(500, width * height) {
                mask[Int.random(in: 0..<width * height, using: &random)] = true
            }
            let answer = TouchedAnswer(mask, epoch: 3, version: 9)
            #expect(answer.entityTag == "\"3-9\"")
            #expect(try answer.mask() == mask)
        }
    }

    @Test("of hostile bytes is refused and takes no more memory than it may have")
    func hostile() throws {
        let size = try size(40, 20)
        let good = TouchedAnswer(CellMask(size: size), epoch: 1, version: 1)
        var streams: [[UInt8]] = [
            [], [0x78], Array(good.zlib.dropLast()), good.zlib + [0],
            SnapshotCodec.deflate([UInt8](repeating: 0, count: 99)),
            SnapshotCodec.deflate([UInt8](repeating: 0, count: 101)),
            SnapshotCodec.deflate([UInt8](repeating: 255, count: 5_000_000)),
        ]
        var random = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            streams.append(
                (0..<Int.random(in: 0..<60, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                })
        }
        for stream in streams {
            #expect(throws: Failure.self) {
                try TouchedAnswer(size: size, epoch: 1, version: 1, zlib: stream).mask()
            }
        }
    }
}
