import Protocol
import Raster

@testable import TUI

/// Screens of the canvas in other sizes and other ways around.
enum ViewScenes {
    static let all: [GoldenFrameTests.Scene] =
        [("truecolor", ColorDepth.truecolor), ("256", .ansi256), ("16", .ansi16), ("mono", .monochrome)]
        .flatMap {
            name, depth in
            [
                GoldenFrameTests.Scene(name: "turned-80x24-\(name)", depth: depth, columns: 80, rows: 24) {
                    _ = $0.type("r37")
                    _ = $0.press([KeyPress(.enter)])
                },
                GoldenFrameTests.Scene(name: "overview-80x24-\(name)", depth: depth, columns: 80, rows: 24) {
                    $0.settings.overview = .quadrants
                    _ = $0.type("0")
                },
                GoldenFrameTests.Scene(name: "braille-40x20-\(name)", depth: depth, columns: 40, rows: 20) {
                    $0.settings.overview = .braille
                    _ = $0.type("0")
                },
            ]
        } + [
            GoldenFrameTests.Scene(
                name: "sheared-near-80x24-truecolor", depth: .truecolor, columns: 80, rows: 24
            ) { _ = $0.type("+++)) ") },
            GoldenFrameTests.Scene(name: "mirrored-120x40-16", depth: .ansi16, columns: 120, rows: 40) {
                _ = $0.type("++X>")
            },
            GoldenFrameTests.Scene(
                name: "turn-prompt-80x24-truecolor", depth: .truecolor, columns: 80, rows: 24
            ) {
                _ = $0.type("rshear 0.5")
            },
        ]
}
