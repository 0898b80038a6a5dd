import Arguments
import Client
import Protocol
import Transport

/// What a command line asks for.
enum Invocation: Hashable, Sendable {
    case screen(ScreenProgram)
    case export(ExportProgram)
    case key(KeyProgram)
    case studio(StudioProgram)
    case help
    case version

    static let options: [ArgumentList.Option] = [
        .init("profile", "NAME", help: "use the key of this name (default: player)"),
        .init("name", "NAME", help: "the name to ask for at the first sign-in"),
        .init("color", "DEPTH", help: "auto, truecolor, 256, 16 or mono (default: auto)"),
        .init(
            "page", "PAGE", help: "begin there; \(Page.destinations.map(\.rawValue).joined(separator: ", "))"),
        .init("server", "URL", help: "skins: the server that a skin is offered on"),
        .init("force", help: "key import: replace the key that is there"),
        .init("help", help: "print this and exit"),
        .init("version", help: "print the version and exit"),
    ]

    static let usage = """
        usage: pixelwars [play] [URL]            paint on a server's canvas
               pixelwars watch [URL]             look on
               pixelwars skins [FILE]            make and edit a skin, without a server
               pixelwars export FILE.png [URL]   save the canvas as a picture
               pixelwars key export FILE         save the key that is your account
               pixelwars key import FILE         use a key saved before

        URL is http, https, ws or wss://HOST[:PORT]; default $PIXELWARS_URL, else \(ServerChoice.standardURL)

        """ + ArgumentList.help(options)

    /// Reads a command line; `arguments[0]` is the program's name.
    /// - Throws: `UsageError` with one line for whoever typed it.
    static func parse(
        _ arguments: [String], environment: (String) -> String?
    ) throws(ArgumentList.UsageError) -> Invocation {
        let list = try ArgumentList(arguments, options: options)
        if list.has("help") { return .help }
        if list.has("version") { return .version }
        var operands = list.operands[...]
        let command = try takeCommand(&operands)
        if list.has("force"), command != "key" {
            throw ArgumentList.UsageError("--force belongs to `key import`")
        }
        if list.has("server"), command != "skins" {
            throw ArgumentList.UsageError("--server belongs to `skins`; elsewhere the URL stands alone")
        }
        for option in ["name", "page"] where list.has(option) && command != "play" && command != "watch" {
            throw ArgumentList.UsageError("--\(option) belongs to `play` and `watch`")
        }
        let profile = list.value("profile") ?? Keyring.playerProfile
        switch command {
        case "play", "watch":
            let program = ScreenProgram(
                purpose: command == "watch" ? .watch : .play, url: try url(operands.popFirst(), environment),
                profile: profile, name: try name(list.value("name")),
                color: try color(list.value("color")),
                page: try page(list.value("page") ?? environment("PIXELWARS_PAGE"), for: command))
            try end(operands)
            return .screen(program)
        case "skins":
            let given = list.value("server")
            if let given { _ = try serverURL(given) }
            let program = StudioProgram(
                file: operands.popFirst(), server: ServerChoice.url(given, environment: environment),
                profile: profile, color: try color(list.value("color")))
            try end(operands)
            return .studio(program)
        case "export":
            guard let file = operands.popFirst() else {
                throw ArgumentList.UsageError("export needs a file: pixelwars export FILE.png [URL]")
            }
            let program = ExportProgram(file: file, url: try url(operands.popFirst(), environment))
            try end(operands)
            return .export(program)
        default:
            guard let verb = operands.popFirst(), let direction = KeyProgram.Direction(rawValue: verb),
                let file = operands.popFirst()
            else { throw ArgumentList.UsageError("usage: pixelwars key export|import FILE") }
            try end(operands)
            return .key(
                KeyProgram(direction: direction, file: file, profile: profile, force: list.has("force")))
        }
    }

    /// The first operand, where it is no URL; `play` where there is none.
    private static func takeCommand(_ operands: inout ArraySlice<String>) throws(ArgumentList.UsageError)
        -> String
    {
        guard let first = operands.first, !first.contains("://") else { return "play" }
        operands.removeFirst()
        guard ["play", "watch", "skins", "export", "key"].contains(first) else {
            throw ArgumentList.UsageError(
                "unknown command \(PlayerName.displayed(first)); a URL begins with http:// or https://")
        }
        return first
    }

    private static func url(
        _ operand: String?, _ environment: (String) -> String?
    ) throws(ArgumentList.UsageError) -> ServerURL {
        try serverURL(ServerChoice.url(operand, environment: environment))
    }

    /// The URL that a text is.
    static func serverURL(_ text: String) throws(ArgumentList.UsageError) -> ServerURL {
        guard let url = ServerURL(text) else {
            throw ArgumentList.UsageError(
                "not a server's URL: \(PlayerName.displayed(text)); try http://HOST:PORT")
        }
        return url
    }

    private static func name(_ text: String?) throws(ArgumentList.UsageError) -> String? {
        guard let text else { return nil }
        guard let name = PlayerName.validated(text) else {
            throw ArgumentList.UsageError("a name is 1 to \(Limits.maxNameCharacters) printable characters")
        }
        return name
    }

    private static func color(_ text: String?) throws(ArgumentList.UsageError) -> TerminalChoice.Wish {
        guard let text else { return .auto }
        guard let wish = TerminalChoice.Wish(rawValue: text) else {
            let known = TerminalChoice.Wish.allCases.map(\.rawValue).joined(separator: ", ")
            throw ArgumentList.UsageError("--color takes \(known)")
        }
        return wish
    }

    /// Home is where players begin, the canvas where watchers do.
    private static func page(
        _ text: String?, for command: String
    ) throws(ArgumentList.UsageError) -> Page {
        guard let text, !text.isEmpty else { return command == "watch" ? .canvas : .home }
        guard let page = Page(rawValue: text), Page.destinations.contains(page) else {
            let known = Page.destinations.map(\.rawValue).joined(separator: ", ")
            throw ArgumentList.UsageError("--page takes \(known)")
        }
        return page
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
