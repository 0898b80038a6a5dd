import Foundation
import Protocol
import Raster
import Testing

@testable import TUI

/// Whole screens of the studio against files under Goldens; one that is missing is written, and fails.
@Suite struct StudioFrameTests {
    struct Scene: Sendable, CustomTestStringConvertible {
        var name: String
        var depth = ColorDepth.truecolor
        var columns = 80
        var rows = 24
        var prepare: @Sendable (inout Studio) throws -> Void = { _ in }
        var testDescription: String { name }
    }

    static let scenes: [Scene] = [
        Scene(name: "studio-80x24-truecolor"),
        Scene(name: "studio-80x24-256", depth: .ansi256) { $0.go(.trail) },
        Scene(name: "studio-80x24-16", depth: .ansi16) { $0.go(.trail) },
        Scene(name: "studio-80x24-mono", depth: .monochrome) { $0.go(.trail) },
        Scene(name: "studio-120x40-truecolor", columns: 120, rows: 40) {
            $0.go(.palette)
            _ = $0.press(.right, times: 2)
            _ = $0.press([KeyPress(.enter), KeyPress(.down), KeyPress(.down)])
        },
        Scene(name: "studio-plays-16-truecolor") {
            $0.go(.dot)
            _ = $0.control("n")
            _ = $0.control("n")
        },
        Scene(name: "studio-plays-mono-truecolor") {
            $0.go(.dot)
            for _ in 0..<3 { _ = $0.control("n") }
        },
        Scene(name: "studio-wrong-80x24-truecolor") {
            $0.go(.id)
            _ = $0.type(" No!")
        },
        Scene(name: "studio-40x20-truecolor", columns: 40, rows: 20) { $0.go(.frame) },
        Scene(name: "studio-small-30x10", columns: 30, rows: 10),
        Scene(name: "studio-help-80x24-truecolor") { _ = $0.press(.function(1)) },
        Scene(name: "studio-help-40x20-16", depth: .ansi16, columns: 40, rows: 20) {
            _ = $0.press(.function(1))
        },
        Scene(name: "studio-quit-80x24-truecolor") {
            _ = $0.type("!")
            _ = $0.control("q")
        },
        Scene(name: "studio-overwrite-80x24-mono", depth: .monochrome) {
            _ = $0.update(.file(.changedMeanwhile(path: "skins/aurora.json")), nowMs: 60_000)
        },
        Scene(name: "studio-overwrite-other-80x24-truecolor") {
            _ = $0.update(.file(.changedMeanwhile(path: "skins/other.json")), nowMs: 60_000)
        },
        Scene(name: "studio-save-as-80x24-truecolor") { _ = $0.control("o") },
        Scene(name: "studio-whole-80x24-truecolor") { _ = $0.control("t") },
        Scene(name: "studio-installed-80x24-truecolor") {
            _ = $0.update(.install(.installed(isNew: true)), nowMs: 60_000)
        },
    ]

    @Test("a screen of the studio looks as it did", arguments: scenes)
    func golden(scene: Scene) throws {
        var studio = try StudioSamples.studio(columns: scene.columns, rows: scene.rows, depth: scene.depth)
        try scene.prepare(&studio)
        let text = GridText.text(of: StudioView.frame(of: studio), depth: scene.depth)
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Goldens/\(scene.name).txt")
        guard let golden = try? String(contentsOf: file, encoding: .utf8) else {
            try text.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("\(scene.name) had no golden frame; it was recorded, look at it and commit it")
            return
        }
        #expect(text == golden, "\(scene.name) changed; remove the file to record it anew")
    }

    @Test(
        "a frame has the screen's size, however small",
        arguments: [(0, 0), (1, 1), (36, 18), (72, 18), (300, 90)])
    func sizes(columns: Int, rows: Int) throws {
        for prepare in Self.scenes.map(\.prepare) {
            var studio = try StudioSamples.studio(columns: columns, rows: rows)
            try prepare(&studio)
            let frame = StudioView.frame(of: studio)
            #expect(frame.cells.count == columns * rows)
        }
    }

    @Test("every key of the help does something, and no key has two meanings in a scene")
    func keys() {
        for scene in StudioKeys.Scene.allCases {
            let keys = StudioKeys.entries(of: scene).flatMap(\.keys)
            for (press, _) in keys { #expect(StudioKeys.action(for: press, in: scene) != nil) }
        }
        for entries in [StudioKeys.everywhere, StudioKeys.colors, StudioKeys.grid] {
            let presses = entries.flatMap { $0.keys.map(\.press) }
            #expect(Set(presses).count == presses.count)
        }
    }
}
