/// A server's message as a type byte, whose top bit says that `reply_to` follows, and the message's fields.
enum ServerMessageBinary {
    private enum Kind: UInt8 {
        case welcome = 1
        case status = 2
        case pixels = 3
        case placed = 4
        case canvasReset = 5
        case heartbeat = 6
        case ok = 7
        case error = 8
        /// A message of the click game, of a relay or of a run, in its JSON form.
        case game = 9
        case announcement = 10
    }

    static func encode(_ envelope: ServerEnvelope) -> [UInt8] {
        var writer = ByteWriter()
        let replyTo = envelope.replyTo
        switch envelope.message {
        case .welcome(let welcome):
            writer.head(Kind.welcome.rawValue, replyTo)
            write(welcome, to: &writer)
        case .status(let status):
            writer.head(Kind.status.rawValue, replyTo)
            write(status, to: &writer)
        case .pixels(let run):
            writer.head(Kind.pixels.rawValue, replyTo)
            PixelFrame.append(run, to: &writer)
        case .placed(let version, let epoch):
            writer.head(Kind.placed.rawValue, replyTo)
            writer.integer64(version)
            writer.integer(epoch)
        case .canvasReset(let epoch, let version, let width, let height):
            writer.head(Kind.canvasReset.rawValue, replyTo)
            writer.integer(epoch)
            writer.integer64(version)
            writer.integer(width)
            writer.integer(height)
        case .heartbeat(let serverTimeMs):
            writer.head(Kind.heartbeat.rawValue, replyTo)
            writer.integer64(serverTimeMs)
        case .announcement(let message, let atMs):
            writer.head(Kind.announcement.rawValue, replyTo)
            writer.string(message)
            writer.integer64(atMs)
        case .ok:
            writer.head(Kind.ok.rawValue, replyTo)
        case .clickTotals, .clicksAccepted, .relay, .runStarted, .score, .runEnded:
            writer.head(Kind.game.rawValue, replyTo)
            writer.bytes += ServerMessageJSON.encode(ServerEnvelope(envelope.message))
        case .error(let failure):
            writer.head(Kind.error.rawValue, replyTo)
            writer.string(failure.code.rawValue)
            writer.string(failure.message)
            writer.optional(failure.retryAfterMs)
        }
        return writer.bytes
    }

    private static func write(_ welcome: Welcome, to writer: inout ByteWriter) {
        writer.identifier(welcome.account.id)
        writer.string(welcome.account.name)
        writer.identifier(welcome.sessionID)
        writer.byte(welcome.status.wireByte)
        writer.integer(welcome.canvas.size.width)
        writer.integer(welcome.canvas.size.height)
        writer.integer(welcome.canvas.epoch)
        writer.integer64(welcome.canvas.version)
        writer.integer(welcome.canvas.palette.count)
        for color in welcome.canvas.palette.colors {
            writer.byte(color.red)
            writer.byte(color.green)
            writer.byte(color.blue)
        }
        writer.integer64(welcome.serverTimeMs)
        writer.integer(welcome.heartbeatMs)
        writer.integer(welcome.clickPushRateSeconds)
    }

    private static func write(_ status: PlayerStatus, to writer: inout ByteWriter) {
        switch status {
        case .afk:
            writer.byte(StatusWord.afk.wireByte)
        case .queued(let position, let sinceMs):
            writer.byte(StatusWord.queued.wireByte)
            writer.integer(position)
            writer.integer64(sinceMs)
        case .playing(let idleDeadlineMs):
            writer.byte(StatusWord.playing.wireByte)
            writer.optional(idleDeadlineMs.map { Int($0) })
        }
    }

    static func decode(_ bytes: [UInt8]) throws(DecodeFailure) -> ServerEnvelope {
        var reader = ByteReader(bytes)
        var replyTo: Int?
        do {
            let type = try reader.head("reply_to", &replyTo)
            let message = try message(type, &reader)
            try reader.end()
            return ServerEnvelope(replyTo: replyTo, message)
        } catch {
            throw DecodeFailure(id: replyTo, failure: error)
        }
    }

