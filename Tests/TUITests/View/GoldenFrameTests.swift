import Foundation
import Protocol
import Raster
import Testing

@testable import TUI

/// Whole screens against files under Goldens; one that is missing is written, and fails.
@Suite struct GoldenFrameTests {
    struct Scene: Sendable, CustomTestStringConvertible {
        var name: String
        var depth: ColorDepth
        var columns: Int
        var rows: Int
        var prepare: @Sendable (inout Model) throws -> Void = { _ in }
        var testDescription: String { name }
    }

    static let scenes: [Scene] = [
        Scene(name: "play-80x24-truecolor", depth: .truecolor, columns: 80, rows: 24),
        Scene(name: "play-80x24-256", depth: .ansi256, columns: 80, rows: 24),
        Scene(name: "play-80x24-16", depth: .ansi16, columns: 80, rows: 24),
        Scene(name: "play-80x24-mono", depth: .monochrome, columns: 80, rows: 24),
        Scene(name: "play-40x12-truecolor", depth: .truecolor, columns: 40, rows: 12),
        Scene(name: "play-40x12-256", depth: .ansi256, columns: 40, rows: 12),
        Scene(name: "play-40x12-16", depth: .ansi16, columns: 40, rows: 12),
        Scene(name: "play-40x12-mono", depth: .monochrome, columns: 40, rows: 12),
        Scene(name: "whole-80x24", depth: .truecolor, columns: 80, rows: 24) { _ = $0.type("0") },
        Scene(name: "near-80x24", depth: .truecolor, columns: 80, rows: 24) { _ = $0.type("+++") },
        Scene(name: "pending-80x24", depth: .truecolor, columns: 80, rows: 24) { _ = $0.type("++5 l ") },
        Scene(name: "help-80x24", depth: .truecolor, columns: 80, rows: 24) { _ = $0.type("?") },
        Scene(name: "help-40x12", depth: .ansi16, columns: 40, rows: 12) { _ = $0.type("?jj") },
        Scene(name: "goto-80x24", depth: .truecolor, columns: 80, rows: 24) { _ = $0.type("g12,3") },
        Scene(name: "refused-80x24", depth: .truecolor, columns: 80, rows: 24) {
            _ = $0.update(
                .server(.refused(request: nil, Failure(.rateLimited, "slow", retryAfterMs: 300))),
                nowMs: 60_000)
        },
        Scene(name: "small-20x5", depth: .truecolor, columns: 20, rows: 5),
    ]

    @Test(
        "a screen looks as it did",
        arguments: scenes + StateScenes.all + GameScenes.all + ArcadeScenes.all + ShopScenes.all
            + ToolScenes.all + ViewScenes.all + ShellScenes.all + ShellScenes.pictures)
    func golden(scene: Scene) throws {
        var model = try SampleModels.playing(columns: scene.columns, rows: scene.rows, depth: scene.depth)
        try scene.prepare(&model)
        let text = GridText.text(of: View.frame(of: model), depth: scene.depth)
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Goldens/\(scene.name).txt")
        guard let golden = try? String(contentsOf: file, encoding: .utf8) else {
            try text.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("\(scene.name) had no golden frame; it was recorded, look at it and commit it")
            return
        }
        #expect(text == golden, "\(scene.name) changed; remove the file to record it anew")
    }
}
