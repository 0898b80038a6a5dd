/// Writes `[[1,2,3],…]` as fast as bytes can be put down, for answers of a hundred thousand rows.
struct JSONRows {
    /// A number of 20 characters with the bracket or comma after it.
    private static let maxNumberBytes = 21
    /// What stands around a row's numbers: a bracket before, a comma after.
    private static let maxEdgeBytes = 2
    private static let chunkBytes = 16 * 1024

    private let chunk: UnsafeMutableBufferPointer<UInt8>
    private var used = 0

    private init(_ chunk: UnsafeMutableBufferPointer<UInt8>) { self.chunk = chunk }

    /// Appends the array; rows are put into a buffer on the stack and copied from there chunk by chunk.
    ///
    /// - Parameters:
    ///   - width: How many numbers a row has.
    ///   - put: Puts a row's numbers, the last with `last`.
    @inline(__always)
    static func append<Row>(
        _ rows: [Row], width: Int, to bytes: inout [UInt8], _ put: (Row, inout JSONRows) -> Void
    ) {
        let maxRowBytes = width * maxNumberBytes + maxEdgeBytes
        bytes.append(UInt8(ascii: "["))
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: chunkBytes) { chunk in
            var writer = JSONRows(chunk)
            for row in rows {
                if writer.used + maxRowBytes > chunkBytes {
                    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: chunk[..<writer.used]))
                    writer.used = 0
                }
                writer.put(UInt8(ascii: "["))
                put(row, &writer)
                writer.put(UInt8(ascii: ","))
            }
            // The last row's comma has no row after it.
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: chunk[..<max(writer.used - 1, 0)]))
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Puts a number down that another follows.
    @inline(__always)
    mutating func put(_ number: Int) {
        digits(of: number)
        put(UInt8(ascii: ","))
    }

    /// Puts a row's last number down.
    @inline(__always)
    mutating func put(last number: Int) {
        digits(of: number)
        put(UInt8(ascii: "]"))
    }

    @inline(__always)
    private mutating func put(_ byte: UInt8) {
        chunk[used] = byte
        used += 1
    }

    private mutating func digits(of number: Int) {
        if number < 0 { put(UInt8(ascii: "-")) }
        var rest = number.magnitude
        var digits = 1
        var bound: UInt = 10
        while rest >= bound {
            digits += 1
            let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
            if overflow { break }
            bound = next
        }
        for index in stride(from: used + digits - 1, through: used, by: -1) {
            let tens = rest / 10
            chunk[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest - tens * 10)
            rest = tens
        }
        used += digits
    }
}

// MARK: - The protocol's own rows

extension JSONRows {
    /// `[[x,y,color],…]`.
    static func append(_ pixels: [Pixel], to bytes: inout [UInt8]) {
        append(pixels, width: 3, to: &bytes) { pixel, row in
            row.put(pixel.x)
            row.put(pixel.y)
            row.put(last: Int(pixel.color))
        }
    }

    /// `[[x,y,color,dt_ms,account_index],…]`.
    static func append(_ changes: [HistoryChange], to bytes: inout [UInt8]) {
        append(changes, width: 5, to: &bytes) { change, row in
            row.put(Int(change.x))
            row.put(Int(change.y))
            row.put(Int(change.color))
            row.put(Int(change.afterMs))
            row.put(last: Int(change.account))
        }
    }
}
