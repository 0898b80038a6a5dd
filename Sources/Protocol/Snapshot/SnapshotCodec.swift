import CZlib

/// A canvas's cells as one zlib stream (RFC 1950) and back.
public enum SnapshotCodec {
    /// The server's level: the canvas is written often and each stream is read by many.
    public static let defaultLevel = 1
    /// Deflate's shortest code (2 bits) repeats at most 258 bytes, so no stream grows more than this.
    private static let maxRatio = 1032

    /// The stream of some cells; level 0 to 9, any other taken as zlib's own default.
    public static func deflate(_ cells: [UInt8], level: Int = defaultLevel) -> [UInt8] {
        var length = compressBound(uLong(cells.count))
        let level = (0...9).contains(level) ? Int32(level) : Z_DEFAULT_COMPRESSION
        return [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
            let status = compress2(buffer.baseAddress, &length, cells, uLong(cells.count), level)
            precondition(status == Z_OK, "a stream fits into its bound")
            count = Int(length)
        }
    }

    /// The cells of a stream that holds exactly `cellCount` of them and nothing after.
    ///
    /// Memory for `cellCount` bytes is all it takes, whatever the stream claims.
    public static func inflate(_ zlib: [UInt8], cellCount: Int) throws(Failure) -> [UInt8] {
        guard (1...Limits.maxCanvasCells).contains(cellCount), zlib.count <= Int(UInt32.max),
            zlib.count >= cellCount / maxRatio
        else { throw refusal("can't hold \(cellCount) cells") }
        var isWhole = false
        let cells = [UInt8](unsafeUninitializedCapacity: cellCount) { buffer, count in
            var stream = z_stream()
            guard pw_inflate_init(&stream) == Z_OK else { return }
            defer { inflateEnd(&stream) }
            zlib.withUnsafeBufferPointer { source in
                // zlib doesn't write through next_in; its type lacks the const.
                stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                stream.avail_in = UInt32(source.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(cellCount)
                let status = CZlib.inflate(&stream, Z_FINISH)
                count = cellCount - Int(stream.avail_out)
                isWhole = status == Z_STREAM_END && stream.avail_in == 0 && stream.avail_out == 0
            }
        }
        guard isWhole else { throw refusal("isn't a zlib stream of exactly \(cellCount) cells") }
        return cells
    }

    private static func refusal(_ what: String) -> Failure {
        Failure(.badRequest, "the snapshot \(what)")
    }
}
