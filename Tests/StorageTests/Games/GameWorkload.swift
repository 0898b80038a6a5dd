import Engine
import Game
import Protocol
import Testing

@testable import Storage

/// What happens in games in each commit of a workload, so that what is left tells which was the last.
struct GameWorkload {
    /// The commit, from 1; 0 is before the first.
    let commit: Int

    private static let game = Identifier(rawValue: 70)

    /// Three sign-ins push in turn, one of them an account's.
    private static func push(of commit: Int) -> ClickPushRecord {
        let session = UInt64(500 + commit % 3)
        return StorageTests.push(
            [commit, commit + 1], session: session, of: commit % 3 == 0 ? 2 : session,
            isGuest: commit % 3 != 0, for: commit % 3 == 0 ? "mars" : "earth", named: "batch \(commit)",
            total: (1...commit).filter { $0 % 3 == commit % 3 }.reduce(0) { $0 + 2 * $1 + 1 })
    }

    private static func ring(of commit: Int) -> Relay { relay(301, of: [1, 3], steps: commit) }

    private static func puzzle(of commit: Int, isSolved: Bool = false) -> PuzzleRecord {
        StorageTests.puzzle(
            UInt64(900 + commit), in: 301, of: 1, .sequence(terms: [commit]), atMs: Int64(commit),
            solvedAtMs: isSolved ? Int64(commit) + 1 : nil)
    }

    /// What the commit writes.
    var records: [Record] {
        var records: [Record] = []
        if commit == 1 { records.append(.clickGame(clickGame(70))) }
        records += [.clickPush(Self.push(of: commit)), .relay(Self.ring(of: commit))]
        if commit > 1 { records.append(.puzzle(Self.puzzle(of: commit - 1, isSolved: true))) }
        records.append(.puzzle(Self.puzzle(of: commit)))
        records.append(
            .score(
                ScoreRecord(
                    board: .clicks, account: account(1).id, score: commit,
                    source: Identifier(rawValue: UInt64(commit)), atMs: Int64(commit))))
        if commit % 2 == 0 { records.append(.clickContributions(game: Self.game)) }
        return records
    }

    private var model: ContributionsModel {
        ContributionsModel(pushes: commit == 0 ? [] : (1...commit).map { Self.push(of: $0) })
    }

    /// Checks that a database answers with all of this commit and nothing of another.
    func expect(in database: Database, _ comment: Comment) {
        #expect(database.contributions() == (commit == 0 ? nil : model.json()), comment)
        guard case .leaderboard(let scores) = database.answer(.leaderboard(.clicks, sinceMs: 0)) else {
            Issue.record("the query failed")
            return
        }
        #expect(scores.map(\.score) == (commit == 0 ? [] : [commit * (commit + 1) / 2]), comment)
        guard commit > 0 else { return }
        let last = Self.push(of: commit)
        let history = database.history(of: last.session.rawValue, holder: last.holder.rawValue)
        #expect(history?.recent.last?.receipt == last.receipt, comment)
        #expect(history?.total == last.total, comment)
        #expect(history?.planet == last.planet, comment)
    }

    /// Checks that a start finds all of this commit and nothing of another.
    func expect(in state: RecoveredState, _ comment: Comment) {
        #expect(state.clickGames.map(\.planets) == (commit == 0 ? [] : [model.totals()]), comment)
        guard commit > 0 else {
            #expect(state.relays.isEmpty, comment)
            return
        }
        var ring = Self.ring(of: commit).players
        ring[0].puzzle = Relay.OpenPuzzle(Self.puzzle(of: commit))
        #expect(state.relays.map(\.players) == [ring], comment)
        #expect(state.relays.map(\.steps) == [commit], comment)
    }

    /// How many commits a scratch directory's database has.
    static func commits(in scratch: Scratch) throws -> Int {
        try Int(rows("count(*)", of: "click_pushes", in: scratch)[0]) ?? -1
    }
}
