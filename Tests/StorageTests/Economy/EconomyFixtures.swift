import Engine
import Protocol
import Testing

@testable import Storage

/// Base colors of these names.
func colors(_ names: [String] = ["coral", "ink", "mint", "sand"]) throws -> BaseColors {
    try BaseColors(
        names.enumerated().map { place, name in
            BaseColor(name: name, color: Palette.Color(red: UInt8(10 * place), green: 200, blue: 7))
        })
}

/// A skin of four colors.
func skin(
    _ id: String, title: String = "A skin", price: Int = 40,
    _ names: [String] = ["ink", "sand", "mint", "coral"]
) throws -> Skin {
    Skin(
        id: try #require(SkinID(rawValue: id)), title: title, author: "Ada", price: price,
        inputs: [
            .cursor: [names[3]], .dot: [names[0], names[0], names[2]], .trail: [names[3], names[2]],
            .frame: [names[1]], .palette: names,
        ])
}

/// An ad of one line.
func ad(_ id: String, title: String = "An ad", weight: Int = 1) throws -> Ad {
    try Ad(
        json: Array(
            #"{"id":"\#(id)","title":"\#(title)","text":["Buy \"it\" \u00fc"],"seconds":5,"weight":\#(weight)}"#
                .utf8))
}

extension Stock {
    /// Two skins and two ads.
    static func ofTests() throws -> Stock {
        Stock(
            baseColors: try colors(),
            skins: [try skin("ember"), try skin("lagoon", price: 0, ["coral", "ink", "sand", "mint"])],
            ads: [try ad("earth"), try ad("mars", weight: 3)])
    }
}

/// A run of an arcade game that is over, told apart by a number.
func run(
    _ number: UInt64, of account: Identifier, _ game: ArcadeGameID = .dot, score: Int,
    _ reason: RunEndReason = .time, rank: Int? = 1, paid: Int = 0, atMs: Int64 = 60_000
) -> RunRecord {
    let id = Identifier(rawValue: number)
    let result = RunResult(
        run: id, game: game, reason: reason, score: score, rank: rank,
        multiplierPercent: rank.map { _ in 200 },
        profilePoints: paid)
    return RunRecord(
        id: id, game: game, account: account, seed: 0xfedc_ba98_7654_3210 &+ number,
        points: [[3, 4, 500], [17, 9, 1_100]], result: result, startedAtMs: atMs - 30_000, endedAtMs: atMs)
}

/// What a run is worth on its board.
func score(of run: RunRecord) -> ScoreRecord {
    ScoreRecord(
        board: .arcade(run.game), account: run.account, score: run.result.score, source: run.id,
        atMs: run.endedAtMs)
}

/// An impression of an ad, told apart by a number.
func impression(
    _ number: UInt64, of ad: String = "earth", to holder: UInt64 = 1, isGuest: Bool = false,
    atMs: Int64 = 1_000, completedAtMs: Int64? = nil
) throws -> ImpressionRecord {
    ImpressionRecord(
        id: Identifier(rawValue: number), ad: try #require(AdID(rawValue: ad)),
        holder: Identifier(rawValue: holder), isGuest: isGuest,
        page: try #require(AdPage(rawValue: "arcade")), shownAtMs: atMs, completedAtMs: completedAtMs)
}

/// A message to the host.
func feedback(
    _ text: String, from holder: UInt64 = 1, isGuest: Bool = false, atMs: Int64 = 1_000
) throws -> FeedbackRecord {
    FeedbackRecord(
        holder: Identifier(rawValue: holder), isGuest: isGuest, message: try #require(FeedbackMessage(text)),
        atMs: atMs)
}

/// The names of accounts, deleted ones too, whose points aren't the sum of their entries.
func unbalancedAccounts(in scratch: Scratch) throws -> [String] {
    try rows(
        "name",
        of: """
            accounts a WHERE points <>
                (SELECT coalesce(sum(e.points), 0) FROM point_entries e WHERE e.account = a.id)
            """, in: scratch)
}

extension Database {
    /// A board's accounts with their scores; a query that fails is an issue.
    func board(_ board: Board, sinceMs: Int64 = 0) -> [String] {
        guard case .leaderboard(let scores) = answer(.leaderboard(board, sinceMs: sinceMs)) else {
            Issue.record("the query failed")
            return []
        }
        return scores.map { "\($0.account.name): \($0.score)" }
    }

    /// The flags that a host is shown; a query that fails is an issue.
    func flags() -> [HostFlag] {
        guard case .flags(let flags) = answer(.flags) else {
            Issue.record("the query failed")
            return []
        }
        return flags
    }

    /// The messages that a host is shown; a query that fails is an issue.
    func messages() -> [FeedbackEntry] {
        guard case .feedback(let entries) = answer(.feedback) else {
            Issue.record("the query failed")
            return []
        }
        return entries
    }
}
