import Engine
import Game
import Protocol
import Testing

@testable import Storage

/// What is played, earned, bought and said in each commit of a workload, so that what is left tells the last.
///
/// The database has the stock of the tests.
struct EconomyWorkload {
    /// The commit, from 1; 0 is before the first.
    let commit: Int

    private static func skin(of commit: Int) throws -> Skin {
        try StorageTests.skin("skin-\(commit / 2)", title: "of commit \(commit)", price: 5)
    }

    private static func run(of commit: Int) -> RunRecord {
        StorageTests.run(
            UInt64(5_000 + commit), of: account(1).id, score: commit * 7 % 50, paid: commit,
            atMs: Int64(commit))
    }

    private static func impression(of commit: Int, isOver: Bool) throws -> ImpressionRecord {
        try StorageTests.impression(
            UInt64(700 + commit), atMs: Int64(commit), completedAtMs: isOver ? Int64(commit) + 1 : nil)
    }

    private static func feedback(of commit: Int) throws -> FeedbackRecord {
        try StorageTests.feedback("commit \(commit)", from: 3, atMs: Int64(commit))
    }

    /// Plays: a run a commit.
    private var player: AccountRecord {
        var player = account(1)
        player.points = commit * (commit + 1) / 2
        return player
    }

    /// Signs in each day, and buys a skin every other one.
    private var buyer: AccountRecord {
        get throws {
            var buyer = account(2)
            buyer.points = 10 * commit - 5 * (commit / 2)
            if commit > 0 { buyer.streak = LoginStreak(days: commit, lastDay: commit) }
            if commit > 1 { buyer.skin = try Self.skin(of: commit).id }
            return buyer
        }
    }

    /// What the commit writes.
    var records: [Record] {
        get throws {
            let atMs = Int64(commit)
            let run = Self.run(of: commit)
            var records: [Record] = [
                .score(score(of: run)), .account(player),
                .points(
                    PointsRecord(
                        account: player.id, points: commit, reason: .arcade, source: run.id.description,
                        atMs: atMs)),
                .run(run),
                .points(
                    PointsRecord(
                        account: account(2).id, points: 10, reason: .loginBonus, source: "\(commit)",
                        atMs: atMs)),
            ]
            if commit % 2 == 0 {
                let skin = try Self.skin(of: commit)
                records += [
                    .skin(skin),
                    .points(
                        PointsRecord(
                            account: account(2).id, points: -5, reason: .purchase, source: skin.id.rawValue,
                            atMs: atMs)),
                    .skinOwned(OwnershipRecord(account: account(2).id, skin: skin.id, price: 5, atMs: atMs)),
                ]
            }
            records.append(.account(try buyer))
            if commit > 1 {
                records.append(.impression(try Self.impression(of: commit - 1, isOver: true)))
            }
            records += [
                .impression(try Self.impression(of: commit, isOver: false)),
                .feedback(try Self.feedback(of: commit)),
                .flag(
                    FlagRecord(
                        account: account(3).id, reason: .burst, evidence: "commit \(commit)", atMs: atMs)),
            ]
            if commit % 4 == 0 { records.append(.flagsCleared(account: account(3).id, atMs: atMs)) }
            return records
        }
    }

    /// Checks that a start finds all of this commit and nothing of another.
    func expect(in state: RecoveredState, _ comment: Comment) throws {
        #expect(state.accounts == [player, try buyer, account(3)], comment)
        let best = (1...max(1, commit)).map { $0 * 7 % 50 }.max() ?? 0
        #expect(
            state.bests == (commit == 0 ? [] : [BestRun(game: .dot, account: player.id, score: best)]),
            comment)
        let stock = try Stock.ofTests().skins
        let installed = try stride(from: 2, through: commit, by: 2).map { try Self.skin(of: $0) }
        #expect(state.skins == (stock + installed).sorted { $0.id < $1.id }, comment)
        #expect(state.ownerships.map(\.skin) == installed.map(\.id).sorted(), comment)
        let open = commit == 0 ? [] : [try Self.impression(of: commit, isOver: false)]
        #expect(state.impressions == open, comment)
        #expect(state.feedback == (try (0..<commit).map { try Self.feedback(of: $0 + 1) }), comment)
    }

    /// Checks that a database answers with all of this commit and nothing of another.
    func expect(in database: Database, _ comment: Comment) {
        let open = (0..<commit).map { $0 + 1 }.filter { $0 > commit - commit % 4 }
        #expect(database.flags().map(\.evidence) == open.reversed().map { "commit \($0)" }, comment)
        #expect(database.messages().count == commit, comment)
    }

    /// Checks that every account's points are the sum of their entries, and every row refers to one.
    static func expectBalance(in scratch: Scratch, _ comment: Comment) throws {
        #expect(try unbalancedAccounts(in: scratch) == [], comment)
        #expect(try rows("\"table\"", of: "pragma_foreign_key_check", in: scratch) == [], comment)
    }

    /// How many commits a scratch directory's database has.
    static func commits(in scratch: Scratch) throws -> Int {
        try Int(rows("count(*)", of: "arcade_games", in: scratch)[0]) ?? -1
    }
}
