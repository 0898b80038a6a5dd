import Glibc
import Protocol
import Transport

extension TerminalChoice {
    /// The choice for the terminal that the program was started on.
    ///
    /// - Parameter alternative: what to say to whoever has none.
    static func here(wish: Wish, alternative: String) throws(ProgramFailure) -> TerminalChoice {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            throw ProgramFailure("needs a terminal\(alternative)")
        }
        let own = Screen.entry()
        var choice = choose(
            wish: wish, environment: { getenv($0).map { String(cString: $0) } }, entryColors: own.colors,
            entryIsDirect: own.isDirect)
        guard own.placesText || choice.entry != term else {
            throw ProgramFailure(
                "this terminal can't place text (TERM=\(PlayerName.displayed(term))); if it can, set TERM to its name"
                    + alternative
            )
        }
        choice.takesCommands = takesCommands(term: term)
        return choice
    }

    /// What the environment calls the terminal.
    private static var term: String { getenv("TERM").map { String(cString: $0) } ?? "" }

    /// Takes the terminal over.
    ///
    /// - Parameter output: what is made of the bytes besides sending them.
    func open(
        output: OutputOptions = OutputOptions(), takesMouse: Bool = true
    ) throws(ProgramFailure) -> Screen {
        let port = TerminalPort()
        let size = port.size
        let recording = try output.recording.map { path throws(ProgramFailure) in
            try Recording(
                path: path, columns: size.columns, rows: size.rows, term: Self.term, nowNs: Monotonic.nowNs)
        }
        guard TerminalGuard.save(terminal: port.input, output: port.output),
            let painter = FramePainter(self, columns: size.columns, rows: size.rows)
        else { throw ProgramFailure("can't use this terminal (TERM=\(PlayerName.displayed(Self.term)))") }
        return Screen(
            painter: painter, port: port, takesMouse: takesMouse, output: output, recording: recording)
    }
}
