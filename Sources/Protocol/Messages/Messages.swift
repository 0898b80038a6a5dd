/// What a client says on the WebSocket.
public enum ClientMessage: Hashable, Sendable {
    case play
    case leave
    case heartbeat
    case authenticate(token: String)
    case place(Pixel)
    case undo
    /// Enters a relay's room, to play or to watch.
    case join(relay: Identifier)
    case leaveRoom(relay: Identifier)
    case pushClicks(ClickPush)
    case answer(relay: Identifier, PuzzleAttempt)
    case startRun(ArcadeGameID)
    case point(RunPoint)
    case endRun(Identifier)
}

/// A client's message with the number its answer repeats.
public struct ClientEnvelope: Hashable, Sendable {
    /// Repeated as `reply_to` by the answer; none where the client doesn't care.
    public var id: Int?
    /// What is said.
    public var message: ClientMessage

    /// Joins the parts.
    public init(id: Int? = nil, _ message: ClientMessage) {
        self.id = id
        self.message = message
    }
}

/// What a server says on the WebSocket.
public enum ServerMessage: Hashable, Sendable {
    case welcome(Welcome)
    case status(PlayerStatus)
    case pixels(PixelRun)
    case placed(version: Version, epoch: Int)
    case canvasReset(epoch: Int, version: Version, width: Int, height: Int)
    case clickTotals(ClickGameView)
    case clicksAccepted(ClickReceipt, batchID: String?)
    case relay(RelayEvent)
    case runStarted(RunStart)
    case score(RunScore)
    case runEnded(RunResult)
    case heartbeat(serverTimeMs: Int64)
    /// What the host tells everyone; clients clean it before they show it.
    case announcement(message: String, atMs: Int64)
    case ok
    case error(Failure)
}

/// A server's message with the number of the one it answers.
public struct ServerEnvelope: Hashable, Sendable {
    /// The answered message's `id`; none on what nobody asked for.
    public var replyTo: Int?
    /// What is said.
    public var message: ServerMessage

    /// Joins the parts.
    public init(replyTo: Int? = nil, _ message: ServerMessage) {
        self.replyTo = replyTo
        self.message = message
    }
}

/// The server's first words on a WebSocket.
public struct Welcome: Hashable, Sendable {
    /// Who the token speaks for.
    public var account: AccountName
    /// The sign-in this socket belongs to.
    public var sessionID: Identifier
    /// The account's state now.
    public var status: StatusWord
    /// The canvas as last made durable.
    public var canvas: CanvasHead
    /// The server's clock, in milliseconds since 1970.
    public var serverTimeMs: Int64
    /// How often the client should be heard, in milliseconds.
    public var heartbeatMs: Int
    /// Seconds between two click pushes.
    public var clickPushRateSeconds: Int

    /// Joins the parts.
    public init(
        account: AccountName, sessionID: Identifier, status: StatusWord, canvas: CanvasHead,
        serverTimeMs: Int64, heartbeatMs: Int, clickPushRateSeconds: Int
    ) {
        self.account = account
        self.sessionID = sessionID
        self.status = status
        self.canvas = canvas
        self.serverTimeMs = serverTimeMs
        self.heartbeatMs = heartbeatMs
        self.clickPushRateSeconds = clickPushRateSeconds
    }
}

/// An account's id with the name others see.
public struct AccountName: Hashable, Sendable, Codable {
    /// The account's or guest's id.
    public var id: Identifier
    /// The name, as the contract allows it.
    public var name: String

    /// Joins the parts.
    public init(id: Identifier, name: String) {
        self.id = id
        self.name = name
    }
}

/// A canvas without its cells: size, epoch, version and colors.
public struct CanvasHead: Hashable, Sendable {
    /// Columns and rows.
    public var size: CanvasSize
    /// Changes with each new canvas; compared only for equality.
    public var epoch: Int
    /// The last durable version.
    public var version: Version
    /// The colors that indexes point to.
    public var palette: Palette

    /// Joins the parts.
    public init(size: CanvasSize, epoch: Int, version: Version, palette: Palette) {
        self.size = size
        self.epoch = epoch
        self.version = version
        self.palette = palette
    }
}

/// The word for an account's state.
public enum StatusWord: String, Sendable, Hashable, Codable, CaseIterable {
    case afk
    case queued
    case playing
    case stalled
    /// A guest, who watches.
    case spectator
}

/// An account's state with what belongs to it.
public enum PlayerStatus: Hashable, Sendable {
    case afk
    case queued(position: Int, sinceMs: Int64)
    /// The deadline is on `server_time_ms`'s clock; none while the server doesn't end play by idling.
    case playing(idleDeadlineMs: Int64?)
}
