import Engine
import FoundationEssentials
import Protocol
import Testing

@testable import Storage

@Suite("A database of release 0.1.0")
struct FirstReleaseTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try FirstRelease.copy(into: scratch.path)
    }

    private func connect() throws -> Connection { try Connection(path: scratch.path + "/pixelwars.db") }

    @Test("is opened with its accounts, sign-ins and canvas, again and again, and its copy in the tree stays")
    func opens() throws {
        let before = try Data(contentsOf: URL(filePath: FirstRelease.path))
        for _ in 0..<3 {
            let database = try Database(directory: scratch.path)
            try FirstRelease.expect(in: FirstRelease.recover(database))
            database.close()
        }
        let connection = try connect()
        #expect(
            try connection.integer("SELECT max(version) FROM schema_migrations") == Int64(Migration.all.count)
        )
        #expect(try connection.text("PRAGMA integrity_check") == "ok")
        #expect(try connection.text("PRAGMA foreign_key_check") == "")
        #expect(try Data(contentsOf: URL(filePath: FirstRelease.path)) == before)
        #expect(!FileManager.default.fileExists(atPath: FirstRelease.path + "-wal"))
    }

    @Test("leads from a refresh token of any generation to its sign-in", arguments: FirstRelease.hashes)
    func findsTokens(hash: String) throws {
        for _ in 0..<2 {
            let database = try Database(directory: scratch.path)
            _ = try FirstRelease.recover(database)
            let found = database.session(ofHash: FirstRelease.bytes(hash))
            #expect(found?.description == FirstRelease.refreshed)
            database.close()
        }
    }

    @Test("tells who placed what")
    func tellsPlacements() throws {
        let database = try Database(directory: scratch.path)
        let ada = try #require(FirstRelease.recover(database).accounts.first)
        guard case .pixel(let top) = database.answer(.topPixel(cell: 5 * 16, epoch: 1)),
            case .pixel(let bare) = database.answer(.topPixel(cell: 5 * 16 + 9, epoch: 1)),
            case .pixel(let last) = database.answer(.lastPixel(account: ada.id, epoch: 1))
        else {
            Issue.record("a query failed")
            return
        }
        #expect(top?.version == 23)
        #expect(top?.account.name == "Chiyo")
        #expect(bare == nil)
        #expect(last?.version == 9)
        database.close()
    }

    @Test("goes on: its sign-ins are refreshed, its accounts deleted, its canvas painted on")
    func goesOn() throws {
        let database = try Database(directory: scratch.path)
        let state = try FirstRelease.recover(database)
        var ada = try #require(state.sessions.first { $0.id.description == FirstRelease.refreshed })
        var chiyo = try #require(state.accounts.first { $0.name == "Chiyo" })
        (ada.previousHash, ada.refreshHash) = (ada.refreshHash, tokenHash(1, generation: 4))
        ada.generation = 4
        ada.refreshedAtMs = FirstRelease.nowMs
        ada.expiresAtMs = FirstRelease.nowMs + 604_800_000
        (chiyo.name, chiyo.deletedAtMs) = ("deleted", FirstRelease.nowMs)
        let placed = ChangeRecord(
            version: 34, cell: 0, color: 7, account: ada.account, atMs: FirstRelease.nowMs)
        try database.commit([.session(ada), .account(chiyo), .change(placed)])
        database.close()
        let again = try Database(directory: scratch.path)
        let next = try FirstRelease.recover(again)
        #expect(next.sessions.contains(ada))
        #expect(!next.accounts.contains { $0.id == chiyo.id })
        #expect(next.version == 34)
        #expect(next.cells.first == 7)
        #expect(again.session(ofHash: FirstRelease.bytes(FirstRelease.hashes[0])) == ada.id)
        again.close()
    }

    @Test("was made by the first migration as it still stands")
    func firstMigrationStands() throws {
        let empty = try Scratch()
        let place = try DataDirectory(path: empty.path)
        try place.makeDatabaseFile()
        let connection = try Connection(path: place.databasePath)
        var migrator = Migrator(connection: connection, directory: empty.path)
        migrator.migrations = [.canvasAndSignIn]
        try migrator.run(after: 0)
        let schema = try schema(of: connection)
        #expect(schema.contains("CREATE TABLE accounts"))
        #expect(try self.schema(of: connect()) == schema)
    }

    @Test("keeps its schema and its rows where the next migration fails, at whatever statement")
    func survivesFailedMigration() throws {
        let connection = try connect()
        let before = try contents(of: connection)
        let statements = Migration.whoPlays.sql.split(separator: ";")
        #expect(statements.count > 15)
        for count in 0..<statements.count {
            let sql = statements.prefix(count).joined(separator: ";") + "; CREATE TABLE canvas_epochs (a)"
            var migrator = Migrator(connection: connection, directory: scratch.path)
            migrator.migrations = [.canvasAndSignIn, Migration(version: 2, name: "broken", sql: sql)]
            #expect(throws: StorageError.self) { try migrator.run(after: 1) }
            #expect(try contents(of: connection) == before, "after \(count) statements")
        }
        connection.close()
        let database = try Database(directory: scratch.path)
        try FirstRelease.expect(in: FirstRelease.recover(database))
        database.close()
    }

    private func schema(of connection: Connection) throws -> String {
        try connection.text(
            """
            SELECT group_concat(type || ' ' || name || ': ' || coalesce(sql, ''), char(10))
            FROM (SELECT * FROM sqlite_schema ORDER BY type, name)
            """)
    }

    /// The schema, and the rows of what the second migration touches.
    private func contents(of connection: Connection) throws -> [String] {
        [
            try schema(of: connection),
            try connection.text(
                """
                SELECT group_concat(id || name || hex(public_key) || created_at_ms)
                FROM (SELECT * FROM accounts ORDER BY id)
                """),
            try connection.text(
                """
                SELECT group_concat(session || ' ' || generation || hex(hash) || expires_at_ms)
                FROM (SELECT * FROM refresh_tokens ORDER BY session, generation)
                """),
            try connection.text("SELECT group_concat(version || name) FROM schema_migrations"),
        ]
    }
}
