import Arguments
import Engine
import Protocol
import Transport

extension Setting {
    /// Every setting, in the order of the help.
    static let all: [Setting] =
        places + canvas + players + games + limits + people + security + logging + telegram + signIn
        + broadcast

    private static let places: [Setting] = [
        Setting("listen", "HOST:PORT", help: "where to listen; port 0 picks one") { text, configuration in
            guard let listen = ServerConfiguration.Listen(text: text) else {
                return Problem(wanted: "HOST:PORT with a port from 0 to 65535")
            }
            configuration.listen = listen
            return nil
        } show: {
            [$0.listen.text]
        },
        Setting("data", "DIR", help: "the data directory; made on the first start") { text, configuration in
            guard !text.isEmpty else { return Problem(wanted: "a directory") }
            configuration.dataDirectory = text
            return nil
        } show: {
            [$0.dataDirectory]
        },
    ]

    private static let canvas: [Setting] = [
        Setting("canvas", "WxH", help: "the canvas's size in cells, on the first start only") {
            text, configuration in
            let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
            guard sides.count == 2, let width = sides[0], let height = sides[1],
                let size = CanvasSize(width: width, height: height)
            else {
                return Problem(
                    wanted:
                        "WxH, each side from 1 to \(Limits.maxCanvasSide), \(Limits.maxCanvasCells) cells at most"
                )
            }
            configuration.canvasSize = size
            return nil
        } show: {
            ["\($0.canvasSize.width)x\($0.canvasSize.height)"]
        },
        file("palette", help: "the colors, as JSON; 32 built-in ones by default", \.paletteFile),
        number(
            "snapshot-every", "N", 1...1_000_000_000, help: "a snapshot each N versions", \.snapshotEvery),
        number(
            .spectatorCooldown, "S", help: "seconds between two of a spectator's reads of a kind",
            \.spectatorCooldownSeconds),
        number("tick-ms", "MS", 1...10_000, help: "one commit and one frame in this time", \.tickMs),
        flag(
            "live-spectators", help: "spectators' sockets get the canvas's frames, too", \.hasLiveSpectators),
        number(
            "spectator-tick-ms", "MS", 1...60_000, help: "one frame to live spectators in this time",
            \.spectatorTickMs),
        number(
            "history-days", "N", 0...Limits.maxHistoryDays,
            help: "days of the canvas's history that are kept; 0: all", \.historyDays),
    ]

    private static let players: [Setting] = [
        number(.maxPlayers, "N", help: "accounts playing at once", \.maxPlayers),
        number(.maxQueued, "N", help: "accounts waiting at once", \.maxQueued),
        number(
            .idleSeconds, "S", help: "play ends after so long without a game action", \.idleSeconds),
        number(
            "max-loop-lag-ms", "MS", 0...60_000,
            help: "nobody is let in while the loop is later than this; 0 is no limit", \.maxLoopLagMs),
        number(
            "max-send-mbps", "N", 0...1_000_000,
            help: "nobody is let in while more megabits a second go out; 0 is no limit", \.maxSendMbps),
        number(
            "heartbeat-timeout", "S", 5...86_400,
            help: "whoever is silent for so long counts as gone", \.heartbeatTimeoutSeconds),
        number(
            "access-token-seconds", "S", 15...86_400,
            help: "how long an access token lives, and a fifteenth longer its socket", \.accessTokenSeconds),
    ]

    private static let games: [Setting] = [
        number(
            "click-push-rate", "S", variable: "CLICK_PUSH_RATE", 1...3_600,
            help: "seconds between a client's click pushes", \.clickPushRateSeconds),
        number(
            "max-clicks-per-second", "N", 1...10_000, help: "a push of more, for its time, is implausible",
            \.maxClicksPerSecond),
        number(
            "click-game-seconds", "S", 0...Limits.clickGameSeconds.upperBound,
            help: "how long a click game lasts that nobody ordered; 0: only ordered ones",
            \.clickGameSeconds),
        file(
            "arcade", help: "multipliers, bursts and the login bonus, as JSON; built-in by default",
            \.arcadeFile),
        Setting(Knob.ads.rawValue, "on|off", help: "whether ads are shown before pages") {
            text, configuration in
            guard case .flag(let isOn) = Knob.ads.range.value(text) else {
                return Problem(wanted: Knob.ads.range.wanted)
            }
            configuration.showsAds = isOn
            return nil
        } show: {
            [Knob.Value.flag($0.showsAds).text]
        },
    ]

