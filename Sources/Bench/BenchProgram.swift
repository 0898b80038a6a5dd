import Arguments
import Glibc
import Protocol
import Transport

/// The command line: which measurement, with what options.
enum BenchProgram {
    private static let maxClients = 20_000
    private static let maxPixelsPerSecond = 100_000
    private static let maxSeconds = 600
    /// A connection that asks more seldom is closed as idle.
    private static let maxPushSeconds = 8

    private static let options: [ArgumentList.Option] = [
        .init("clients", "N", help: "fanout: connected clients; reconnects: players (1000)"),
        .init("pixels-per-second", "R", help: "fanout: placements a second in all (8000)"),
        .init("seconds", "S", help: "length of the measured window (10; clicks 30, relays 20)"),
        .init("tick-ms", "MS", help: "fanout: the tick of servers that batch (25)"),
        .init("replicas", "N", help: "fanout: clients that keep a whole canvas (20)"),
        .init("control-clients", "N", help: "fanout: clients of the control run (20)"),
        .init("peer", "NAME", help: "fanout: also uws-binary, uws-json or node-json; repeatable"),
        .init("only-peers", help: "fanout: leave our own server out"),
        .init("saturate", help: "fanout: each server at the highest rate it holds"),
        .init("connections", "N", help: "idle: connections that do nothing (5000)"),
        .init("guests", "N", help: "clicks: guests who push (5000)"),
        .init("push-seconds", "S", help: "clicks: between two pushes of a guest (5)"),
        .init("websocket", help: "clicks: over WebSockets instead of keep-alive HTTP"),
        .init("relays", "N", help: "relays: how many run at once (200)"),
        .init("players", "N", help: "relays: players in each (8)"),
        .init("server", "FILE", help: "the server's program (pixelwars-server beside this one)"),
        .init("json", help: "print JSON instead of tables"),
        .init("version", help: "print the version"),
        .init("help", help: "print this"),
    ]

    private static let usage = """
        Usage: pixelwars-bench COMMAND [OPTIONS]
          fanout      what a delivered frame and pixel cost the server, and how late they come
          idle        resident memory of connections that do nothing
          start       time until the server listens on an empty directory
          codec       time and bytes of a tick's frame
          states      what a step of the engine costs with ever more accounts
          reconnects  whether players whose sockets come and go each second keep their places
          clicks      what guests who push clicks cost, how late they are answered, whether all clicks count
          relays      how late the events of many relays reach everyone in their rooms
        Servers are started by this program, listen on the loopback only and end with it.

        """

    /// Runs one command and returns the exit code: 0 fine, 1 failed, 2 wrong usage.
    static func run(_ words: [String]) -> Int32 {
        do {
            let list = try ArgumentList(words, options: options)
            if list.has("help") {
                print(usage + ArgumentList.help(options))
                return 0
            }
            if list.has("version") {
                print("pixelwars-bench \(Release.version)")
                return 0
            }
            guard list.operands.count == 1 else {
                throw ArgumentList.UsageError(
                    "name one of fanout, idle, start, codec, states, reconnects, clicks and relays")
            }
            try perform(list.operands[0], try parse(list, for: list.operands[0]))
            return 0
        } catch let error as ArgumentList.UsageError {
            Report.line("\(error.message); --help shows the options")
            return 2
        } catch let error as BenchFailure {
            Report.line(error.message)
            return 1
        } catch {
            Report.line("\(error)")
            return 1
        }
    }

    private static func perform(_ command: String, _ options: LoadOptions) throws {
        ProcessLimits.raiseOpenFiles()
        switch command {
        case "fanout":
            let report = FanoutReport(
                try FanoutRun(options: options).measurements(), atSaturation: options.saturates)
            if options.printsJSON { try Report.json(report) } else { report.print() }
        case "idle":
            let found = try IdleRun(options: options).measurement()
            if options.printsJSON { try Report.json(found) } else { found.print() }
        case "start":
            let found = try StartRun(options: options).measurement()
            if options.printsJSON { try Report.json(found) } else { found.print() }
        case "codec":
            let found = try CodecRun().measurements()
            if options.printsJSON { try Report.json(found) } else { CodecRun.print(found) }
        case "states":
            let found = try StatesRun().measurement()
            if options.printsJSON { try Report.json(found) } else { found.print() }
            try hold(found.bars)
        case "reconnects":
            let found = try ReconnectsRun(options: options).measurement()
            if options.printsJSON { try Report.json(found) } else { found.print() }
            try hold(found.bars)
        case "clicks":
            let found = try ClicksRun(options: options).measurement()
            if options.printsJSON { try Report.json(found) } else { found.print() }
            try hold(found.bars)
        case "relays":
            let found = try RelaysRun(options: options).measurement()
            if options.printsJSON { try Report.json(found) } else { found.print() }
            try hold(found.bars)
        default:
            throw ArgumentList.UsageError("unknown command \(command)")
        }
    }

    /// Fails where a bar isn't met, so that a script notices.
    private static func hold(_ bars: [Bar]) throws(BenchFailure) {
        let unmet = bars.filter { !$0.isMet }.map(\.name)
        guard unmet.isEmpty else { throw BenchFailure("not met: \(unmet.joined(separator: "; "))") }
    }

    private static let defaultSeconds = ["clicks": 30.0, "relays": 20.0]

    private static func parse(
        _ list: ArgumentList, for command: String
    ) throws(ArgumentList.UsageError) -> LoadOptions {
        var options = LoadOptions()
        options.seconds = defaultSeconds[command] ?? options.seconds
        options.guests = try number(list, "guests", 1...maxClients) ?? options.guests
        options.pushSeconds = try number(list, "push-seconds", 1...maxPushSeconds) ?? options.pushSeconds
        options.clickForm = list.has("websocket") ? .webSocket : .http
        options.relays = try number(list, "relays", 1...Limits.maxRelays) ?? options.relays
        options.relayPlayers =
            try number(list, "players", 2...Limits.maxRelayPlayers) ?? options.relayPlayers
        options.clients = try number(list, "clients", 2...maxClients) ?? options.clients
        options.pixelsPerSecond =
            try number(list, "pixels-per-second", 1...maxPixelsPerSecond) ?? options.pixelsPerSecond
        options.seconds = try number(list, "seconds", 1...maxSeconds).map(Double.init) ?? options.seconds
        options.tickMs = try number(list, "tick-ms", 1...1_000) ?? options.tickMs
        options.replicas = try number(list, "replicas", 1...maxClients) ?? options.replicas
        options.controlClients = try number(list, "control-clients", 1...maxClients) ?? options.controlClients
        options.connections = try number(list, "connections", 1...maxClients) ?? options.connections
        options.server = list.value("server")
        options.saturates = list.has("saturate")
        options.printsJSON = list.has("json")
        var peers: [TargetKind] = []
        for name in list.values("peer") {
            guard let peer = TargetKind(rawValue: name), peer != .pixelwars else {
                let known = TargetKind.peers.map(\.rawValue).joined(separator: ", ")
                throw ArgumentList.UsageError("unknown peer \(name); there are \(known)")
            }
            peers.append(peer)
        }
        options.targets = (list.has("only-peers") ? [] : [.pixelwars]) + peers
        return options
    }

    private static func number(
        _ list: ArgumentList, _ name: String, _ range: ClosedRange<Int>
    ) throws(ArgumentList.UsageError) -> Int? {
        guard let text = list.value(name) else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw ArgumentList.UsageError(
                "--\(name) takes a number from \(range.lowerBound) to \(range.upperBound), not \(text)")
        }
        return value
    }
}
