import Protocol

/// `pixelwars-bench codec`: what a tick's frame costs to encode and decode, and how long it is.
struct CodecRun {
    /// The figures of one kind of frame in one form.
    struct Measurement: Codable {
        /// What the frame holds.
        var frame: String
        /// The form.
        var codec: String
        /// Pixels in it.
        var pixels: Int
        /// Bytes of the whole message a pixel.
        var bytesPerPixel: Double
        /// Time to encode, a pixel.
        var encodeNsPerPixel: Double
        /// Time to decode, a pixel.
        var decodeNsPerPixel: Double
    }

    private static let pixelCount = 200
    private static let rounds = 2_000
    private static let warmUpRounds = 200

    /// Measures random and clustered pixels in both forms.
    func measurements() throws(BenchFailure) -> [Measurement] {
        var results: [Measurement] = []
        for (name, run) in [("random", randomRun()), ("clustered", clusteredRun())] {
            for codec in MessageCodec.allCases { results.append(try measure(name, run, codec)) }
        }
        return results
    }

    private func measure(_ name: String, _ run: PixelRun, _ codec: MessageCodec) throws(BenchFailure)
        -> Measurement
    {
        let envelope = ServerEnvelope(.pixels(run))
        let bytes = codec.encode(envelope)
        var length = 0
        let encodeUs = elapsedUs { length += codec.encode(envelope).count }
        var decoded = 0
        let decodeUs = elapsedUs {
            if case .pixels(let run)? = (try? codec.decodeServer(bytes))?.message {
                decoded += run.pixels.count
            }
        }
        let calls = Self.warmUpRounds + Self.rounds
        guard length == bytes.count * calls, decoded == run.pixels.count * calls else {
            throw BenchFailure("a frame of \(name) pixels doesn't survive \(codec.rawValue)")
        }
        let pixels = Double(run.pixels.count * Self.rounds)
        return Measurement(
            frame: name, codec: codec.rawValue, pixels: run.pixels.count,
            bytesPerPixel: Double(bytes.count) / Double(run.pixels.count),
            encodeNsPerPixel: encodeUs * 1_000 / pixels, decodeNsPerPixel: decodeUs * 1_000 / pixels)
    }

    private func elapsedUs(_ body: () -> Void) -> Double {
        for _ in 0..<Self.warmUpRounds { body() }
        let start = MonotonicClock.nowUs
        for _ in 0..<Self.rounds { body() }
        return Double(MonotonicClock.nowUs - start)
    }

    /// Pixels anywhere on 1000×1000, 32 colors.
    private func randomRun() -> PixelRun {
        var cells = CellSequence(cellCount: 1_000_000, colorCount: 32)
        let drawn = (0..<Self.pixelCount).map { _ in cells.draw() }.sorted { $0.cell < $1.cell }
        return run(drawn.map { Pixel(x: $0.cell % 1000, y: $0.cell / 1000, color: $0.color) })
    }

    /// Pixels within a square of 32×32, as around one picture.
    private func clusteredRun() -> PixelRun {
        var cells = CellSequence(cellCount: 32 * 32, colorCount: 32)
        let drawn = (0..<Self.pixelCount).map { _ in cells.draw() }.sorted { $0.cell < $1.cell }
        return run(drawn.map { Pixel(x: 480 + $0.cell % 32, y: 480 + $0.cell / 32, color: $0.color) })
    }

    private func run(_ pixels: [Pixel]) -> PixelRun {
        PixelRun(from: 1_000_000, to: 1_000_000 + Int64(pixels.count), epoch: 1_700_000_000, pixels: pixels)
    }
}
