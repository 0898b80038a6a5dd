/// A client's message as a type byte, whose top bit says that an `id` follows, and the message's fields.
enum ClientMessageBinary {
    private enum Kind: UInt8 {
        case play = 1
        case leave = 2
        case heartbeat = 3
        case authenticate = 4
        case place = 5
        case undo = 6
        /// A message of the click game, of a relay or of a run, in its JSON form.
        case game = 7
    }

    static func encode(_ envelope: ClientEnvelope) -> [UInt8] {
        var writer = ByteWriter()
        switch envelope.message {
        case .play: writer.head(Kind.play.rawValue, envelope.id)
        case .leave: writer.head(Kind.leave.rawValue, envelope.id)
        case .heartbeat: writer.head(Kind.heartbeat.rawValue, envelope.id)
        case .authenticate(let token):
            writer.head(Kind.authenticate.rawValue, envelope.id)
            writer.string(token)
        case .place(let pixel):
            writer.head(Kind.place.rawValue, envelope.id)
            writer.integer(pixel.x)
            writer.integer(pixel.y)
            writer.byte(pixel.color)
        case .undo: writer.head(Kind.undo.rawValue, envelope.id)
        case .join, .leaveRoom, .pushClicks, .answer, .startRun, .point, .endRun:
            writer.head(Kind.game.rawValue, envelope.id)
            writer.bytes += ClientMessageJSON.encode(ClientEnvelope(envelope.message))
        }
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8]) throws(DecodeFailure) -> ClientEnvelope {
        var reader = ByteReader(bytes)
        var id: Int?
        do {
            let type = try reader.head("id", &id)
            let message = try message(type, &reader)
            try reader.end()
            return ClientEnvelope(id: id, message)
        } catch {
            throw DecodeFailure(id: id, failure: error)
        }
    }

    private static func message(_ type: UInt8, _ reader: inout ByteReader) throws(Failure) -> ClientMessage {
        switch Kind(rawValue: type) {
        case .play: return .play
        case .leave: return .leave
        case .heartbeat: return .heartbeat
        case .authenticate: return .authenticate(token: try reader.string("token"))
        case .place:
            return .place(
                Pixel(
                    x: try reader.integer("x"), y: try reader.integer("y"), color: try reader.byte("color")))
        case .undo: return .undo
        case .game:
            let text = Array(reader.rest())
            let inner: ClientEnvelope
            do { inner = try ClientMessageJSON.decode(text) } catch { throw error.failure }
            switch inner.message {
            case .join, .leaveRoom, .pushClicks, .answer, .startRun, .point, .endRun: break
            case .play, .leave, .heartbeat, .authenticate, .place, .undo:
                throw reader.refusal("type", "a message of a game")
            }
            // One message has one form, so that bytes that differ never mean the same.
            guard ClientMessageJSON.encode(ClientEnvelope(inner.message)) == text else {
                throw reader.refusal("message", "in its one form")
            }
            return inner.message
        case nil: throw reader.refusal("type", "a type of message that a client sends")
        }
    }
}

extension ByteWriter {
    static let idFlag: UInt8 = 0x80

    /// The type byte, and the id where there is one.
    mutating func head(_ type: UInt8, _ id: Int?) {
        byte(id == nil ? type : type | Self.idFlag)
        if let id { integer(id) }
    }
}

extension ByteReader {
    /// The type without its flag; `id` is set where the flag says that one follows.
    mutating func head(_ field: StaticString, _ id: inout Int?) throws(Failure) -> UInt8 {
        let type = try byte("type")
        if type & ByteWriter.idFlag != 0 { id = try integer(field) }
        return type & ~ByteWriter.idFlag
    }
}
