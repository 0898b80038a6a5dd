import Arguments
import Engine
import Protocol

/// What a command line asks the server program to do.
enum ServerCommand: Equatable {
    case serve(ServerConfiguration)
    case host(HostProgram)
    case data(DataProgram)
    case printConfiguration(ServerConfiguration)
    /// A manual page, or what completes words in a shell.
    case text(String)
    case help
    case version

    /// The options that set nothing.
    static let flags =
        [
            ArgumentList.Option("print-config", help: "print the settings as they would be used, and exit"),
            ArgumentList.Option("all", with: ["admin"], help: "admin list: every account"),
            ArgumentList.Option(
                "reason", "TEXT", with: ["admin", "review"], help: "a ban: what those banned are told"),
            ArgumentList.Option(
                "until", "WHEN", with: ["admin", "review"],
                help: "a ban: how long, as in 30m, 12h or 7d, or its end, as in 2026-01-02T03:04:05Z"),
            ArgumentList.Option(
                "reset", "KNOB", .words(Knob.allCases.map(\.rawValue)), with: ["admin"],
                help: "admin knobs: let the option count again"),
            ArgumentList.Option("limit", "N", with: ["admin"], help: "admin audit: so many rows"),
            ArgumentList.Option("yes", with: ["admin"], help: "admin clear, new-game: it is meant"),
            ArgumentList.Option("account", "ACCOUNT", with: ["admin"], help: "admin rollback: whose pixels"),
            ArgumentList.Option(
                "from", "TIME", with: ["admin"],
                help: "admin rollback: since when, as 2026-11-21T16:17:58Z or so long ago, as 15m or 2h"),
            ArgumentList.Option("to", "TIME", with: ["admin"], help: "admin rollback: until when"),
            ArgumentList.Option(
                "box", "X0,Y0,X1,Y1", with: ["admin"], help: "admin rollback: where"),
            ArgumentList.Option(
                "apply", with: ["admin"], help: "admin rollback: take back, and don't only count"),
            ArgumentList.Option(
                "force", with: ["backup"], help: "backup: in the place of a file that exists"),
            ArgumentList.Option(
                "json",
                with: ["admin", "review", "feedback", "skins", "backup", "restore", "migrate", "check"],
                help: "a host's command: answer in JSON"),
            ArgumentList.Option("help", help: "print this, and exit"),
            ArgumentList.Option("version", help: "print the version, and exit"),
        ] + Manual.options

    /// Reads the arguments and the environment; an option beats its variable.
    /// - Throws: `UsageError` with one line that says what is wrong and where it stood.
    init(
        arguments: [String], environment: [String: String]
    ) throws(ArgumentList.UsageError) {
        let list = try ArgumentList(arguments, options: Setting.all.map(\.option) + Self.flags)
        if list.has("help") {
            self = .help
        } else if list.has("version") {
            self = .version
        } else if let text = try Self.manual.answer(list, release: Release.version) {
            self = .text(text)
        } else {
            let configuration = try Self.configuration(list, environment)
            if let command = list.operands.first, DataOrder.begins(with: command) {
                for flag in ["all", "reason"] where list.has(flag) {
                    throw ArgumentList.UsageError("--\(flag) doesn't belong to `\(command)`")
                }
                self = .data(
                    DataProgram(
                        order: try DataOrder(words: list.operands, isForced: list.has("force")),
                        wantsJSON: list.has("json"), configuration: configuration))
                return
            }
            if list.has("force") { throw ArgumentList.UsageError("--force belongs to `backup`") }
            if let command = list.operands.first {
                guard HostOrder.begins(with: command) else {
                    throw ArgumentList.UsageError("unknown command \(command)")
                }
                var options = HostOrder.Options(
                    showsAll: list.has("all"), reason: list.value("reason"), until: list.value("until"),
                    reset: list.value("reset"), limit: list.value("limit"))
                options.canvas = HostOrder.CanvasOptions(
                    isSure: list.has("yes"), applies: list.has("apply"), account: list.value("account"),
                    from: list.value("from"), to: list.value("to"), box: list.value("box"))
                self = .host(
                    HostProgram(
                        order: try HostOrder(words: list.operands, options), wantsJSON: list.has("json"),
                        configuration: configuration))
                return
            }
            let own = [
                "all", "reason", "until", "reset", "limit", "json", "yes", "apply", "account", "from", "to",
                "box",
            ]
            for flag in own where list.has(flag) {
                throw ArgumentList.UsageError("--\(flag) belongs to a host's command")
            }
            self = list.has("print-config") ? .printConfiguration(configuration) : .serve(configuration)
        }
    }

    private static func configuration(
        _ list: ArgumentList, _ environment: [String: String]
    ) throws(ArgumentList.UsageError) -> ServerConfiguration {
        guard let size = CanvasSize(width: 1000, height: 1000) else {
            preconditionFailure("the default canvas is within the limits")
        }
        var configuration = ServerConfiguration(
            dataDirectory: defaultDataDirectory(environment), canvasSize: size)
        for setting in Setting.all {
            let given =
                setting.valueName == nil && list.has(setting.name) ? ["1"] : list.values(setting.name)
            let variable = setting.variables.first { environment[$0]?.isEmpty == false }
            let source = given.isEmpty ? variable ?? "" : "--\(setting.name)"
            var texts = given
            if given.isEmpty, let variable, let text = environment[variable] {
                texts = setting.isRepeatable ? text.split(separator: ",").map(String.init) : [text]
            }
            for text in setting.isRepeatable ? texts[...] : texts.suffix(1) {
                if let problem = setting.apply(text, &configuration) {
                    throw ArgumentList.UsageError("\(source): \"\(text)\" is not \(problem.wanted)")
                }
            }
        }
        if let tls = configuration.tls, tls.certificateFile.isEmpty || tls.keyFile.isEmpty {
            throw ArgumentList.UsageError("--tls-cert and --tls-key go together")
        }
        if let problem = configuration.telegram.problem { throw ArgumentList.UsageError(problem) }
        if configuration.broadcastURL == nil, configuration.broadcast.keyFile != nil {
            throw ArgumentList.UsageError("--broadcast-key-file goes with --broadcast")
        }
        if (configuration.googleClientID == nil) != (configuration.googleClientSecretFile == nil) {
            throw ArgumentList.UsageError("--google-client-id and --google-client-secret-file go together")
        }
        return configuration
    }

    /// `$XDG_STATE_HOME/pixelwars-server`; a relative XDG path doesn't count (XDG Base Directory 0.8).
    private static func defaultDataDirectory(_ environment: [String: String]) -> String {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            return state + "/pixelwars-server"
        }
        return (environment["HOME"] ?? "") + "/.local/state/pixelwars-server"
    }

    /// The text of `--help`.
    static var helpText: String {
        let options = Setting.all.map {
            ArgumentList.Option(
                $0.name, $0.valueName, help: "\($0.help) [\($0.variables.joined(separator: ", "))]")
        }
        return """
            Usage: pixelwars-server [OPTION]...
            \(HostOrder.usage(also: DataOrder.commands))

            Serves Pixel Wars: one process, HTTP and WebSocket on one port, SQLite in the data directory.
            An option beats its environment variable, which stands in brackets.

            \(ArgumentList.help(options + flags))
            """
    }

    /// The text of `--print-config`: a line a value, in the order of the help.
    static func configurationText(_ configuration: ServerConfiguration) -> String {
        Setting.all.flatMap { setting in
            setting.show(configuration).map { "\(setting.name) = \($0)" }
        }.joined(separator: "\n")
    }
}
