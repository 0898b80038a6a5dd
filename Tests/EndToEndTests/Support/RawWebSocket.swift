import Foundation
import Testing

/// RFC 6455 by hand: text messages out, whole frames in.
final class RawWebSocket {
    /// One frame from the server.
    enum Frame: Equatable {
        case text(String)
        case binary([UInt8])
        case close(UInt16?)
        case ping([UInt8])
        case pong([UInt8])
    }

    let http: RawHTTP

    /// Opens a socket; the handshake must be accepted.
    init(
        port: UInt16, target: String = "/ws", token: String, subprotocol: String? = nil,
        within seconds: Double = 60
    ) throws {
        http = try RawHTTP(port: port)
        let answer = try http.call(
            "GET", target, token: token, headers: Self.handshake(subprotocol), within: seconds)
        try #require(answer.status == 101, "\(answer.status) \(answer.text)")
        // The answer to RFC 6455 §1.3's own example key.
        #expect(answer.headers["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        #expect(answer.headers["sec-websocket-protocol"] == subprotocol)
    }

    /// The headers of a handshake.
    static func handshake(_ subprotocol: String? = nil) -> [String: String] {
        var headers = [
            "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        ]
        headers["Sec-WebSocket-Protocol"] = subprotocol
        return headers
    }

    func send(_ text: String) throws { try send(opcode: 1, Array(text.utf8)) }

    /// Sends one frame, masked as a client must.
    func send(opcode: UInt8, _ payload: [UInt8], isLast: Bool = true) throws {
        let mask: [UInt8] = [0x12, 0x9a, 0x00, 0xff]
        var frame: [UInt8] = [(isLast ? 0x80 : 0) | opcode]
        switch payload.count {
        case ..<126: frame.append(0x80 | UInt8(payload.count))
        case ..<65_536: frame += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        default: frame += [0x80 | 127] + (0..<8).map { UInt8(payload.count >> (56 - 8 * $0) & 255) }
        }
        frame += mask
        frame += payload.enumerated().map { $0.element ^ mask[$0.offset % 4] }
        try http.socket.send(frame)
    }

    /// The next frame, whatever it is.
    func frame(within seconds: Double = 60) throws -> Frame {
        let deadline = Deadline(seconds: seconds)
        let head = try http.socket.read(count: 2, deadline)
        // The server's frames are whole, unmasked and without reserved bits.
        try #require(head[0] & 0xf0 == 0x80 && head[1] & 0x80 == 0)
        var count = Int(head[1])
        if count >= 126 {
            let length = try http.socket.read(count: count == 126 ? 2 : 8, deadline)
            count = length.reduce(0) { $0 << 8 | Int($1) }
        }
        let payload = try http.socket.read(count: count, deadline)
        switch head[0] & 0x0f {
        case 1: return .text(try #require(String(validating: payload, as: UTF8.self)))
        case 2: return .binary(payload)
        case 8: return .close(payload.count >= 2 ? UInt16(payload[0]) << 8 | UInt16(payload[1]) : nil)
        case 9: return .ping(payload)
        case 10: return .pong(payload)
        default: throw TooLate(description: "an unknown frame came: \(head)")
        }
    }

    /// The next JSON message of a kind; pings are answered, other messages passed over.
    func message(_ type: String, within seconds: Double = 60) throws -> [String: Any] {
        let deadline = Deadline(seconds: seconds)
        while true {
            let message = try self.message(within: Double(deadline.leftMs) / 1_000)
            if message["type"] as? String == type { return message }
        }
    }

    /// The next JSON message; pings are answered.
    func message(within seconds: Double = 60) throws -> [String: Any] {
        let deadline = Deadline(seconds: seconds)
        while true {
            switch try frame(within: Double(deadline.leftMs) / 1_000) {
            case .text(let text):
                let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
                return try #require(object as? [String: Any], "\(text)")
            case .ping(let payload): try send(opcode: 10, payload)
            case .pong: continue
            case .binary, .close: throw ConnectionLost()
            }
        }
    }

    /// The code that the server closes with, other messages passed over.
    func closeCode(within seconds: Double = 60) throws -> UInt16? {
        let deadline = Deadline(seconds: seconds)
        while true {
            if case .close(let code) = try frame(within: Double(deadline.leftMs) / 1_000) { return code }
        }
    }
}
