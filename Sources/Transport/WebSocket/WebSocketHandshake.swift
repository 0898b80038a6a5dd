import COpenSSL

/// RFC 6455 §4: who may open a WebSocket, and how both ends prove that they speak it.
enum WebSocketHandshake {
    /// What a request asks for.
    enum Verdict {
        /// Not a WebSocket.
        case none
        /// A good handshake with its key and the subprotocols offered.
        case valid(key: String, subprotocols: [String])
        case refused(HTTPRefusal)
    }

    /// Checks a client's request, RFC 6455 §4.2.1.
    static func verdict(on request: HTTPRequest, isHTTP11: Bool) -> Verdict {
        let headers = request.headers
        guard headers.lists("Upgrade", token: "websocket") else { return .none }
        guard request.method == "GET" else { return .refused(.badHandshake("the method must be GET")) }
        guard isHTTP11 else { return .refused(.badHandshake("it needs HTTP/1.1")) }
        guard headers.lists("Connection", token: "upgrade") else {
            return .refused(.badHandshake("the Connection header must name upgrade"))
        }
        guard request.body.isEmpty else { return .refused(.badHandshake("it must have no body")) }
        let keys = headers.all("Sec-WebSocket-Key")
        guard keys.count == 1, let key = keys.first, isKey(key) else {
            return .refused(.badHandshake("Sec-WebSocket-Key must be 16 bytes in base64"))
        }
        guard headers.all("Sec-WebSocket-Version") == ["13"] else {
            return .refused(.unsupportedWebSocketVersion)
        }
        return .valid(key: key, subprotocols: headers.elements("Sec-WebSocket-Protocol"))
    }

    /// A fresh `Sec-WebSocket-Key`.
    static func makeKey() -> String? {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard RAND_bytes(&bytes, Int32(bytes.count)) == 1 else { return nil }
        return base64(bytes)
    }

    /// The `Sec-WebSocket-Accept` that proves a key was understood, RFC 6455 §4.2.2.
    static func acceptance(of key: String) -> String {
        let text = Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        EVP_Digest(text, text.count, &digest, &length, EVP_sha1(), nil)
        return base64(Array(digest.prefix(Int(length))))
    }

    /// Whether it is the base64 of 16 bytes: 22 characters and two equals signs.
    private static func isKey(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 24, bytes.suffix(2) == [0x3D, 0x3D] else { return false }
        return bytes.prefix(22).allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2F: true
            default: false
            }
        }
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
        let length = EVP_EncodeBlock(&text, bytes, Int32(bytes.count))
        return String(decoding: text.prefix(Int(length)), as: UTF8.self)
    }
}
