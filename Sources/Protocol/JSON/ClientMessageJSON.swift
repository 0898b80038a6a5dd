/// A client's message as a JSON object with `type`, an optional `id` and the message's fields.
enum ClientMessageJSON {
    static func encode(_ envelope: ClientEnvelope) -> [UInt8] {
        JSONWriter.object { json in
            json.field("type", type(of: envelope.message))
            json.optional("id", envelope.id)
            switch envelope.message {
            case .play, .leave, .heartbeat, .undo: break
            case .authenticate(let token): json.field("token", token)
            case .place(let pixel): json.pixel(pixel)
            case .join(let relay), .leaveRoom(let relay): json.field("relay_id", relay.description)
            case .pushClicks(let push): push.write(to: &json)
            case .answer(let relay, let attempt):
                json.field("relay_id", relay.description)
                attempt.write(to: &json)
            case .startRun(let game): json.field("game", game.rawValue)
            case .point(let point): point.write(to: &json)
            case .endRun(let run): json.field("run_id", run.description)
            }
        }
    }

    private static func type(of message: ClientMessage) -> String {
        switch message {
        case .play: "play"
        case .leave: "leave"
        case .heartbeat: "heartbeat"
        case .authenticate: "authenticate"
        case .place: "place"
        case .undo: "undo"
        case .join: "join"
        case .leaveRoom: "leave_room"
        case .pushClicks: "push_clicks"
        case .answer: "answer"
        case .startRun: "start_run"
        case .point: "point"
        case .endRun: "end_run"
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
        case "join": return .join(relay: try fields.identifier("relay_id"))
        case "leave_room": return .leaveRoom(relay: try fields.identifier("relay_id"))
        case "push_clicks": return .pushClicks(try ClickPush(fields, needsBatchID: true))
        case "answer":
            return .answer(relay: try fields.identifier("relay_id"), try PuzzleAttempt(fields))
        case "start_run": return .startRun(try fields.arcadeGame())
        case "point": return .point(try RunPoint(fields))
        case "end_run": return .endRun(try fields.identifier("run_id"))
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
