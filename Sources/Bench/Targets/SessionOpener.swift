import Glibc
import Protocol

/// Brings a server up and connects all clients to it.
enum SessionOpener {
    private static let width = 1000
    private static let height = 1000
    private static let openTimeoutMs = 60_000

    /// Starts a server and returns once every client may place.
    static func open(
        _ kind: TargetKind, options: LoadOptions, clients: Int, tickMs: Int
    ) throws(BenchFailure) -> LoadSession {
        let (child, port) = try ServerLauncher.start(kind, options: options, tickMs: tickMs)
        let meter = ProcessMeter(pid: child.pid)
        let freshKB = try meter.residentKB()

        var api: PixelWarsAPI?
        let dialect: any Dialect
        var heads = [[UInt8]](
            repeating: Upgrade.head(target: "/", port: port, subprotocol: nil, token: nil), count: clients)
        switch kind {
        case .pixelwars:
            let door = try PixelWarsAPI(port: port)
            let tokens = try door.signIn(count: clients)
            heads = tokens.map { token in
                Upgrade.head(
                    target: "/ws?play=1", port: port, subprotocol: MessageCodec.binary.rawValue, token: token)
            }
            dialect = PixelWarsDialect(size: try door.canvasSize())
            api = door
        case .uwsBinary:
            dialect = FiveByteDialect(width: width, height: height)
        case .uwsJSON, .nodeJSON:
            dialect = JSONPixelDialect(width: width, height: height)
        }
        let beforeKB = try meter.residentKB()
        let loop = try LoadLoop(port: port, dialect: dialect, cellCount: width * height)
        try loop.open(heads, replicas: min(options.replicas, clients), timeoutMs: openTimeoutMs)
        if let api {
            for case let replica as PixelWarsReplica in loop.clients.compactMap(\.replica) {
                try api.settle(replica)
            }
        }
        return LoadSession(
            kind: kind, child: child, loop: loop,
            memory: (freshKB: freshKB, beforeKB: beforeKB, afterKB: try meter.residentKB()), api: api)
    }
}
