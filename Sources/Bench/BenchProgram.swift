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
            if let text = try manual.answer(list, release: Release.version) {
                print(text)
                return 0
            }
            guard list.operands.count == 1 else {
                throw ArgumentList.UsageError("name one of \(commandNames.joined(separator: ", "))")
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
        case "timelapse":
            let found = try TimelapseRun().measurement()
            if options.printsJSON { try Report.json(found) } else { found.print() }
            try hold(found.bars)
        case "retention":
            let found = try RetentionRun().measurement()
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
        options.guests = try list.number("guests", 1...maxClients) ?? options.guests
        options.pushSeconds = try list.number("push-seconds", 1...maxPushSeconds) ?? options.pushSeconds
        options.clickForm = list.has("websocket") ? .webSocket : .http
        options.relays = try list.number("relays", 1...Limits.maxRelays) ?? options.relays
        options.relayPlayers =
            try list.number("players", 2...Limits.maxRelayPlayers) ?? options.relayPlayers
        options.clients = try list.number("clients", 2...maxClients) ?? options.clients
        options.pixelsPerSecond =
            try list.number("pixels-per-second", 1...maxPixelsPerSecond) ?? options.pixelsPerSecond
        options.seconds = try list.number("seconds", 1...maxSeconds).map(Double.init) ?? options.seconds
        options.tickMs = try list.number("tick-ms", 1...1_000) ?? options.tickMs
        options.replicas = try list.number("replicas", 1...maxClients) ?? options.replicas
        options.controlClients = try list.number("control-clients", 1...maxClients) ?? options.controlClients
        options.connections = try list.number("connections", 1...maxClients) ?? options.connections
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
}
