public import Game
public import Protocol

/// A WebSocket's number, given by the edge, never used twice in a run.
public struct ConnectionID: RawRepresentable, Hashable, Sendable, Comparable {
    /// The number.
    public let rawValue: UInt64

    /// Wraps a number.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Orders by age.
    public static func < (lhs: ConnectionID, rhs: ConnectionID) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// An HTTP request's number, given by the edge, never used twice in a run.
public struct RequestID: RawRepresentable, Hashable, Sendable {
    /// The number.
    public let rawValue: UInt64

    /// Wraps a number.
    public init(rawValue: UInt64) { self.rawValue = rawValue }
}

/// A look-up's number, given by the engine, never used twice in a run.
public struct QueryID: RawRepresentable, Hashable, Sendable {
    /// The number.
    public let rawValue: UInt64

    /// Wraps a number.
    public init(rawValue: UInt64) { self.rawValue = rawValue }
}

/// A host's command's number, given by the edge, never used twice in a run.
public struct HostCallID: RawRepresentable, Hashable, Sendable {
    /// The number.
    public let rawValue: UInt64

    /// Wraps a number.
    public init(rawValue: UInt64) { self.rawValue = rawValue }
}

/// A commit's number, rising by one.
public struct CommitID: RawRepresentable, Hashable, Sendable {
    /// The number.
    public let rawValue: UInt64

    /// Wraps a number.
    public init(rawValue: UInt64) { self.rawValue = rawValue }
}

/// Everything that can happen to the engine.
public enum Input: Sendable {
    /// A whole HTTP request, parsed; a WebSocket's handshake too. Signatures were checked at the edge: `signatureValid` tells how that went
    /// for `.signInWithDevice`, `presentedRefreshHash` is SHA-256 of the token of `.refresh`.
    case request(RequestID, Route, Caller, EdgeProofs)
    /// A request that the edge can't pass on: its form, path, method or origin is wrong. It counts all the same.
    case refused(RequestID, Caller, Failure)
    /// A WebSocket is open, as `.upgrade` allowed.
    case opened(ConnectionID, Identity, address: String, play: Bool, relay: Identifier?)
    case message(ConnectionID, ClientEnvelope)
    /// A message that brings something nobody may foresee, with what that is made from: an `answer`, a
    /// `start_run` or a `point`.
    case drawn(ConnectionID, ClientEnvelope, Draw)
    /// A pong to one of our pings came after so long, in microseconds.
    case roundTrip(ConnectionID, us: Int64)
    /// An `authenticate` message, its token checked at the edge.
    case authenticate(ConnectionID, id: Int?, Credential)
    /// A message that was no message: answered `error`, counted like any other.
    case malformed(ConnectionID, id: Int?, Failure)
    /// A pong, or anything else that shows life and says nothing.
    case alive(ConnectionID)
    /// Bytes that the socket hasn't taken yet, told when the number becomes positive, grows past another
    /// 16 KB, or returns to 0.
    case backlog(ConnectionID, bytes: Int)
    case closed(ConnectionID)
    case committed(CommitID)
    case commitFailed(CommitID, StorageFault)
    /// A probe after a full disk succeeded or failed.
    case storageProbed(StorageFault?)
    case snapshotTaken(SnapshotAnswer)
    /// The canvas as a PNG; nil where it could not be drawn.
    case pictureDrawn([UInt8]?)
    /// The mask of touched cells, compressed.
    case touchedPacked(TouchedAnswer)
    /// A canvas of the past, or which snapshot is damaged.
    case historyRestored(RequestID, HistoryRestoration)
    case queryAnswered(QueryID, QueryAnswer)
    /// A name for a click game that nobody ordered.
    case clickGameDrawn(Identifier)
    /// What the server's load was lately.
    case load(LoadReading)
    /// A host's command, and who gives it: what they may is checked by whoever brings it here.
    case host(HostCallID, HostCommand, by: Actor = .console)
    /// What came by way of Telegram.
    case telegram(TelegramInput)
    /// What was to be drawn; nil where it could not be.
    case viewDrawn([UInt8]?)
    /// A stream has taken all that it was given.
    case streamRead(RequestID)
    /// The peer of a stream is gone.
    case streamClosed(RequestID)
    /// The planned time has come.
    case wake
    /// The server is to stop: refuse what is new, tell clients, commit what is held.
    case drain
}

/// What the edge worked out for a request because only it holds keys and randomness.
public struct EdgeProofs: Hashable, Sendable {
    /// Drawn for routes that sign in, ask for a challenge or refresh; nil for all others.
    public var entropy: Entropy?
    /// Whether the device's signature holds for this host.
    public var signatureValid: Bool
    /// SHA-256 of the refresh token shown.
    public var presentedRefreshHash: [UInt8]?
    /// Drawn for routes that make a relay, a puzzle or a click game, or choose an ad.
    public var draw: Draw?
    /// What a sign-in with Google needs.
    public var auth: AuthFacts