    private static let limits: [Setting] = [
        rate(Knob.placeRate.rawValue, help: "pixels an account, a second", \.placeRate),
        rate("message-rate", help: "messages a socket, a second", \.messageRate),
        rate("request-rate", help: "HTTP requests an account, guest or address, a second", \.requestRate),
        rate("sign-in-rate", help: "sign-ins an address, a second", \.signInRate),
        rate("guest-rate", help: "guests an address, a second", \.guestRate),
        number(
            "max-connections-per-address", "N", 1...1_000_000, help: "open connections an address",
            \.maxConnectionsPerAddress),
    ]

    private static let people: [Setting] = [
        Setting(
            "admin", "ACCOUNT-ID", help: "an account that is an admin (repeatable)",
            isRepeatable: true
        ) {
            text, configuration in
            guard let id = Identifier(text) else { return Problem(wanted: "an account's id, 13 characters") }
            configuration.admins.append(id)
            return nil
        } show: {
            $0.admins.map(\.description)
        }
    ]

    private static let security: [Setting] = [
        list(
            "trust-proxy", "ADDRESS", help: "a proxy whose X-Forwarded-For counts", wanted: "an IP address",
            \.trustedProxies, read: { NetAddress.canonical(host: $0) }),
        list(
            "allow-origin", "O", help: "an Origin that may open WebSockets",
            wanted: "an origin, as in https://example.org", \.allowedOrigins,
            read: { $0.contains("://") ? $0.lowercased() : nil }),
        list(
            "public-host", "H", help: "a Host that sign-in signatures may name", wanted: "a host",
            \.publicHosts, read: { $0.isEmpty ? nil : $0.lowercased() }),
        Setting("tls-cert", "FILE", help: "certificate chain, PEM; with --tls-key") { text, configuration in
            configuration.tls = ServerConfiguration.TLS(
                certificateFile: text, keyFile: configuration.tls?.keyFile ?? "")
            return text.isEmpty ? Problem(wanted: "a file") : nil
        } show: {
            $0.tls.map { [$0.certificateFile] } ?? []
        },
        Setting("tls-key", "FILE", help: "private key, PEM; with --tls-cert") { text, configuration in
            configuration.tls = ServerConfiguration.TLS(
                certificateFile: configuration.tls?.certificateFile ?? "", keyFile: text)
            return text.isEmpty ? Problem(wanted: "a file") : nil
        } show: {
            $0.tls.map { [$0.keyFile] } ?? []
        },
    ]

    private static let logging: [Setting] = [
        Setting(
            "log-level", "L", values: .words(LogLevel.allCases.map(\.rawValue)),
            help: "debug, info, warning or error"
        ) { text, configuration in
            guard let level = LogLevel(rawValue: text) else {
                return Problem(wanted: LogLevel.allCases.map(\.rawValue).joined(separator: ", "))
            }
            configuration.logLevel = level
            return nil
        } show: {
            [$0.logLevel.rawValue]
        },
        Setting("log-format", "text|json", help: "how log lines look, on stderr") { text, configuration in
            guard let format = LogFormat(rawValue: text) else { return Problem(wanted: "text or json") }
            configuration.logFormat = format
            return nil
        } show: {
            [$0.logFormat.rawValue]
        },
        Setting(
            "metrics-listen", "HOST:PORT",
            help: "serve /metrics here and not on the public port; port 0 picks one"
        ) { text, configuration in
            guard let listen = ServerConfiguration.Listen(text: text) else {
                return Problem(wanted: "HOST:PORT with a port from 0 to 65535")
            }
            configuration.metricsListen = listen
            return nil
        } show: {
            $0.metricsListen.map { [$0.text] } ?? []
        },
    ]
}

extension ServerConfiguration.Listen {
    /// Reads `HOST:PORT`, an IPv6 address in brackets.
    init?(text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        var host = text[..<colon]
        if host.first == "[", host.last == "]" {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self.init(host: String(host), port: port)
    }
}
