import Protocol
import Raster
import Testing

@testable import TUI

/// Models as the server would make them, without one.
enum SampleModels {
    /// A canvas with a sun, a sea and a border, in the standard colors.
    static func image(width: Int, height: Int) throws -> CanvasImage {
        let size = try #require(CanvasSize(width: width, height: height))
        var cells = [UInt8](repeating: 0, count: size.cellCount)
        let (sunX, sunY, radius) = (width / 3, height / 3, min(width, height) / 5)
        for y in 0..<height {
            for x in 0..<width {
                var color = UInt8(0)
                if x == 0 || y == 0 || x == width - 1 || y == height - 1 { color = 4 }
                let (dx, dy) = (x - sunX, y - sunY)
                if dx * dx + dy * dy < radius * radius { color = 8 }
                if y > height * 2 / 3 + (x / 5 % 3) { color = UInt8(16 + (y + x / 7) % 4) }
                cells[size.cell(x: x, y: y)] = color
            }
        }
        return try #require(CanvasImage(size: size, palette: .standard, cells: cells))
    }

    /// A connected player on a canvas.
    static func playing(
        columns: Int, rows: Int, depth: ColorDepth = .truecolor, width: Int = 100, height: Int = 60,
        purpose: Model.Purpose = .play, page: Page = .canvas
    ) throws -> Model {
        var model = Model(
            purpose: purpose, depth: depth, serverName: "127.0.0.1:8080", columns: columns, rows: rows,
            page: page)
        model.settings.easing = .instant
        model.planets = try #require(GameSamples.planets)
        let reports: [Report] = [
            .link(.signingIn), .link(.connecting(attempt: 1)), .link(.connected),
            .account(name: "Ada", id: GameSamples.account(0).id),
            .welcomed(purpose == .play ? .playing : .spectator, serverTimeMs: 1_700_000_000_000),
            .replaced(try image(width: width, height: height), epoch: 1, version: 1234),
            .counts(players: 12, queued: 3),
            .latency(microseconds: 1_800),
            .shop(.offers([])),
        ]
        for report in reports { _ = model.update(.server(report), nowMs: 0) }
        _ = model.update(.clock, nowMs: 60_000)
        return model
    }
}

extension Model {
    /// Presses keys one after the other and returns all commands.
    mutating func press(_ presses: [KeyPress], nowMs: Int64 = 60_000) -> [Command] {
        presses.flatMap { update(.input(.key($0)), nowMs: nowMs) }
    }

    /// Types characters.
    mutating func type(_ text: String) -> [Command] {
        press(text.unicodeScalars.map { KeyPress($0) })
    }

    /// Does something with the mouse.
    mutating func mouse(_ kind: MouseEvent.Kind, column: Int, row: Int) -> [Command] {
        update(.input(.mouse(MouseEvent(kind: kind, column: column, row: row))), nowMs: 60_000)
    }
}