    /// Joins the parts.
    public init(
        entropy: Entropy? = nil, signatureValid: Bool = false, presentedRefreshHash: [UInt8]? = nil,
        draw: Draw? = nil, auth: AuthFacts = .none
    ) {
        self.entropy = entropy
        self.signatureValid = signatureValid
        self.presentedRefreshHash = presentedRefreshHash
        self.draw = draw
        self.auth = auth
    }

    /// For routes that need none.
    public static let none = EdgeProofs()
}

/// A fresh name and a fresh seed from the system's generator, for something that nobody may foresee.
public struct Draw: Hashable, Sendable {
    /// For what is new.
    public var id: Identifier
    /// 64 random bits.
    public var seed: UInt64

    /// Joins the parts.
    public init(id: Identifier, seed: UInt64) {
        self.id = id
        self.seed = seed
    }
}

/// Why storage didn't keep a commit.
public enum StorageFault: Error, Hashable, Sendable {
    /// No room: refuse writes, try again each second, recover alone.
    case full
    /// A read, write or fsync failed: reads only until a restart.
    case broken(String)
}

/// What storage found for a `Query`.
public enum QueryAnswer: Sendable {
    /// The placement on top of a cell; nil where nothing was ever placed.
    case pixel(StoredPixel?)
    /// The sign-in of a refresh token; nil where no such token is kept.
    case refreshToken(session: Identifier?)
    case clickHistory(ClickHistory)
    /// Nil where there was no such push.
    case clickPush(ClickReceipt?)
    /// Nil where there is no such game.
    case clickContributions([UInt8]?)
    case clickContributors([ClickContributor])
    /// Best first, without ranks that equal scores share: those are given when it is answered.
    case leaderboard([BoardScore])
    /// The newest first, those that nobody cleared.
    case flags([HostFlag])
    /// The newest first.
    case feedback([FeedbackEntry])
    /// The newest first.
    case audit([AuditEntry])
    /// The search for an account's latest pixel goes on before a version.
    case pixelBefore(Version)
    case rollback(RollbackFinding)
    case history(HistoryFinding)
    case failed(StorageFault)
}

/// What a step of a rollback's search came to.
public enum RollbackFinding: Hashable, Sendable {
    /// There is more to read.
    case unfinished
    /// It is over, and found so much.
    case found(RollbackCount)
    case cells([RollbackCell])
    /// It is forgotten, or there was none.
    case none
}

/// What an account has on a board.
public struct BoardScore: Hashable, Sendable {
    /// Who.
    public var account: AccountName
    /// How many.
    public var score: Int

    /// Joins the parts.
    public init(account: AccountName, score: Int) {
        self.account = account
        self.score = score
    }
}

/// A placement as storage keeps it.
public struct StoredPixel: Hashable, Sendable {
    /// The version it made.
    public var version: Version
    /// The cell, row by row.
    public var cell: Int
    /// Its color.
    public var color: UInt8
    /// Whose it is.
    public var account: AccountName
    /// When it was placed, in milliseconds since 1970.
    public var placedAtMs: Int64

    /// Joins the parts.
    public init(version: Version, cell: Int, color: UInt8, account: AccountName, placedAtMs: Int64) {
        self.version = version
        self.cell = cell
        self.color = color
        self.account = account
        self.placedAtMs = placedAtMs
    }
}
