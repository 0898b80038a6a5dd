import Protocol
import Raster

@testable import TUI

/// What all pages share, and the pages about the program itself, as scenes: large, usual and small, in color and
/// without.
enum ShellScenes {
    typealias Scene = GoldenFrameTests.Scene

    static let all: [Scene] =
        scenes("palette") { _ = $0.press([KeyPress(.character("p"), .control)]) }
        + scenes("palette-typed") {
            _ = $0.press([KeyPress(.character("p"), .control)])
            _ = $0.type("thli")
        }
        + scenes("boards") { model in
            _ = model.go(.boards)
            model.hearBoard(.board(BoardSamples.clicks(of: 8)))
        }
        + scenes("boards-times") { model in
            _ = model.go(.boards)
            _ = model.press([KeyPress(.end), KeyPress(.left)])
            model.hearBoard(
                .board(ArcadeSamples.board(.steps, .week, scores: ArcadeSamples.times)))
        }
        + scenes("boards-none") { _ = $0.go(.boards) }
        + scenes("settings") { _ = $0.go(.settings) }
        + scenes("settings-keys") { model in
            model.settings.keys.changes = [
                KeyChanges.Change(scene: "canvas", action: "undo", keys: [KeyPress("z"), KeyPress("u")])
            ]
            _ = model.go(.settings)
            _ = model.press([KeyPress](repeating: KeyPress(.down), count: 16))
            _ = model.press([KeyPress(.enter)])
        }
        + scenes("about") { model in
            _ = model.go(.about)
            model.terminalFacts.facts = [
                TerminalFacts.Fact(name: "terminal", words: "xterm-256color, by COLORTERM"),
                TerminalFacts.Fact(name: "characters", words: "unicode, by LANG=en_US.UTF-8"),
            ]
        }
        + scenes("toasts") { model in
            _ = model.go(.clicks)
            model.say("You click for Mars", .news, nowMs: 60_000)
            model.say("Wait 0.3 s", .warning, nowMs: 60_100)
            model.say("The server is stopping", .failure, nowMs: 60_200)
        }
        + scenes("home-live") { model in
            _ = model.go(.home)
            _ = model.hear(.totals(GameSamples.clicks([("earth", 1_204, 31), ("mars", 1_377, 30)])))
            _ = model.hear(.list([try GameSamples.view(.waiting, points: [100, 100, 100])]))
            _ = model.update(.server(.profile(ArcadeSamples.profile())), nowMs: 60_000)
            let pixels = (0..<42).map { Pixel(x: $0, y: 10, color: 5) }
            _ = model.update(.server(.changed(pixels, version: 1276)), nowMs: 60_000)
        }

    /// Screens that show the code's picture in ASCII, two cells a module.
    static let pictures: [Scene] = [("truecolor", ColorDepth.truecolor), ("mono", .monochrome)].map {
        name, depth in
        Scene(name: "sign-in-160x50-ascii-\(name)", depth: depth, columns: 160, rows: 50) {
            $0.charset = .ascii
            try $0.waitForPerson()
        }
    }

    private static func scenes(
        _ name: String, _ prepare: @escaping @Sendable (inout Model) throws -> Void
    ) -> [Scene] {
        let sizes = [(80, 24), (40, 20), (120, 40)]
        let depths: [(String, ColorDepth)] = [("truecolor", .truecolor), ("mono", .monochrome)]
        return sizes.flatMap { columns, rows in
            depths.filter { $0.1 == .truecolor || columns == 80 }.map { depth in
                Scene(
                    name: "\(name)-\(columns)x\(rows)-\(depth.0)", depth: depth.1, columns: columns,
                    rows: rows,
                    prepare: prepare)
            }
        }
    }
}

/// Leaderboards as a server would tell them.
enum BoardSamples {
    /// So many accounts, each with fewer clicks than the one before.
    static func clicks(of count: Int, period: BoardPeriod = .all) -> LeaderboardAnswer {
        let entries = (0..<count).map { number in
            LeaderboardAnswer.Entry(
                rank: number + 1, account: GameSamples.account((number + 3) % count),
                score: 90_210 / (number + 1))
        }
        return LeaderboardAnswer(board: .clicks, period: period, entries: entries)
    }
}

extension Model {
    @discardableResult
    mutating func hearBoard(_ report: BoardReport, atMs: Int64 = 60_000) -> [Command] {
        update(.server(.boards(report)), nowMs: atMs)
    }
}
