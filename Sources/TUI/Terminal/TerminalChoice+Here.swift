import Glibc
import Protocol

extension TerminalChoice {
    /// The choice for the terminal that the program was started on.
    ///
    /// - Parameter alternative: what to say to whoever has none.
    static func here(wish: Wish, alternative: String) throws(ProgramFailure) -> TerminalChoice {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            throw ProgramFailure("needs a terminal\(alternative)")
        }
        let own = Screen.entry()
        let choice = choose(
            wish: wish, environment: { getenv($0).map { String(cString: $0) } }, entryColors: own.colors,
            entryIsDirect: own.isDirect)
        guard own.placesText || choice.entry != term else {
            throw ProgramFailure(
                "this terminal can't place text (TERM=\(PlayerName.displayed(term))); if it can, set TERM to its name"
            )
        }
        return choice
    }

    /// What the environment calls the terminal.
    private static var term: String { getenv("TERM").map { String(cString: $0) } ?? "" }

    /// Takes the terminal over.
    func open(_ keys: Screen.Keys = .interruptible) throws(ProgramFailure) -> Screen {
        guard let screen = Screen(self, keys) else {
            throw ProgramFailure("can't use this terminal (TERM=\(PlayerName.displayed(Self.term)))")
        }
        return screen
    }
}
