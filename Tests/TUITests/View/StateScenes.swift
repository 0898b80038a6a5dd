import Protocol
import Raster

@testable import TUI

/// The states of play as scenes: each on a large and a small screen, in color and without; those that say
/// something by color also with few colors, and on the smallest screen.
enum StateScenes {
    typealias Scene = GoldenFrameTests.Scene

    static let all: [Scene] =
        scenes("queue", few: true) { $0.queue() }
        + scenes("promoted") {
            $0.queue()
            $0.report(.status(.playing(idleDeadlineMs: 0), idleLeftMs: 120_000), atMs: 121_000)
        }
        + scenes("idling", few: true) { $0.idle(leftMs: 12_000) }
        + scenes("idling-urgent", few: true) { $0.idle(leftMs: 3_000) }
        + scenes("afk", few: true) { $0.goAFK() }
        + scenes("asking") {
            $0.goAFK()
            _ = $0.type("p")
        }
        + scenes("lost", few: true) { $0.lose() }
        + scenes("closed") {
            $0.report(.link(.closed("another program signed in with this key")), atMs: 60_000)
        }
        + scenes("back") {
            $0.queue()
            $0.lose()
            $0.report(.link(.connected), atMs: 126_000)
            $0.report(.welcomed(.queued, serverTimeMs: 1_700_000_126_000), atMs: 126_000)
            $0.report(
                .status(.queued(position: 3, sinceMs: 1_700_000_040_000), idleLeftMs: nil), atMs: 126_000)
        }
        + scenes("name") { _ = $0.type("n日本語 Ada") }
        + scenes("name-taken") {
            $0.queue()
            _ = $0.type("n")
            for _ in 0..<3 { _ = $0.press([KeyPress(.backspace)]) }
            _ = $0.type("Grace")
            _ = $0.press([KeyPress(.enter)])
            $0.report(.renameRefused(Failure(.nameTaken, "that name is taken")), atMs: 121_000)
        }
        + scenes("hint") { $0.report(.account(name: "player-k3x9q"), atMs: 60_000) }

    private static func scenes(
        _ name: String, few: Bool = false, _ prepare: @escaping @Sendable (inout Model) throws -> Void
    ) -> [Scene] {
        let full: [(String, ColorDepth)] = [("truecolor", .truecolor), ("mono", .monochrome)]
        let some: [(String, ColorDepth)] = few ? [("256", .ansi256), ("16", .ansi16)] : []
        let large = (full + some).map { depth in
            Scene(
                name: "\(name)-80x24-\(depth.0)", depth: depth.1, columns: 80, rows: 24, prepare: prepare)
        }
        let small = full.map { depth in
            Scene(
                name: "\(name)-40x12-\(depth.0)", depth: depth.1, columns: 40, rows: 12, prepare: prepare)
        }
        // The smallest screen has room for a line only.
        let least = [
            Scene(name: "\(name)-36x8-truecolor", depth: .truecolor, columns: 36, rows: 8, prepare: prepare)
        ]
        return large + small + (few ? least : [])
    }
}

extension Model {
    mutating func report(_ report: Report, atMs: Int64) {
        _ = update(.server(report), nowMs: atMs)
    }

    /// Waits since second 40, from 8th to 3rd in line; at second 121.
    mutating func queue() {
        report(.status(.queued(position: 8, sinceMs: 1_700_000_040_000), idleLeftMs: nil), atMs: 61_000)
        for (step, position) in [7, 6, 5, 4, 3].enumerated() {
            let atMs = 70_000 + Int64(step) * 12_000
            report(
                .status(.queued(position: position, sinceMs: 1_700_000_040_000), idleLeftMs: nil), atMs: atMs)
        }
        report(.counts(players: 100, queued: 41), atMs: 120_000)
        _ = update(.clock, nowMs: 121_000)
    }

    /// Plays, with so much left of the server's patience.
    mutating func idle(leftMs: Int) {
        report(.status(.playing(idleDeadlineMs: 0), idleLeftMs: leftMs), atMs: 60_000)
    }

    mutating func goAFK() {
        report(.status(.afk, idleLeftMs: nil), atMs: 60_000)
        report(.link(.watching), atMs: 60_100)
    }

    mutating func lose() {
        report(
            .link(.waiting(attempt: 3, delayMs: 3_700, reason: "connection refused")), atMs: 122_000)
    }
}
