import Arguments
import Engine
import Protocol
import Testing

@testable import Server

@Suite struct ServerCommandTests {
    private func configuration(
        _ arguments: [String], _ environment: [String: String] = [:]
    ) throws -> ServerConfiguration {
        let command = try ServerCommand(arguments: ["pixelwars-server"] + arguments, environment: environment)
        guard case .serve(let configuration) = command else {
            throw ArgumentList.UsageError("not a serve command")
        }
        return configuration
    }

    @Test func `the defaults are the contract's`() throws {
        let configuration = try configuration([], ["XDG_STATE_HOME": "/state"])
        #expect(
            ServerCommand.configurationText(configuration) == """
                listen = 127.0.0.1:8080
                data = /state/pixelwars-server
                canvas = 1000x1000
                snapshot-every = 100
                spectator-cooldown = 5
                tick-ms = 25
                live-spectators = 0
                spectator-tick-ms = 250
                history-days = 0
                max-players = 100
                max-queued = 10000
                idle-seconds = 120
                max-loop-lag-ms = 250
                max-send-mbps = 0
                heartbeat-timeout = 45
                access-token-seconds = 900
                click-push-rate = 5
                max-clicks-per-second = 20
                click-game-seconds = 600
                ads = on
                place-rate = 10:20
                message-rate = 50:250
                request-rate = 20:60
                sign-in-rate = 1:30
                guest-rate = 0.5:20
                max-connections-per-address = 64
                log-level = info
                log-format = text
                telegram-api = https://api.telegram.org
                telegram-poll-seconds = 50
                oidc-issuer = https://accounts.google.com
                broadcast-size = 1280x720
                broadcast-fps = 30
                broadcast-kbps = 2500
                broadcast-encoder = ffmpeg
                """)
    }

    @Test func `a relative XDG path doesn't count`() throws {
        let configuration = try configuration([], ["XDG_STATE_HOME": "state", "HOME": "/home/a"])
        #expect(configuration.dataDirectory == "/home/a/.local/state/pixelwars-server")
    }

    @Test func `an option beats its variable, the last of several options wins`() throws {
        let environment = ["PIXELWARS_TICK_MS": "50", "CLICK_PUSH_RATE": "7", "PIXELWARS_LISTEN": "[::1]:0"]
        let configuration = try configuration(["--tick-ms", "30", "--tick-ms=40"], environment)
        #expect(configuration.tickMs == 40)
        #expect(configuration.clickPushRateSeconds == 7)
        #expect(configuration.listen == ServerConfiguration.Listen(host: "::1", port: 0))
        #expect(configuration.listen.text == "[::1]:0")
    }

    @Test func `metrics are public unless they have a listener of their own`() throws {
        #expect(try configuration([], [:]).metricsListen == nil)
        let environment = ["PIXELWARS_METRICS_LISTEN": "127.0.0.1:9100"]
        #expect(
            try configuration([], environment).metricsListen
                == ServerConfiguration.Listen(host: "127.0.0.1", port: 9100))
        #expect(throws: ArgumentList.UsageError.self) {
            try configuration(["--metrics-listen", "9100"], [:])
        }
    }

    @Test func `every option has its PIXELWARS variable, which beats a name without the prefix`() throws {
        for setting in Setting.all {
            #expect(setting.variables.first?.hasPrefix("PIXELWARS_") == true, "\(setting.name)")
        }
        let both = ["PIXELWARS_CLICK_PUSH_RATE": "8", "CLICK_PUSH_RATE": "7"]
        #expect(try configuration([], both).clickPushRateSeconds == 8)
    }

    @Test func `repeatable settings collect`() throws {
        let configuration = try configuration(
            ["--allow-origin", "https://A.example", "--allow-origin", "http://b.example"],
            ["PIXELWARS_TRUST_PROXY": "10.0.0.1,10.0.0.2"])
        #expect(configuration.allowedOrigins == ["https://a.example", "http://b.example"])
        #expect(configuration.trustedProxies == ["10.0.0.1", "10.0.0.2"])
    }

    @Test(arguments: [
        ("0", Rate(perSecond: 0, burst: 1)), ("10:20", Rate(perSecond: 10, burst: 20)),
        ("0.5:20", Rate(perSecond: 0.5, burst: 20)),
    ])
    func `rates are R colon BURST`(text: String, rate: Rate) throws {
        let configuration = try configuration(["--guest-rate", text])
        #expect(configuration.guestRate == rate)
        #expect(configuration.guestRate.text == text)
        #expect(configuration.engine(palette: .standard, BuiltInAssets()).guestRate == rate)
    }

    @Test(arguments: [
        (["--place-rate", "10"], "--place-rate: \"10\" is not R:BURST, as in 10:20, or 0"),
        (["--place-rate", "-1:5"], "--place-rate: \"-1:5\" is not R:BURST, as in 10:20, or 0"),
        (["--place-rate", "nan:5"], "--place-rate: \"nan:5\" is not R:BURST, as in 10:20, or 0"),
        (["--tick-ms", "0"], "--tick-ms: \"0\" is not a whole number from 1 to 10000"),
        (["--listen", "8080"], "--listen: \"8080\" is not HOST:PORT with a port from 0 to 65535"),
        (["--listen", "a:b:1"], "--listen: \"a:b:1\" is not HOST:PORT with a port from 0 to 65535"),
        (["--log-level", "loud"], "--log-level: \"loud\" is not debug, info, warning, error"),
        (["--admin", "me"], "--admin: \"me\" is not an account's id, 13 characters"),
        (["--tls-cert", "c.pem"], "--tls-cert and --tls-key go together"),
        (["--ads", "maybe"], "--ads: \"maybe\" is not on or off"),
        (["--arcade", ""], "--arcade: \"\" is not a file"),
        (["--spectator-tick-ms", "0"], "--spectator-tick-ms: \"0\" is not a whole number from 1 to 60000"),
        (["--nonsense"], "unknown option --nonsense"),
        (["dance"], "unknown command dance"),
    ])
    func `a wrong value is refused by name`(arguments: [String], message: String) {
        #expect(throws: ArgumentList.UsageError(message)) { try configuration(arguments) }
    }

    @Test func `spectators watch live where a host says so, by the option or its variable`() throws {
        let asked: [(arguments: [String], variables: [String: String], isLive: Bool)] = [
            ([], [:], false), (["--live-spectators"], [:], true),
            ([], ["PIXELWARS_LIVE_SPECTATORS": "1"], true), ([], ["PIXELWARS_LIVE_SPECTATORS": "0"], false),
            (["--live-spectators"], ["PIXELWARS_LIVE_SPECTATORS": "0"], true),
        ]
        for (arguments, variables, isLive) in asked {
            let settings = try configuration(arguments + ["--spectator-tick-ms", "400"], variables)
            let engine = settings.engine(palette: .standard, BuiltInAssets())
            #expect(engine.hasLiveSpectators == isLive && engine.spectatorTickMs == 400)
        }
        #expect(
            throws: ArgumentList.UsageError("PIXELWARS_LIVE_SPECTATORS: \"yes\" is not 1 or 0")
        ) {
            try configuration([], ["PIXELWARS_LIVE_SPECTATORS": "yes"])
        }
    }

    @Test func `ads are a host's to turn off, and the arcade's numbers to choose`() throws {
        let configuration = try configuration(
            ["--arcade", "a.json"], ["PIXELWARS_ADS": "off", "PIXELWARS_ARCADE": "b.json"])
        #expect(!configuration.showsAds)
        #expect(!configuration.engine(palette: .standard, BuiltInAssets()).showsAds)
        #expect(configuration.arcadeFile == "a.json")
        let text = ServerCommand.configurationText(configuration)
        #expect(text.contains("\narcade = a.json\nads = off\n"))
    }

    @Test func `the file of settings has each once, commented out, with its default`() throws {
        var variables: [String: String] = [:]
        for line in String(decoding: try asset("pixelwars.env"), as: UTF8.self).split(separator: "\n") {
            guard let match = line.wholeMatch(of: /#?([A-Z_]+)=(.*)/) else {
                #expect(line.hasPrefix("# "), "neither a setting nor words: \(line)")
                continue
            }
            #expect(line.hasPrefix("#"), "what isn't a default is a host's to set: \(line)")
            #expect(
                variables.updateValue(String(match.2), forKey: String(match.1)) == nil,
                "\(line) is there twice")
        }
        var defaults = try configuration([])
        defaults.dataDirectory = ""
        for setting in Setting.all {
            let variable = try #require(setting.variables.first)
            #expect(
                variables.removeValue(forKey: variable) == setting.show(defaults).joined(separator: ","),
                "\(variable)")
        }
        #expect(variables.isEmpty)
    }

    @Test func `a wrong variable is named as such`() {
        #expect(
            throws: ArgumentList.UsageError(
                "PIXELWARS_MAX_PLAYERS: \"x\" is not a whole number from 1 to 1000000")
        ) {
            try configuration([], ["PIXELWARS_MAX_PLAYERS": "x"])
        }
    }

    @Test(arguments: ["0x5", "5", "5x", "20000x5", "16384x16384"])
    func `a canvas beyond the limits is refused`(size: String) {
        #expect(throws: ArgumentList.UsageError.self) { try configuration(["--canvas", size]) }
    }

    @Test func `the help names every option and its variable`() {
        for setting in Setting.all {
            #expect(ServerCommand.helpText.contains("--\(setting.name) "))
            for variable in setting.variables { #expect(ServerCommand.helpText.contains(variable)) }
        }
    }
}
