import Protocol
import Raster
import Testing

@testable import TUI

/// Click games and relays as a server would tell them.
enum GameSamples {
    static let planets: PlanetCatalog? = try? PlanetCatalog(json: PackageResources.planets_json)
    static let game = Identifier(rawValue: 7)
    static let relay = Identifier(rawValue: 77)
    static let startMs: Int64 = 1_700_000_000_000

    /// A game that began with the model's clock and lasts five minutes.
    static func clicks(
        _ planets: [(String, Int, Int)], status: ClickGameStatus = .active, winner: String? = nil,
        game: Identifier = game
    ) -> ClickGameView {
        ClickGameView(
            game: game, status: status, startsAtMs: startMs, endsAtMs: startMs + 300_000,
            planets: planets.map { PlanetTotal(name: $0.0, clicks: $0.1, players: $0.2) }, winner: winner)
    }

    static let names = ["Ada", "Grace", "Linus", "Barbara", "Edsger", "Katherine", "Alan", "Margaret"]

    /// The account of one of the names; Ada is the person at the screen.
    static func account(_ number: Int) -> AccountName {
        AccountName(id: Identifier(rawValue: UInt64(number + 1)), name: names[number % names.count])
    }

    static func players(_ points: [Int]) -> [RelayPlayer] {
        points.enumerated().map {
            RelayPlayer(
                account: account($0.offset), points: $0.element, isActive: $0.element > 0,
                solves: $0.offset % 3)
        }
    }

    static func view(
        _ status: RelayStatus, points: [Int], relay: Identifier = relay, code: String = "BKWXRM"
    ) throws -> RelayView {
        RelayView(
            relay: relay, code: try #require(RelayCode(code)), status: status, players: players(points),
            options: RelayOptions(), leftMs: status == .ended ? 0 : status == .waiting ? 300_000 : 252_000)
    }

    static func puzzle(_ data: PuzzleData, id: UInt64 = 500) -> PuzzleView {
        PuzzleView(id: Identifier(rawValue: id), type: data.type, data: data, worth: 12)
    }

    static let sum = puzzle(.arithmetic(expression: "17 + 4 × 3"))
    static let memory = puzzle(
        .memory(
            rows: ["#..#.", ".##..", "#...#", "..#.#", "##..."], showMs: 4_000,
            question: "How many are filled in row 3?"), id: 501)
    static let logic = puzzle(
        .logic(
            people: ["Ada", "Ben", "Cleo"], items: ["cat", "dog", "owl"],
            clues: ["Ada doesn't have the dog", "Cleo has the owl"], question: "Who has the dog?"), id: 502)
}

extension Model {
    mutating func hear(_ report: ClickReport, atMs: Int64 = 60_000) -> [Command] {
        update(.server(.clicks(report)), nowMs: atMs)
    }

    mutating func hear(_ report: RelayReport, atMs: Int64 = 60_000) -> [Command] {
        update(.server(.relays(report)), nowMs: atMs)
    }

    mutating func hear(_ kind: RelayEvent.Kind, atMs: Int64 = 60_000) -> [Command] {
        hear(.event(RelayEvent(relay: GameSamples.relay, kind)), atMs: atMs)
    }

    /// Goes to a screen by its key.
    mutating func go(_ page: Page) -> [Command] {
        let shortcut = page.shortcut.map { KeyPress(.character($0), .alt) }
        return press([page.key.map { KeyPress($0) } ?? shortcut].compactMap { $0 })
    }

    /// In the click war, some seconds in, with clicks of one's own.
    mutating func clickWar(_ planets: [(String, Int, Int)] = [("earth", 1_204, 31), ("mars", 1_377, 30)]) {
        _ = go(.clicks)
        _ = hear(.pushRate(seconds: 5))
        let before = planets.enumerated().map { ($1.0, max($1.1 - 6 - 90 * $0, 0), $1.2) }
        _ = hear(.totals(GameSamples.clicks(before)))
        for step in 0..<3 {
            let atMs = 60_000 + Int64(step) * 200
            _ = press([KeyPress(" ")], nowMs: atMs)
        }
        _ = hear(
            .accepted(ClickReceipt(game: GameSamples.game, planet: planets[0].0, accepted: 40, total: 40)),
            atMs: 61_000)
        for step in 0..<3 {
            let atMs = 61_000 + Int64(step) * 200
            _ = press([KeyPress(" ")], nowMs: atMs)
        }
        _ = hear(.totals(GameSamples.clicks(planets)), atMs: 62_000)
        _ = update(.clock, nowMs: 62_500)
    }

    /// In a relay that runs.
    mutating func relay(_ points: [Int], puzzle: PuzzleView? = GameSamples.sum) throws {
        _ = go(.relays)
        _ = hear(.entered(try GameSamples.view(.waiting, points: points)))
        _ = hear(.state(try GameSamples.view(.running, points: points), puzzle: puzzle))
        if let puzzle { _ = hear(.assigned(to: GameSamples.account(0), puzzle)) }
        for number in points.indices.dropFirst() {
            let kind = PuzzleType.allCases[number % PuzzleType.allCases.count]
            let theirs = PuzzleView(
                id: Identifier(rawValue: UInt64(900 + number)), type: kind, data: nil, worth: 10)
            _ = hear(.assigned(to: GameSamples.account(number), theirs))
        }
    }

    /// Some seconds of it: answers right and wrong, and points that drain.
    mutating func relayGoesOn(_ points: [Int]) {
        _ = hear(
            .failed(by: GameSamples.account(2), puzzle: Identifier(rawValue: 902), penalty: 5), atMs: 61_000)
        let solved = RelayEvent.Kind.solved(
            by: GameSamples.account(1), puzzle: Identifier(rawValue: 901), worth: 12,
            awardedTo: GameSamples.account(2))
        _ = hear(solved, atMs: 62_000)
        var after = points
        if after.count > 2 { after[2] += 12 }
        _ = hear(.pointsChanged(.award, GameSamples.players(after), leftMs: 250_000), atMs: 62_000)
        _ = update(.clock, nowMs: 62_300)
    }
}
