import Testing

@testable import Transport

/// Keeps what a socket's handlers heard.
final class Heard {
    var messages: [WebSocketMessage] = []
    var backlogs: [Int] = []
    var pongs = 0
    var alive = 0
    var closes: [UInt16?] = []
    var opened = 0
    var refused: [HTTPResponse] = []
    var failed: [TransportError] = []

    var isOver: Bool { !closes.isEmpty }

    var handlers: WebSocketHandlers {
        WebSocketHandlers(
            message: { [self] in messages.append($1) }, pong: { [self] _ in pongs += 1 },
            alive: { [self] _ in alive += 1 },
            backlog: { [self] in backlogs.append($1) }, closed: { [self] in closes.append($1) })
    }

    var clientHandlers: WebSocketClientHandlers {
        WebSocketClientHandlers(
            opened: { [self] _, _ in opened += 1 }, refused: { [self] in refused.append($0) },
            failed: { [self] in failed.append($0) }, socket: handlers)
    }
}

extension Loopback {
    /// A listener that takes every handshake and keeps the sockets.
    func listenForSockets(limits: ListenerLimits = ListenerLimits(), tls: TLSServerSettings? = nil) throws
        -> Accepted
    {
        let accepted = Accepted()
        try listen(limits: limits, tls: tls) { exchange in
            let heard = Heard()
            guard exchange.isUpgradeRequest else { return exchange.respond(HTTPResponse(status: 404)) }
            if let socket = exchange.upgrade(
                subprotocol: exchange.offeredSubprotocols.first, handlers: heard.handlers)
            {
                accepted.sockets.append(socket)
                accepted.heard.append(heard)
            }
        }
        return accepted
    }

    /// A raw client's connection after its handshake, and the server's end of it.
    func upgrade(_ accepted: Accepted) throws -> (peer: RawPeer, socket: WebSocket, heard: Heard) {
        let count = accepted.sockets.count
        let peer = try connect()
        peer.send(RawPeer.handshake)
        wait("101") { peer.text.hasSuffix("\r\n\r\n") && accepted.sockets.count == count + 1 }
        _ = peer.take()
        return (peer, accepted.sockets[count], accepted.heard[count])
    }
}

/// The server's ends.
final class Accepted {
    var sockets: [WebSocket] = []
    var heard: [Heard] = []
}

extension RawPeer {
    static let handshake =
        "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"

    /// A frame as a client sends it, with a fixed mask.
    static func frame(
        _ opcode: UInt8, _ payload: [UInt8], fin: Bool = true, reserved: UInt8 = 0, isMasked: Bool = true,
        claimedLength: Int? = nil
    ) -> [UInt8] {
        let length = claimedLength ?? payload.count
        var bytes: [UInt8] = [(fin ? 0x80 : 0) | reserved << 4 | opcode]
        let flag: UInt8 = isMasked ? 0x80 : 0
        if length < 126 {
            bytes.append(flag | UInt8(length))
        } else if length < 65_536 {
            bytes += [flag | 126, UInt8(length >> 8), UInt8(length & 255)]
        } else {
            bytes.append(flag | 127)
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * $0)) }
        }
        guard isMasked else { return bytes + payload }
        let mask: [UInt8] = [0x12, 0x34, 0x56, 0x78]
        return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 % 4] }
    }

    /// Server's frames in the bytes; nil where they don't end with a whole one.
    static func frames(in bytes: [UInt8]) -> [(opcode: UInt8, payload: [UInt8])]? {
        var frames: [(opcode: UInt8, payload: [UInt8])] = []
        var at = 0
        while at < bytes.count {
            guard at + 2 <= bytes.count, bytes[at] & 0xF0 == 0x80, bytes[at + 1] & 0x80 == 0 else {
                return nil
            }
            let opcode = bytes[at] & 15
            var length = Int(bytes[at + 1])
            at += 2
            if length >= 126 {
                let count = length == 126 ? 2 : 8
                guard at + count <= bytes.count else { return nil }
                length = bytes[at..<at + count].reduce(0) { $0 << 8 | Int($1) }
                at += count
            }
            guard at + length <= bytes.count else { return nil }
            frames.append((opcode, Array(bytes[at..<at + length])))
            at += length
        }
        return frames
    }
}
