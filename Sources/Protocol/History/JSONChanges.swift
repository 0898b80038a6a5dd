/// Writes `[[x,y,color,dt_ms,account_index],…]` as `JSONPixels` writes pixels.
enum JSONChanges {
    /// Room for five numbers of 20 characters each with their brackets and commas.
    private static let maxChangeBytes = 110
    private static let chunkBytes = 16 * 1024

    /// Appends the array.
    static func append(_ changes: [HistoryChange], to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: chunkBytes) { chunk in
            var used = 0
            for change in changes {
                if used + maxChangeBytes > chunkBytes {
                    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: chunk[..<used]))
                    used = 0
                }
                chunk[used] = UInt8(ascii: "[")
                used += 1
                let numbers = (
                    Int(change.x), Int(change.y), Int(change.color), Int(change.afterMs), Int(change.account)
                )
                used = put(numbers.0, before: UInt8(ascii: ","), in: chunk, at: used)
                used = put(numbers.1, before: UInt8(ascii: ","), in: chunk, at: used)
                used = put(numbers.2, before: UInt8(ascii: ","), in: chunk, at: used)
                used = put(numbers.3, before: UInt8(ascii: ","), in: chunk, at: used)
                used = put(numbers.4, before: UInt8(ascii: "]"), in: chunk, at: used)
                chunk[used] = UInt8(ascii: ",")
                used += 1
            }
            // The last change's comma has no change after it.
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: chunk[..<max(used - 1, 0)]))
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private static func put(
        _ number: Int, before end: UInt8, in chunk: UnsafeMutableBufferPointer<UInt8>, at start: Int
    ) -> Int {
        let offset = JSONPixels.put(number, in: chunk, at: start)
        chunk[offset] = end
        return offset + 1
    }
}
