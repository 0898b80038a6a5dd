import Arguments
import Client
import Protocol

extension Invocation {
    static let manual = Manual(
        program: programName, summary: "paint together on a shared canvas, in the terminal",
        forms: [
            .init("[play] [URL]", "paint on a server's canvas"), .init("watch [URL]", "look on"),
            .init("skins [FILE]", "make and edit a skin, without a server"),
            .init("export FILE.png [URL]", "save the canvas as a picture"),
            .init("export --timelapse FILE.mp4 [URL]", "make a film of its history"),
            .init("key export FILE", "save the key that is your account"),
            .init("key import FILE", "use a key saved before"),
            .init("health [URL]", "what this terminal can do, and why it is used so"),
        ],
        description: [
            "A server has one canvas, on which players place pixels; beside it there are a click war, puzzle "
                + "relays, arcade games and a shop of skins. ? shows the keys of the screen that one is at.",
            "URL is http, https, ws or wss://HOST[:PORT]. Without one it is PIXELWARS_URL, else the config "
                + "file's, else \(ServerChoice.standardURL). An option beats its variable, which beats the "
                + "config file.",
        ],
        commands: [
            .init("play", help: "paint on a server's canvas"), .init("watch", help: "look on"),
            .init("skins", [.file], help: "make and edit a skin"),
            .init("export", [.file], help: "save the canvas"),
            .init("key export", [.file], help: "save the key that is your account"),
            .init("key import", [.file], help: "use a key saved before"),
            .init("health", help: "what this terminal can do, and why it is used so"),
        ],
        hasDefault: true, options: options, variables: variables,
        files: [
            .init(
                "$XDG_CONFIG_HOME/pixelwars/config.json",
                "The config file; ~/.config/pixelwars/config.json where that isn't set. --print-config prints "
                    + "one that says everything. Its keys: \(keys). A variable beats all but keys."),
            .init(
                "$XDG_STATE_HOME/pixelwars",
                "Keys, sign-ins and what is remembered of a server; ~/.local/state/pixelwars where that isn't "
                    + "set. Whoever has PROFILE.key is you."),
        ],
        examples: [
            .init("pixelwars https://example.org", "Plays there."),
            .init("pixelwars watch --tour --color 256", "Looks on, from one busy place to the next."),
            .init("pixelwars --template cat.png@120,40", "Shows where the picture's pixels belong."),
            .init("pixelwars --print-config > ~/.config/pixelwars/config.json", "Begins a config file."),
            .init(
                "pixelwars export --timelapse day.mp4 --from 2026-01-02 --to 2026-01-03",
                "Makes a film of what a day did to the canvas."),
            .init("pixelwars health --json", "Tells a program what the terminal can do."),
        ], others: ["pixelwars-server", "pixelwars-bot"])

    /// The forms and the options, for `--help`.
    static let usage = """
        \(manual.usage)

        URL is http, https, ws or wss://HOST[:PORT]; default $PIXELWARS_URL, else \(ServerChoice.standardURL)

        """ + ArgumentList.help(options)

    private static var keys: String { ConfigKey.all.map(\.name).joined(separator: ", ") }

    private static let variables: [Manual.Entry] =
        ConfigKey.all.compactMap { key in
            key.variable.map { Manual.Entry($0, "\(key.help) (\(key.takes))") }
        } + [
            .init("PIXELWARS_CONFIG", "The config file."),
            .init("NO_COLOR", "Where it isn't empty: no colors, unless --color asks for some."),
            .init("COLORTERM", "truecolor or 24bit: the terminal shows 24-bit colors."),
            .init("TERM", "The terminal's entry in terminfo."),
            .init(
                "LC_ALL, LC_CTYPE, LANG",
                "A locale of another character set than UTF-8 makes the screen ASCII; C and none say nothing."
            ),
        ]
}
