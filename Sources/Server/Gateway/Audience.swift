import Engine
import Protocol
import Transport

/// The sockets subscribed to the canvas, by codec, so that a frame is encoded once a codec and written in a row.
struct Audience {
    private struct Members {
        var connections: ContiguousArray<Connection> = []
        var sockets: ContiguousArray<WebSocket> = []
    }

    private var json = Members()
    private var binary = Members()

    /// Adds a connection; one that is in already stays where it is.
    mutating func insert(_ connection: Connection) {
        guard connection.canvasIndex == nil else { return }
        change(connection.codec) { members in
            connection.canvasIndex = members.sockets.count
            members.connections.append(connection)
            members.sockets.append(connection.socket)
        }
    }

    /// Takes a connection out, the last one moving to its place.
    mutating func remove(_ connection: Connection) {
        guard let index = connection.canvasIndex else { return }
        connection.canvasIndex = nil
        change(connection.codec) { members in
            members.connections.swapAt(index, members.connections.count - 1)
            members.sockets.swapAt(index, members.sockets.count - 1)
            members.connections.removeLast()
            members.sockets.removeLast()
            if index < members.connections.count {
                members.connections[index].canvasIndex = index
            }
        }
    }

    /// Encodes once for each codec that someone speaks and writes the same bytes to all of them.
    func publish(_ message: ServerMessage) {
        for (codec, members) in [(MessageCodec.binary, binary), (.json, json)]
        where !members.sockets.isEmpty {
            WebSocket.broadcast(codec.frame(ServerEnvelope(message)), to: members.sockets)
        }
    }

    private mutating func change(_ codec: MessageCodec, _ body: (inout Members) -> Void) {
        switch codec {
        case .json: body(&json)
        case .binary: body(&binary)
        }
    }
}
