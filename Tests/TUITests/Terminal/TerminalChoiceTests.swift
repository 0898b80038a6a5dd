import Foundation
import Raster
import Testing

@testable import TUI

@Suite struct TerminalChoiceTests {
    struct Row: Sendable {
        var wish: TerminalChoice.Wish = .auto
        var variables: [String: String]
        var colors: Int
        var depth: ColorDepth
        var entry: String
    }

    static let rows: [Row] = [
        Row(
            variables: ["TERM": "xterm-256color", "COLORTERM": "truecolor"], colors: 256, depth: .truecolor,
            entry: "pixelwars-direct"),
        Row(
            variables: ["TERM": "tmux-256color", "COLORTERM": "24bit"], colors: 256, depth: .truecolor,
            entry: "pixelwars-direct"),
        Row(
            variables: ["TERM": "xterm-direct"], colors: 1 << 24, depth: .truecolor, entry: "pixelwars-direct"
        ),
        Row(variables: ["TERM": "tmux-256color"], colors: 256, depth: .ansi256, entry: "tmux-256color"),
        Row(variables: ["TERM": "unknown-256color"], colors: 0, depth: .ansi256, entry: "xterm-256color"),
        Row(variables: ["TERM": "linux"], colors: 8, depth: .ansi16, entry: "linux"),
        Row(variables: ["TERM": "xterm"], colors: 8, depth: .ansi16, entry: "xterm"),
        Row(variables: ["TERM": "vt100"], colors: 0, depth: .monochrome, entry: "vt100"),
        Row(
            variables: ["TERM": "dumb", "COLORTERM": "truecolor"], colors: 0, depth: .monochrome,
            entry: "dumb"),
        Row(
            variables: ["TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"], colors: 256,
            depth: .monochrome, entry: "xterm-256color"),
        Row(
            variables: ["TERM": "xterm-256color", "NO_COLOR": ""], colors: 256, depth: .ansi256,
            entry: "xterm-256color"),
        Row(
            wish: .truecolor, variables: ["TERM": "xterm", "NO_COLOR": "1"], colors: 8, depth: .truecolor,
            entry: "pixelwars-direct"),
        Row(
            wish: .ansi256, variables: ["TERM": "xterm"], colors: 8, depth: .ansi256, entry: "xterm-256color"),
        Row(
            wish: .ansi16, variables: ["TERM": "xterm-256color", "COLORTERM": "truecolor"], colors: 256,
            depth: .ansi16, entry: "xterm-256color"),
        Row(
            wish: .monochrome, variables: ["TERM": "xterm-256color"], colors: 256, depth: .monochrome,
            entry: "xterm-256color"),
        Row(variables: [:], colors: 0, depth: .monochrome, entry: "xterm-256color"),
    ]

    @Test("the depth follows the wish, then NO_COLOR, COLORTERM and TERM", arguments: rows)
    func choice(row: Row) {
        let choice = TerminalChoice.choose(
            wish: row.wish, environment: { row.variables[$0] }, entryColors: row.colors)
        #expect(choice == TerminalChoice(depth: row.depth, entry: row.entry), "\(row.variables)")
    }

    @Test("the embedded terminal entry is what its source compiles to")
    func entry() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let directory = FileManager.default.temporaryDirectory.appending(
            path: "pixelwars-ti-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        let source = root.appending(path: "assets/terminfo/pixelwars-direct.ti").path
        _ = try Self.output("tic", ["-x", "-o", directory.path, source])
        let compiled = try Self.output("infocmp", ["-A", directory.path, "-x", "-1", DirectColorEntry.name])
        let embedded = try Self.output(
            "infocmp", ["-x", "-1", DirectColorEntry.name],
            environment: ["TERMINFO": DirectColorEntry.terminfo])
        func capabilities(_ text: String) -> [Substring] {
            text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        }
        #expect(capabilities(compiled).count > 100)
        #expect(capabilities(embedded) == capabilities(compiled))
    }

    private static func output(
        _ program: String, _ arguments: [String], environment: [String: String] = [:]
    ) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/\(program)")
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self)
    }
}
