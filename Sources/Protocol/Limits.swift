/// Every bound on what comes from outside or piles up inside, by name.
public enum Limits {
    // MARK: Bytes

    /// The longest WebSocket message a client may send; a longer one closes with 1009.
    public static let maxClientMessageBytes = 4 * 1024
    /// The longest WebSocket message a client takes from a server (a merged frame of a whole canvas fits).
    public static let maxServerMessageBytes = 16 * 1024 * 1024
    /// The longest request head: request line and headers.
    public static let maxHeaderBytes = 8 * 1024
    /// The longest command of a host: one that installs a skin, each byte of which may need two.
    public static let maxHostCommandBytes = 3 * maxSkinBytes
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
    /// How long a host's program waits for a copy of the database.
    public static let backupTimeoutMs = 12 * 3_600_000
    /// When to try again where a table is full or an address has too many sockets.
    public static let crowdedRetryMs = 5_000
    /// The longest wait that a refusal asks for: a year.
    public static let maxRetryAfterMs = 365 * 86_400_000
    /// How long a stopping server waits for its clients to close.
    public static let drainTimeoutMs = 3_000

    /// The largest number that a game's messages carry: what every JSON reader holds exactly.
    public static let maxGameNumber = 1 << 53

    // MARK: Click games

    /// Numbers in a click push.
    public static let maxClickStretches = 64
    /// Characters in a push's name.
    public static let maxBatchIDCharacters = 64
    /// Planets in a click game.
    public static let maxPlanets = 8
    /// How long a click game may last, in seconds.
    public static let clickGameSeconds = 1...7 * 24 * 3600
    /// How far ahead a click game may be planned, in milliseconds: a year.
    public static let maxScheduleAheadMs: Int64 = 366 * 86_400_000
    /// Click games that wait for their time.
    public static let maxScheduledGames = 100
    /// How many push intervals a first push, or one after a pause, is credited.
    public static let creditedPushIntervals = 10
    /// The part of the push interval, in percent, that a push may come early.
    public static let earlyPushPercent = 20
    /// Implausible pushes of an account after which it is flagged, at most once a game.
    public static let implausiblePushesToFlag = 3
    /// Sign-ins whose clicks are in memory; those that didn't push longest make room.
    public static let maxClickSessions = 200_000
    /// Pushes of a sign-in whose answers are in memory; storage tells those of older ones.
    public static let recentPushes = 16
    /// Between two totals told to everyone, in milliseconds.
    public static let clickTotalsIntervalMs = 200
    /// Sockets that are told totals in one go.
    public static let clickTotalsLane = 250
    /// Totals sent a second, to all sockets together.
    public static let maxClickTotalsPerSecond = 10_000
    /// Between two times that a running game's contributions are written to its row, in milliseconds.
    public static let contributionsIntervalMs = 60_000

    // MARK: Relays

    /// Players in a relay.
    public static let maxRelayPlayers = 16
    /// What players may begin with.
    public static let relayStartPoints = 1...1_000_000
    /// What an interval may take from each.
    public static let relayDecayPoints = 0...1_000_000
    /// Between two losses, in milliseconds.
    public static let relayDecayIntervalMs = 100...3_600_000
    /// What a puzzle may be worth at its easiest.
    public static let relayAward = 0...1_000_000
    /// What a wrong answer may cost.
    public static let relayPenalty = 0...1_000_000
    /// How long a relay may last, in seconds.
    public static let relaySeconds = 1...24 * 3600
    /// Characters in an answer.
    public static let maxAnswerCharacters = 64
    /// Between two answers of a player, in milliseconds.
    public static let answerIntervalMs = 1_000
    /// Relays that wait or run; of those that ended lately memory keeps as many.
    public static let maxRelays = 2_000
    /// Relays that an account may be in before they end.
    public static let maxRelaysPerAccount = 4
    /// How long a relay waits for its start, in milliseconds.
    public static let relayWaitMs = 30 * 60_000
    /// How long an ended relay can still be looked at, in milliseconds.
    public static let relayAftermathMs = 10 * 60_000
    /// Rooms that a socket may be in.
    public static let maxRoomsPerConnection = 4
    /// Watchers and players in a room.
    public static let maxRoomMembers = 1_000
    /// Relays that the list shows.
    public static let maxListedRelays = 100
    /// How long a leaderboard may be out of date by what it shows of names, in milliseconds.
    public static let boardLifetimeMs = 5_000
    /// How long the leaderboard of pixels may be out of date, in milliseconds: pixels come all the time.
    public static let pixelBoardLifetimeMs = 1_000
    /// Entries of a leaderboard.
    public static let maxBoardEntries = 100

    // MARK: Arcade

    /// What a round trip excuses at most between a point's time and the server's, in milliseconds.
    public static let arcadeLatencyCapMs = 250
    /// How long after it moved on a target still counts where it was: one drawn frame, in milliseconds.
    public static let arcadeHitWindowMs = 60
    /// How much later than latency excuses a slow line may bring a point, in milliseconds.
    public static let arcadeLateMs = 2_000
    /// Points even later than that which a run survives.
    public static let arcadeLatePoints = 2
    /// How long a run of steps may last, in milliseconds.
    public static let arcadeStepsMs = 10 * 60_000
    /// What is granted beside the round trip: a drawn frame at each end, and a tick of the server's.
    public static let runGraceMs = 60
    /// The largest number in a run: of places, of points, of milliseconds.
    public static let maxRunNumber = 10_000_000
    /// How long an ended run is known by its id, in milliseconds.
    public static let runAftermathMs = 10 * 60_000
    /// Flags that wait until storage takes writes.
    public static let maxUnkeptFlags = 10_000
    /// Ended runs that are known by their ids.
    public static let maxEndedRuns = 20_000

