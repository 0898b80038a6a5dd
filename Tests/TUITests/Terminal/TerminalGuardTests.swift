import Foundation
import Testing

@testable import TUI

@Suite struct TerminalGuardTests {
    /// A `static` variable of a C header exists once in each object file that its functions are inlined into: a
    /// release build then arms one and looks at another.
    @Test("the state that signal handlers and the program share exists once")
    func sharedState() throws {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let shim = try String(
            contentsOf: root.appending(path: "Sources/CNcurses/shim.h"), encoding: .utf8)
        let variables = shim.split(separator: "\n").filter {
            $0.hasPrefix("static ") && !$0.hasPrefix("static inline ")
        }
        #expect(shim.contains("pw_guard"))
        #expect(variables.isEmpty)
    }

    @Test("what gives the terminal back ends every mode, then uses the terminal's own words")
    func restoring() {
        let text = TerminalGuard.restoreSequence { $0 == "rmcup" ? "<rmcup>" : nil }
        for mode in ["2026", "1000", "1003", "1006", "2004"] { #expect(text.contains("\u{1b}[?\(mode)l")) }
        #expect(text.hasSuffix("<rmcup>"))
    }
}
