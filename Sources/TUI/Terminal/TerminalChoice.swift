import Raster

/// What terminfo knows about the person's own terminal.
struct TerminalEntry: Hashable, Sendable {
    var colors = 0
    /// Whether text can be put anywhere on the screen; an unknown terminal is thought able to.
    var placesText = true

    /// Whether its colors are 24-bit ones rather than numbers of a table.
    var isDirect: Bool { colors > 256 }
}

/// Which terminal entry and which color depth to use, from what the environment says.
struct TerminalChoice: Hashable, Sendable {
    /// What `--color` asks for.
    enum Wish: String, Sendable, CaseIterable {
        case auto
        case truecolor
        case ansi256 = "256"
        case ansi16 = "16"
        case monochrome = "mono"

        /// The depth asked for; nil leaves it to the terminal.
        var depth: ColorDepth? {
            switch self {
            case .auto: nil
            case .truecolor: .truecolor
            case .ansi256: .ansi256
            case .ansi16: .ansi16
            case .monochrome: .monochrome
            }
        }
    }

    var depth: ColorDepth
    /// The terminfo entry.
    var entry: String
    /// Whether the terminal passes over commands that it doesn't know (OSC), rather than printing them.
    var takesCommands = true

    /// Whether a terminal of this name does.
    static func takesCommands(term: String) -> Bool {
        !["linux", "dumb", "vt52", "vt100", "vt102", "vt220", "ansi", "cons25", "bterm", "jfbterm"].contains(
            term)
    }

    /// Decides from the wish, the environment, and how many colors the terminal's own entry knows.
    ///
    /// A wish beats everything; then NO_COLOR (no-color.org) and TERM=dumb; then COLORTERM, which terminals set
    /// for 24 bits; then what TERM's name and entry say.
    static func choose(
        wish: Wish, environment: (String) -> String?, entryColors: Int, entryIsDirect: Bool = false
    ) -> TerminalChoice {
        let term = environment("TERM") ?? ""
        let own = term.isEmpty ? "xterm-256color" : term
        let depth =
            wish.depth ?? detected(term, environment, entryColors, entryIsDirect).depth
        switch depth {
        case .truecolor: return TerminalChoice(depth: depth, entry: DirectColorEntry.name)
        case .ansi256: return TerminalChoice(depth: depth, entry: entryColors == 256 ? own : "xterm-256color")
        // An entry of 24 bits would send palette numbers as colors.
        case .ansi16:
            let isIndexed = entryColors >= 8 && entryColors <= 256
            return TerminalChoice(depth: depth, entry: isIndexed ? own : "xterm-256color")
        case .monochrome: return TerminalChoice(depth: depth, entry: own)
        }
    }

    /// What decided the depth, for a person.
    static func reason(
        wish: Wish, environment: (String) -> String?, entryColors: Int, entryIsDirect: Bool = false
    ) -> String {
        guard wish.depth == nil else { return "asked for" }
        return detected(environment("TERM") ?? "", environment, entryColors, entryIsDirect).reason
    }

    private static func detected(
        _ term: String, _ environment: (String) -> String?, _ colors: Int, _ isDirect: Bool
    ) -> (depth: ColorDepth, reason: String) {
        if let no = environment("NO_COLOR"), !no.isEmpty { return (.monochrome, "NO_COLOR is set") }
        if term == "dumb" { return (.monochrome, "TERM=dumb") }
        let colorTerm = environment("COLORTERM")?.lowercased() ?? ""
        if colorTerm == "truecolor" || colorTerm == "24bit" { return (.truecolor, "COLORTERM=\(colorTerm)") }
        if isDirect { return (.truecolor, "the terminal's entry has 24-bit colors") }
        if term.hasSuffix("-direct") { return (.truecolor, "TERM=\(term)") }
        if colors >= 256 { return (.ansi256, "the terminal's entry has \(colors) colors; no COLORTERM") }
        if term.contains("256color") { return (.ansi256, "TERM=\(term); no COLORTERM") }
        if colors >= 8 { return (.ansi16, "the terminal's entry has \(colors) colors") }
        return (.monochrome, "the terminal's entry has no colors")
    }
}
