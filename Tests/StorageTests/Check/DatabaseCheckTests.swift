import Engine
import FoundationEssentials
import Glibc
import Protocol
import Testing

@testable import Storage

@Suite("A look through a database")
struct DatabaseCheckTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        // Enough for indexed blocks, counted stretches and aged snapshots.
        for first in stride(from: Version(1), to: 40_000, by: 10_000) {
            try database.commit((first..<first + 10_000).map { change($0, by: UInt64($0 % 3 + 1)) })
            try database.commit([snapshot(at: first + 9_999, size: .small())])
            database.maintain()
        }
        try database.commit([change(40_001, by: 2)])
        try database.commit([change(40_002, cells: 1, by: 2)])
        database.close()
    }

    private var file: String { scratch.path + "/pixelwars.db" }

    /// Changes rows behind the program's back.
    private func tamper(_ sql: String) throws {
        let connection = try Connection(path: file)
        try connection.execute(sql)
        connection.close()
    }

    private func wrong() throws -> [String] {
        try DatabaseCheck.run(directory: scratch.path).filter { !$0.isSound }.map {
            "\($0.subject): \($0.words)"
        }
    }

    @Test("finds nothing where nothing is wrong, and says how much it saw")
    func isSound() throws {
        let findings = try DatabaseCheck.run(directory: scratch.path)
        #expect(findings.filter { !$0.isSound }.isEmpty)
        #expect(findings.contains { $0.words == "1 epochs, 40002 changes replayed, 4 snapshots compared" })
        #expect(findings.contains { $0.subject == "index by cell" && $0.words == "32767 changes" })
        #expect(findings.contains { $0.subject == "pixel counts" && $0.words == "3 accounts" })
    }

    @Test("beside a live server sees one moment, and writes nothing")
    func live() throws {
        let database = try Database(directory: scratch.path)
        try database.commit([change(40_003)])
        #expect(try wrong().isEmpty)
        try database.commit([change(40_004)])
        database.close()
    }

    @Test(
        "names the row that is wrong",
        arguments: [
            ("UPDATE canvas_changes SET color = color + 1 WHERE version = 9999", "snapshot 10000 differs"),
            ("DELETE FROM canvas_changes WHERE version = 777", "changes 777 to 777 are missing"),
            ("UPDATE canvas_changes SET cell = 64 WHERE version = 5", "change 5 lies outside"),
            ("UPDATE canvas_changes SET undoes = 40002 WHERE version = 40001", "takes back 40002"),
            (
                "UPDATE canvas_snapshots SET cells = x'00' WHERE version = 30000",
                "snapshot 30000 doesn't unpack"
            ),
            (
                "INSERT INTO canvas_snapshots SELECT 50000, epoch, width, height, 1, cells FROM canvas_snapshots LIMIT 1",
                "snapshot 50000 is ahead"
            ),
            ("UPDATE touched_cells SET cells = x'00'", "touched cells don't unpack"),
            (
                "UPDATE canvas_changes SET account = 99 WHERE version = 12",
                "row 12 of canvas_changes refers to a row of accounts"
            ),
            ("UPDATE canvas_changes SET account = 2 WHERE version = 3", "change 3 isn't found"),
            ("DELETE FROM canvas_changes_by_cell WHERE version = 44", "index by cell: change 44"),
            (
                "UPDATE accounts SET points = 7 WHERE id = 2",
                "account 0000000000002 has 7, its entries make 0"
            ),
            (
                "UPDATE pixels_by_account SET pixels = pixels + 1 WHERE account = 3",
                "pixels of account 0000000000003"
            ),
            ("UPDATE pixels_by_day SET pixels = 0 WHERE account = 1", "pixels of account 0000000000001"),
            ("UPDATE canvas_epochs SET width = 0", "epoch 1 has no size"),
            ("INSERT INTO canvas_epochs VALUES (2, 40001, 8, 8, 1)", "1 changes belong to no epoch"),
            ("INSERT INTO canvas_epochs VALUES (2, 40010, 8, 8, 1)", "changes 40003 to 40009 are missing"),
            (
                "UPDATE canvas_changes SET cell = 0 WHERE version = 40001; UPDATE canvas_changes SET undoes = 40001, color = 31 WHERE version = 40002",
                "the cell 0,0 is 31, its owner's pixel 0"
            ),
            (
                "INSERT INTO canvas_rollbacks VALUES (1, 1, 'console', 0, 0, 5, NULL, 1, 0, 9, 0, 0, 7, 7, 40002, 3, 3, 1)",
                "rollback 1 says 3 cells and 3 placements, its changes make 0 and 0"
            ),
            (
                "INSERT INTO rollback_pixels VALUES (40002, 7, -1)",
                "change 40002 can't have moved placement 7"
            ),
            (
                "INSERT INTO protected_areas VALUES (1, 1, 0, 0, 8, 7, '', 'console', NULL, NULL, 1, NULL)",
                "area 1 doesn't lie on its canvas"
            ),
        ])
    func namesRows(sql: String, words: String) throws {
        try tamper("PRAGMA foreign_keys = OFF; " + sql)
        let wrong = try wrong()
        #expect(wrong.contains { $0.contains(words) }, "\(wrong)")
    }

    @Test("finds damaged pages")
    func pages() throws {
        try damage(file)
        #expect(try wrong().contains { $0.hasPrefix("pages: ") })
    }

    @Test("finds a file that was cut")
    func cut() throws {
        #expect(truncate(file, 100_000) == 0)
        #expect(try !wrong().isEmpty)
    }

    /// Drops the changes up to a version, but for the top one of each cell, and their index.
    private func thin(through version: Version) throws {
        try tamper(
            """
            INSERT INTO history_horizon VALUES (1, \(version), 1);
            CREATE TEMP TABLE gone AS SELECT version FROM canvas_changes
            WHERE version <= \(version) AND version NOT IN (
                SELECT max(version) FROM canvas_changes WHERE version <= \(version) GROUP BY cell);
            DELETE FROM canvas_changes_by_cell WHERE version IN (SELECT version FROM gone);
            DELETE FROM canvas_changes_by_account WHERE version IN (SELECT version FROM gone);
            DELETE FROM canvas_changes WHERE version IN (SELECT version FROM gone)
            """)
    }

    @Test("takes a history that begins at the horizon, and misses what is gone after it")
    func retention() throws {
        try thin(through: 10_000)
        #expect(try wrong() == [])
        try tamper("DELETE FROM canvas_changes WHERE version = 10001")
        #expect(try wrong().contains { $0.contains("changes 10001 to 10001 are missing") })
    }

    @Test("misses pixels in the counts of what is kept, also where history was dropped")
    func leastCounts() throws {
        try thin(through: 10_000)
        try tamper(
            """
            UPDATE pixels_by_account SET pixels = 9000 WHERE account = 1;
            UPDATE pixels_by_day SET pixels = 9000 WHERE account = 1
            """)
        let told = try wrong()
        #expect(told.count == 1)
        #expect(
            told[0].hasPrefix(
                "pixel counts: account 0000000000001 has 9000 pixels, the changes that are kept make "))
    }

    @Test("misses what tells whose an old pixel is, and the snapshot that history begins with")
    func beforeTheHorizon() throws {
        try thin(through: 40_000)
        #expect(try wrong() == [])
        let top = "SELECT max(version) FROM canvas_changes WHERE version < 39990"
        try tamper(
            """
            DELETE FROM canvas_changes_by_cell WHERE version = (\(top));
            DELETE FROM canvas_changes_by_account WHERE version = (\(top));
            DELETE FROM canvas_changes WHERE version = (\(top))
            """)
        #expect(try wrong().contains { $0.contains("and nobody's") })
        try tamper("DELETE FROM canvas_snapshots WHERE version = 40000")
        #expect(try wrong().contains { $0.contains("begins at 40000, of which there is no snapshot") })
    }

    @Test("misses changes that no retention took")
    func withoutRetention() throws {
        try tamper("DELETE FROM canvas_changes WHERE version <= 10000")
        #expect(try wrong().contains { $0.contains("changes 1 to 10000 are missing") })
    }

    @Test("refuses what is no database of ours")
    func foreign() throws {
        let other = scratch.path + "/other"
        try Data("nothing".utf8).write(to: URL(filePath: other))
        #expect(throws: StorageError.self) { try DatabaseCheck.run(file: other) }
        #expect(throws: StorageError.self) { try DatabaseCheck.run(file: scratch.path + "/none") }
        #expect(throws: StorageError.self) { try DatabaseCheck.run(directory: scratch.path + "/none") }
    }
}
