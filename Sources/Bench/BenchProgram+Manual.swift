import Arguments

extension BenchProgram {
    static let options: [ArgumentList.Option] =
        [
            .init("clients", "N", help: "fanout: connected clients; reconnects: players (1000)"),
            .init("pixels-per-second", "R", help: "fanout: placements a second in all (8000)"),
            .init("seconds", "S", help: "length of the measured window (10; clicks 30, relays 20)"),
            .init("tick-ms", "MS", help: "fanout: the tick of servers that batch (25)"),
            .init("replicas", "N", help: "fanout: clients that keep a whole canvas (20)"),
            .init("control-clients", "N", help: "fanout: clients of the control run (20)"),
            .init(
                "peer", "NAME", .words(TargetKind.peers.map(\.rawValue)),
                help: "fanout: also uws-binary, uws-json or node-json; repeatable"),
            .init("only-peers", help: "fanout: leave our own server out"),
            .init("saturate", help: "fanout: each server at the highest rate it holds"),
            .init("connections", "N", help: "idle: connections that do nothing (5000)"),
            .init("guests", "N", help: "clicks: guests who push (5000)"),
            .init("push-seconds", "S", help: "clicks: between two pushes of a guest (5)"),
            .init("websocket", help: "clicks: over WebSockets instead of keep-alive HTTP"),
            .init("relays", "N", help: "relays: how many run at once (200)"),
            .init("players", "N", help: "relays: players in each (8)"),
            .init("server", "FILE", .file, help: "the server's program (pixelwars-server beside this one)"),
            .init("json", help: "print JSON instead of tables"),
            .init("version", help: "print the version"),
            .init("help", help: "print this"),
        ] + Manual.options

    /// Each command with what it measures.
    private static let commands: [Manual.Command] = [
        .init("fanout", help: "what a delivered frame and pixel cost the server, and how late they come"),
        .init("idle", help: "resident memory of connections that do nothing"),
        .init("start", help: "time until the server listens on an empty directory"),
        .init("codec", help: "time and bytes of a tick's frame"),
        .init("states", help: "what a step of the engine costs with ever more accounts"),
        .init("reconnects", help: "whether players whose sockets come and go each second keep their places"),
        .init(
            "clicks",
            help: "what guests who push clicks cost, how late they are answered, whether all clicks count"),
        .init("relays", help: "how late the events of many relays reach everyone in their rooms"),
        .init("timelapse", help: "how fast the frames of a film of a million changes are made"),
        .init("retention", help: "what it costs a server that old history goes"),
    ]

    /// The commands' names, for whoever named none.
    static let commandNames = commands.flatMap(\.words)

    static let manual = Manual(
        program: "pixelwars-bench", summary: "measure the server under load",
        forms: commands.map { .init("\($0.words.joined()) [OPTION]...", $0.help) },
        description: [
            "Servers are started by this program, listen on the loopback only and end with it. Where a "
                + "measurement has a bar that isn't met, the program fails."
        ],
        commands: commands, options: options,
        exits: [
            .init("0", "It was measured, and every bar is met."),
            .init("1", "It failed, or a bar isn't met; a line on standard error says which."),
            .init("2", "The command line is wrong."),
        ],
        examples: [
            .init("pixelwars-bench fanout --clients 1000 --pixels-per-second 8000", "The usual load."),
            .init("pixelwars-bench idle --json", "Memory of connections, as JSON."),
        ], others: ["pixelwars-server", "pixelwars-sim"])

    static let usage = """
        Usage: pixelwars-bench COMMAND [OPTIONS]
        \(lines)
        Servers are started by this program, listen on the loopback only and end with it.

        """

    private static var lines: String {
        let width = commandNames.map(\.count).max() ?? 0
        return commands.map { command in
            let name = command.words.joined()
            return "  " + name + String(repeating: " ", count: width - name.count + 2) + command.help
        }.joined(separator: "\n")
    }
}
