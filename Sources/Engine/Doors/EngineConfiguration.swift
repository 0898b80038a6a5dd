public import Protocol

/// A rate by GCRA: so many a second, with so many at once.
public struct Rate: Hashable, Sendable {
    /// Sustained events a second; 0 is no limit.
    public var perSecond: Double
    /// Events that may come at once after a pause, at least 1.
    public var burst: Int

    /// Joins the parts.
    public init(perSecond: Double, burst: Int) {
        self.perSecond = perSecond
        self.burst = burst
    }
}

/// The settings that rules depend on.
public struct EngineConfiguration: Hashable, Sendable {
    /// The size of the first canvas; a recovered one keeps its own.
    public var canvasSize: CanvasSize
    /// The colors.
    public var palette: Palette
    /// Accounts playing at once.
    public var maxPlayers = 100
    /// Accounts waiting at once.
    public var maxQueued = 10_000
    /// From the last game action to the end of play, and how long a lost socket keeps a position, in seconds.
    public var idleSeconds = 120
    /// Promotion pauses while the loop is later than this, in milliseconds; 0 is no limit.
    public var maxLoopLagMs = 250
    /// Promotion pauses while more than this is sent a second, in megabits; 0 is no limit.
    public var maxSendMbps = 0
    /// How long an access token lives, in seconds; a socket outlives its token by a fifteenth of it.
    public var accessTokenSeconds = Limits.accessTokenSeconds
    /// Accounts that are admins whatever storage says.
    public var admins: [Identifier] = []
    /// WebSockets an address; 0 is no limit.
    public var maxConnectionsPerAddress = 64
    /// A snapshot is due after so many versions.
    public var snapshotEvery = 100
    /// A spectator's pause between two of a kind, in milliseconds.
    public var spectatorCooldownMs = 5_000
    /// The tick: one commit and one frame in this time, in milliseconds.
    public var tickMs = 25
    /// Whether spectators' sockets get frames.
    public var hasLiveSpectators = false
    /// Days of history that storage keeps; 0 where nothing goes.
    public var historyDays = 0
    /// Spectators' tick: one frame in this time, in milliseconds.
    public var spectatorTickMs = 250
    /// Silence after which presence is cleared, in milliseconds.
    public var heartbeatTimeoutMs = 45_000
    /// Seconds between two click pushes, told to clients.
    public var clickPushRateSeconds = 5
    /// What nobody clicks faster than for long, a second.
    public var maxClicksPerSecond = 20
    /// How long a click game lasts that nobody ordered, in seconds; 0 where there are none.
    public var clickGameSeconds = 600
    /// The planets that click games may be about; the first two are those of a game that nobody ordered.
    public var planets: [String] = ["earth", "mars"]
    /// The words that puzzles are made from.
    public var puzzleStock: PuzzleStock
    /// The numbers of arcade games, and the login bonus: none here, the server's asset has one.
    public var arcade: ArcadeRules = {
        var rules = ArcadeRules.standard
        rules.loginBonus = ArcadeRules.LoginBonus(first: 0, growth: 0, cap: 0)
        return rules
    }()
    /// The colors that skins are made of.
    public var baseColors = BaseColors.none
    /// Whether ads are shown.
    public var showsAds = true
    /// Whether Google accounts sign in.
    public var signsInWithGoogle = false
    /// Placements and undos an account.
    public var placeRate = Rate(perSecond: 10, burst: 20)
    /// Messages a socket; beyond it the socket is closed.
    public var messageRate = Rate(perSecond: 50, burst: 250)
    /// HTTP requests an account or guest, else an address; all guests of an address have a multiple together.
    public var requestRate = Rate(perSecond: 20, burst: 60)
    /// Sign-ins, challenges and refreshes an address.
    public var signInRate = Rate(perSecond: 1, burst: 30)
    /// Guests an address.
    public var guestRate = Rate(perSecond: 0.5, burst: 20)

    /// Takes what has no default; the rest stands as the contract says.
    public init(canvasSize: CanvasSize, palette: Palette, puzzleStock: PuzzleStock) {
        self.canvasSize = canvasSize
        self.palette = palette
        self.puzzleStock = puzzleStock
    }
}
