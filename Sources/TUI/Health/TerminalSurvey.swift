import Glibc
import Protocol
import Raster

/// What is known of the terminal before anything is asked of it, and what follows from that.
struct TerminalSurvey: Hashable, Sendable {
    /// Whether keys and pictures go to a terminal, or to files and pipes.
    var isInputTerminal: Bool
    var isOutputTerminal: Bool
    /// What terminfo knows of it.
    var entry: TerminalEntry
    /// The window's size; nil where there is none.
    var size: Size?

    /// A window in cells.
    struct Size: Hashable, Sendable {
        var columns: Int
        var rows: Int
    }

    /// The terminal that the program was started on.
    static var here: TerminalSurvey {
        let isOutput = isatty(STDOUT_FILENO) == 1
        let size = isOutput ? Screen.size() : nil
        return TerminalSurvey(
            isInputTerminal: isatty(STDIN_FILENO) == 1, isOutputTerminal: isOutput, entry: Screen.entry(),
            size: size.map { Size(columns: $0.columns, rows: $0.rows) })
    }

    /// What the client makes of it.
    func section(_ settings: Settings, environment: (String) -> String?) -> HealthReport.Section {
        func variable(_ name: String) -> OrderedJSON {
            guard let text = environment(name), !text.isEmpty else { return .null }
            return .text(PlayerName.displayed(text))
        }
        let choice = TerminalChoice.choose(
            wish: settings.color, environment: environment, entryColors: entry.colors,
            entryIsDirect: entry.isDirect)
        let depthReason = TerminalChoice.reason(
            wish: settings.color, environment: environment, entryColors: entry.colors,
            entryIsDirect: entry.isDirect)
        let charset = CharsetChoice.choose(wish: settings.charset, environment: environment)
        let locale = CharsetChoice.locale(environment).map { "\($0.variable)=\($0.locale)" }
        let facts: [HealthReport.Fact] = [
            .init("input_is_terminal", .flag(isInputTerminal)),
            .init("output_is_terminal", .flag(isOutputTerminal)),
            .init("columns", size.map { .number("\($0.columns)") } ?? .null),
            .init("rows", size.map { .number("\($0.rows)") } ?? .null),
            .init("term", variable("TERM")),
            .init("entry", .text(PlayerName.displayed(choice.entry)), "terminfo, for the colors below"),
            .init("entry_colors", .number("\(entry.colors)")),
            .init("places_text", .flag(entry.placesText)),
            .init("colorterm", variable("COLORTERM")),
            .init("no_color", variable("NO_COLOR")),
            .init("color", .text(Self.name(choice.depth)), PlayerName.displayed(depthReason)),
            .init("locale", locale.map { .text(PlayerName.displayed($0)) } ?? .null),
            .init("charset", .text(Self.name(charset.charset)), PlayerName.displayed(charset.reason)),
            .init("multiplexer", .text(Self.multiplexer(environment))),
            .init(
                "ssh", .flag(Self.isSet("SSH_CONNECTION", environment) || Self.isSet("SSH_TTY", environment))),
        ]
        return HealthReport.Section(name: "terminal", facts: facts)
    }

    /// What the about page tells of it, and what the characters are unless the person says.
    func facts(
        _ settings: Settings, configFile: ConfigFile?, environment: (String) -> String?
    ) -> TerminalFacts {
        let shown = ["term", "color", "locale", "charset", "multiplexer"]
        var facts = section(settings, environment: environment).facts.filter { shown.contains($0.name) }
            .map { TerminalFacts.Fact(name: $0.label, words: $0.words) }
        if let configFile {
            let absence = configFile.exists ? "" : " (absent)"
            facts.append(TerminalFacts.Fact(name: "config", words: configFile.path + absence))
        }
        return TerminalFacts(
            charset: CharsetChoice.choose(wish: .auto, environment: environment).charset, facts: facts)
    }

    /// What keeps a screen from being shown here; nil where nothing does, or where nobody looks at one.
    func problem(environment: (String) -> String?) -> String? {
        guard isInputTerminal, isOutputTerminal else { return nil }
        let term = PlayerName.displayed(environment("TERM") ?? "")
        if !entry.placesText {
            return "this terminal can't place text (TERM=\(term)); --flat needs none of that"
        }
        return nil
    }

    private static func isSet(_ name: String, _ environment: (String) -> String?) -> Bool {
        environment(name)?.isEmpty == false
    }

    private static func multiplexer(_ environment: (String) -> String?) -> String {
        if isSet("TMUX", environment) { return "tmux" }
        if isSet("STY", environment) { return "screen" }
        let term = environment("TERM") ?? ""
        if term.hasPrefix("tmux") { return "tmux" }
        return term.hasPrefix("screen") ? "screen" : "none"
    }

    private static func name(_ depth: ColorDepth) -> String {
        switch depth {
        case .truecolor: "truecolor"
        case .ansi256: "256"
        case .ansi16: "16"
        case .monochrome: "mono"
        }
    }

    private static func name(_ charset: Charset) -> String {
        switch charset {
        case .unicode: "unicode"
        case .ascii: "ascii"
        }
    }
}
