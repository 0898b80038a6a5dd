import Engine
import Protocol

extension Workload {
    /// Who takes part, by which rules, and how time is shared out.
    struct Rules: Sendable {
        /// People with an account of their own.
        var accounts: Int
        /// Devices with the key of one of these people.
        var secondDevices: Int
        var guests: Int
        var strangers: Int
        /// How long people are busy before all becomes quiet.
        var busyUs: Int64
        /// How long all is quiet before replicas are compared.
        var quietUs: Int64 = 13_000_000
    }

    var rules: Rules {
        switch self {
        case .canvas, .canvases, .telegram:
            Rules(accounts: 8, secondDevices: 0, guests: 2, strangers: 2, busyUs: 17_000_000)
        case .crowd:
            Rules(accounts: 50, secondDevices: 6, guests: 2, strangers: 1, busyUs: 100_000_000)
        case .clicks:
            Rules(accounts: 6, secondDevices: 1, guests: 6, strangers: 1, busyUs: 40_000_000)
        case .relays:
            Rules(accounts: 10, secondDevices: 1, guests: 3, strangers: 0, busyUs: 43_000_000)
        case .arcade:
            Rules(accounts: 11, secondDevices: 2, guests: 2, strangers: 1, busyUs: 45_000_000)
        case .hosting:
            Rules(accounts: 20, secondDevices: 0, guests: 2, strangers: 1, busyUs: 70_000_000)
        }
    }

    /// The server's settings.
    func configuration(_ size: CanvasSize) throws(Failure) -> EngineConfiguration {
        var configuration = EngineConfiguration(
            canvasSize: size, palette: .standard, puzzleStock: try PuzzleStock(json: Self.words))
        configuration.clickGameSeconds = 0
        configuration.maxPlayers = 7
        configuration.snapshotEvery = 20
        configuration.spectatorCooldownMs = 1_000
        configuration.placeRate = Rate(perSecond: 5, burst: 10)
        configuration.messageRate = Rate(perSecond: 50, burst: 60)
        configuration.maxSendMbps = 50
        switch self {
        case .canvas, .canvases, .telegram:
            configuration.maxQueued = 4
            configuration.idleSeconds = 30
            configuration.accessTokenSeconds = 120
        case .crowd:
            configuration.maxQueued = 30
            // Two devices of an account share it, and both must get through while all is quiet.
            configuration.spectatorCooldownMs = 200
            configuration.idleSeconds = 20
            configuration.accessTokenSeconds = 90
            configuration.heartbeatTimeoutMs = 12_000
        case .hosting:
            configuration.maxQueued = 20
            configuration.idleSeconds = 20
            configuration.accessTokenSeconds = 120
            configuration.heartbeatTimeoutMs = 12_000
        case .clicks:
            configuration.accessTokenSeconds = 120
            configuration.clickPushRateSeconds = 1
            configuration.clickGameSeconds = 17
            configuration.planets = ["earth", "mars", "venus"]
        case .relays:
            configuration.idleSeconds = 20
            configuration.accessTokenSeconds = 120
        case .arcade:
            // As in a crowd: two devices of an account share it.
            configuration.spectatorCooldownMs = 200
            configuration.idleSeconds = 20
            configuration.accessTokenSeconds = 120
            configuration.arcade = .standard
            configuration.clickPushRateSeconds = 1
            configuration.clickGameSeconds = 17
            configuration.baseColors = try Self.baseColors()
        }
        return configuration
    }
}
