import Arguments
import Crypto
import Engine
import Glibc
import Protocol
import Storage
import Transport

/// A server from start to stop: opens the store, wires the rooms, runs the loop until a signal drains it.
struct ServerProcess {
    let configuration: ServerConfiguration
    let log: Log

    /// Why a server didn't start, in one line for the host.
    struct StartFailure: Error {
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
        let recovered = try starting { () throws(StorageError) in
            try database.recover(
                canvasSize: configuration.canvasSize, nowMs: WallClock.nowMs, stock: assets.stock)
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
        let engine = ServerEngine(
            configuration: configuration.engine(palette: palette, arcade: arcade, assets),
            recovered: recovered,
            at: Moment(monotonicUs: loop.monotonicUs, wallMs: WallClock.nowMs))
        let devices = Gateway.Devices(
            loop: loop, storage: storage, offLoop: OffLoop(outcomes: results),
            tokens: tokens, gate: TokenGate(tokens: tokens, failureRate: configuration.requestRate),
            refreshTokens: RefreshToken(serverSecret: seed), meters: Meters(), log: log)
        try serve(engine, devices, wiring)
    }

    /// Opens the port, says so, and runs the loop until it is drained.
    private func serve(
        _ engine: ServerEngine, _ devices: Gateway.Devices, _ wiring: Wiring
    ) throws(StartFailure) {
        let loop = devices.loop
        wiring.gateway = Gateway(
            devices: devices, engine: engine, edge: edgeRules, openAPIDocument: PackageResources.openapi_yaml
        ) { wiring.isDrained = true }
        let listener = try starting { () throws(TransportError) in
            try makeListener(loop, wiring)
        }
        let control = try starting { () throws(TransportError) in
            try LocalListener(
                loop: loop, directory: configuration.dataDirectory, name: HostWire.socketName,
                maxRequestBytes: Limits.maxHostCommandBytes, maxConnections: Limits.maxHostCommands,
                timeoutMs: Limits.hostCommandTimeoutMs, onRequest: { wiring.gateway?.accept($0) })
        }
        // Close frames and last answers go out before the loop ends.
        loop.afterPoll {
            if wiring.isDrained, listener.connectionCount == 0 { loop.stop() }
        }
        let drainTimer = loop.makeTimer { loop.stop() }
        for signal in [SIGTERM, SIGINT] {
            try starting { () throws(TransportError) in
                try loop.onSignal(signal) {
                    listener.stopAccepting()
                    drainTimer.schedule(afterMs: Limits.drainTimeoutMs)
                    wiring.gateway?.take(.drain)
                }
            }
        }
        wiring.gateway?.turn()
        announce(port: listener.port)
        loop.run()
        control.close()
        listener.closeAll()
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

    private var edgeRules: EdgeRules {
        EdgeRules(
            clientAddress: ClientAddress(trustedProxies: Set(configuration.trustedProxies)),
            allowedOrigins: Set(configuration.allowedOrigins), publicHosts: Set(configuration.publicHosts))
    }

    /// The contract's one line on stdout; everything else goes to stderr.
    private func announce(port: Int) {
        let scheme = configuration.tls == nil ? "http" : "https"
        let at = ServerConfiguration.Listen(host: configuration.listen.host, port: port)
        Console.print("pixelwars-server listening on \(scheme)://\(at.text)")
        log.write(.info, "listening", ["address": .text(at.text), "version": .text(Release.version)])
    }
}
