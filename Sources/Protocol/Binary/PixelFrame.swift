/// The binary form of a run of pixels: cells in rising order, the gaps between them Rice-coded, each with
/// its color (docs/protocol.md has the layout bit by bit).
///
/// A run has exactly one encoding: the frame's width is one more than its largest `x`, its color bits are
/// those of its largest color, and its Rice parameter is the smallest one that makes the payload smallest;
/// the decoder recomputes all three and refuses any other.
/// Source of the code: R. F. Rice, "Some Practical Universal Noiseless Coding Techniques", JPL 79-22, 1979.
enum PixelFrame {
    /// Appends a run.
    ///
    /// Pixels that aren't in rising order of cell, each once, are first put so; a cell's last color wins, as
    /// it would when the run is applied in order.
    static func append(_ run: PixelRun, to writer: inout ByteWriter) {
        precondition(run.from >= 0 && run.from <= run.to, "a run leads from a version to one no older")
        if !isRising(run.pixels) {
            var sorted = run
            sorted.pixels = rising(run.pixels)
            return append(sorted, to: &writer)
        }
        let pixels = run.pixels
        writer.integer64(run.from)
        writer.integer64(run.to - run.from)
        writer.integer(run.epoch)
        writer.integer(pixels.count)
        if pixels.isEmpty { return }
        var maxX = 0
        var maxColor: UInt8 = 0
        for pixel in pixels {
            let side = 0..<Limits.maxCanvasSide
            precondition(side.contains(pixel.x) && side.contains(pixel.y), "a pixel lies on its canvas")
            maxX = max(maxX, pixel.x)
            maxColor = max(maxColor, pixel.color)
        }
        let width = maxX + 1
        let colorBits = bits(for: maxColor)
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: pixels.count) { gaps in
            var tally = RiceTally()
            var expected = 0
            for index in pixels.indices {
                let cell = pixels[index].y * width + pixels[index].x
                let gap = UInt32(cell - expected)
                expected = cell + 1
                gaps[index] = gap
                tally.add(gap)
            }
            precondition(expected <= Limits.maxCanvasCells, "a pixel lies on its canvas")
            let (parameter, gapBits) = tally.best()
            writer.integer(width)
            writer.byte(UInt8(colorBits - 1) << 5 | UInt8(parameter))
            BitWriter.append(bitCount: gapBits + pixels.count * colorBits, to: &writer.bytes) { bits in
                for index in pixels.indices {
                    bits.put(
                        gap: gaps[index], parameter: parameter, color: pixels[index].color,
                        colorBits: colorBits)
                }
            }
        }
    }

    /// Reads a run up to the end of the bytes.
    static func read(_ reader: inout ByteReader) throws(Failure) -> PixelRun {
        let from = try reader.count("from")
        let length = try reader.count("to", max: .max - from)
        let epoch = try reader.integer("epoch")
        let count = try reader.count("pixels", max: min(length, Limits.maxCanvasCells))
        var run = PixelRun(from: Version(from), to: Version(from + length), epoch: epoch, pixels: [])
        if count == 0 { return run }
        let width = try reader.count("width", max: Limits.maxCanvasSide)
        let codes = try reader.byte("parameter")
        let parameter = Int(codes & 31)
        let colorBits = Int(codes >> 5) + 1
        guard width > 0 else { throw reader.refusal("width", "from 1") }
        guard parameter <= RiceTally.maxParameter else { throw reader.refusal("parameter", "at most 24") }
        // No code is shorter than one with a quotient of 0, so this bounds what is allocated.
        guard count * (1 + parameter + colorBits) <= reader.remaining * 8 else {
            throw reader.refusal("pixels", "as many as their count says")
        }
        run.pixels.reserveCapacity(count)
        var bits = BitReader(reader.rest())
        var tally = RiceTally()
        var expected = 0
        var maxX = 0
        var maxColor: UInt8 = 0
        for _ in 0..<count {
            guard let (gap, color) = bits.take(parameter: parameter, colorBits: colorBits) else {
                throw reader.refusal("pixels", "Rice codes up to their count")
            }
            tally.add(gap)
            let cell = expected + Int(gap)
            guard cell < Limits.maxCanvasCells else { throw reader.refusal("pixels", "on a canvas") }
            expected = cell + 1
            let (y, x) = UInt32(cell).quotientAndRemainder(dividingBy: UInt32(width))
            guard y < Limits.maxCanvasSide else { throw reader.refusal("pixels", "on a canvas") }
            maxX = max(maxX, Int(x))
            maxColor = max(maxColor, color)
            run.pixels.append(Pixel(x: Int(x), y: Int(y), color: color))
        }
        guard bits.isAtEnd else {
            throw reader.refusal("pixels", "followed by nothing but zero bits to a byte")
        }
        guard maxX + 1 == width, Self.bits(for: maxColor) == colorBits, tally.best().parameter == parameter
        else {
            throw reader.refusal("pixels", "in their shortest form")
        }
        return run
    }

    /// Bits that hold every color up to the largest, from 1 to 8.
    private static func bits(for maxColor: UInt8) -> Int {
        max(1, UInt8.bitWidth - maxColor.leadingZeroBitCount)
    }

    private static func isRising(_ pixels: [Pixel]) -> Bool {
        var last = (y: -1, x: -1)
        for pixel in pixels {
            guard pixel.y > last.y || pixel.y == last.y && pixel.x > last.x else { return false }
            last = (pixel.y, pixel.x)
        }
        return true
    }

    /// The same run's pixels in rising order, each cell once with its last color.
    static func rising(_ pixels: [Pixel]) -> [Pixel] {
        let order = pixels.indices.sorted { left, right in
            (pixels[left].y, pixels[left].x, left) < (pixels[right].y, pixels[right].x, right)
        }
        var result: [Pixel] = []
        result.reserveCapacity(order.count)
        for index in order {
            if let last = result.last, last.x == pixels[index].x, last.y == pixels[index].y {
                result[result.count - 1] = pixels[index]
            } else {
                result.append(pixels[index])
            }
        }
        return result
    }
}
