import Engine
import FoundationEssentials
import Game
import Protocol
import Testing

@testable import Storage

/// A database of the fourth schema, made by the release before the fifth, and what it was given to keep.
enum FourthSchema {
    /// The file in the tree, which is only ever copied.
    static let path =
        URL(filePath: #filePath).deletingLastPathComponent().path + "/Releases/schema-4.db"

    /// Copies the file to where a server looks for it.
    static func copy(into directory: String) throws {
        try FileManager.default.copyItem(atPath: path, toPath: directory + "/pixelwars.db")
    }

    /// Checks that a start finds everything.
    static func expect(in state: RecoveredState) {
        #expect(state.accounts.map(\.name) == ["Ada", "Chiyo", "Boris"])
        #expect(state.accounts.map(\.role) == [.admin, .player, .player])
        #expect(state.accounts.map(\.points) == [53, 0, 120])
        #expect(
            state.accounts.allSatisfy {
                $0.skin == nil && $0.streak == LoginStreak() && $0.banReason == nil
            })
        #expect(state.sessions.map(\.generation) == [2])
        #expect(state.sessions.first?.refreshHash == tokenHash(40, generation: 2))
        #expect(state.guests.map(\.name) == ["Gast"])
        #expect(state.version == 30)
        #expect(state.snapshot?.version == 20)
        #expect(state.tail.map(\.version) == Array(21...30))
        var cells = [UInt8](repeating: 0, count: 16 * 12)
        for version in 1...30 { cells[version * 7 % cells.count] = UInt8(version) }
        #expect(state.cells == cells)
        #expect(state.clickGames.map(\.status) == [.finished, .scheduled])
        #expect(state.clickGames.first?.planets.map(\.clicks) == [53, 7])
        #expect(state.relays.map { $0.players.map(\.account.name) } == [["Ada", "Chiyo"]])
        #expect(state.relays.first?.players.first?.puzzle?.puzzle.answer == "4")
        #expect(state.skins.isEmpty && state.ownerships.isEmpty && state.bests.isEmpty)
        #expect(state.ads.isEmpty && state.impressions.isEmpty && state.feedback.isEmpty)
    }
}

@Suite("A database of the fourth schema")
struct FourthSchemaTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try FourthSchema.copy(into: scratch.path)
    }

    private func connect() throws -> Connection { try Connection(path: scratch.path + "/pixelwars.db") }

    /// A migrator that knows these migrations.
    private func migrator(_ connection: Connection, _ migrations: [Migration]) -> Migrator {
        var migrator = Migrator(connection: connection, directory: scratch.path)
        migrator.migrations = migrations
        return migrator
    }

    @Test("is opened with all it kept, again and again, and its copy in the tree stays")
    func opens() throws {
        let before = try Data(contentsOf: URL(filePath: FourthSchema.path))
        for _ in 0..<3 {
            let database = try Database(directory: scratch.path)
            try FourthSchema.expect(in: FirstRelease.recover(database))
            #expect(database.session(ofHash: tokenHash(40, generation: 0))?.rawValue == 40)
            #expect(database.board(.clicks) == ["Ada: 53"])
            #expect(database.board(.relay) == ["Boris: 120"])
            #expect(database.flags().map(\.reason) == ["implausible_clicks"])
            database.close()
        }
        let connection = try connect()
        #expect(
            try connection.integer("SELECT max(version) FROM schema_migrations") == Int64(Migration.all.count)
        )
        #expect(try connection.text("PRAGMA integrity_check") == "ok")
        #expect(try connection.text("PRAGMA foreign_key_check") == "")
        #expect(try Data(contentsOf: URL(filePath: FourthSchema.path)) == before)
    }

    @Test("gets an entry for the points that every account had, a deleted one too, and for no others")
    func opensBooks() throws {
        for _ in 0..<2 { try Database(directory: scratch.path).close() }
        #expect(
            try rows(
                "name || ' ' || points || ' ' || reason || source",
                of: "point_entries_readable ORDER BY name", in: scratch)
                == ["Ada 53 opening", "Boris 120 opening", "deleted-4 17 opening"])
        #expect(try unbalancedAccounts(in: scratch) == [])
        #expect(
            try rows("min(at GLOB '20??-??-??T??:??:??.000Z')", of: "point_entries_readable", in: scratch)
                == ["1"])
    }

    @Test("goes on: its accounts play, earn, buy and are banned")
    func goesOn() throws {
        let database = try Database(directory: scratch.path)
        let stock = try Stock.ofTests()
        let state = try database.recover(canvasSize: .small(), nowMs: FirstRelease.nowMs, stock: stock)
        #expect(state.skins == stock.skins)
        var ada = try #require(state.accounts.first { $0.name == "Ada" })
        let bought = try #require(stock.skins.first)
        (ada.points, ada.skin) = (ada.points - 40, bought.id)
        var boris = try #require(state.accounts.first { $0.name == "Boris" })
        boris.banReason = "clicks like a machine"
        let run = run(5_000, of: ada.id, score: 31)
        try database.commit([
            .account(ada),
            .points(
                PointsRecord(
                    account: ada.id, points: -40, reason: .purchase, source: bought.id.rawValue, atMs: 5)),
            .skinOwned(OwnershipRecord(account: ada.id, skin: bought.id, price: 40, atMs: 5)),
            .run(run), .score(score(of: run)), .account(boris),
        ])
        database.close()
        let again = try Database(directory: scratch.path)
        let next = try FirstRelease.recover(again)
        #expect(next.accounts.contains(ada))
        #expect(next.accounts.contains(boris))
        #expect(next.ownerships.map(\.skin) == [bought.id])
        #expect(next.bests == [BestRun(game: .dot, account: ada.id, score: 31)])
        #expect(again.board(.relay) == [])
        #expect(try unbalancedAccounts(in: scratch) == [])
        again.close()
    }

    @Test("was made by the first four migrations as they still stand")
    func migrationsStand() throws {
        let empty = try Scratch()
        let place = try DataDirectory(path: empty.path)
        try place.makeDatabaseFile()
        let connection = try Connection(path: place.databasePath)
        try migrator(connection, [.canvasAndSignIn, .whoPlays, .games, .clickContributions]).run(after: 0)
        #expect(try schema(of: connect()) == schema(of: connection))
    }

    @Test("keeps its schema and its rows where the next migration fails, at whatever statement")
    func survivesFailedMigration() throws {
        let connection = try connect()
        let before = try schema(of: connection)
        let earlier: [Migration] = [.canvasAndSignIn, .whoPlays, .games, .clickContributions]
        let statements = Migration.economy.sql.split(separator: ";")
        #expect(statements.count > 30)
        for count in 0..<statements.count {
            let sql = statements.prefix(count).joined(separator: ";") + "; CREATE TABLE canvas_epochs (a)"
            let broken = migrator(connection, earlier + [Migration(version: 5, name: "broken", sql: sql)])
            #expect(throws: StorageError.self) { try broken.run(after: 4) }
            #expect(try schema(of: connection) == before, "after \(count) statements")
        }
        connection.close()
        let database = try Database(directory: scratch.path)
        try FourthSchema.expect(in: FirstRelease.recover(database))
        database.close()
    }

    private func schema(of connection: Connection) throws -> String {
        try connection.text(
            """
            SELECT group_concat(type || ' ' || name || ': ' || coalesce(sql, ''), char(10))
            FROM (SELECT * FROM sqlite_schema ORDER BY type, name)
            """)
    }
}
