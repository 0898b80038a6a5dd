import Engine
import Game
import Protocol
import Testing

@testable import Storage

/// A click game of the tests, told apart by a number: 600 s, starting at so many times 600 s.
func clickGame(
    _ number: UInt64, _ status: ClickGameStatus = .active, planets: [String] = ["earth", "mars"],
    winner: String? = nil
) -> ClickGame {
    let startsAtMs = Int64(number % 1_000) * 600_000
    return ClickGame(
        kept: ClickGameView(
            game: Identifier(rawValue: number), status: status, startsAtMs: startsAtMs,
            endsAtMs: startsAtMs + 600_000,
            planets: planets.map { PlanetTotal(name: $0, clicks: 0, players: 0) }, winner: winner),
        isOrdered: number % 2 == 0)
}

/// A push of a sign-in; its holder has the same number, unless named.
func push(
    _ clicks: [Int], in game: UInt64 = 70, session: UInt64, of holder: UInt64? = nil, isGuest: Bool = true,
    for planet: String = "earth", named batchID: String? = nil, total: Int? = nil, atMs: Int64 = 1_000
) -> ClickPushRecord {
    ClickPushRecord(
        game: Identifier(rawValue: game), session: Identifier(rawValue: session),
        holder: Identifier(rawValue: holder ?? session), isGuest: isGuest, planet: planet, clicks: clicks,
        batchID: batchID, total: total ?? clicks.reduce(0, +), atMs: atMs)
}

/// A relay of the tests between accounts, with numbers that all differ.
func relay(
    _ number: UInt64, _ status: RelayStatus = .running, of players: [UInt64] = [1, 2, 3], steps: Int = 7
) -> Relay {
    var options = RelayOptions()
    (options.startPoints, options.decayPoints, options.decayIntervalMs) = (101, 2, 1_500)
    (options.award, options.penalty, options.seconds, options.maxPlayers) = (11, 6, 301, 9)
    options.isPrivate = number % 2 == 0
    let seated = players.enumerated().map { seat, player in
        var seated = Relay.Player(
            account: AccountName(id: Identifier(rawValue: player), name: "player \(player)"),
            points: 90 + seat)
        seated.isActive = seat != 1
        (seated.solves, seated.awarded) = (seat + 1, 10 * seat + 2)
        (seated.decayed, seated.penalized) = (10 * seat + 3, 10 * seat + 4)
        return seated
    }
    return Relay(
        id: Identifier(rawValue: number), code: RelayCode(random: number), options: options,
        createdAtMs: Int64(number % 1_000), status: status, steps: steps,
        endReason: status == .ended ? .lastStanding : nil, players: seated)
}

/// A puzzle before a player of a relay.
func puzzle(
    _ number: UInt64, in relay: UInt64, of player: UInt64, _ data: PuzzleData = .sequence(terms: [1, 2, 3]),
    atMs: Int64 = 1_000, solvedAtMs: Int64? = nil
) -> PuzzleRecord {
    PuzzleRecord(
        id: Identifier(rawValue: number), relay: Identifier(rawValue: relay),
        account: Identifier(rawValue: player), data: data, answer: "the answer to \(number)", difficulty: 3,
        worth: 14, assignedAtMs: atMs, solvedAtMs: solvedAtMs)
}

extension Relay.OpenPuzzle {
    /// What a start finds of a record.
    init(_ record: PuzzleRecord) {
        self.init(
            id: record.id,
            puzzle: Puzzle(data: record.data, answer: record.answer, difficulty: record.difficulty),
            worth: record.worth)
    }
}

/// Contributions worked out from all pushes, as slowly and plainly as can be.
struct ContributionsModel {
    var planets = ["earth", "mars"]
    var pushes: [ClickPushRecord] = []

