import Arguments
import Client

extension Invocation {
    private static let screens = Verb.allCases.filter(\.isScreen).map(\.rawValue)

    /// Every option, in the order of the help.
    static let options: [ArgumentList.Option] =
        [
            .init("profile", "NAME", help: "use the key of this name (default: player)"),
            .init("name", "NAME", with: screens, help: "the name to ask for at the first sign-in"),
            .init(
                "sign-in", "METHOD", .words(SignInMethod.allCases.map(\.rawValue)),
                with: [Verb.play.rawValue],
                help: "sign in by this from now on: google, or the profile's key (default: as the last time)"),
            setting("page", "PAGE", with: screens),
        ] + looks + [
            .init(
                "template", "FILE[@X,Y]", .file, with: screens,
                help: "a PNG to paint after, and where it belongs"),
            .init("tour", with: [Verb.watch.rawValue], help: "go from one busy place to the next"),
            .init("stats", with: screens, help: "print figures of the terminal's output at exit"),
            .init(
                "record", "FILE", .file, with: screens, help: "record what the terminal shows (asciicast v2)"),
            .init(
                "config", "FILE", .file, help: "the config file (default: ~/.config/pixelwars/config.json)"),
            .init("print-config", with: screens, help: "print the settings as a config file and exit"),
            .init("json", help: "print results, figures and failures as JSON"),
            .init(
                "server", "URL", with: [Verb.skins.rawValue],
                help: "skins: the server that a skin is offered on"),
            .init(
                "force", with: [Verb.key.rawValue, Verb.export.rawValue],
                help: "key import: replace the key that is there; export --timelapse: the file"),
            .init("health", help: "the same as the command health"),
        ] + film + Manual.options + [
            .init("help", help: "print this and exit"),
            .init("version", help: "print the version and exit"),
        ]

    private static let export = [Verb.export.rawValue]

    private static let film: [ArgumentList.Option] = [
        .init(
            "timelapse", "FILE", .file, with: export,
            help: "a film of the canvas's history (.mp4 or .gif; needs ffmpeg)"),
        .init(
            "from", "V|TIME", with: export, help: "begin at this version or time (default: the first kept)"),
        .init("to", "V|TIME", with: export, help: "end at this version or time (default: the latest)"),
        .init("epoch", "E", with: export, help: "show this epoch (default: the one of --from and --to)"),
        .init("fps", "N", with: export, help: "frames a second (default: 30, a GIF 20)"),
        .init("scale", "N", with: export, help: "pixels on a cell's side (default: what fits 1920x1080)"),
        .init("seconds", "S", with: export, help: "how long it lasts (default: 20)"),
        .init("versions-per-frame", "N", with: export, help: "show every Nth version, however long it gets"),
    ]

    private static let looks: [ArgumentList.Option] = [
        setting("color", "DEPTH"),
        setting("theme", "THEME", with: screens),
        setting("charset", "CHARSET", with: screens + [Verb.health.rawValue]),
        .init("ascii", with: screens + [Verb.health.rawValue], help: "the same as --charset ascii"),
        setting("overview", "GLYPHS", with: screens),
        setting("touch", "WHEN", with: screens),
        .init("no-mouse", with: screens, help: "leave the mouse to the terminal"),
        .init("reduced-motion", with: screens, help: "nothing moves by itself"),
        .init("flat", with: screens, help: "plain lines for screen readers in place of a screen"),
    ]

    /// The option that says what a key of the config file says.
    private static func setting(
        _ name: String, _ valueName: String, with commands: [String] = []
    ) -> ArgumentList.Option {
        let key = ConfigKey.named(name)
        return ArgumentList.Option(
            name, valueName, .words(key.words), with: commands, help: "\(key.help) (\(key.takes))")
    }
}
