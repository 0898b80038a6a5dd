/// A server's message as a JSON object with `type`, an optional `reply_to` and the message's fields.
enum ServerMessageJSON {
    static func encode(_ envelope: ServerEnvelope) -> [UInt8] {
        JSONWriter.object { json in
            json.field("type", type(of: envelope.message))
            json.optional("reply_to", envelope.replyTo)
            switch envelope.message {
            case .welcome(let welcome): write(welcome, to: &json)
            case .status(let status): write(status, to: &json)
            case .pixels(let run): json.run(run)
            case .placed(let version, let epoch):
                json.field("version", version)
                json.field("epoch", epoch)
            case .canvasReset(let epoch, let version, let width, let height):
                json.field("epoch", epoch)
                json.field("version", version)
                json.field("width", width)
                json.field("height", height)
            case .clickTotals(let view): view.write(to: &json)
            case .clicksAccepted(let receipt, let batchID):
                json.optional("batch_id", batchID)
                receipt.write(to: &json)
            case .relay(let event): event.write(to: &json)
            case .runStarted(let start): start.write(to: &json)
            case .score(let score): score.write(to: &json)
            case .runEnded(let result): result.write(to: &json)
            case .heartbeat(let serverTimeMs): json.field("server_time_ms", serverTimeMs)
            case .announcement(let message, let atMs):
                json.field("message", message)
                json.field("at_ms", atMs)
            case .ok: break
            case .error(let failure): json.failure(failure)
            }
        }
    }

    private static func type(of message: ServerMessage) -> String {
        switch message {
        case .welcome: "welcome"
        case .status: "status"
        case .pixels: "pixels"
        case .placed: "placed"
        case .canvasReset: "canvas_reset"
        case .clickTotals: "click_totals"
        case .clicksAccepted: "clicks_accepted"
        case .relay(let event): event.typeName
        case .runStarted: "run_started"
        case .score: "score"
        case .runEnded: "run_ended"
        case .heartbeat: "heartbeat"
        case .announcement: "announcement"
        case .ok: "ok"
        case .error: "error"
        }
    }

    private static func write(_ welcome: Welcome, to json: inout JSONWriter) {
        json.field("account", welcome.account)
        json.field("session_id", welcome.sessionID.description)
        json.field("status", welcome.status.rawValue)
        json.object("canvas") {
            $0.head(welcome.canvas)
            $0.field("palette", welcome.canvas.palette.hexes)
        }
        json.field("server_time_ms", welcome.serverTimeMs)
        json.field("heartbeat_ms", welcome.heartbeatMs)
        json.field("click_push_rate_s", welcome.clickPushRateSeconds)
    }

    private static func write(_ status: PlayerStatus, to json: inout JSONWriter) {
        switch status {
        case .afk:
            json.field("status", StatusWord.afk.rawValue)
        case .queued(let position, let sinceMs):
            json.field("status", StatusWord.queued.rawValue)
            json.field("position", position)
            json.field("queued_since_ms", sinceMs)
        case .playing(let idleDeadlineMs):
            json.field("status", StatusWord.playing.rawValue)
            json.optional("idle_deadline_ms", idleDeadlineMs)
        }
    }

    static func decode(_ bytes: [UInt8]) throws(DecodeFailure) -> ServerEnvelope {
        let fields: JSONFields
        do {
            fields = try JSONFields(bytes, readsPixels: true)
        } catch {
            throw DecodeFailure(id: nil, failure: error)
        }
        var replyTo: Int?
        do {
            replyTo = try fields.optionalInt("reply_to")
            return ServerEnvelope(replyTo: replyTo, try message(fields))
        } catch {
            throw DecodeFailure(id: replyTo, failure: error)
        }
    }

    private static func message(_ fields: JSONFields) throws(Failure) -> ServerMessage {
        let type = try fields.string("type")
        switch type {
        case "welcome": return .welcome(try welcome(fields))
        case "status": return .status(try status(fields))
        case "pixels": return .pixels(try fields.pixelRun())
        case "placed":
            return .placed(version: Version(try fields.count("version")), epoch: try fields.int("epoch"))
        case "canvas_reset":
            let size = try fields.canvasSize()
            return .canvasReset(
                epoch: try fields.int("epoch"), version: Version(try fields.count("version")),
                width: size.width, height: size.height)
        case "heartbeat": return .heartbeat(serverTimeMs: try fields.ms("server_time_ms"))
        case "announcement":
            return .announcement(
                message: try fields.string("message"), atMs: try fields.ms("at_ms"))
        case "ok": return .ok
        case "error": return .error(try fields.failure())
        case "run_started": return .runStarted(try RunStart(fields))
        case "score": return .score(try RunScore(fields))
        case "run_ended": return .runEnded(try RunResult(fields))
        case "click_totals": return .clickTotals(try ClickGameView(fields))
        case "clicks_accepted":
            return .clicksAccepted(
                try ClickReceipt(fields), batchID: try fields.optionalString("batch_id"))
        default:
            guard let event = try RelayEvent.read(type, fields) else {
                throw fields.refusal("type", "a type of message that a server sends")
            }
            return .relay(event)
        }
    }

    private static func welcome(_ fields: JSONFields) throws(Failure) -> Welcome {
        Welcome(
            account: try fields.account(), sessionID: try fields.identifier("session_id"),
            status: try fields.status(), canvas: try fields.object("canvas").canvasHead(),
            serverTimeMs: try fields.ms("server_time_ms"),
            heartbeatMs: try fields.int("heartbeat_ms"),
            clickPushRateSeconds: try fields.int("click_push_rate_s"))
    }

    private static func status(_ fields: JSONFields) throws(Failure) -> PlayerStatus {
        switch try fields.status() {
        case .afk: return .afk
        case .queued:
            return .queued(
                position: try fields.int("position"), sinceMs: try fields.ms("queued_since_ms"))
        case .playing:
            return .playing(idleDeadlineMs: try fields.optionalMs("idle_deadline_ms"))
        case .stalled, .spectator: throw fields.refusal("status", "afk, queued or playing")
        }
    }
}

extension JSONWriter {
    /// `code`, `message`, `retry_after_ms`.
    mutating func failure(_ failure: Failure) {
        field("code", failure.code.rawValue)
        field("message", failure.message)
        optional("retry_after_ms", failure.retryAfterMs)
    }
}

extension JSONFields {
    /// `code`, `message`, `retry_after_ms`.
    func failure() throws(Failure) -> Failure {
        guard let code = ErrorCode(rawValue: try string("code")) else {
            throw refusal("code", "one of the protocol's error codes")
        }
        let retryAfterMs = try optionalInt("retry_after_ms")
        if let retryAfterMs, !(0...Limits.maxRetryAfterMs).contains(retryAfterMs) {
            throw refusal("retry_after_ms", "from 0 to a year")
        }
        return Failure(code, try string("message"), retryAfterMs: retryAfterMs)
    }
}
