import Protocol
import Raster

@testable import TUI

/// The start page, the arcade and ads as scenes: large, usual and small, in color and without.
enum ArcadeScenes {
    typealias Scene = GoldenFrameTests.Scene

    static let all: [Scene] =
        scenes("home", few: true) { model in
            _ = model.go(.home)
            _ = model.hear(.totals(GameSamples.clicks([("earth", 1_204, 31), ("mars", 1_377, 30)])))
            _ = model.hear(
                .list([
                    try GameSamples.view(.waiting, points: [100, 100, 100]),
                    try GameSamples.view(
                        .running, points: [87, 40], relay: Identifier(rawValue: 78), code: "QZTHJN"),
                ]))
            let bonus = LoginBonusAnswer(points: 15, streakDays: 3)
            _ = model.update(.server(.profile(ArcadeSamples.profile(bonus: bonus))), nowMs: 60_000)
            _ = model.press([KeyPress(.down)])
        }
        + scenes("home-bare") {
            _ = $0.go(.home)
            $0.lose()
            $0.canvas = nil
        }
        + scenes("arcade", few: true) {
            _ = $0.update(.server(.profile(ArcadeSamples.profile())), nowMs: 60_000)
            _ = $0.go(.arcade)
            $0.hear(.board(ArcadeSamples.board(.shakyDot, scores: ArcadeSamples.hits)))
            _ = $0.press([KeyPress(.down)])
        }
        + scenes("arcade-times") {
            _ = $0.go(.arcade)
            $0.hear(.board(ArcadeSamples.board(.steps, .week, scores: ArcadeSamples.times)))
            _ = $0.press([KeyPress(.end), KeyPress(.left)])
        }
        + scenes("arcade-empty") {
            _ = $0.go(.arcade)
            $0.hear(.board(ArcadeSamples.board(.dot, scores: [])))
        }
        + scenes("dot", few: true) {
            $0.run(.dot)
            $0.hit(atMs: 61_000, seed: 7)
            $0.hit(atMs: 62_500, seed: 90)
            for step in 0..<5 { _ = $0.press([KeyPress(.left)], nowMs: 62_600 + Int64(step) * 70) }
            _ = $0.update(.clock, nowMs: 62_900)
        }
        + scenes("dot-miss", few: true) {
            $0.run(.dot)
            _ = $0.press([KeyPress(" ")], nowMs: 86_000)
            _ = $0.update(.clock, nowMs: 86_100)
        }
        + scenes("shaky-dot-hit") {
            $0.run(.shakyDot)
            $0.hit(atMs: 61_000, seed: 7)
        }
        + scenes("steps", few: true) {
            $0.run(.steps)
            for step in 0..<9 { $0.hit(atMs: 61_000 + Int64(step) * 600) }
            _ = $0.press([KeyPress(.right)], nowMs: 66_300)
            _ = $0.update(.clock, nowMs: 67_250)
        }
        + scenes("run-won", few: true) {
            $0.run(.dot)
            $0.hear(
                .ended(ArcadeSamples.result(.dot, .time, score: 42, rank: 1, percent: 300, points: 126)),
                atMs: 90_100)
            _ = $0.update(.server(.profile(ArcadeSamples.profile(points: 1_360))), nowMs: 90_200)
            _ = $0.update(.clock, nowMs: 91_500)
        }
        + scenes("run-steps") {
            $0.run(.steps)
            $0.hear(
                .ended(
                    ArcadeSamples.result(.steps, .completed, score: 24_370, rank: 4, percent: 100, points: 35)
                ),
                atMs: 90_100)
            _ = $0.update(.clock, nowMs: 95_000)
        }
        + scenes("run-burst") {
            $0.run(.dot)
            $0.hit(atMs: 61_000, seed: 7)
            $0.hit(atMs: 62_500, seed: 90)
            $0.hear(.ended(ArcadeSamples.result(.dot, .burst, score: 2)), atMs: 70_100)
        }
        + scenes("ad", few: true) {
            $0.meetAds()
            _ = $0.go(.clicks)
            $0.hearAd(try ArcadeSamples.ad(ArcadeSamples.pictureAd))
        }
        + scenes("ad-over") {
            $0.meetAds()
            _ = $0.go(.relays)
            $0.hearAd(try ArcadeSamples.ad(ArcadeSamples.textAd))
            _ = $0.update(.clock, nowMs: 65_000)
        }
        + [
            Scene(name: "home-36x8", depth: .monochrome, columns: 36, rows: 8) { _ = $0.go(.home) },
            Scene(name: "arcade-36x8", depth: .monochrome, columns: 36, rows: 8) { _ = $0.go(.arcade) },
            Scene(name: "run-help-80x24", depth: .truecolor, columns: 80, rows: 24) {
                $0.run(.dot)
                _ = $0.press([KeyPress(.function(1))])
            },
            Scene(name: "dot-grown-small-50x20", depth: .truecolor, columns: 80, rows: 24) {
                $0.run(.dot)
                _ = $0.update(.resized(columns: 50, rows: 20), nowMs: 61_000)
            },
        ]

    private static func scenes(
        _ name: String, few: Bool = false, _ prepare: @escaping @Sendable (inout Model) throws -> Void
    ) -> [Scene] {
        let some: [(String, ColorDepth)] = few ? [("256", .ansi256), ("16", .ansi16)] : []
        let usual = ([("truecolor", .truecolor), ("mono", .monochrome)] + some).map { depth in
            Scene(name: "\(name)-80x24-\(depth.0)", depth: depth.1, columns: 80, rows: 24, prepare: prepare)
        }
        return usual + [
            Scene(
                name: "\(name)-120x40-truecolor", depth: .truecolor, columns: 120, rows: 40, prepare: prepare),
            Scene(
                name: "\(name)-40x12-truecolor", depth: .truecolor, columns: 40, rows: 12, prepare: prepare),
        ]
    }
}
