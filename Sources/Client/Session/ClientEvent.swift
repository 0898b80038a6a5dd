public import Protocol

/// What a client tells its owner.
public enum ClientEvent: Hashable, Sendable {
    case connection(ConnectionState)
    /// A sign-in succeeded: who we are, and whether as a guest.
    case signedIn(AccountName, isGuest: Bool)
    case welcome(Welcome)
    /// A new state, or the same with a new deadline; while playing, with the milliseconds until idling ends it,
    /// by the server's clock as this client knows it; nil where nothing ends it.
    case status(PlayerStatus, idleLeftMs: Int?)
    /// All cells are new.
    case replaced(CanvasPicture)
    /// These cells have new colors, in order; the canvas is at the version now. None at all says that the
    /// canvas was found current.
    case changed([Pixel], version: Version)
    case placed(PlacedAnswer, replyTo: Int?)
    case failed(Failure, replyTo: Int?)
    /// What has no answer of its own, such as `answer` and `leave_room`, was heard.
    case done(replyTo: Int?)
    /// A click game as it stands now.
    case clickTotals(ClickGameView)
    /// A batch of our clicks counts.
    case clicksAccepted(ClickReceipt)
    /// So many of our clicks will never count.
    case clicksDropped(Int, Failure)
    /// Something happened in a relay whose room we are in; `.state` comes first, after each reconnect too.
    case relay(RelayEvent)
    /// We are not in a relay's room, and won't come back to it by ourselves.
    case roomRefused(Identifier, Failure)
    /// A run that was asked for has begun; with the monotonic clock's milliseconds when its message came.
    case runStarted(RunStart, atMs: Int64)
    /// A run that was asked for doesn't begin.
    case runRefused(ArcadeGameID, Failure)
    /// A point counts.
    case scored(RunScore)
    /// A point doesn't count; where it ended the run, `.runEnded` follows.
    case pointRefused(RunPoint, Failure)
    /// A run is over, and what it came to is durable.
    case runEnded(RunResult)
    /// A run is over with its socket, and doesn't count.
    case runLost(Identifier)
    /// What the host tells everyone, as it came; with its time in milliseconds since 1970.
    case announced(String, atMs: Int64)
    /// The account has the name that `rename` asked for.
    case renamed(AccountName)
    /// The account keeps its name.
    case renameFailed(Failure)
    /// The latest round trip; nil while there is no connection.
    case latency(us: Int?)
    case counts(players: Int, queued: Int)
    /// A message as it came, with its meaning where it has one for us; only where asked for.
    case raw([UInt8], ServerEnvelope?)
}

/// A whole canvas at one version.
public struct CanvasPicture: Hashable, Sendable {
    /// Columns and rows.
    public var size: CanvasSize
    /// The canvas's epoch.
    public var epoch: Int
    /// The version that the cells show.
    public var version: Version
    /// Palette indexes, row by row.
    public var cells: [UInt8]
    /// The colors that they point to.
    public var palette: Palette
}

/// How a client stands with its server.
public enum ConnectionState: Hashable, Sendable {
    case signingIn
    case connecting
    /// The socket is open and welcomed.
    case connected
    /// Polling, without a socket; who was sent away for idling comes back by `play`.
    case watching
    /// Lost or refused; the next attempt comes after the delay.
    case waiting(attempt: Int, delayMs: Int, reason: String)
    /// Over; nothing comes until `start` or `play`.
    case closed(CloseReason)
}

/// Why a client gave up its connection.
public enum CloseReason: Hashable, Sendable, CustomStringConvertible {
    /// It was told to.
    case stopped
    /// The server closed with a code that forbids coming back by oneself, or none of ours.
    case code(UInt16)
    /// The server refused us for good.
    case refused(Failure)
    /// The connection was lost or never made, and the configuration says not to try again.
    case lost(String)

    /// Why the account is banned, as the server told it; nil where something else is the reason.
    public var ban: Failure? {
        guard case .refused(let failure) = self, failure.code == .banned else { return nil }
        return failure
    }

    /// One sentence for a person.
    public var description: String {
        switch self {
        case .stopped: "stopped"
        case .code(CloseCode.afk.rawValue): "you were away too long"
        case .code(CloseCode.replaced.rawValue): "another program signed in with this key"
        case .code(CloseCode.signedOut.rawValue): "signed out"
        case .code(CloseCode.banned.rawValue): "banned or kicked"
        case .code(let code): "the server closed the connection (\(code))"
        case .refused(let failure): PlayerName.displayed(failure.message)
        case .lost(let reason): PlayerName.displayed(reason)
        }
    }
}
