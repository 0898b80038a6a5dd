import Protocol
import Testing

@testable import Storage

@Suite("A look through a former release's database")
struct FormerSchemaCheckTests {
    /// Two canvases of a schema, the second of another size.
    private func prepare(_ schema: Int64, in path: String) throws {
        let place = try DataDirectory(path: path)
        try place.makeDatabaseFile()
        let connection = try Connection(path: place.databasePath)
        defer { connection.close() }
        var migrator = Migrator(connection: connection, directory: path)
        migrator.migrations = Migration.all.filter { $0.version <= schema }
        try migrator.run(after: 0)
        try connection.execute(
            """
            INSERT INTO accounts (id, name, public_key, created_at_ms) VALUES (1, 'one', zeroblob(32), 1);
            INSERT INTO canvas_epochs VALUES (1, 0, 8, 8, 1), (2, 4, 30, 20, 2);
            INSERT INTO canvas_changes (version, cell, color, account, at_ms, undoes) VALUES
                (1, 9, 3, 1, 1000, NULL), (2, 9, 5, 1, 1001, NULL), (3, 9, 3, 1, 1002, 2),
                (5, 599, 7, 1, 1003, NULL), (6, 64, 2, 1, 1004, NULL);
            """)
    }

    private func wrong(_ path: String) throws -> [String] {
        try DatabaseCheck.run(file: path + "/pixelwars.db").filter { !$0.isSound }.map(\.words)
    }

    @Test(
        "finds nothing where nothing is wrong, before and after it is brought up to this release",
        arguments: Migration.all.map(\.version))
    func isSound(schema: Int64) throws {
        let scratch = try Scratch()
        try prepare(schema, in: scratch.path)
        #expect(try wrong(scratch.path) == [])
        #expect(try SchemaUpgrade.run(directory: scratch.path).from == schema)
        #expect(try wrong(scratch.path) == [])
    }

    @Test(
        "finds a change on a canvas's first version and a gap before the next canvas",
        arguments: Migration.all.map(\.version))
    func gaps(schema: Int64) throws {
        let scratch = try Scratch()
        try prepare(schema, in: scratch.path)
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        try connection.execute("DELETE FROM canvas_changes WHERE version = 3")
        #expect(try wrong(scratch.path).contains("epoch 1: changes 3 to 3 are missing"))
        try connection.execute("UPDATE canvas_changes SET version = 4 WHERE version = 5")
        #expect(try wrong(scratch.path).contains("1 changes belong to no epoch"))
        connection.close()
    }
}
