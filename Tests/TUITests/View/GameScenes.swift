import Protocol
import Raster

@testable import TUI

/// The screens of the click war and of relays as scenes: large, usual and small, in color and without.
enum GameScenes {
    typealias Scene = GoldenFrameTests.Scene

    static let all: [Scene] =
        scenes("clicks", few: true) { $0.clickWar() }
        + scenes("clicks-six") {
            $0.clickWar([
                ("earth", 1_204, 31), ("mars", 1_377, 30), ("venus", 901, 31), ("jupiter", 2_345_678, 30),
                ("saturn", 12, 1), ("neptune", 0, 0),
            ])
        }
        + scenes("clicks-scheduled") {
            _ = $0.go(.clicks)
            _ = $0.hear(
                .totals(
                    ClickGameView(
                        game: GameSamples.game, status: .scheduled, startsAtMs: GameSamples.startMs + 92_000,
                        endsAtMs: GameSamples.startMs + 392_000,
                        planets: [
                            PlanetTotal(name: "venus", clicks: 0, players: 0),
                            PlanetTotal(name: "saturn", clicks: 0, players: 0),
                        ], winner: nil)))
        }
        + scenes("clicks-won") {
            $0.clickWar()
            _ = $0.hear(
                .totals(
                    GameSamples.clicks(
                        [("earth", 1_604, 31), ("mars", 1_377, 30)], status: .finished, winner: "earth")),
                atMs: 63_000)
        }
        + scenes("clicks-absent") {
            _ = $0.go(.clicks)
            _ = $0.hear(ClickReport.failed(Failure(.noActiveGame, "none")))
        }
        + scenes("lobby") {
            _ = $0.go(.relays)
            _ = $0.hear(.list(try lobby()))
            _ = $0.press([KeyPress(.down)])
        }
        + scenes("lobby-empty") {
            _ = $0.go(.relays)
            _ = $0.hear(.list([]))
        }
        + scenes("relay-code") {
            _ = $0.go(.relays)
            _ = $0.hear(.list(try lobby()))
            _ = $0.type("cbkw")
        }
        + scenes("relay-waiting") {
            _ = $0.go(.relays)
            _ = $0.hear(.entered(try GameSamples.view(.waiting, points: [100, 100, 100])))
        }
        + scenes("relay", few: true) {
            try $0.relay([87, 40, 61, 12, 0])
            $0.relayGoesOn([87, 40, 61, 12, 0])
            for scalar in "29".unicodeScalars { _ = $0.press([KeyPress(scalar)], nowMs: 62_300) }
        }
        + scenes("relay-wrong") {
            try $0.relay([87, 0, 61, 12, 90, 91, 92, 93], puzzle: GameSamples.logic)
            _ = $0.hear(
                .failed(by: GameSamples.account(0), puzzle: GameSamples.logic.id, penalty: 5), atMs: 61_000)
            let after = GameSamples.players([82, 0, 61, 12, 90, 91, 92, 93])
            _ = $0.hear(.pointsChanged(.penalty, after, leftMs: 8_000), atMs: 61_000)
        }
        + scenes("relay-memory") { try $0.relay([87, 40, 61], puzzle: GameSamples.memory) }
        + scenes("relay-hidden") {
            try $0.relay([87, 40, 61], puzzle: GameSamples.memory)
            _ = $0.update(.clock, nowMs: 64_000)
        }
        + scenes("relay-out") { try $0.relay([0, 40, 61], puzzle: nil) }
        + scenes("relay-watched") {
            $0.accountID = Identifier(rawValue: 99)
            try $0.relay([87, 40, 61, 12, 0], puzzle: nil)
            $0.relayGoesOn([87, 40, 61, 12, 0])
        }
        + scenes("relay-over") {
            try $0.relay([87, 40, 61, 12, 0])
            let awards = [
                RelayAward(account: GameSamples.account(0), profilePoints: 30),
                RelayAward(account: GameSamples.account(2), profilePoints: 30),
            ]
            _ = $0.hear(.ended(.time, GameSamples.players([57, 0, 21, 0, 0]), awards: awards))
        }
        + [
            Scene(name: "relay-help-80x24", depth: .truecolor, columns: 80, rows: 24) {
                try $0.relay([87, 40])
                _ = $0.press([KeyPress(.function(1))])
            },
            Scene(name: "lobby-help-80x24", depth: .truecolor, columns: 80, rows: 24) {
                _ = $0.go(.relays)
                _ = $0.type("?")
            },
            Scene(name: "clicks-small-36x8", depth: .monochrome, columns: 36, rows: 8) { $0.clickWar() },
            Scene(name: "relay-ring-of-16-80x24", depth: .truecolor, columns: 80, rows: 24) {
                try $0.relay((0..<16).map { 20 + $0 * 11 })
            },
        ]

    private static func lobby() throws -> [RelayView] {
        [
            try GameSamples.view(.waiting, points: [100, 100, 100]),
            try GameSamples.view(
                .running, points: [87, 40, 61, 12], relay: Identifier(rawValue: 78), code: "QZTHJN"),
            try GameSamples.view(.ended, points: [57, 0], relay: Identifier(rawValue: 79), code: "DFGLPV"),
        ]
    }

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
