import Arguments
import Crypto
import Engine
import Glibc
import OpenID
import Processes
import Protocol
import Storage
import Telegram
import Transport

/// A server from start to stop: opens the store, wires the rooms, runs the loop until a signal drains it.
struct ServerProcess {
    let configuration: ServerConfiguration
    let log: Log

    /// Why a server didn't start, in one line for the host.
    struct StartFailure: FailureWithMessage {
        let message: String
    }

    /// Holds the gateway for the devices that are made before it.
    private final class Wiring {
        var gateway: Gateway?
        var isDrained = false
    }

    /// Serves until SIGTERM or SIGINT; returns when everything held is durable and the store is closed.
    func run() throws(StartFailure) {
        ProcessLimits.raiseOpenFiles()
        // A limit on file sizes then reads as a full disk, which the server gets over.
        signal(SIGXFSZ, SIG_IGN)
        let assets = BuiltInAssets()
        let palette = try ChosenFile.palette(configuration.paletteFile)
        let arcade = try ChosenFile.arcadeRules(configuration.arcadeFile, else: assets.arcade)
        let database = try starting { () throws(StorageError) in
            try Database(directory: configuration.dataDirectory)
        }
        database.historyDays = configuration.historyDays
        let recovered = try starting { () throws(StorageError) in
            try database.recover(
                canvasSize: configuration.canvasSize, nowMs: WallClock.nowMs, stock: assets.stock)
        }
        for knob in recovered.knobs {
            log.write(
                .info, "knob",
                ["name": .text(knob.name), "value": .text(knob.value ?? ""), "beats": "option"])
        }
        if let highest = recovered.cells.max(), Int(highest) >= palette.count {
            throw StartFailure(
                message: "the palette has \(palette.count) colors, but the canvas uses color \(highest)")
        }
        let seed = try starting { () throws(CryptoError) in
            try SecretFile.loadOrCreate(configuration.dataDirectory + "/token.key", bytes: 32)
        }
        let tokens = try starting { () throws(CryptoError) in
            TokenDesk(
                signer: TokenSigner(key: try Ed25519PrivateKey(rawSeed: seed), issuer: "pixelwars"))
        }
        let loop = try starting { () throws(TransportError) in try EventLoop() }
        let provider = try makeProvider(loop)
        defer { provider?.close() }
        let wiring = Wiring()
        let results = try starting { () throws(TransportError) in
            try loop.makeMailbox { (input: Input) in wiring.gateway?.take(input) }
        }
        let storage: StorageThread
        do throws(StorageError) {
            storage = try StorageThread(database: database) { results.send($0) }
        } catch {
            throw StartFailure(message: error.description)
        }
        defer { storage.stop() }
        let broadcast = try makeBroadcast(palette, recovered)
        defer { broadcast?.stop() }
        let engine = ServerEngine(
            configuration: configuration.engine(palette: palette, arcade: arcade, assets),
            recovered: recovered,
            at: Moment(monotonicUs: loop.monotonicUs, wallMs: WallClock.nowMs))
        let gate = TokenGate(tokens: tokens, failureRate: configuration.requestRate)
        let signIns = SignInDesk(
            SignInDesk.Devices(
                provider: provider, gate: gate, marks: BrowserMark(serverSecret: seed),
                address: publicAddress, loop: loop, deliver: { wiring.gateway?.take($0) }))
        let devices = Gateway.Devices(
            loop: loop, storage: storage, offLoop: OffLoop(outcomes: results),
            tokens: tokens, gate: gate, refreshTokens: RefreshToken(serverSecret: seed), signIns: signIns,
            meters: Meters(), broadcast: broadcast, log: log,
            dataDirectory: configuration.dataDirectory)
        let telegram = try TelegramDesk.Settings(configuration.telegram)
        try serve(engine, devices, wiring, telegram: telegram.map { ($0, $0.memory(recovered.telegram)) })
    }

    /// What streams the canvas to a video service, begun; nil where the host wants none.
    private func makeBroadcast(
        _ palette: Palette, _ recovered: RecoveredState
    ) throws(StartFailure) -> BroadcastThread? {
        guard let url = configuration.broadcastURL else { return nil }
        var settings = configuration.broadcast
        settings.url = url
        let key = try starting { () throws(CryptoError) in
            try settings.keyFile.map { (file) throws(CryptoError) in
                try SecretFile.text(file, maxBytes: Limits.maxStreamKeyBytes)
            }
        }
        let size = recovered.epoch?.size ?? configuration.canvasSize
        let board = BroadcastBoard(
            size: size,
            cells: recovered.cells.isEmpty ? [UInt8](repeating: 0, count: size.cellCount) : recovered.cells,
            version: recovered.version)
        let thread = BroadcastThread(settings, key: key ?? "", palette: palette, board: board, log: log)
        try starting { () throws(ProcessFailure) in try thread.start() }
        return thread
    }

