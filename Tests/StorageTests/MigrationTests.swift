import Engine
import Protocol
import Testing

@testable import Storage

@Suite("Migrations")
struct MigrationTests {
    private func open(_ scratch: Scratch) throws -> Connection {
        try Connection(path: scratch.path + "/pixelwars.db")
    }

    @Test("are numbered from 1 without a gap and recorded with name and time")
    func areRecorded() throws {
        let scratch = try Scratch()
        try Database(directory: scratch.path).close()
        #expect(Migration.all.map(\.version) == Array(1...Int64(Migration.all.count)))
        let connection = try open(scratch)
        #expect(
            try connection.text("SELECT group_concat(name) FROM schema_migrations") == "canvas and sign-in")
        #expect(
            try connection.integer("SELECT applied_at GLOB '20??-??-??T??:??:??.???Z' FROM schema_migrations")
                == 1)
        #expect(try connection.integer("PRAGMA application_id") == Migrator.applicationID)
        #expect(try connection.text("PRAGMA journal_mode") == "wal")
    }

    @Test("that fail leave nothing of themselves and everything of those before")
    func areAtomic() throws {
        let scratch = try Scratch()
        try Database(directory: scratch.path).close()
        let connection = try open(scratch)
        var migrator = Migrator(connection: connection, directory: scratch.path)
        migrator.migrations += [
            Migration(version: 2, name: "sound", sql: "CREATE TABLE sound (a)"),
            Migration(version: 3, name: "broken", sql: "CREATE TABLE half (a); CREATE TABLE accounts (a)"),
        ]
        #expect(throws: StorageError.self) { try migrator.run(after: 1) }
        #expect(try connection.integer("SELECT max(version) FROM schema_migrations") == 2)
        #expect(try connection.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'sound'") == 1)
        #expect(try connection.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == 0)
    }

    @Test("of a newer release are refused with both numbers")
    func refuseNewer() throws {
        let scratch = try Scratch()
        try Database(directory: scratch.path).close()
        let connection = try open(scratch)
        try connection.execute("INSERT INTO schema_migrations VALUES (41, 'from the future', 'then')")
        connection.close()
        let error = #expect(throws: StorageError.self) { try Database(directory: scratch.path) }
        #expect(error?.code == .newerSchema)
        #expect(error?.message.contains("schema 41") == true)
        #expect(error?.message.contains("up to \(Migration.all.count)") == true)
    }

    @Test("bring views that show identifiers and times as the contract writes them")
    func bringReadableViews() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        let player = account(0xfedc_ba98_7654_3210)
        try database.commit([
            .account(player),
            .change(
                ChangeRecord(version: 1, cell: 19, color: 4, account: player.id, atMs: 1_700_000_000_123)),
        ])
        database.close()
        let connection = try open(scratch)
        #expect(
            try connection.text("SELECT id FROM accounts_readable WHERE name = '\(player.name)'")
                == player.id.description)
        #expect(
            try connection.text(
                "SELECT x || ',' || y || ' ' || account || ' ' || at FROM canvas_changes_readable")
                == "3,2 \(player.id) 2023-11-14T22:13:20.123Z")
    }
}