    /// Of a game, as JSON.
    func json(of game: UInt64 = 70) -> String {
        let sides = planets.map { planet in
            let ours = pushes.filter { $0.game.rawValue == game && $0.planet == planet }
            let sessions = Set(ours.map(\.session.description)).sorted().map { session in
                let clicks = ours.filter { $0.session.description == session }.flatMap(\.clicks)
                return "\"\(session)\":[\(clicks.map(String.init).joined(separator: ","))]"
            }
            return "\"\(planet)\":{\(sessions.joined(separator: ","))}"
        }
        return "{\(sides.joined(separator: ","))}"
    }

    /// Of a game, as a start finds them.
    func totals(of game: UInt64 = 70) -> [PlanetTotal] {
        planets.map { planet in
            let ours = pushes.filter { $0.game.rawValue == game && $0.planet == planet }
            return PlanetTotal(
                name: planet, clicks: ours.reduce(0) { $0 + $1.accepted },
                players: Set(ours.map(\.holder)).count)
        }
    }
}

/// Numbers that follow from a seed.
struct Draws {
    private var seed: UInt64

    init(seed: UInt64) { self.seed = seed }

    mutating func draw(_ bound: UInt64) -> UInt64 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (seed >> 33) % bound
    }

    /// A push of one of so many sign-ins; two sign-ins share an account, others are guests'.
    mutating func push(_ number: Int, in game: UInt64 = 70, sessions: UInt64 = 40) -> ClickPushRecord {
        let one = draw(sessions)
        let holder = one < 6 ? 1 + one / 2 : 1_000 + one
        let clicks = (0...draw(4)).map { _ in Int(1 + draw(90)) }
        return StorageTests.push(
            clicks, in: game, session: one &* 0x9e37_79b9_7f4a_7c15, of: holder, isGuest: one >= 6,
            for: holder % 3 == 0 ? "mars" : "earth", named: draw(3) == 0 ? nil : "batch \(number)")
    }
}

extension Database {
    /// A game's contributions; a query that fails is an issue.
    func contributions(of game: UInt64 = 70) -> String? {
        guard
            case .clickContributions(let json) = answer(.clickContributions(game: Identifier(rawValue: game)))
        else {
            Issue.record("the query failed")
            return nil
        }
        return json.map { String(decoding: $0, as: UTF8.self) }
    }

    /// What storage keeps of a sign-in; a query that fails is an issue.
    func history(of session: UInt64, holder: UInt64? = nil, in game: UInt64 = 70) -> ClickHistory? {
        let query = Query.clickHistory(
            session: Identifier(rawValue: session), holder: Identifier(rawValue: holder ?? session),
            game: Identifier(rawValue: game))
        guard case .clickHistory(let history) = answer(query) else {
            Issue.record("the query failed")
            return nil
        }
        return history
    }
}

/// Rows of a scratch directory's database, their columns joined by blanks, read by a second connection.
func rows(_ columns: String, of table: String, in scratch: Scratch) throws -> [String] {
    let connection = try Connection(path: scratch.path + "/pixelwars.db")
    defer { connection.close() }
    var rows: [String] = []
    try connection.prepare("SELECT \(columns) FROM \(table)").forEachRow { (row) throws(SQLiteFailure) in
        rows.append(row.text(0))
        return true
    }
    return rows
}

/// What SQLite means to do for a statement, a line for each step.
func plan(of sql: String) throws -> String {
    let scratch = try Scratch()
    try Database.started(in: scratch.path).close()
    let connection = try Connection(path: scratch.path + "/pixelwars.db")
    defer { connection.close() }
    var steps: [String] = []
    // One with a number stands for the same value wherever it stands.
    let numbers = sql.split(separator: "?", omittingEmptySubsequences: false).dropFirst().map {
        Int($0.prefix(while: \.isNumber))
    }
    let parameters = numbers.compactMap(\.self).max() ?? numbers.count
    try connection.prepare("EXPLAIN QUERY PLAN " + sql).forEachRow(
        [SQLValue](repeating: .null, count: parameters)
    ) { (row) throws(SQLiteFailure) in
        steps.append(row.text(3))
        return true
    }
    return steps.joined(separator: "\n")
}
