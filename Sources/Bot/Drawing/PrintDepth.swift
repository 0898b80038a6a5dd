import Raster

/// In how many colors a canvas is printed.
enum PrintDepth {
    /// What a terminal can show by its environment; a file or a pipe gets all colors, for whoever shows it later.
    ///
    /// NO_COLOR beats everything where it isn't empty (no-color.org); then COLORTERM, then TERM's name.
    static func choose(isTerminal: Bool, environment: (String) -> String?) -> ColorDepth {
        if let no = environment("NO_COLOR"), !no.isEmpty { return .monochrome }
        guard isTerminal else { return .truecolor }
        let term = environment("TERM") ?? ""
        if term == "dumb" { return .monochrome }
        let colorTerm = environment("COLORTERM")?.lowercased() ?? ""
        if colorTerm == "truecolor" || colorTerm == "24bit" || term.hasSuffix("-direct") { return .truecolor }
        return term.contains("256color") ? .ansi256 : .ansi16
    }
}
