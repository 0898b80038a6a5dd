import Arguments
import Client
import Protocol
import Transport

/// What a command line asks for.
enum Invocation: Hashable, Sendable {
    case screen(ScreenProgram)
    case export(ExportProgram)
    case timelapse(TimelapseProgram)
    case key(KeyProgram)
    case studio(StudioProgram)
    case health(HealthProgram)
    /// The settings as they would be used, as a config file.
    case printConfig(Config)
    /// A manual page, or what completes words in a shell.
    case text(String)
    case help
    case version(isJSON: Bool)

    /// The first word of a command line, where it isn't a URL.
    enum Verb: String, CaseIterable, Sendable {
        case play, watch, skins, export, key, health

        /// Whether it is what a canvas is seen with.
        var isScreen: Bool {
            switch self {
            case .play, .watch: true
            case .skins, .export, .key, .health: false
            }
        }
    }

    /// Reads a command line; `arguments[0]` is the program's name.
    ///
    /// The config file that counts is read, too.
    /// - Throws: `UsageError` with one line for whoever typed it.
    static func parse(
        _ arguments: [String], environment: (String) -> String?
    ) throws(ArgumentList.UsageError) -> Invocation {
        let list = try ArgumentList(arguments, options: options)
        if list.has("help") { return .help }
        if list.has("version") { return .version(isJSON: list.has("json")) }
        if let text = try manual.answer(list, release: Release.version) { return .text(text) }
        var operands = list.operands[...]
        let verb = try takeVerb(&operands, isHealth: list.has("health"))
        for option in options where list.has(option.name) && !option.commands.isEmpty {
            guard !option.commands.contains(verb.rawValue) else { continue }
            let owners = option.commands.map { "`\($0)`" }.joined(separator: " and ")
            throw ArgumentList.UsageError("--\(option.name) belongs to \(owners)")
        }
        let file = ConfigFile(named: list.value("config"), environment: environment)
        if verb == .health {
            let program = try health(list, &operands, file: file, environment)
            try end(operands)
            return .health(program)
        }
        var config = Config()
        try apply(file, environment, list, to: &config)
        switch verb {
        case .play, .watch:
            let url = try url(operands.popFirst(), environment, config)
            try end(operands)
            return try screen(verb, list, config, url: url, file: file)
        case .skins:
            if let given = list.value("server") { _ = try serverURL(given) }
            let program = StudioProgram(
                file: operands.popFirst(),
                server: ServerChoice.url(
                    list.value("server"), environment: environment, configured: config.url),
                profile: config.profile ?? Keyring.playerProfile, settings: config.settings)
            try end(operands)
            return .studio(program)
        case .export:
            if let order = try FilmOrder(list) {
                let url = try url(operands.popFirst(), environment, config)
                try end(operands)
                return .timelapse(TimelapseProgram(order: order, url: url, isJSON: list.has("json")))
            }
            guard !list.has("force") else {
                throw ArgumentList.UsageError("--force goes with --timelapse here")
            }
            guard let file = operands.popFirst() else {
                throw ArgumentList.UsageError("export needs a file: pixelwars export FILE.png [URL]")
            }
            let url = try url(operands.popFirst(), environment, config)
            try end(operands)
            return .export(ExportProgram(file: file, url: url, isJSON: list.has("json")))
        case .key:
            let program = try key(list, &operands, config)
            try end(operands)
            return .key(program)
        case .health: preconditionFailure("health was read before the config was needed")
        }
    }

    /// The first operand, where it is no URL; `play` where there is none.
    private static func takeVerb(
        _ operands: inout ArraySlice<String>, isHealth: Bool
    ) throws(ArgumentList.UsageError) -> Verb {
        guard let first = operands.first, !first.contains("://") else { return isHealth ? .health : .play }
        operands.removeFirst()
        guard let verb = Verb(rawValue: first) else {
            throw ArgumentList.UsageError(
                "unknown command \(PlayerName.displayed(first)); a URL begins with http:// or https://")
        }
        guard !isHealth || verb == .health else {
            throw ArgumentList.UsageError("--health is a command of its own")
        }
        return verb
    }

    // MARK: What is set

    /// Puts file, variables and options over each other.
    private static func apply(
        _ file: ConfigFile?, _ environment: (String) -> String?, _ list: ArgumentList, to config: inout Config
    ) throws(ArgumentList.UsageError) {
        do throws(ConfigProblem) {
            try file?.apply(to: &config)
        } catch { throw ArgumentList.UsageError(error.message, isExplained: false) }
        // The URL's variable is looked at where a server is asked: the studio works without one.
        let problem = config.take { $0 == "PIXELWARS_URL" ? nil : environment($0) }
        if let problem { throw ArgumentList.UsageError(problem) }
        for (option, name, node) in nodes(of: list) {
            let key = ConfigKey.named(name)
            guard key.take(node, &config) == nil else {
                throw ArgumentList.UsageError("--\(option) takes \(key.takes)")
            }
        }
    }

