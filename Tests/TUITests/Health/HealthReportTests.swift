import Foundation
import Testing
import Transport

@testable import TUI

@Suite struct HealthReportTests {
    private static let variables = [
        "TERM": "tmux-256color", "COLORTERM": "truecolor", "LANG": "de_DE.ISO-8859-1", "TMUX": "/tmp/t,1,0",
        "SSH_CONNECTION": "1.2.3.4 5 6.7.8.9 22", "XDG_STATE_HOME": "/nowhere-there-is",
    ]

    private static let terminal = TerminalSurvey(
        isInputTerminal: true, isOutputTerminal: true, entry: TerminalEntry(colors: 256),
        size: .init(columns: 80, rows: 24))

    /// The report of a program whose server isn't there.
    private static func report(
        _ terminal: TerminalSurvey = terminal, problem: String? = nil
    ) throws -> HealthReport {
        let url = try #require(ServerURL("http://127.0.0.1:1"))
        let program = HealthProgram(
            url: url, profile: "player", settings: Settings(), configFile: nil, configProblem: problem,
            isJSON: false)
        return program.report(terminal: terminal) { variables[$0] }
    }

    @Test("each choice stands with what decided it")
    func reasons() throws {
        let text = try Self.report().text
        for line in [
            "  color               truecolor (COLORTERM=truecolor)",
            "  charset             ascii (LANG=de_DE.ISO-8859-1 is not UTF-8)",
            "  multiplexer         tmux", "  ssh                 yes", "  columns             80",
            "  no color            none", "  answers             no",
            "problem: cannot connect to http://127.0.0.1:1: connection refused",
        ] {
            #expect(text.split(separator: "\n").contains { $0 == line }, "\(line)\n\(text)")
        }
        #expect(text.utf8.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) })
    }

    @Test("the JSON has an object a section, and the reasons beside")
    func json() throws {
        let report = try Self.report(problem: "f:2: wrong")
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
        let terminal = try #require(json["terminal"] as? [String: Any])
        #expect(terminal["color"] as? String == "truecolor")
        #expect(terminal["color_reason"] as? String == "COLORTERM=truecolor")
        #expect(terminal["columns"] as? Int == 80)
        #expect(terminal["no_color"] is NSNull)
        #expect((json["config"] as? [String: Any])?["state"] as? String == "wrong")
        #expect((json["account"] as? [String: Any])?["has_key"] as? Bool == false)
        #expect((json["server"] as? [String: Any])?["answers"] as? Bool == false)
        #expect((json["problems"] as? [String])?.count == 2)
    }

    @Test("a terminal that can't place text is a problem, a pipe is none")
    func dumb() throws {
        var terminal = Self.terminal
        terminal.entry.placesText = false
        #expect(try Self.report(terminal).problems.count == 2)
        terminal.isOutputTerminal = false
        terminal.size = nil
        let report = try Self.report(terminal)
        #expect(report.problems.count == 1)
        #expect(report.text.contains("  output is terminal  no"))
    }

    @Test("the about page has the short of it")
    func about() throws {
        let file = try #require(ConfigFile(named: "/nowhere/there/is.json") { _ in nil })
        let facts = Self.terminal.facts(Settings(charset: .unicode), configFile: file) { Self.variables[$0] }
        // What the characters are by themselves, though the person asked for others.
        #expect(facts.charset == .ascii)
        #expect(facts.facts.map(\.name) == ["term", "color", "locale", "charset", "multiplexer", "config"])
        #expect(facts.facts[1].words == "truecolor (COLORTERM=truecolor)")
        #expect(facts.facts[3].words == "unicode (asked for)")
        #expect(facts.facts[5].words == "/nowhere/there/is.json (absent)")
    }
}
