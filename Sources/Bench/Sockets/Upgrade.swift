/// The request for a WebSocket and the answer to it (RFC 6455 §4).
enum Upgrade {
    /// The request's head; the key is constant, for nothing stands between these two ends.
    static func head(target: String, port: Int, subprotocol: String?, token: String?) -> [UInt8] {
        var lines = [
            "GET \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: Upgrade", "Upgrade: websocket",
            "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ]
        if let subprotocol { lines.append("Sec-WebSocket-Protocol: \(subprotocol)") }
        if let token { lines.append("Authorization: Bearer \(token)") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// Where the answer's head ends; nil while it isn't whole.
    static func headEnd(in bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for index in 3..<bytes.count
        where bytes[index] == 10 && bytes[index - 1] == 13 && bytes[index - 2] == 10 && bytes[index - 3] == 13
        {
            return index + 1
        }
        return nil
    }

    /// Whether the answer switches protocols.
    static func isAccepted(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.starts(with: "HTTP/1.1 101 ".utf8)
    }
}
