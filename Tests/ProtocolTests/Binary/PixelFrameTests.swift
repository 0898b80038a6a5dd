import Protocol
import Testing

@Suite struct PixelFrameTests {
    private func bytes(_ pixels: [Pixel], from: Version = 123_456_789, epoch: Int = 1_763_000_000) -> Int {
        let run = PixelRun(from: from, to: from + Version(pixels.count), epoch: epoch, pixels: pixels)
        return MessageCodec.binary.encode(ServerEnvelope(.pixels(run))).count
    }

    @Test("200 random pixels of 32 colors on 1000×1000 take at most 2.5 bytes each, header and all")
    func size() {
        var total = 0
        var largest = 0
        let seeds: ClosedRange<UInt64> = 1...500
        for seed in seeds {
            var samples = Samples(seed: seed)
            let size = bytes(samples.rising(count: 200, size: Samples.thousand, colors: 32))
            total += size
            largest = max(largest, size)
        }
        let mean = Double(total) / Double(200 * seeds.count)
        print("bytes a pixel: mean \(mean), max \(Double(largest) / 200)")
        #expect(mean <= 2.45)
        #expect(largest <= 500)
    }

    @Test("200 pixels in ten clusters take less than two thirds of that")
    func clustered() {
        for seed in 1...50 as ClosedRange<UInt64> {
            var samples = Samples(seed: seed)
            var cells: [Int: UInt8] = [:]
            for _ in 0..<10 {
                let left = samples.int(0...990)
                let top = samples.int(0...990)
                for index in 0..<20 {
                    cells[(top + index / 5) * 1000 + left + index % 5] = UInt8(samples.int(0...31))
                }
            }
            let pixels = cells.sorted { $0.key < $1.key }.map {
                Pixel(x: $0.key % 1000, y: $0.key / 1000, color: $0.value)
            }
            #expect(bytes(pixels) < pixels.count * 5 / 3)
        }
    }

    @Test("the parameter is the one that makes the frame smallest", arguments: [1, 2, 3] as [UInt64])
    func parameter(seed: UInt64) throws {
        var samples = Samples(seed: seed)
        for _ in 0..<300 {
            let size = samples.size()
            var pixels = samples.rising(count: samples.int(1...80), size: size, colors: 2)
            pixels[0].x = size.width - 1
            pixels.sort { ($0.y, $0.x) < ($1.y, $1.x) }
            pixels = pixels.enumerated().filter { $0.offset == 0 || pixels[$0.offset - 1] != $0.element }.map(
                \.element)
            guard Set(pixels.map { $0.y * size.width + $0.x }).count == pixels.count else { continue }
            let width = size.width
            var gaps: [Int] = []
            var expected = 0
            for pixel in pixels {
                gaps.append(pixel.y * width + pixel.x - expected)
                expected = pixel.y * width + pixel.x + 1
            }
            let costs = (0...24).map { k in gaps.reduce(0) { $0 + ($1 >> k < 8 ? ($1 >> k) + 1 + k : 32) } }
            let run = PixelRun(from: 0, to: 100, epoch: 0, pixels: pixels)
            let frame = MessageCodec.binary.encode(ServerEnvelope(.pixels(run)))
            // Type, from, to, epoch and count take a byte each, the width one or two.
            let codes = frame[width < 128 ? 6 : 7]
            let best = try #require(costs.min())
            #expect(Int(codes & 31) == costs.firstIndex(of: best))
            #expect(frame.count == (width < 128 ? 7 : 8) + (best + pixels.count + 7) / 8)
        }
    }

    @Test("pixels in any order are sent in rising order, each cell once with its last color")
    func unsorted() throws {
        let run = PixelRun(
            from: 0, to: 4, epoch: 0,
            pixels: [
                Pixel(x: 5, y: 1, color: 1), Pixel(x: 0, y: 0, color: 2), Pixel(x: 5, y: 1, color: 3),
                Pixel(x: 6, y: 0, color: 4),
            ])
        let decoded = try MessageCodec.binary.decodeServer(
            MessageCodec.binary.encode(ServerEnvelope(.pixels(run))))
        guard case .pixels(let back) = decoded.message else {
            Issue.record("not pixels")
            return
        }
        #expect(
            back.pixels == [
                Pixel(x: 0, y: 0, color: 2), Pixel(x: 6, y: 0, color: 4), Pixel(x: 5, y: 1, color: 3),
            ])
        #expect((back.from, back.to) == (0, 4))
    }

    @Test("a whole canvas of 16 million cells fits and comes back", arguments: [1])
    func whole(color: Int) throws {
        let pixels = (0..<4096 * 512).map { Pixel(x: $0 % 512, y: $0 / 512, color: UInt8(color)) }
        let run = PixelRun(from: 0, to: Version(pixels.count), epoch: 0, pixels: pixels)
        let bytes = MessageCodec.binary.encode(ServerEnvelope(.pixels(run)))
        #expect(bytes.count < pixels.count / 4 + 20)
        #expect(try MessageCodec.binary.decodeServer(bytes).message == .pixels(run))
    }

    @Test(
        "a frame that isn't the one way to say it is refused",
        arguments: [
            ("a count that the bytes can't hold", [3, 0, 0x80, 1, 0, 100, 1, 0, 0]),
            ("more pixels than versions", [3, 0, 1, 0, 2, 2, 0, 0b0101_0000]),
            ("a width that no pixel reaches", [3, 0, 1, 0, 1, 2, 0, 0]),
            ("a width of 0", [3, 0, 1, 0, 1, 0, 0, 0]),
            ("padding that isn't zero", [3, 0, 1, 0, 1, 1, 0, 1]),
            ("a whole byte of padding", [3, 0, 1, 0, 1, 1, 0, 0, 0]),
            ("a parameter larger than needed", [3, 0, 1, 0, 1, 1, 1, 0]),
            ("a parameter above 24", [3, 0, 1, 0, 1, 1, 25, 0, 0, 0, 0]),
            ("more color bits than needed", [3, 0, 1, 0, 1, 1, 0x20, 0]),
            ("an escape for a gap of 0", [3, 0, 1, 0, 1, 1, 0, 0xFF, 0, 0, 0, 0]),
            ("a version written in two bytes", [3, 0x80, 0, 1, 0, 1, 1, 0, 0]),
            ("a version below 0", [3, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0]),
            ("a row that no canvas has", [3, 0, 1, 0, 1, 1, 0, 0xFF, 0, 0x40, 0, 0]),
            ("an empty frame with a width", [3, 0, 0, 0, 0, 1]),
        ] as [(String, [UInt8])])
    func refused(why: String, bytes: [UInt8]) {
        #expect(throws: DecodeFailure.self, "\(why)") { try MessageCodec.binary.decodeServer(bytes) }
    }

    @Test("the smallest frame is what those differ from")
    func smallest() throws {
        let run = PixelRun(from: 0, to: 1, epoch: 0, pixels: [Pixel(x: 0, y: 0, color: 0)])
        #expect(MessageCodec.binary.encode(ServerEnvelope(.pixels(run))) == [3, 0, 1, 0, 1, 1, 0, 0])
    }
}
