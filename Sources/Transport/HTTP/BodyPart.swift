/// A part of a streamed answer's body, laid out once for any number of connections.
public final class BodyPart {
    /// The part as a chunk (RFC 9112 §7.1).
    let chunk: ByteBlock
    private let bytes: [UInt8]
    /// The bare bytes, for the rare peer of HTTP/1.0, whose body ends with its connection.
    private(set) lazy var bare = ByteBlock(bytes)

    /// Lays a part out; an empty one would say that the body ends.
    public init(_ bytes: [UInt8]) {
        precondition(!bytes.isEmpty, "an empty chunk ends the body")
        self.bytes = bytes
        let size = Array("\(String(bytes.count, radix: 16))\r\n".utf8)
        chunk = ByteBlock(count: size.count + bytes.count + 2) { memory in
            memory.copyBytes(from: size)
            UnsafeMutableRawBufferPointer(rebasing: memory[size.count...]).copyBytes(from: bytes)
            UnsafeMutableRawBufferPointer(rebasing: memory[(size.count + bytes.count)...])
                .copyBytes(from: [13, 10])
        }
    }

    /// What says that a chunked body is over.
    static let last = Array("0\r\n\r\n".utf8)
}
