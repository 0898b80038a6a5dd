import Raster
import Testing

@testable import Bot

@Suite struct PrintDepthTests {
    @Test(
        "a terminal gets the colors that it can show",
        arguments: [
            (["TERM": "xterm-256color", "COLORTERM": "truecolor"], ColorDepth.truecolor),
            (["TERM": "xterm-256color"], .ansi256), (["TERM": "xterm-direct"], .truecolor),
            (["TERM": "xterm"], .ansi16), (["TERM": "linux"], .ansi16), ([:], .ansi16),
            (["TERM": "dumb", "COLORTERM": "truecolor"], .monochrome),
            (["TERM": "xterm", "NO_COLOR": "1"], .monochrome), (["TERM": "xterm", "NO_COLOR": ""], .ansi16),
        ])
    func terminal(environment: [String: String], expected: ColorDepth) {
        #expect(PrintDepth.choose(isTerminal: true) { environment[$0] } == expected)
    }

    @Test("a file or a pipe gets all colors, or none where none are wanted")
    func pipe() {
        #expect(PrintDepth.choose(isTerminal: false) { $0 == "TERM" ? "xterm" : nil } == .truecolor)
        #expect(PrintDepth.choose(isTerminal: false) { $0 == "NO_COLOR" ? "1" : nil } == .monochrome)
    }
}
