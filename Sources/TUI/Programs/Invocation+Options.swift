import Arguments

extension Invocation {
    private static let screens = Verb.allCases.filter(\.isScreen).map(\.rawValue)

    /// Every option, in the order of the help.
    static let options: [ArgumentList.Option] =
        [
            .init("profile", "NAME", help: "use the key of this name (default: player)"),
            .init("name", "NAME", with: screens, help: "the name to ask for at the first sign-in"),
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
            .init("force", with: [Verb.key.rawValue], help: "key import: replace the key that is there"),
            .init("health", help: "the same as the command health"),
        ] + Manual.options + [
            .init("help", help: "print this and exit"),
            .init("version", help: "print the version and exit"),
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
