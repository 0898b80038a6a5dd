import Engine
import FoundationEssentials
import Game
import Protocol
import Testing

@testable import Storage

/// A database of the second schema, made by the release before the third, and what it was given to keep.
enum SecondSchema {
    /// The file in the tree, which is only ever copied.
    static let path =
        URL(filePath: #filePath).deletingLastPathComponent().path + "/Releases/schema-2.db"

    /// Copies the file to where a server looks for it.
    static func copy(into directory: String) throws {
        try FileManager.default.copyItem(atPath: path, toPath: directory + "/pixelwars.db")
    }

    /// Checks that a start finds everything.
    static func expect(in state: RecoveredState) {
        #expect(state.accounts.map(\.name) == ["Ada", "Boris"])
        #expect(state.accounts.map(\.role) == [.admin, .moderator])
        #expect(state.accounts.map(\.points) == [0, 0])
        #expect(state.accounts.map(\.id.description) == ["9wdvsq5zmmz0n", "3rvqkebz99y1a"])
        #expect(state.sessions.map(\.generation) == [2])
        #expect(state.sessions.first?.refreshHash == tokenHash(40, generation: 2))
        #expect(state.sessions.first?.previousHash == tokenHash(40, generation: 1))
        #expect(state.guests.map(\.name) == ["Gast"])
        #expect(state.guests.map(\.isRemoved) == [true])
        #expect(state.version == 31)
        var cells = [UInt8](repeating: 0, count: 16 * 12)
        for version in 1...30 { cells[version * 7 % cells.count] = UInt8(version) }
        // The last change took the one before it back.
        cells[30 * 7 % cells.count] = 0
        #expect(state.cells == cells)
        #expect(state.clickGames.isEmpty)
        #expect(state.relays.isEmpty)
    }
}

@Suite("A database of the second schema")
struct SecondSchemaTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try SecondSchema.copy(into: scratch.path)
    }

    private func connect() throws -> Connection { try Connection(path: scratch.path + "/pixelwars.db") }

    private func recover(_ database: Database) throws -> RecoveredState {
        try database.recover(canvasSize: .small(), nowMs: FirstRelease.nowMs)
    }

    /// A migrator that knows these migrations.
    private func migrator(_ connection: Connection, _ migrations: [Migration]) -> Migrator {
        var migrator = Migrator(connection: connection, directory: scratch.path)
        migrator.migrations = migrations
        return migrator
    }

    private func schema(of connection: Connection) throws -> String {
        try connection.text(
            """
            SELECT group_concat(type || ' ' || name || ': ' || coalesce(sql, ''), char(10))
            FROM (SELECT * FROM sqlite_schema ORDER BY type, name)
            """)
    }

    @Test("is opened with all it kept, again and again, and its copy in the tree stays")
    func opens() throws {
        let before = try Data(contentsOf: URL(filePath: SecondSchema.path))
        for _ in 0..<3 {
            let database = try Database(directory: scratch.path)
            try SecondSchema.expect(in: recover(database))
            #expect(database.session(ofHash: tokenHash(40, generation: 0))?.rawValue == 40)
            database.close()
        }
        let connection = try connect()
        #expect(
            try connection.integer("SELECT max(version) FROM schema_migrations") == Int64(Migration.all.count)
        )
        #expect(try connection.text("PRAGMA integrity_check") == "ok")
        #expect(try connection.text("PRAGMA foreign_key_check") == "")
        #expect(
            try connection.text("SELECT name || ' ' || reason FROM flags_readable") == "Boris refresh_reused")
        #expect(
            try connection.text("SELECT name || points FROM accounts_readable WHERE deleted_at IS NOT NULL")
                == "deleted-30")
        #expect(try Data(contentsOf: URL(filePath: SecondSchema.path)) == before)
    }

    @Test("was made by the first two migrations as they still stand")
    func migrationsStand() throws {
        let empty = try Scratch()
        let place = try DataDirectory(path: empty.path)
        try place.makeDatabaseFile()
        let connection = try Connection(path: place.databasePath)
        try migrator(connection, [.canvasAndSignIn, .whoPlays]).run(after: 0)
        #expect(try schema(of: connect()) == schema(of: connection))
    }

    @Test("gives what it kept of a game an empty object of contributions, once they get their column")
    func addsContributions() throws {
        let connection = try connect()
        try migrator(connection, [.canvasAndSignIn, .whoPlays, .games]).run(after: 2)
        try connection.execute(
            """
            INSERT INTO game_queue (id, status, starts_at_ms, ends_at_ms, planets, is_ordered, winner)
            VALUES (70, 'finished', 1000, 2000, '["earth","mars"]', 1, 'mars')
            """)
        try connection.execute(
            """
            INSERT INTO click_pushes (game, session, holder, kind, planet, clicks, accepted, total, at_ms)
            VALUES (70, 5, 6, 'guest', 'mars', '[3,4]', 7, 7, 1500)
            """)
        try migrator(connection, Migration.all).run(after: 3)
        #expect(try connection.text("SELECT click_contributions FROM game_queue") == "{}")
        connection.close()
        let database = try Database(directory: scratch.path)
        let game = try recover(database).clickGames.first
        #expect(game?.planets.map(\.clicks) == [0, 7])
        #expect(game?.winner == "mars")
        let json = #"{"earth":{},"mars":{"0000000000005":[3,4]}}"#
        #expect(database.contributions() == json)
        #expect(try rows("click_contributions", of: "game_queue", in: scratch) == [json])
        database.close()
    }

    @Test("keeps its schema and its rows where a migration fails, at whatever statement")
    func survivesFailedMigration() throws {
        let connection = try connect()
        let before = try schema(of: connection)
        let earlier: [Migration] = [.canvasAndSignIn, .whoPlays]
        let statements = Migration.games.sql.split(separator: ";")
        #expect(statements.count > 15)
        for count in 0..<statements.count {
            let sql = statements.prefix(count).joined(separator: ";") + "; CREATE TABLE canvas_epochs (a)"
            let broken = migrator(connection, earlier + [Migration(version: 3, name: "broken", sql: sql)])
            #expect(throws: StorageError.self) { try broken.run(after: 2) }
            #expect(try schema(of: connection) == before, "after \(count) statements")
        }
        connection.close()
        let database = try Database(directory: scratch.path)
        try SecondSchema.expect(in: recover(database))
        database.close()
    }

    @Test("refuses what no game may be")
    func refusesNonsense() throws {
        try Database(directory: scratch.path).close()
        let connection = try connect()
        func game(_ status: String, _ contributions: String) -> String {
            """
            INSERT INTO game_queue
                (id, status, starts_at_ms, ends_at_ms, planets, is_ordered, click_contributions)
            VALUES (70, '\(status)', 1, 2, '[]', 0, '\(contributions)')
            """
        }
        #expect(throws: SQLiteFailure.self) { try connection.execute(game("paused", "{}")) }
        #expect(throws: SQLiteFailure.self) { try connection.execute(game("active", "{")) }
        #expect(throws: SQLiteFailure.self) { try connection.execute("UPDATE accounts SET points = -1") }
        try connection.execute(game("active", "{}"))
    }
}
