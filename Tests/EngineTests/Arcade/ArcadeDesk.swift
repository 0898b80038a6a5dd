import Engine
import Game
import Protocol
import Testing

/// A player who plays honestly: sees what a client would see, and hits it.
struct ArcadePlayer {
    var number: UInt64
    var run: Identifier
    var game: ArcadeGameID
    var stretch: ArcadeStretch
    var seq = 1
    var startedUs: Int64
}

extension Desk {
    /// A message that needs something drawn.
    mutating func sayDrawn(_ number: UInt64, _ message: ClientMessage, id: Int? = 1) {
        give(.drawn(Self.socket(number), ClientEnvelope(id: id, message), draw()))
    }

    /// Opens a socket and begins a run on it.
    mutating func startRun(_ game: ArcadeGameID, as number: UInt64) throws -> ArcadePlayer {
        if engine.account(on: Self.socket(number)) == nil { open(number) }
        sayDrawn(number, .startRun(game), id: 7)
        let answer = try #require(sent(to: number).last)
        guard case .runStarted(let start) = answer.message else {
            throw Unexpected(what: "\(answer)")
        }
        #expect(answer.replyTo == 7)
        return ArcadePlayer(
            number: number, run: start.run, game: game,
            stretch: ArcadeStretch(seed: start.seed, hits: 0, startMs: 0), startedUs: now.monotonicUs)
    }

    struct Unexpected: Error { var what: String }

    /// Milliseconds since a run began.
    func elapsedMs(_ player: ArcadePlayer) -> Int { Int((now.monotonicUs - player.startedUs) / 1000) }

    /// The point that hits now.
    func aim(_ player: ArcadePlayer, lateMs: Int = 0) -> RunPoint {
        let tMs = elapsedMs(player) - lateMs
        let target = player.game.rules.target(of: player.stretch, atMs: tMs)
        return RunPoint(run: player.run, seq: player.seq, x: target.x, y: target.y, tMs: tMs)
    }

    /// Hits the target after a while; the score that was told.
    @discardableResult
    mutating func hit(_ player: inout ArcadePlayer, afterMs: Int64 = 400, lateMs: Int = 0) throws -> RunScore
    {
        pass(ms: afterMs)
        let point = aim(player, lateMs: lateMs)
        sayDrawn(player.number, .point(point), id: 9)
        for envelope in sent(to: player.number) {
            guard case .score(let score) = envelope.message else { continue }
            #expect(envelope.replyTo == 9)
            player.seq += 1
            if let seed = score.seed {
                player.stretch = ArcadeStretch(seed: seed, hits: score.score, startMs: score.tMs)
            } else {
                player.stretch.hits += 1
            }
            return score
        }
        throw Unexpected(what: "\(sent(to: player.number))")
    }

    /// Plays a whole run with so many hits and lets it end.
    mutating func play(_ game: ArcadeGameID, as number: UInt64, hits: Int, everyMs: Int64 = 400) throws
        -> RunResult
    {
        var player = try startRun(game, as: number)
        for _ in 0..<hits { try hit(&player, afterMs: everyMs) }
        return try result(of: player)
    }

    /// Lets time pass until a run's result is told.
    mutating func result(of player: ArcadePlayer) throws -> RunResult {
        if let told = told(player) { return told }
        for _ in 0..<800 {
            pass(ms: 50)
            give(.wake)
            if let told = told(player) { return told }
        }
        throw Unexpected(what: "no result")
    }

    /// The result that the last `give` told a player.
    func told(_ player: ArcadePlayer) -> RunResult? {
        for case .runEnded(let result) in sent(to: player.number).map(\.message)
        where result.run == player.run { return result }
        return nil
    }

    /// The reasons that an account is flagged for, in order.
    func flags(of number: UInt64) -> [FlagRecord.Reason] {
        Shelf(kept).flags.filter { $0.account == Identifier(rawValue: number) }.map(\.reason)
    }

    /// The changes of an account's points, in order.
    func entries(of number: UInt64) -> [PointsRecord] {
        kept.compactMap { record in
            if case .points(let entry) = record, entry.account == Identifier(rawValue: number) {
                entry
            } else {
                nil
            }
        }
    }

    /// What an account has, as storage knows it.
    func storedPoints(of number: UInt64) -> Int {
        var points = 0
        for case .account(let account) in kept where account.id == Identifier(rawValue: number) {
            points = account.points
        }
        return points
    }

    /// Ended runs that storage has.
    var runs: [RunRecord] {
        kept.compactMap { if case .run(let run) = $0 { run } else { nil } }
    }

    /// A desk with accounts where point rates and bursts are the project's own.
    static func arcade(
        _ accounts: UInt64 = 20, _ change: (inout EngineConfiguration) -> Void = { _ in }
    ) -> Desk {
        Desk(recovered: withAccounts(accounts), change)
    }
}
