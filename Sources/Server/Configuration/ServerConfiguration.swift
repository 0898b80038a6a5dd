import Engine
import OpenID
import Protocol

/// Everything a host can set, with the contract's defaults.
struct ServerConfiguration: Sendable, Equatable {
    /// Where to listen; port 0 lets the system pick one.
    struct Listen: Sendable, Equatable {
        var host: String
        var port: Int

        /// The address as it stands in a URL, an IPv6 address in brackets.
        var text: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
    }

    /// A certificate chain and its key, both PEM files.
    struct TLS: Sendable, Equatable {
        var certificateFile: String
        var keyFile: String
    }

    /// The bot on Telegram; there is none without a token's file.
    struct TelegramBot: Sendable, Equatable {
        var tokenFile: String?
        /// People who may give orders, by their numbers.
        var users: [Int64] = []
        /// Groups in which they may.
        var groups: [Int64] = []
        /// Where the Bot API is.
        var api = "https://api.telegram.org"
        var pollSeconds = 50
    }

    var listen = Listen(host: "127.0.0.1", port: 8080)
    var dataDirectory: String
    var canvasSize: CanvasSize
    var paletteFile: String?
    var maxPlayers = 100
    var maxQueued = 10_000
    var idleSeconds = 120
    var maxLoopLagMs = 250
    var maxSendMbps = 0
    var accessTokenSeconds = Limits.accessTokenSeconds
    var snapshotEvery = 100
    var spectatorCooldownSeconds = 5
    var tickMs = 25
    var hasLiveSpectators = false
    var spectatorTickMs = 250
    var historyDays = 0
    var placeRate = Rate(perSecond: 10, burst: 20)
    var messageRate = Rate(perSecond: 50, burst: 250)
    var requestRate = Rate(perSecond: 20, burst: 60)
    var signInRate = Rate(perSecond: 1, burst: 30)
    var guestRate = Rate(perSecond: 0.5, burst: 20)
    var maxConnectionsPerAddress = 64
    var trustedProxies: [String] = []
    var clickPushRateSeconds = 5
    var maxClicksPerSecond = 20
    var clickGameSeconds = 600
    var heartbeatTimeoutSeconds = 45
    /// Whether ads are shown before pages.
    var showsAds = true
    /// The host's own numbers of arcade games; nil for the built-in ones.
    var arcadeFile: String?
    var allowedOrigins: [String] = []
    var publicHosts: [String] = []
    var admins: [Identifier] = []
    var tls: TLS?
    var telegram = TelegramBot()
    /// Where players find this server, without a slash at the end; nil where each request's host tells.
    var publicURL: String?
    /// The application's name at the identity provider; nil where Google accounts don't sign in.
    var googleClientID: String?
    /// The file with the application's secret there.
    var googleClientSecretFile: String?
    /// The identity provider; Google unless a host has another one, or a test its own.
    var oidcIssuer = IDTokenRules.google
    /// Where the canvas is streamed to; nil where it isn't.
    var broadcastURL: String?
    /// How the stream looks; its address is `broadcastURL`.
    var broadcast = BroadcastSettings(url: "")
    var logLevel = LogLevel.info
    var logFormat = LogFormat.text
    /// Where metrics are served instead of on the public port.
    var metricsListen: Listen?

    /// The engine's part of it.
    ///
    /// - Parameter arcade: the host's own rules; none for the built-in ones.
    func engine(
        palette: Palette, arcade: ArcadeRules? = nil, _ assets: BuiltInAssets
    ) -> EngineConfiguration {
        var engine = EngineConfiguration(
            canvasSize: canvasSize, palette: palette, puzzleStock: assets.puzzleStock)
        engine.planets = assets.planets.names
        engine.arcade = arcade ?? assets.arcade
        engine.baseColors = assets.baseColors
        engine.showsAds = showsAds
        engine.maxClicksPerSecond = maxClicksPerSecond
        engine.clickGameSeconds = clickGameSeconds
        engine.maxPlayers = maxPlayers
        engine.maxQueued = maxQueued
        engine.idleSeconds = idleSeconds
        engine.maxLoopLagMs = maxLoopLagMs
        engine.maxSendMbps = maxSendMbps
        engine.accessTokenSeconds = accessTokenSeconds
        engine.admins = admins
        engine.signsInWithGoogle = googleClientID != nil
        engine.maxConnectionsPerAddress = maxConnectionsPerAddress
        engine.snapshotEvery = snapshotEvery
        engine.spectatorCooldownMs = spectatorCooldownSeconds * 1000
        engine.tickMs = tickMs
        engine.hasLiveSpectators = hasLiveSpectators
        engine.spectatorTickMs = spectatorTickMs
        engine.historyDays = historyDays
        engine.heartbeatTimeoutMs = heartbeatTimeoutSeconds * 1000
        engine.clickPushRateSeconds = clickPushRateSeconds
        engine.placeRate = placeRate
        engine.messageRate = messageRate
        engine.requestRate = requestRate
        engine.signInRate = signInRate
        engine.guestRate = guestRate
        return engine
    }
}
