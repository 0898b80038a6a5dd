// Of the ways into a server beside its game: sign-in in a browser, shells, history, metrics, broadcasts.
extension Limits {
    // MARK: Google sign-in

    /// The longest ID token that is looked at.
    public static let maxIDTokenBytes = 8 * 1024
    /// What a person may type where a code is asked for.
    public static let maxTypedCodeBytes = 64
    /// The longest device code, form token or state that is looked at.
    public static let maxDeviceCodeBytes = 128
    /// The longest authorization code of a provider.
    public static let maxAuthorizationCodeBytes = 2 * 1024
    /// The longest address that is taken or given.
    public static let maxURLBytes = 2 * 1024
    /// Characters in the name that a terminal gives itself.
    public static let maxClientNameCharacters = 64
    /// How long a terminal's sign-in waits for its person, in seconds.
    public static let deviceGrantSeconds = 15 * 60
    /// Between two polls of a terminal, in seconds; each one that comes sooner adds as much.
    public static let devicePollSeconds = 5
    /// Terminals' sign-ins under way; the oldest makes room for a new one.
    public static let maxDeviceGrants = 10_000
    /// Of those, from one address.
    public static let maxDeviceGrantsPerAddress = 20
    /// Codes that nobody was given after which an address may enter none for a while.
    public static let wrongCodesToLock = 5
    /// How long that while is, in milliseconds.
    public static let codeLockMs = 15 * 60_000
    /// The longest name of this application at an identity provider.
    public static let maxClientIDBytes = 256
    /// The longest secret of it.
    public static let maxClientSecretBytes = 1024
    /// Requests that wait for the identity provider.
    public static let maxWaitingSignIns = 256
    /// How long an answer of the identity provider is waited for, in milliseconds.
    public static let providerTimeoutMs = 5_000
    /// Between two looks at a provider's keys for one that isn't among them, in milliseconds.
    public static let keySetPauseMs: Int64 = 60_000
    /// Between two tries to read what a provider didn't give, in milliseconds.
    public static let providerRetryMs: Int64 = 2_000
    /// How long a provider's keys and addresses are used where it doesn't say, and at most, in seconds.
    public static let providerCacheSeconds = (unsaid: 3_600, most: 24 * 3_600)
    /// Browsers that are at the identity provider; the oldest makes room for a new one.
    public static let maxWebSignIns = 10_000
    /// How long a browser may be there, in milliseconds.
    public static let webSignInMs: Int64 = 10 * 60_000
    /// ID tokens that are remembered until they end, so that none signs in twice.
    public static let maxPresentedTokens = 100_000

    // MARK: Views in a shell

    /// Columns of a canvas as text.
    public static let viewColumns = 2...500
    /// Rows of a canvas as text.
    public static let viewRows = 2...250
    /// Pixels on a cell's side in a part of the canvas as text.
    public static let viewZoom = 1...16
    /// Frames that a watcher may ask for a second.
    public static let watchFramesPerSecond = 1...10
    /// Streams of frames that are watched.
    public static let maxWatchers = 500
    /// Streams of an account or guest, without a token of an address.
    public static let maxWatchersPerHolder = 4
    /// Streams of an address, whatever its tokens.
    public static let maxWatchersPerAddress = 32
    /// Different views that are watched at once; each is drawn once for all who watch it.
    public static let maxWatchedViews = 32
    /// Between two drawings, for each cell of the canvas or pixel of a larger picture, in nanoseconds: 20 ms for a
    /// million.
    public static let drawingPauseNsPerPixel = 20
    /// Requests that wait for a drawing at once.
    public static let maxWaitingDrawings = 500
    /// Those of an account or guest, without a token of an address, where each wants something else.
    public static let maxWaitingDrawingsPerHolder = 8
    /// Those of an address, whatever its tokens.
    public static let maxWaitingDrawingsPerAddress = 64
    /// After how long whoever was one too many may ask again.
    public static let drawingRetryMs = 1_000
    /// After so long without a frame a watcher gets the last one again, in milliseconds.
    public static let watchRepeatMs = 15_000
    /// Pixels on a cell's side in a picture of the canvas.
    public static let pictureScale = 1...16
    /// Pixels of an enlarged picture.
    public static let maxPicturePixels = 16 * 1024 * 1024
    /// Memory for drawings of the version that is shown.
    public static let maxKeptDrawingBytes = 16 * 1024 * 1024
    /// Times the request rate that all guests of an address have together.
    public static let guestRequestFactor = 20

    // MARK: Figures

    /// Seconds that a server remembers for those who look after it.
    public static let figureSeconds = 300
    /// Connections to the listener of metrics.
    public static let maxMetricsConnections = 16

    // MARK: History

    /// Changes in a page of history.
    public static let maxHistoryChanges = 25_000
    /// Changes in a page whose length nobody named.
    public static let standardHistoryChanges = 5_000
    /// Reads of history that are under way at once.
    public static let maxHistoryReads = 4
    /// Reads of history that wait until one of these is done.
    public static let maxWaitingHistoryReads = 100
    /// Places at which the history is damaged that the log tells of in a run.
    public static let maxToldDamages = 100
    /// Reads of history that a spectator may do in a cooldown, and twice as many at once.
    public static let historyReadsPerCooldown = 10
    /// How many days of history a host may have kept: ten years.
    public static let maxHistoryDays = 3_650

    // MARK: Broadcast

    /// The longest stream key of a broadcast, in bytes.
    public static let maxStreamKeyBytes = 1_024
}
