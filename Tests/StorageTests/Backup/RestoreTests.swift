import Engine
import FoundationEssentials
import Glibc
import Protocol
import Testing

@testable import Storage

@Suite("A restore")
struct RestoreTests {
    private let scratch: Scratch
    private let backups: Scratch

    init() throws {
        scratch = try Scratch()
        backups = try Scratch()
    }

    private var file: String { backups.path + "/one.db" }

    /// Keeps so many changes, takes a backup, and keeps as many more.
    private func prepare(_ changes: Version = 10) throws {
        let database = try Database.started(in: scratch.path)
        try database.commit((1...changes).map { change($0) })
        database.close()
        try Backup.copy(directory: scratch.path, to: file + ".part")
        try Backup.finish(file + ".part", as: file, replacing: false)
        let later = try Database(directory: scratch.path)
        try later.commit((changes + 1...2 * changes).map { change($0) })
        later.close()
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted()
    }

    @Test("brings the backup's canvas back, and keeps the former database beside it")
    func replaces() throws {
        try prepare()
        let report = try Restore(backup: file, into: scratch.path, stamp: "20261127T231500Z").run()
        #expect(report.version == 10)
        #expect(report.schema == Migration.all.last?.version)
        let aside = scratch.path + "/pixelwars.db.before-restore-20261127T231500Z"
        #expect(report.formerPath == aside)
        let database = try Database(directory: scratch.path)
        let state = try database.recoverSmall()
        #expect(state.version == 10)
        #expect(state.cells == canvas(at: 10))
        database.close()
        #expect(try DatabaseCheck.run(directory: scratch.path).allSatisfy(\.isSound))
        // The way back: the former one is a database like any other.
        #expect(try DatabaseCheck.run(file: aside).allSatisfy(\.isSound))
        _ = try Restore(backup: aside, into: scratch.path, stamp: "later").run()
        #expect(try Database(directory: scratch.path).recoverSmall().version == 20)
    }

    @Test("gives the canvas an epoch that none of both had, since its versions are used once more")
    func freshEpoch() throws {
        try prepare()
        let before = try Database(directory: scratch.path)
        let former = try #require(before.recoverSmall().epoch).epoch
        before.close()
        _ = try Restore(backup: file, into: scratch.path, stamp: "now").run()
        let database = try Database(directory: scratch.path)
        let state = try database.recoverSmall()
        #expect(state.epoch?.epoch == former + 1)
        #expect(state.cells == canvas(at: 10))
        try database.commit((11...12).map { change($0) })
        database.close()
        #expect(try DatabaseCheck.run(directory: scratch.path).allSatisfy(\.isSound))
        // Where nobody can tell which epochs there were it is one that is far from all of them.
        let fresh = try Scratch()
        _ = try Restore(backup: file, into: fresh.path + "/data", stamp: "now").run()
        #expect(try Database(directory: fresh.path + "/data").recoverSmall().epoch?.epoch == former + 1_000)
    }

    @Test(
        "takes backups of older releases, which a start brings to this one's schema",
        arguments: ["0.1.0", "schema-2", "schema-4"])
    func olderRelease(name: String) throws {
        let releases = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let fresh = try Scratch()
        let backup = backups.path + "/\(name).db"
        try FileManager.default.copyItem(atPath: releases.path + "/Releases/\(name).db", toPath: backup)
        let report = try Restore(backup: backup, into: fresh.path + "/data", stamp: "now").run()
        let state = try Database(directory: fresh.path + "/data").recoverSmall()
        #expect(state.version == report.version && state.version > 0)
        #expect(try #require(state.epoch).epoch > 1_000)
    }