    // MARK: Counts

    /// The longest side of a canvas, in cells.
    public static let maxCanvasSide = 16_384
    /// The largest canvas, in cells.
    public static let maxCanvasCells = 16 * 1024 * 1024
    /// Colors in a palette.
    public static let maxPaletteColors = 256
    /// Places that a person remembers on a server.
    public static let maxBookmarks = 100
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
    /// Parts of a canvas that are protected at once.
    public static let maxProtectedAreas = 100
    /// Characters in the note of a protected area.
    public static let maxAreaNoteCharacters = 100
    /// Cells that a rollback changes with one commit, so that neither it nor the frame that follows holds
    /// anyone up.
    public static let maxRollbackCells = 1_000
    /// Placements that it takes back with one commit, unless a single cell has more.
    public static let maxRollbackGroupPlacements = 5_000
    /// Placements that one rollback may be about: 24 bytes each while it is searched for.
    public static let maxRollbackPlacements = 1_000_000
    /// Changes that a rollback's search reads before something else has its turn.
    public static let maxRollbackReads = 10_000
    /// Changes that the search for an account's latest pixel reads before something else has its turn.
    public static let maxLastPixelReads = 2_000
    /// How far the wall clock may have been stepped for a rollback to find every placement of its time.
    public static let rollbackClockStepMs: Int64 = 86_400_000
    /// The last moment that a host can name: the end of the year 9999, in milliseconds since 1970.
    public static let lastMomentMs: Int64 = 253_402_300_799_999
    /// The greatest version that a client believes: what every JSON reader holds exactly.
    public static let maxVersion: Int64 = 1 << 53
    /// How long a host's command that changes many cells waits for its answer.
    public static let rollbackTimeoutMs = 30 * 60_000
    /// Rollbacks that are listed at most.
    public static let maxListedRollbacks = 1_000
    /// Rows of the audit that are told at once.
    public static let maxListedAudits = 500
    /// Rows of the audit that wait until storage takes writes.
    public static let maxUnkeptAudits = 1_000
    /// How long a ban may last that a moderator gives, in milliseconds.
    public static let maxModeratorBanMs: Int64 = 30 * 86_400_000
    /// How far ahead a ban may end, in milliseconds: a century.
    public static let maxBanMs: Int64 = 36_525 * 86_400_000
    /// Characters in an announcement.
    public static let maxAnnouncementCharacters = 280
    /// Bytes of an announcement: more than any script needs.
    public static let maxAnnouncementBytes = 12 * maxAnnouncementCharacters
    /// Announcements that may be made at once after a pause; then one in `announcementIntervalMs`.
    public static let announcementBurst = 3
    /// Between two announcements in the long run, in milliseconds.
    public static let announcementIntervalMs = 10_000
    /// Characters in a knob's name or value.
    public static let maxKnobCharacters = 64
    /// Characters in the reason of a ban.
    public static let maxBanReasonCharacters = 200
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

    // MARK: Skins

    /// The longest file of a skin.
    public static let maxSkinBytes = 4 * 1024
    /// Skins that a server offers.
    public static let maxSkins = 1_000
    /// What a skin may cost, in profile points.
    public static let maxSkinPrice = 1_000_000
    /// Characters in a skin's id.
    public static let maxSkinIDCharacters = 32
    /// Characters in a skin's title.
    public static let maxSkinTitleCharacters = 32
    /// Colors that skins are made of.
    public static let maxBaseColors = 256
    /// Characters in such a color's name.
    public static let maxBaseColorCharacters = 24

    // MARK: Ads

    /// Characters in an ad's id.
    public static let maxAdIDCharacters = 32
    /// Characters in a page's word.
    public static let maxAdPageCharacters = 32
    /// Characters in an ad's title.
    public static let maxAdTitleCharacters = 40
    /// Lines of an ad's text.
    public static let maxAdLines = 12
    /// Characters in a line of an ad's text, and in its caption.
    public static let maxAdLineCharacters = 72
    /// The widest picture of an ad, in pixels.
    public static let maxAdPictureWidth = 72
    /// The highest picture of an ad, in pixels: two to a row of a terminal.
    public static let maxAdPictureHeight = 40
    /// The longest link of an ad.
    public static let maxAdLinkBytes = 200
    /// How long an ad may be shown before it may be left, in seconds.
    public static let adSeconds = 1...30
    /// What an ad may weigh against others.
    public static let adWeight = 1...100

    /// How long an impression may be seen to its end, in milliseconds.
    public static let impressionLifetimeMs = 10 * 60_000
    /// Impressions that may be under way.
    public static let maxOpenImpressions = 20_000

    // MARK: Feedback

    /// Characters in a message to the host.
    public static let maxFeedbackCharacters = 2_000
    /// Bytes of such a message: more than any script needs, and so few that a host's whole list fits into an
    /// answer.
    public static let maxFeedbackBytes = 12 * maxFeedbackCharacters
    /// Messages that an account may send in an hour.
    public static let feedbackPerHour = 3
}
