/// A client's message as a JSON object with `type`, an optional `id` and the message's fields.
enum ClientMessageJSON {
    static func encode(_ envelope: ClientEnvelope) -> [UInt8] {
        JSONWriter.object { json in
            switch envelope.message {
            case .play: json.field("type", "play")
            case .leave: json.field("type", "leave")
            case .heartbeat: json.field("type", "heartbeat")
            case .authenticate: json.field("type", "authenticate")
            case .place: json.field("type", "place")
            case .undo: json.field("type", "undo")
            }
            json.optional("id", envelope.id)
            switch envelope.message {
            case .play, .leave, .heartbeat, .undo: break
            case .authenticate(let token): json.field("token", token)
            case .place(let pixel): json.pixel(pixel)
            }
        }
    }

    static func decode(_ bytes: [UInt8]) throws(DecodeFailure) -> ClientEnvelope {
        let fields: JSONFields
        do { fields = try JSONFields(bytes) } catch { throw DecodeFailure(id: nil, failure: error) }
        var id: Int?
        do {
            id = try fields.optionalInt("id")
            return ClientEnvelope(id: id, try message(fields))
        } catch {
            throw DecodeFailure(id: id, failure: error)
        }
    }

    private static func message(_ fields: JSONFields) throws(Failure) -> ClientMessage {
        switch try fields.string("type") {
        case "play": return .play
        case "leave": return .leave
        case "heartbeat": return .heartbeat
        case "authenticate": return .authenticate(token: try fields.string("token"))
        case "place": return .place(try fields.pixel())
        case "undo": return .undo
        default: throw fields.refusal("type", "a type of message that a client sends")
        }
    }
}

extension JSONWriter {
    /// `x`, `y`, `color`.
    mutating func pixel(_ pixel: Pixel) {
        field("x", pixel.x)
        field("y", pixel.y)
        field("color", Int(pixel.color))
    }
}