    private static func message(_ type: UInt8, _ reader: inout ByteReader) throws(Failure) -> ServerMessage {
        switch Kind(rawValue: type) {
        case .welcome: return .welcome(try welcome(&reader))
        case .status: return .status(try status(&reader))
        case .pixels: return .pixels(try PixelFrame.read(&reader))
        case .placed:
            return .placed(version: Version(try reader.count("version")), epoch: try reader.integer("epoch"))
        case .canvasReset:
            let epoch = try reader.integer("epoch")
            let version = Version(try reader.count("version"))
            let size = try canvasSize(&reader)
            return .canvasReset(epoch: epoch, version: version, width: size.width, height: size.height)
        case .heartbeat: return .heartbeat(serverTimeMs: Int64(try reader.integer("server_time_ms")))
        case .announcement:
            return .announcement(
                message: try reader.string("message"), atMs: Int64(try reader.integer("at_ms")))
        case .ok: return .ok
        case .error:
            guard let code = ErrorCode(rawValue: try reader.string("code")) else {
                throw reader.refusal("code", "one of the protocol's error codes")
            }
            let text = try reader.string("message")
            let retryAfterMs = try reader.optional("retry_after_ms")
            if let retryAfterMs, !(0...Limits.maxRetryAfterMs).contains(retryAfterMs) {
                throw reader.refusal("retry_after_ms", "from 0 to a year")
            }
            return .error(Failure(code, text, retryAfterMs: retryAfterMs))
        case .game: return try game(&reader)
        case nil: throw reader.refusal("type", "a type of message that a server sends")
        }
    }

    private static func game(_ reader: inout ByteReader) throws(Failure) -> ServerMessage {
        let text = Array(reader.rest())
        let inner: ServerEnvelope
        do { inner = try ServerMessageJSON.decode(text) } catch { throw error.failure }
        switch inner.message {
        case .clickTotals, .clicksAccepted, .relay, .runStarted, .score, .runEnded: break
        case .welcome, .status, .pixels, .placed, .canvasReset, .heartbeat, .announcement, .ok, .error:
            throw reader.refusal("type", "a message of a game")
        }
        // One message has one form, so that bytes that differ never mean the same.
        guard ServerMessageJSON.encode(ServerEnvelope(inner.message)) == text else {
            throw reader.refusal("message", "in its one form")
        }
        return inner.message
    }

    private static func canvasSize(_ reader: inout ByteReader) throws(Failure) -> CanvasSize {
        let width = try reader.integer("width")
        let height = try reader.integer("height")
        guard let size = CanvasSize(width: width, height: height) else {
            throw reader.refusal("width", "a canvas's width, and its height likewise")
        }
        return size
    }

    private static func word(_ reader: inout ByteReader) throws(Failure) -> StatusWord {
        guard let word = StatusWord(wireByte: try reader.byte("status")) else {
            throw reader.refusal("status", "a known state")
        }
        return word
    }

    private static func welcome(_ reader: inout ByteReader) throws(Failure) -> Welcome {
        let account = AccountName(
            id: try reader.identifier("account.id"), name: try reader.string("account.name"))
        let sessionID = try reader.identifier("session_id")
        let status = try word(&reader)
        let size = try canvasSize(&reader)
        let epoch = try reader.integer("epoch")
        let version = Version(try reader.count("version"))
        var colors: [Palette.Color] = []
        for _ in 0..<(try reader.count("palette", max: Limits.maxPaletteColors)) {
            colors.append(
                Palette.Color(
                    red: try reader.byte("palette"), green: try reader.byte("palette"),
                    blue: try reader.byte("palette")))
        }
        guard let palette = Palette(colors: colors) else {
            throw reader.refusal("palette", "2 to 256 colors")
        }
        return Welcome(
            account: account, sessionID: sessionID, status: status,
            canvas: CanvasHead(size: size, epoch: epoch, version: version, palette: palette),
            serverTimeMs: Int64(try reader.integer("server_time_ms")),
            heartbeatMs: try reader.integer("heartbeat_ms"),
            clickPushRateSeconds: try reader.integer("click_push_rate_s"))
    }

    private static func status(_ reader: inout ByteReader) throws(Failure) -> PlayerStatus {
        switch try word(&reader) {
        case .afk: return .afk
        case .queued:
            return .queued(
                position: try reader.integer("position"),
                sinceMs: Int64(try reader.integer("queued_since_ms")))
        case .playing:
            return .playing(idleDeadlineMs: try reader.optional("idle_deadline_ms").map { Int64($0) })
        case .stalled, .spectator: throw reader.refusal("status", "afk, queued or playing")
        }
    }
}

extension StatusWord {
    /// The byte that stands for the word.
    var wireByte: UInt8 {
        switch self {
        case .afk: 0
        case .queued: 1
        case .playing: 2
        case .stalled: 3
        case .spectator: 4
        }
    }

    /// The word that a byte stands for; nil for any other byte.
    init?(wireByte: UInt8) {
        guard let word = Self.allCases.first(where: { $0.wireByte == wireByte }) else { return nil }
        self = word
    }
}