    /// Opens the port, says so, and runs the loop until it is drained.
    private func serve(
        _ engine: ServerEngine, _ devices: Gateway.Devices, _ wiring: Wiring,
        telegram: (settings: TelegramDesk.Settings, memory: BotMemory)?
    ) throws(StartFailure) {
        let loop = devices.loop
        wiring.gateway = Gateway(
            devices: devices, engine: engine, edge: edgeRules, openAPIDocument: PackageResources.openapi_yaml
        ) { wiring.isDrained = true }
        let listener = try starting { () throws(TransportError) in
            try makeListener(loop, wiring)
        }
        let metricsDoor = try starting { () throws(TransportError) in
            try makeMetricsDoor(loop, wiring)
        }
        let backups = try starting { () throws(TransportError) in
            try BackupDesk(loop: loop, storage: devices.storage, log: log)
        }
        let control = try starting { () throws(TransportError) in
            try LocalListener(
                loop: loop, directory: configuration.dataDirectory, name: HostWire.socketName,
                maxRequestBytes: Limits.maxHostCommandBytes, maxConnections: Limits.maxHostCommands,
                timeoutMs: Limits.hostCommandTimeoutMs,
                onRequest: { if !backups.take($0) { wiring.gateway?.accept($0) } })
        }
        // Close frames and last answers go out before the loop ends.
        loop.afterPoll {
            let isTold = wiring.gateway?.telegram?.isQuiet ?? true
            if wiring.isDrained, listener.connectionCount == 0, isTold { loop.stop() }
        }
        let drainTimer = loop.makeTimer { loop.stop() }
        for signal in [SIGTERM, SIGINT] {
            try starting { () throws(TransportError) in
                try loop.onSignal(signal) {
                    listener.stopAccepting()
                    drainTimer.schedule(afterMs: Limits.drainTimeoutMs)
                    wiring.gateway?.telegram?.stop()
                    wiring.gateway?.take(.drain)
                }
            }
        }
        try starting { () throws(TransportError) in
            if let telegram { try wiring.gateway?.open(telegram.settings, memory: telegram.memory) }
        }
        wiring.gateway?.turn()
        if let metricsDoor, let address = configuration.metricsListen {
            let at = ServerConfiguration.Listen(host: address.host, port: metricsDoor.port)
            log.write(.info, "metrics_listening", ["address": .text(at.text)])
        }
        announce(port: listener.port)
        loop.run()
        control.close()
        metricsDoor?.closeAll()
        listener.closeAll()
        wiring.gateway?.telegram?.close()
        wiring.gateway = nil
        log.write(.info, "stopped")
    }

    /// Turns a room's error into the one line that a host reads.
    private func starting<Value, Cause: Error & CustomStringConvertible>(
        _ body: () throws(Cause) -> Value
    ) throws(StartFailure) -> Value {
        do throws(Cause) {
            return try body()
        } catch {
            throw StartFailure(message: error.description)
        }
    }

    private func makeListener(
        _ loop: EventLoop, _ wiring: Wiring
    ) throws(TransportError) -> HTTPListener {
        let tls = configuration.tls.map {
            TLSServerSettings(certificateFile: $0.certificateFile, keyFile: $0.keyFile)
        }
        return try HTTPListener(
            loop: loop, host: configuration.listen.host, port: configuration.listen.port, tls: tls,
            limits: ListenerLimits(
                maxConnectionsPerAddress: configuration.maxConnectionsPerAddress,
                trustedProxies: configuration.trustedProxies,
                heartbeatTimeoutMs: configuration.heartbeatTimeoutSeconds * 1000),
            refusal: { wiring.gateway?.refuse($0) ?? HTTPListener.plainRefusal($0) },
            onRequest: { wiring.gateway?.accept($0) })
    }

    /// The identity provider, where Google accounts sign in.
    private func makeProvider(_ loop: EventLoop) throws(StartFailure) -> Provider? {
        guard let clientID = configuration.googleClientID, let file = configuration.googleClientSecretFile
        else { return nil }
        let secret = try starting { () throws(CryptoError) in
            try SecretFile.text(file, maxBytes: Limits.maxClientSecretBytes)
        }
        return Provider(
            loop: loop, rules: IDTokenRules(issuer: configuration.oidcIssuer, clientID: clientID),
            secret: secret, log: log)
    }

    private var publicAddress: PublicAddress {
        PublicAddress(
            publicURL: configuration.publicURL, publicHosts: configuration.publicHosts,
            trustedProxies: Set(configuration.trustedProxies), listen: configuration.listen.text)
    }

    /// The listener of metrics, where they have one of their own.
    private func makeMetricsDoor(
        _ loop: EventLoop, _ wiring: Wiring
    ) throws(TransportError) -> HTTPListener? {
        guard let listen = configuration.metricsListen else { return nil }
        return try MetricsDoor.open(loop: loop, at: listen, maxConnections: Limits.maxMetricsConnections) {
            wiring.gateway?.scrape() ?? HTTPResponse(status: 503)
        }
    }

    private var edgeRules: EdgeRules {
        EdgeRules(
            clientAddress: ClientAddress(trustedProxies: Set(configuration.trustedProxies)),
            allowedOrigins: Set(configuration.allowedOrigins), publicHosts: Set(configuration.publicHosts),
            hidesMetrics: configuration.metricsListen != nil)
    }

    /// The contract's one line on stdout; everything else goes to stderr.
    private func announce(port: Int) {
        let scheme = configuration.tls == nil ? "http" : "https"
        let at = ServerConfiguration.Listen(host: configuration.listen.host, port: port)
        Console.print("pixelwars-server listening on \(scheme)://\(at.text)")
        log.write(.info, "listening", ["address": .text(at.text), "version": .text(Release.version)])
    }
}
