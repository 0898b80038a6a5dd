import Engine
import FoundationEssentials
import Protocol
import Testing

@testable import Storage

@Suite("A crash")
struct CrashTests {
    /// Copies the files as a power cut would leave them, while the server goes on.
    @Test("after any commit, during upkeep too, keeps every acknowledged change")
    func keepsAcknowledged() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        database.checkpointFrames = 30
        var version: Version = 0
        for round in 0..<40 {
            let workload = SignInWorkload(commit: round + 1)
            let records = (1...17).map { change(version + $0) } + workload.records
            let shouldSnap = round % 5 == 4
            try database.commit(records + (shouldSnap ? [snapshot(at: version + 17, size: .small())] : []))
            version += 17
            try expectRecovery(of: scratch, at: version, workload)
            database.maintain()
            try expectRecovery(of: scratch, at: version, workload)
        }
        database.close()
    }

    @Test("that tears the log's end takes the last commits, each whole, and nothing before them")
    func takesWholeCommits() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        for first in stride(from: Version(1), through: 100, by: 10) {
            let workload = SignInWorkload(commit: Int(first / 10) + 1)
            try database.commit((first..<first + 10).map { change($0) } + workload.records)
        }
        let log = try Data(contentsOf: URL(filePath: scratch.path + "/pixelwars.db-wal"))
        var seen: Set<Version> = []
        for length in stride(from: 32, through: log.count, by: 1_777) {
            let copy = try copyOfFiles(scratch)
            try log.prefix(length).write(to: URL(filePath: copy.path + "/pixelwars.db-wal"))
            let again = try Database(directory: copy.path)
            let state = try again.recoverSmall()
            #expect(state.version % 10 == 0, "\(length) bytes")
            #expect(state.cells == canvas(at: state.version))
            if state.accounts.count == 3 {
                SignInWorkload(commit: Int(state.version / 10)).expect(in: state, "\(length) bytes")
            }
            seen.insert(state.version)
            again.close()
        }
        #expect(seen.count > 5)
        database.close()
    }

    @Test("after any commit keeps every acknowledged push, in order, and what came of relays and boards")
    func keepsGames() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        database.checkpointFrames = 30
        for commit in 1...40 {
            try database.commit(GameWorkload(commit: commit).records)
            if commit % 3 == 0 { database.maintain() }
            let copy = try copyOfFiles(scratch)
            let again = try Database(directory: copy.path)
            #expect(
                try rows("clicks", of: "click_pushes ORDER BY id", in: copy)
                    == (1...commit).map { "[\($0),\($0 + 1)]" })
            if commit % 2 == 0 { GameWorkload(commit: commit).expect(in: again, "commit \(commit)") }
            try GameWorkload(commit: commit).expect(in: again.recoverSmall(), "commit \(commit)")
            GameWorkload(commit: commit).expect(in: again, "commit \(commit), started")
            again.close()
        }
        database.close()
    }

    @Test("that tears the log's end takes the last commits of games, each whole, and nothing before them")
    func takesWholeCommitsOfGames() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path)
        for commit in 1...20 { try database.commit(GameWorkload(commit: commit).records) }
        let log = try Data(contentsOf: URL(filePath: scratch.path + "/pixelwars.db-wal"))
        var seen: Set<Int> = []
        for length in stride(from: log.count / 3, through: log.count, by: 5_777) {
            let copy = try copyOfFiles(scratch)
            try log.prefix(length).write(to: URL(filePath: copy.path + "/pixelwars.db-wal"))
            let again = try Database(directory: copy.path)
            let commit = try GameWorkload.commits(in: copy)
            GameWorkload(commit: commit).expect(in: again, "\(length) bytes")
            try GameWorkload(commit: commit).expect(in: again.recoverSmall(), "\(length) bytes")
            seen.insert(commit)
            again.close()
        }
        #expect(seen.count > 5)
        database.close()
    }

    @Test("after any commit keeps what was earned, bought and said, and points are the sum of their entries")
    func keepsEconomy() throws {
        let scratch = try Scratch()
        let database = try Database.started(in: scratch.path, stock: .ofTests())
        database.checkpointFrames = 30
        for commit in 1...24 {
            try database.commit(EconomyWorkload(commit: commit).records)
            if commit % 3 == 0 { database.maintain() }
            let copy = try copyOfFiles(scratch)
            let again = try Database(directory: copy.path)
            try EconomyWorkload.expectBalance(in: copy, "commit \(commit)")
            try EconomyWorkload(commit: commit).expect(in: again.recoverSmall(), "commit \(commit)")
            EconomyWorkload(commit: commit).expect(in: again, "commit \(commit)")
            again.close()
        }
        database.close()
    }

    @Test("that tears the log's end takes the last purchases and runs, each whole, and nothing before them")
    func takesWholeCommitsOfEconomy() throws {
        let scratch = try Scratch()
        let stock = try Stock.ofTests()
        let database = try Database.started(in: scratch.path, stock: stock)
        for commit in 1...20 { try database.commit(EconomyWorkload(commit: commit).records) }
        let log = try Data(contentsOf: URL(filePath: scratch.path + "/pixelwars.db-wal"))
        var seen: Set<Int> = []
        for length in stride(from: 32, through: log.count, by: 9_777) {
            let copy = try copyOfFiles(scratch)
            try log.prefix(length).write(to: URL(filePath: copy.path + "/pixelwars.db-wal"))
            let again = try Database(directory: copy.path)
            try EconomyWorkload.expectBalance(in: copy, "\(length) bytes")
            let commit = try EconomyWorkload.commits(in: copy)
            let state = try again.recoverSmall(stock: stock)
            if state.accounts.count == 3 {
                try EconomyWorkload(commit: commit).expect(in: state, "\(length) bytes")
                EconomyWorkload(commit: commit).expect(in: again, "\(length) bytes")
            }
            seen.insert(commit)
            again.close()
        }
        #expect(seen.count > 5)
        database.close()
    }

    private func expectRecovery(of scratch: Scratch, at version: Version, _ workload: SignInWorkload) throws {
        let copy = try copyOfFiles(scratch)
        let again = try Database(directory: copy.path)
        let state = try again.recoverSmall()
        #expect(state.version == version)
        #expect(state.cells == canvas(at: version))
        workload.expect(in: state, "version \(version)")
        again.close()
    }

    private func copyOfFiles(_ scratch: Scratch) throws -> Scratch {
        let copy = try Scratch()
        for name in ["pixelwars.db", "pixelwars.db-wal"] {
            try FileManager.default.copyItem(
                atPath: scratch.path + "/" + name, toPath: copy.path + "/" + name)
        }
        return copy
    }
}
