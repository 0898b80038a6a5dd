import Protocol
import Raster

@testable import TUI

/// The shop and the message to the host as scenes.
enum ShopScenes {
    typealias Scene = GoldenFrameTests.Scene

    private static let depths: [(String, ColorDepth)] = [
        ("truecolor", .truecolor), ("256", .ansi256), ("16", .ansi16), ("mono", .monochrome),
    ]

    static let all: [Scene] =
        depths.map { name, depth in
            Scene(name: "shop-80x24-\(name)", depth: depth, columns: 80, rows: 24) {
                try $0.shop(points: 500, chosen: "aurora")
            }
        }
        + [
            Scene(name: "shop-120x40-truecolor", depth: .truecolor, columns: 120, rows: 40) {
                try $0.shop(points: 1_234, worn: "synthwave", chosen: "lava")
            },
            Scene(name: "shop-40x12-truecolor", depth: .truecolor, columns: 40, rows: 12) {
                try $0.shop(points: 500, chosen: "deep-sea")
            },
            Scene(name: "shop-36x8-mono", depth: .monochrome, columns: 36, rows: 8) {
                try $0.shop(points: 500, chosen: "deep-sea")
            },
            Scene(name: "shop-buying-80x24-truecolor", depth: .truecolor, columns: 80, rows: 24) {
                try $0.shop(points: 500, chosen: "deep-sea")
                _ = $0.press([KeyPress(.enter)])
            },
            Scene(name: "shop-buying-40x12-mono", depth: .monochrome, columns: 40, rows: 12) {
                try $0.shop(points: 500, chosen: "deep-sea")
                _ = $0.press([KeyPress(.enter)])
            },
            Scene(name: "shop-trying-80x24-truecolor", depth: .truecolor, columns: 80, rows: 24) {
                try $0.shop(points: 500, chosen: "sakura")
                _ = $0.type("t")
            },
            Scene(name: "shop-trying-80x24-16", depth: .ansi16, columns: 80, rows: 24) {
                try $0.shop(points: 500, chosen: "deep-sea")
                _ = $0.type("t")
            },
            Scene(name: "shop-trying-36x8-truecolor", depth: .truecolor, columns: 36, rows: 8) {
                try $0.shop(points: 500, chosen: "sakura")
                _ = $0.type("t")
            },
            Scene(name: "shop-asking-80x24-truecolor", depth: .truecolor, columns: 80, rows: 24) {
                _ = $0.go(.shop)
                $0.shop = SkinShop()
            },
            Scene(name: "shop-help-80x24", depth: .truecolor, columns: 80, rows: 24) {
                try $0.shop()
                _ = $0.type("?")
            },
            Scene(name: "skin-canvas-80x24-truecolor", depth: .truecolor, columns: 80, rows: 24) {
                _ = $0.hear(.offers(try SkinSamples.offers(worn: "paper-and-ink")))
                _ = $0.type("+++n")
            },
            Scene(name: "skin-run-80x24-truecolor", depth: .truecolor, columns: 80, rows: 24) {
                _ = $0.hear(.offers(try SkinSamples.offers(worn: "synthwave")))
                play(&$0)
            },
            Scene(name: "skin-run-80x24-16", depth: .ansi16, columns: 80, rows: 24) {
                _ = $0.hear(.offers(try SkinSamples.offers(worn: "sakura")))
                play(&$0)
            },
            Scene(name: "skin-steps-80x24-truecolor", depth: .truecolor, columns: 80, rows: 24) {
                _ = $0.hear(.offers(try SkinSamples.offers(worn: "paper-and-ink")))
                $0.run(.steps)
                for step in 0..<9 { $0.hit(atMs: 61_000 + Int64(step) * 600) }
                _ = $0.press([KeyPress(.right)], nowMs: 66_300)
                _ = $0.update(.clock, nowMs: 67_250)
            },
            Scene(name: "feedback-80x24-truecolor", depth: .truecolor, columns: 80, rows: 24) {
                try $0.write(words)
            },
            Scene(name: "feedback-80x24-mono", depth: .monochrome, columns: 80, rows: 24) {
                try $0.write(words)
                _ = $0.press([KeyPress(.enter)])
                _ = $0.hear(FeedbackReport.failed(Failure(.rateLimited, "slow", retryAfterMs: 2_500_000)))
            },
            Scene(name: "feedback-40x12-truecolor", depth: .truecolor, columns: 40, rows: 12) {
                try $0.write(words)
            },
            Scene(name: "feedback-36x8-16", depth: .ansi16, columns: 36, rows: 8) { try $0.write(words) },
            Scene(name: "feedback-empty-80x24-truecolor", depth: .truecolor, columns: 80, rows: 24) {
                _ = $0.go(.feedback)
                _ = $0.hear(FeedbackReport.sent)
            },
        ]

    /// A run of the arcade, a hit and some steps in.
    private static func play(_ model: inout Model) {
        model.run(.dot)
        model.hit(atMs: 61_000, seed: 7)
        for step in 0..<6 { _ = model.press([KeyPress(.right)], nowMs: 61_400 + Int64(step) * 70) }
        _ = model.update(.clock, nowMs: 61_900)
    }

    private static let words = """
        The click war is great fun, but when two planets are within a few clicks of each other at the very end, the \
        last push decides, and nobody sees it coming. Could the countdown turn red for the last five seconds? \
        Also: 日本語の惑星 would be nice.
        """
}

extension Model {
    /// Writes a message to the host.
    fileprivate mutating func write(_ text: String) throws {
        _ = go(.feedback)
        _ = update(.input(.paste(text)), nowMs: 60_000)
    }
}
