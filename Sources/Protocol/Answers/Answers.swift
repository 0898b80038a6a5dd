/// The answer to a guest sign-in: `{"token","session_id","account","expires_in"}`.
public struct GuestAnswer: Hashable, Sendable {
    /// The anonymous token, for `Authorization: Bearer`.
    public var token: String
    /// The sign-in's id.
    public var sessionID: Identifier
    /// The guest's id and name.
    public var account: AccountName
    /// Seconds the token lives.
    public var expiresInSeconds: Int

    /// Joins the parts.
    public init(token: String, sessionID: Identifier, account: AccountName, expiresInSeconds: Int) {
        self.token = token
        self.sessionID = sessionID
        self.account = account
        self.expiresInSeconds = expiresInSeconds
    }
}

/// The answer to a sign-in or a refresh.
public struct SessionAnswer: Hashable, Sendable {
    /// For `Authorization: Bearer`, for 15 minutes.
    public var accessToken: String
    /// Good for one refresh within a week.
    public var refreshToken: String
    /// Seconds the access token lives.
    public var expiresInSeconds: Int
    /// The sign-in's id, the same after each refresh.
    public var sessionID: Identifier
    /// The account's id and name.
    public var account: AccountName

    /// Joins the parts.
    public init(
        accessToken: String, refreshToken: String, expiresInSeconds: Int, sessionID: Identifier,
        account: AccountName
    ) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.expiresInSeconds = expiresInSeconds
        self.sessionID = sessionID
        self.account = account
    }
}

/// The answer to `GET /api/me`: `{"id","name","status","points","roles","skin","login_bonus","google"}`.
public struct MeAnswer: Hashable, Sendable {
    /// The account's or guest's id and name.
    public var account: AccountName
    /// Its state.
    public var status: StatusWord
    /// Profile points.
    public var points: Int
    /// `player`, `moderator`, `admin`; none for a guest.
    public var roles: [String]
    /// The skin that is worn; none for the standard look.
    public var skin: SkinID?
    /// The bonus that today's first sign-in brought; none where it brought none.
    public var loginBonus: LoginBonusAnswer?
    /// Whether a Google account signs in to it; none for a guest.
    public var google: Bool?

    /// Joins the parts.
    public init(
        account: AccountName, status: StatusWord, points: Int, roles: [String], skin: SkinID? = nil,
        loginBonus: LoginBonusAnswer? = nil, google: Bool? = nil
    ) {
        self.account = account
        self.status = status
        self.points = points
        self.roles = roles
        self.skin = skin
        self.loginBonus = loginBonus
        self.google = google
    }
}

/// What the first sign-in of a UTC day brought: `{"points","streak_days"}`.
public struct LoginBonusAnswer: Hashable, Sendable {
    /// Profile points.
    public var points: Int
    /// Days in a row, this one included.
    public var streakDays: Int

    /// Joins the parts.
    public init(points: Int, streakDays: Int) {
        self.points = points
        self.streakDays = streakDays
    }
}

/// The answer to `GET /api/canvas`.
public struct CanvasAnswer: Hashable, Sendable {
    /// Size, epoch, durable version and palette.
    public var head: CanvasHead
    /// The version of the snapshot that `GET /api/canvas/snapshot` gives.
    public var snapshotVersion: Version
    /// Accounts playing.
    public var players: Int
    /// Accounts waiting.
    public var queued: Int
    /// Whether the sockets of spectators get frames, too.
    public var hasLiveSpectators: Bool
    /// Where players can't place.
    public var protectedAreas: [ProtectedArea]

    /// Joins the parts.
    public init(
        head: CanvasHead, snapshotVersion: Version, players: Int, queued: Int,
        hasLiveSpectators: Bool = false, protectedAreas: [ProtectedArea] = []
    ) {
        self.head = head
        self.snapshotVersion = snapshotVersion
        self.players = players
        self.queued = queued
        self.hasLiveSpectators = hasLiveSpectators
        self.protectedAreas = protectedAreas
    }
}

/// A snapshot as it travels: a zlib stream (RFC 1950) of palette indexes, row by row.
public struct SnapshotAnswer: Hashable, Sendable {
    /// The canvas's size, for `X-Canvas-Width` and `X-Canvas-Height`.
    public var size: CanvasSize
    /// For `X-Canvas-Epoch`.
    public var epoch: Int
    /// For `X-Canvas-Version`.
    public var version: Version
    /// The stream.
    public var zlib: [UInt8]

    /// Joins the parts.
    public init(size: CanvasSize, epoch: Int, version: Version, zlib: [UInt8]) {
        self.size = size
        self.epoch = epoch
        self.version = version
        self.zlib = zlib
    }

    /// The strong entity tag: epoch and version name the bytes.
    public var entityTag: String { "\"\(epoch)-\(version)\"" }
}

/// The answer to `GET /api/canvas/changes`: a run, and where the run starts from a snapshot, that snapshot.
public struct ChangesAnswer: Hashable, Sendable {
    /// The changes, in order of version.
    public var run: PixelRun
    /// The zlib stream of the canvas at `run.from`, when that is not the version asked for.
    public var snapshot: [UInt8]?

    /// Joins the parts.
    public init(run: PixelRun, snapshot: [UInt8]? = nil) {
        self.run = run
        self.snapshot = snapshot
    }
}

/// The answer to a placement or an undo, once durable.
public struct PlacedAnswer: Hashable, Sendable {
    /// The version that the change made.
    public var version: Version
    /// Its epoch.
    public var epoch: Int

    /// Joins the parts.
    public init(version: Version, epoch: Int) {
        self.version = version
        self.epoch = epoch
    }
}

/// The answer about one cell: its color, and who placed it when.
public struct PixelAnswer: Hashable, Sendable {
    /// The cell and its color.
    public var pixel: Pixel
    /// The version of the placement on top; 0 where nothing was ever placed.
    public var version: Version
    /// Whose it is; none where nothing was ever placed.
    public var account: AccountName?
    /// When it was placed, in milliseconds since 1970.
    public var placedAtMs: Int64?

    /// Joins the parts.
    public init(pixel: Pixel, version: Version, account: AccountName?, placedAtMs: Int64?) {
        self.pixel = pixel
        self.version = version
        self.account = account
        self.placedAtMs = placedAtMs
    }
}