    @Test("takes what a crash left in the former one's log along with it")
    func keepsLog() throws {
        try prepare()
        let database = try Database(directory: scratch.path)
        try database.commit([change(21)])
        // As a crash leaves it: the log isn't copied into the file.
        let crashed = try Scratch()
        for name in ["pixelwars.db", "pixelwars.db-wal"] {
            try FileManager.default.copyItem(
                atPath: scratch.path + "/" + name, toPath: crashed.path + "/" + name)
        }
        database.close()
        _ = try Restore(backup: file, into: crashed.path, stamp: "now").run()
        #expect(!FileManager.default.fileExists(atPath: crashed.path + "/pixelwars.db-wal"))
        let aside = try #require(
            FileManager.default.contentsOfDirectory(atPath: crashed.path).first {
                $0.contains("before-restore")
            })
        let former = try Scratch()
        try FileManager.default.copyItem(
            atPath: crashed.path + "/" + aside, toPath: former.path + "/pixelwars.db")
        #expect(try Database(directory: former.path).recoverSmall().version == 21)
        #expect(try Database(directory: crashed.path).recoverSmall().version == 10)
    }

    @Test("takes a copied database with what stands in the log beside it")
    func readsLog() throws {
        try prepare()
        let database = try Database(directory: scratch.path)
        try database.commit([change(21)])
        let copied = try Scratch()
        for name in ["pixelwars.db", "pixelwars.db-wal"] {
            try FileManager.default.copyItem(
                atPath: scratch.path + "/" + name, toPath: copied.path + "/" + name)
        }
        database.close()
        let fresh = try Scratch()
        let report = try Restore(
            backup: copied.path + "/pixelwars.db", into: fresh.path + "/data", stamp: "now"
        ).run()
        #expect(report.version == 21)
        #expect(try Database(directory: fresh.path + "/data").recoverSmall().version == 21)
    }

    @Test("refuses what is no file, without waiting for it")
    func refusesPipes() throws {
        try prepare()
        let pipe = backups.path + "/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        for wrong in [pipe, backups.path, "/dev/zero"] {
            let error = #expect(throws: StorageError.self) {
                try Restore(backup: wrong, into: scratch.path, stamp: "now").run()
            }
            #expect(error?.code == .notADatabase, "\(wrong)")
        }
    }

    @Test("works where there was nothing, and where what was there is damaged")
    func replacesNothing() throws {
        try prepare()
        let fresh = try Scratch()
        let report = try Restore(backup: file, into: fresh.path + "/data", stamp: "now").run()
        #expect(report.formerPath == nil)
        #expect(try Database(directory: fresh.path + "/data").recoverSmall().version == 10)
        try damage(scratch.path + "/pixelwars.db")
        _ = try Restore(backup: file, into: scratch.path, stamp: "now").run()
        #expect(try Database(directory: scratch.path).recoverSmall().version == 10)
    }

    @Test(
        "refuses what is no backup before anything is changed",
        arguments: ["text", "empty", "other", "cut", "damaged"])
    func refuses(what: String) throws {
        try prepare(3_000)
        let wrong = backups.path + "/wrong.db"
        switch what {
        case "text": try Data("This is no database.".utf8).write(to: URL(filePath: wrong))
        case "empty": try Data().write(to: URL(filePath: wrong))
        case "other":
            try Data().write(to: URL(filePath: wrong))
            let connection = try Connection(path: wrong)
            try connection.execute("CREATE TABLE other (id INTEGER)")
            connection.close()
        case "cut":
            try FileManager.default.copyItem(atPath: file, toPath: wrong)
            #expect(truncate(wrong, 40_000) == 0)
        default:
            try FileManager.default.copyItem(atPath: file, toPath: wrong)
            try damage(wrong)
        }
        let before = try Data(contentsOf: URL(filePath: scratch.path + "/pixelwars.db"))
        let error = #expect(throws: StorageError.self) {
            try Restore(backup: wrong, into: scratch.path, stamp: "now").run()
        }
        #expect(
            error.map { [.notADatabase, .corrupt].contains($0.code) } == true, "\(String(describing: error))")
        #expect(try Data(contentsOf: URL(filePath: scratch.path + "/pixelwars.db")) == before)
        #expect(try names() == ["lock", "pixelwars.db"])
    }

    @Test("refuses a backup of a newer release")
    func refusesNewer() throws {
        try prepare()
        let connection = try Connection(path: file)
        try connection.execute("INSERT INTO schema_migrations VALUES (999, 'later', '')")
        connection.close()
        let error = #expect(throws: StorageError.self) {
            try Restore(backup: file, into: scratch.path, stamp: "now").run()
        }
        #expect(error?.code == .newerSchema)
    }

    @Test("refuses a directory in which a server lives")
    func respectsLock() throws {
        try prepare()
        let database = try Database(directory: scratch.path)
        let error = #expect(throws: StorageError.self) {
            try Restore(backup: file, into: scratch.path, stamp: "now").run()
        }
        #expect(error?.code == .locked)
        database.close()
    }

    @Test("that was cut short before the last step left the former database under its name")
    func isCutShort() throws {
        try prepare()
        // What a kill leaves behind just before the rename: a draft, and a second name for the former one.
        try FileManager.default.copyItem(
            atPath: file, toPath: scratch.path + "/pixelwars.db.restored.part")
        #expect(link(scratch.path + "/pixelwars.db", scratch.path + "/pixelwars.db.before-restore-x") == 0)
        #expect(try Database(directory: scratch.path).recoverSmall().version == 20)
        let again = try Restore(backup: file, into: scratch.path, stamp: "y").run()
        #expect(again.version == 10)
        #expect(try Database(directory: scratch.path).recoverSmall().version == 10)
        #expect(try !names().contains("pixelwars.db.restored.part"))
    }
}

@Suite("An upgrade of the schema")
struct SchemaUpgradeTests {
    @Test("tells what it did, and that there is nothing left to do")
    func tells() throws {
        let scratch = try Scratch()
        try FourthSchema.copy(into: scratch.path)
        let newest = try #require(Migration.all.last?.version)
        let first = try SchemaUpgrade.run(directory: scratch.path)
        #expect(first.from == 4)
        #expect(first.to == newest)
        #expect(first.names.first == "arcade, skins and ads")
        #expect(first.names.count == Int(newest - 4))
        let second = try SchemaUpgrade.run(directory: scratch.path)
        #expect(second == SchemaUpgrade(from: newest, to: newest, names: []))
        #expect(try DatabaseCheck.run(directory: scratch.path).filter { !$0.isSound }.isEmpty)
    }

    @Test("is not done beside a live server, nor where there is nothing")
    func refuses() throws {
        let scratch = try Scratch()
        #expect(throws: StorageError.self) { try SchemaUpgrade.run(directory: scratch.path) }
        let database = try Database.started(in: scratch.path)
        let error = #expect(throws: StorageError.self) { try SchemaUpgrade.run(directory: scratch.path) }
        #expect(error?.code == .locked)
        database.close()
    }

    @Test("comes after a backup by the new release, which leaves the old schema as it is")
    func backupFirst() throws {
        let scratch = try Scratch()
        try FourthSchema.copy(into: scratch.path)
        let file = scratch.path + "/old.db"
        try Backup.copy(directory: scratch.path, to: file + ".part")
        try Backup.finish(file + ".part", as: file, replacing: false)
        _ = try SchemaUpgrade.run(directory: scratch.path)
        #expect(try Restore(backup: file, into: scratch.path, stamp: "now").run().schema == 4)
        #expect(try DatabaseCheck.run(file: file).filter { !$0.isSound }.isEmpty)
    }
}
