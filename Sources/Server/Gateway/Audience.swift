import Engine
import Protocol
import Transport

/// The sockets subscribed to a topic, by codec, so that a message is encoded once a codec and written in a row.
struct Audience {
    private struct Members {
        var connections: ContiguousArray<Connection> = []
        var sockets: ContiguousArray<WebSocket> = []
    }

    let topic: Topic
    private var json = Members()
    private var binary = Members()

    /// Nobody, at first.
    init(topic: Topic) { self.topic = topic }

    /// Whether nobody is subscribed.
    var isEmpty: Bool { json.sockets.isEmpty && binary.sockets.isEmpty }

    /// Adds a connection; one that is in already stays where it is.
    mutating func insert(_ connection: Connection) {
        guard connection.places[topic] == nil else { return }
        change(connection.codec) { [topic] members in
            connection.places[topic] = members.sockets.count
            members.connections.append(connection)
            members.sockets.append(connection.socket)
        }
    }

    /// Takes a connection out, the last one moving to its place.
    mutating func remove(_ connection: Connection) {
        guard let index = connection.places.removeValue(forKey: topic) else { return }
        change(connection.codec) { [topic] members in
            members.connections.swapAt(index, members.connections.count - 1)
            members.sockets.swapAt(index, members.sockets.count - 1)
            members.connections.removeLast()
            members.sockets.removeLast()
            if index < members.connections.count {
                members.connections[index].places[topic] = index
            }
        }
    }

    /// Encodes once for each codec that someone speaks and writes the same bytes to all of them, or to all but
    /// one.
    func publish(_ message: ServerMessage, except one: Connection? = nil) {
        for (codec, members) in [(MessageCodec.binary, binary), (.json, json)]
        where !members.sockets.isEmpty {
            var sockets = members.sockets
            if let one, one.codec == codec, let index = one.places[topic] { sockets.remove(at: index) }
            WebSocket.broadcast(codec.frame(ServerEnvelope(message)), to: sockets)
        }
    }

    private mutating func change(_ codec: MessageCodec, _ body: (inout Members) -> Void) {
        switch codec {
        case .json: body(&json)
        case .binary: body(&binary)
        }
    }
}
