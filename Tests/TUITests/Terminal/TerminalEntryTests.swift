import Testing

@testable import TUI

extension CursesTests {
    @Suite struct TerminalEntryTests {
        @Test(
            "terminfo tells whether a terminal can place text",
            arguments: [
                ("dumb", false), ("linux", true), ("xterm-256color", true), ("no-such-terminal", true),
            ])
        func placesText(name: String, expected: Bool) {
            #expect(Screen.entry(named: name).placesText == expected)
        }

        @Test("terminfo tells how many colors a terminal has")
        func colors() {
            #expect(Screen.entry(named: "linux").colors == 8)
            #expect(Screen.entry(named: "xterm-256color").colors == 256)
            #expect(Screen.entry(named: "no-such-terminal").colors == 0)
        }
    }
}
