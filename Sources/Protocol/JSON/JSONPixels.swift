/// Writes `[[x,y,color],…]` as fast as bytes can be put down, for answers of a hundred thousand pixels.
enum JSONPixels {
    /// Room for three numbers of 20 characters each with their brackets and commas.
    private static let maxPixelBytes = 66
    private static let chunkBytes = 16 * 1024

    /// Appends the array; pixels are put into a buffer on the stack and copied from there chunk by chunk.
    static func append(_ pixels: [Pixel], to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: chunkBytes) { chunk in
            var used = 0
            for pixel in pixels {
                if used + maxPixelBytes > chunkBytes {
                    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: chunk[..<used]))
                    used = 0
                }
                chunk[used] = UInt8(ascii: "[")
                used = put(pixel.x, in: chunk, at: used + 1)
                chunk[used] = UInt8(ascii: ",")
                used = put(pixel.y, in: chunk, at: used + 1)
                chunk[used] = UInt8(ascii: ",")
                used = put(Int(pixel.color), in: chunk, at: used + 1)
                chunk[used] = UInt8(ascii: "]")
                chunk[used + 1] = UInt8(ascii: ",")
                used += 2
            }
            // The last pixel's comma has no pixel after it.
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: chunk[..<max(used - 1, 0)]))
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Puts a number's decimal digits down and returns where they end.
    static func put(_ number: Int, in chunk: UnsafeMutableBufferPointer<UInt8>, at start: Int) -> Int {
        var offset = start
        if number < 0 {
            chunk[offset] = UInt8(ascii: "-")
            offset += 1
        }
        var rest = number.magnitude
        var digits = 1
        var bound: UInt = 10
        while rest >= bound {
            digits += 1
            let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
            if overflow { break }
            bound = next
        }
        for index in stride(from: offset + digits - 1, through: offset, by: -1) {
            let tens = rest / 10
            chunk[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest - tens * 10)
            rest = tens
        }
        return offset + digits
    }
}
