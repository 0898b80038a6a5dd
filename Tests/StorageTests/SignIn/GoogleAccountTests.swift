import Engine
import Protocol
import Testing

@testable import Storage

@Suite("Accounts that Google accounts sign in to")
struct GoogleAccountTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func google(_ number: UInt64, _ id: String, hasKey: Bool = false) -> AccountRecord {
        var record = account(number)
        if !hasKey { record.publicKey = nil }
        record.googleID = id
        return record
    }

    private func recover(after commits: [Record]...) throws -> [AccountRecord] {
        let database = try Database(directory: scratch.path)
        _ = try FirstRelease.recover(database)
        for records in commits { try database.commit(records) }
        database.close()
        let again = try Database(directory: scratch.path)
        let accounts = try FirstRelease.recover(again).accounts
        again.close()
        return accounts
    }

    @Test("are kept without a key, and with one")
    func kept() throws {
        let records = [google(1, "110"), google(2, "https://id.example.org 7", hasKey: true), account(3)]
        #expect(try recover(after: records.map { .account($0) }) == records)
    }

    @Test("are linked later, and free their Google account when they are deleted")
    func linked() throws {
        var stone = google(2, "110", hasKey: true)
        stone.googleID = nil
        stone.name = "deleted-2"
        stone.deletedAtMs = 7
        let heir = google(4, "110")
        let accounts = try recover(
            after: [.account(account(2))], [.account(google(2, "110", hasKey: true))],
            [.account(stone), .account(heir)])
        #expect(accounts == [heir])
    }

    @Test("have one at least of a key and a Google account, and share neither")
    func constraints() throws {
        let database = try Database(directory: scratch.path)
        _ = try FirstRelease.recover(database)
        try database.commit([.account(google(1, "110")), .account(account(2))])
        database.close()
        let connection = try Connection(path: scratch.path + "/pixelwars.db")
        for wrong in [
            "UPDATE accounts SET google_sub = NULL WHERE id = 1", "UPDATE accounts SET google_sub = ''",
            "UPDATE accounts SET google_sub = '110' WHERE id = 2",
            "UPDATE accounts SET public_key = x'00' WHERE id = 1",
            "UPDATE accounts SET public_key = (SELECT public_key FROM accounts WHERE id = 2) WHERE id = 1",
        ] {
            #expect(throws: SQLiteFailure.self, "\(wrong)") { try connection.execute(wrong) }
        }
        #expect(try connection.text("PRAGMA integrity_check") == "ok")
        #expect(try connection.text("PRAGMA foreign_key_check") == "")
        #expect(try connection.integer("PRAGMA writable_schema") == 0)
    }

    @Test(
        "come into a database of an older release, whose accounts go on with their keys",
        arguments: [
            SecondSchema.path, FourthSchema.path,
        ])
    func migrated(path: String) throws {
        let database = try Database(directory: try copy(of: path))
        let before = try FirstRelease.recover(database).accounts
        #expect(before.allSatisfy { $0.googleID == nil && $0.publicKey?.count == 32 })
        var first = try #require(before.first)
        first.googleID = "110"
        let new = google(4_711, "220")
        try database.commit([.account(first), .account(new)])
        database.close()
        let again = try Database(directory: scratch.path)
        let after = try FirstRelease.recover(again).accounts
        #expect(after.contains(first) && after.contains(new) && after.count == before.count + 1)
        again.close()
    }

    private func copy(of path: String) throws -> String {
        if path == SecondSchema.path {
            try SecondSchema.copy(into: scratch.path)
        } else {
            try FourthSchema.copy(into: scratch.path)
        }
        return scratch.path
    }
}
