import Protocol
import Testing

@testable import TUI

/// Runs, boards and ads as a server would tell them.
enum ArcadeSamples {
    static let run = Identifier(rawValue: 40)
    static let seed: UInt64 = 0x5eed

    static func start(_ game: ArcadeGameID, run: Identifier = run) -> RunStart {
        RunStart(run: run, game: game, seed: seed)
    }

    static func result(
        _ game: ArcadeGameID, _ reason: RunEndReason, score: Int, rank: Int? = nil, percent: Int? = nil,
        points: Int = 0, run: Identifier = run
    ) -> RunResult {
        RunResult(
            run: run, game: game, reason: reason, score: score, rank: rank, multiplierPercent: percent,
            profilePoints: points)
    }

    /// With a tie for the second place.
    static func board(_ game: ArcadeGameID, _ period: BoardPeriod = .all, scores: [Int]) -> LeaderboardAnswer
    {
        let entries = scores.enumerated().map { number, score in
            LeaderboardAnswer.Entry(
                rank: (scores.firstIndex(of: score) ?? number) + 1, account: GameSamples.account(number),
                score: score)
        }
        return LeaderboardAnswer(board: .arcade(game), period: period, entries: entries)
    }

    static let hits = [41, 38, 38, 27, 22, 9]
    static let times = [21_430, 23_005, 23_005, 31_990]

    static func profile(points: Int = 1_234, bonus: LoginBonusAnswer? = nil) -> MeAnswer {
        MeAnswer(
            account: GameSamples.account(0), status: .playing, points: points, roles: ["player"],
            loginBonus: bonus)
    }

    static func ad(_ json: String) throws -> AdAnswer {
        AdAnswer(impression: Identifier(rawValue: 900), ad: try Ad(json: Array(json.utf8)))
    }

    static let textAd = """
        {"id":"words","title":"Relays tonight","text":["Friends wanted:","a ring of eight","at nine o'clock"],\
        "caption":"bring your own answers","seconds":5,"link":"https://relays.example/tonight","weight":1}
        """
    static let pictureAd = """
        {"id":"sun","title":"Come out and play","rows":["..yyyy..",".yyyyyy.","yyoyyoyy","yyyyyyyy","yoyyyyoy",\
        "yyooooyy",".yyyyyy.","..yyyy.."],"inks":{"y":"#ffd635","o":"#ff4500"},"seconds":3,"weight":1}
        """
}

extension Model {
    @discardableResult
    mutating func hear(_ report: ArcadeReport, atMs: Int64 = 60_000) -> [Command] {
        update(.server(.arcade(report)), nowMs: atMs)
    }

    @discardableResult
    mutating func hear(_ report: AdReport, atMs: Int64 = 60_000) -> [Command] {
        update(.server(.ads(report)), nowMs: atMs)
    }

    /// Takes the ad that was asked for; none where there is none.
    @discardableResult
    mutating func hearAd(_ answer: AdAnswer?, atMs: Int64 = 60_000) -> [Command] {
        hear(.next(answer, before: ads.stop?.next.adPage ?? .home), atMs: atMs)
    }

    /// In a run that began with second 60.
    mutating func run(_ game: ArcadeGameID) {
        _ = go(.arcade)
        _ = hear(.board(ArcadeSamples.board(game, scores: ArcadeSamples.hits)))
        arcade.chosen = ArcadeGameID.all.firstIndex(of: game) ?? 0
        _ = press([KeyPress(.enter)])
        hear(.started(ArcadeSamples.start(game), atMs: 60_000))
    }

    /// Aims at what there is to hit and shoots; the server counts it.
    mutating func hit(atMs: Int64, seed: UInt64? = nil) {
        guard let play = arcade.play, let target = play.target(nowMs: atMs),
            case .playing(var aimed) = arcade.stage
        else { return }
        aimed.point(at: Place(x: target.x + target.width / 2, y: target.y + target.height / 2), nowMs: atMs)
        arcade.stage = .playing(aimed)
        for case .arcade(.point(let point)) in press([KeyPress(" ")], nowMs: atMs) {
            let score = RunScore(run: point.run, seq: point.seq, score: point.seq, tMs: point.tMs, seed: seed)
            hear(.scored(score), atMs: atMs + 20)
        }
    }

    /// Meets ads from now on.
    mutating func meetAds() { ads.gate = AdGate() }
}
