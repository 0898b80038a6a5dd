/// Every bound on what comes from outside or piles up inside, by name.
public enum Limits {
    // MARK: Bytes

    /// The longest WebSocket message a client may send; a longer one closes with 1009.
    public static let maxClientMessageBytes = 4 * 1024
    /// The longest WebSocket message a client takes from a server (a merged frame of a whole canvas fits).
    public static let maxServerMessageBytes = 16 * 1024 * 1024
    /// The longest request head: request line and headers.
    public static let maxHeaderBytes = 8 * 1024
    /// The longest command of a host.
    public static let maxHostCommandBytes = 4 * 1024
    /// The longest answer to a command of a host.
    public static let maxHostAnswerBytes = 16 * 1024 * 1024
    /// The longest request body; a longer one is answered 413.
    public static let maxBodyBytes = 64 * 1024
    /// The longest answer a client takes.
    public static let maxAnswerBytes = 64 * 1024 * 1024
    /// What one connection may leave unread before it is closed with 4009.
    public static let maxOutboxBytes = 256 * 1024
    /// The longest form of one pixel in a frame: `[16383,16383,255],`.
    public static let maxPixelBytes = 18
    /// Memory for the pool of recent changes.
    public static let maxPoolBytes = 64 * 1024 * 1024

    // MARK: Time

    /// From accept to a finished TLS handshake.
    public static let handshakeTimeoutMs = 5_000
    /// From the first byte of a request, or the last answer, to a whole head.
    public static let headerTimeoutMs = 10_000
    /// Between the server's WebSocket pings.
    public static let pingIntervalMs = 15_000
    /// A WebSocket silent for this long is given up as half open.
    public static let pongTimeoutMs = 40_000
    /// From our close frame to the peer's.
    public static let closeTimeoutMs = 2_000
    /// How long a connection may stay behind before it is closed with 4009.
    public static let maxCongestedMs = 10_000
    /// How long a sign-in challenge lives.
    public static let challengeLifetimeMs = 60_000
    /// How long an access token lives.
    public static let accessTokenSeconds = 900
    /// How long a refresh token lives.
    public static let refreshTokenSeconds = 7 * 24 * 3600
    /// How long after it was first sent a refresh token may be repeated: well within the server's 30 s.
    public static let refreshRepeatMs = 20_000
    /// How long an answer to a refresh is waited for, so that there is time to repeat it.
    public static let refreshAnswerMs = 6_000
    /// How long a client waits for another one that renews the session they share.
    public static let sessionLockMs = 10_000
    /// How long a guest token lives.
    public static let guestTokenSeconds = 24 * 3600
    /// How long after a placement its player may take it back.
    public static let undoWindowMs = 5_000
    /// At most one canvas snapshot in this time.
    public static let snapshotIntervalMs = 1_000
    /// At most one snapshot written to storage in this time.
    public static let snapshotPersistIntervalMs = 10_000
    /// How often a full disk is tried again.
    public static let storageProbeIntervalMs = 1_000
    /// How long before play ends by idling its client counts down.
    public static let idleCountdownMs = 20_000
    /// Between two positions in line told to one of the first; those behind wait `positionLanes` times as long.
    public static let positionIntervalMs = 1_000
    /// How long the refresh token before the latest may be repeated.
    public static let refreshGraceMs = 30_000
    /// Between two measurements of the server's load.
    public static let loadIntervalMs = 500
    /// How long a host's command waits for its answer.
    public static let hostCommandTimeoutMs = 10_000
    /// When to try again where a table is full or an address has too many sockets.
    public static let crowdedRetryMs = 5_000
    /// The longest wait that a refusal asks for: a year.
    public static let maxRetryAfterMs = 365 * 86_400_000
    /// How long a stopping server waits for its clients to close.
    public static let drainTimeoutMs = 3_000

    // MARK: Counts

    /// The longest side of a canvas, in cells.
    public static let maxCanvasSide = 16_384
    /// The largest canvas, in cells.
    public static let maxCanvasCells = 16 * 1024 * 1024
    /// Colors in a palette.
    public static let maxPaletteColors = 256
    /// The fewest changes the pool keeps.
    public static let minPoolVersions = 100
    /// Open challenges; the oldest makes room for a new one.
    public static let maxChallenges = 10_000
    /// Those in line who are told their position most often.
    public static let positionsNear = 100
    /// Parts of the line behind them, told in turn.
    public static let positionLanes = 10
    /// Sign-ins of an account that run at once; one more ends the oldest.
    public static let maxSessionsPerAccount = 32
    /// Tokens whose signatures need no second look.
    public static let maxRememberedTokens = 10_000
    /// Guests who renamed or removed themselves, remembered until their tokens end.
    public static let maxGuestRecords = 100_000
    /// Commands of a host under way.
    public static let maxHostCommands = 16
    /// Accounts that a host's list shows at most.
    public static let maxListedAccounts = 2_000
    /// Keys a rate limiter remembers; spent ones are dropped first.
    public static let maxRateKeys = 200_000
    /// Characters in a name.
    public static let maxNameCharacters = 24
    /// Changes waiting for a commit; further placements are refused until it is through.
    public static let maxPendingRecords = 100_000
    /// Requests under way on one keep-alive connection.
    public static let maxPipelinedRequests = 16
    /// Connections in all.
    public static let maxConnections = 50_000
}