    /// The options that say what the config file could say: each with the key and its value.
    static func nodes(of list: ArgumentList) -> [(option: String, key: String, node: OrderedJSON)] {
        var nodes: [(option: String, key: String, node: OrderedJSON)] = []
        for name in ["profile", "page", "color", "theme", "charset", "overview", "touch"] {
            if let text = list.value(name) { nodes.append((name, name, .text(text))) }
        }
        if list.has("ascii") { nodes.append(("ascii", "charset", .text("ascii"))) }
        if list.has("reduced-motion") { nodes.append(("reduced-motion", "reduced_motion", .flag(true))) }
        if list.has("flat") { nodes.append(("flat", "flat", .flag(true))) }
        if list.has("no-mouse") { nodes.append(("no-mouse", "mouse", .flag(false))) }
        return nodes
    }

    private static func url(
        _ operand: String?, _ environment: (String) -> String?, _ config: Config
    ) throws(ArgumentList.UsageError) -> ServerURL {
        try serverURL(ServerChoice.url(operand, environment: environment, configured: config.url))
    }

    /// The URL that a text is.
    static func serverURL(_ text: String) throws(ArgumentList.UsageError) -> ServerURL {
        guard let url = ServerURL(text) else {
            throw ArgumentList.UsageError(
                "not a server's URL: \(PlayerName.displayed(text)); try http://HOST:PORT")
        }
        return url
    }

    // MARK: The programs

    private static func screen(
        _ verb: Verb, _ list: ArgumentList, _ config: Config, url: ServerURL, file: ConfigFile?
    ) throws(ArgumentList.UsageError) -> Invocation {
        // Home is where players begin, the canvas where watchers do.
        let page = config.page ?? (verb == .watch ? .canvas : .home)
        if list.has("print-config") {
            var shown = config
            shown.url = url.description
            shown.page = page
            return .printConfig(shown)
        }
        if list.has("json"), !list.has("stats") {
            throw ArgumentList.UsageError("--json goes with --stats here")
        }
        return .screen(
            ScreenProgram(
                purpose: verb == .watch ? .watch : .play, url: url,
                profile: config.profile ?? Keyring.playerProfile, name: try name(list.value("name")),
                method: try list.value("sign-in").map(method),
                settings: config.settings, page: page,
                output: OutputOptions(
                    recording: list.value("record"), printsStats: list.has("stats"),
                    statsAreJSON: list.has("json")),
                template: try list.value("template").map(template), isTour: list.has("tour"),
                configFile: file))
    }

    private static func template(_ text: String) throws(ArgumentList.UsageError) -> TemplateOrder {
        guard let order = TemplateOrder(text) else {
            throw ArgumentList.UsageError("--template takes FILE or FILE@X,Y")
        }
        return order
    }

    private static func method(_ text: String) throws(ArgumentList.UsageError) -> SignInMethod {
        guard let method = SignInMethod(rawValue: text) else {
            throw ArgumentList.UsageError("--sign-in takes google or key")
        }
        return method
    }

    private static func name(_ text: String?) throws(ArgumentList.UsageError) -> String? {
        guard let text else { return nil }
        guard let name = PlayerName.validated(text) else {
            throw ArgumentList.UsageError("a name is 1 to \(Limits.maxNameCharacters) printable characters")
        }
        return name
    }

    private static func key(
        _ list: ArgumentList, _ operands: inout ArraySlice<String>, _ config: Config
    ) throws(ArgumentList.UsageError) -> KeyProgram {
        guard let word = operands.popFirst(), let direction = KeyProgram.Direction(rawValue: word),
            let file = operands.popFirst()
        else { throw ArgumentList.UsageError("usage: pixelwars key export|import FILE") }
        return KeyProgram(
            direction: direction, file: file, profile: config.profile ?? Keyring.playerProfile,
            force: list.has("force"), isJSON: list.has("json"))
    }

    /// What is wrong with the settings is a finding here, and no reason to tell nothing else.
    private static func health(
        _ list: ArgumentList, _ operands: inout ArraySlice<String>, file: ConfigFile?,
        _ environment: (String) -> String?
    ) throws(ArgumentList.UsageError) -> HealthProgram {
        var config = Config()
        var problem: String?
        do throws(ArgumentList.UsageError) {
            try apply(file, environment, list, to: &config)
        } catch { problem = error.message }
        return HealthProgram(
            url: try url(operands.popFirst(), environment, config),
            profile: config.profile ?? Keyring.playerProfile, settings: config.settings, configFile: file,
            configProblem: problem, isJSON: list.has("json"))
    }

    private static func end(_ operands: ArraySlice<String>) throws(ArgumentList.UsageError) {
        if let extra = operands.first {
            throw ArgumentList.UsageError("too many arguments: \(PlayerName.displayed(extra))")
        }
    }
}

/// Why a program ended badly, in one line for stderr.
struct ProgramFailure: Error, Hashable, Sendable {
    var message: String

    init(_ message: String) {
        self.message = message
    }
}
