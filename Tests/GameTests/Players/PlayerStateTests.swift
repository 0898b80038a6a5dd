import Foundation
import Testing

@testable import Game

@Suite("The states of an account")
struct PlayerStateTests {
    /// The section of docs/architecture.md under its heading.
    private static let section: [Substring] = {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let url = root.appending(path: "docs/architecture.md")
        let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return Array(lines.drop { $0 != "## States" }.dropFirst().prefix { !$0.hasPrefix("## ") })
    }()

    /// The table's rows, each with its cells.
    private static let rows = section.filter { $0.hasPrefix("|") }.map { line in
        line.split(separator: "|").map { String($0.trimmingPrefix { $0 == " " }).trimmedEnd }
    }

    @Test("the document has the table of states and events, each once")
    func shape() {
        #expect(Self.rows.first?.dropFirst() == PlayerState.allCases.map(\.rawValue)[...])
        #expect(Self.rows.dropFirst(2).map(\.first) == PlayerEvent.allCases.map(\.rawValue))
    }

    @Test("the document tells the state after each event in each state", arguments: PlayerEvent.allCases)
    func cells(_ event: PlayerEvent) throws {
        let row = try #require(Self.rows.first { $0.first == event.rawValue })
        let after = PlayerState.allCases.map { $0.after(event)?.rawValue ?? "–" }
        #expect(Array(row.dropFirst()) == after)
    }

    @Test("a place is had by way of the line alone, and left for afk alone")
    func ways() {
        for event in PlayerEvent.allCases {
            #expect(PlayerState.afk.after(event) != .playing)
            #expect(PlayerState.playing.after(event) != .queued)
            if PlayerState.afk.after(event) == .queued { #expect(event == .play) }
            if PlayerState.queued.after(event) == .playing { #expect(event == .promotion) }
        }
    }

    @Test("sockets that come and go change no state, and a restart makes everyone afk")
    func sockets() {
        for state in PlayerState.allCases {
            #expect(state.after(.arrival) == state)
            #expect(state.after(.departure) == state)
            #expect(state.after(.restart) == .afk)
        }
    }
}

extension String {
    /// Without the spaces at its end.
    fileprivate var trimmedEnd: String {
        var text = self
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
