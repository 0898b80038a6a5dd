import Engine
import FoundationEssentials
import Glibc
import Protocol
import Synchronization
import Testing

@testable import Storage

@Suite("A backup")
struct BackupTests {
    private let scratch: Scratch
    private let target: Scratch

    init() throws {
        scratch = try Scratch()
        target = try Scratch()
    }

    private var file: String { target.path + "/one.db" }
    private var draft: String { Backup.draftPath(of: file) }
    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: target.path).sorted() }
    }

    /// A database with so many changes, and a snapshot of the last.
    private static func started(in path: String, changes: Version) throws -> Database {
        let database = try Database.started(in: path)
        try database.commit((1...changes).map { change($0) })
        try database.commit([snapshot(at: changes, size: .small())])
        return database
    }

    @Test("takes in what is committed while it is made, and holds no writer up")
    func followsCommits() throws {
        let database = try Self.started(in: scratch.path, changes: 1_000)
        do {
            let copy = try database.beginCopy(to: draft)
            // A first step may copy all there is; what comes then is for the steps after it.
            try database.commit((1_001...20_000).map { change($0) })
            var steps = 0
            while try copy.step() == .copying {
                steps += 1
                try database.commit([change(20_000 + Version(steps))])
            }
            try database.commit([change(20_001 + Version(steps))])
        }
        database.close()
        try Backup.finish(draft, as: file, replacing: false)
        #expect(try DatabaseCheck.run(file: file).allSatisfy(\.isSound))
        let restored = try Scratch()
        _ = try Restore(backup: file, into: restored.path, stamp: "now").run()
        let state = try Database(directory: restored.path).recoverSmall()
        #expect(state.version >= 20_000)
        #expect(state.cells == canvas(at: state.version))
    }

    @Test("is a file for its owner alone, without a log, that appears under its name once it is whole")
    func appearsWhole() throws {
        try Self.started(in: scratch.path, changes: 30).close()
        try Backup.copy(directory: scratch.path, to: draft)
        #expect(try names == [draft.split(separator: "/").last.map(String.init)])
        let bytes = try Backup.finish(draft, as: file, replacing: false)
        #expect(try names == ["one.db"])
        var status = stat()
        #expect(stat(file, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(Int64(status.st_size) == bytes)
    }

    @Test("that is given up leaves nothing")
    func isGivenUp() throws {
        let database = try Self.started(in: scratch.path, changes: 20_000)
        do {
            let copy = try database.beginCopy(to: draft)
            #expect(access(copy.path, F_OK) == 0)
        }
        #expect(try names.isEmpty)
        try database.commit([change(20_001)])
    }

    @Test("never takes the place of another file unless it may")
    func keepsOthers() throws {
        try Self.started(in: scratch.path, changes: 3).close()
        for _ in 1...2 {
            try Backup.copy(directory: scratch.path, to: draft)
            _ = try? Backup.finish(draft, as: file, replacing: false)
        }
        #expect(try names == ["one.db"])
        #expect(throws: StorageError.self) { try Backup.checkName(file, replacing: false, of: scratch.path) }
        #expect(throws: StorageError.self) {
            try Backup.checkName(target.path, replacing: true, of: scratch.path)
        }
        try Backup.checkName(file, replacing: true, of: scratch.path)
        try Backup.copy(directory: scratch.path, to: draft)
        try Backup.finish(draft, as: file, replacing: true)
        #expect(try names == ["one.db"])
    }

    @Test("takes no place among the server's own files, by whatever name, and none of what is no database")
    func keepsTheServers() throws {
        try Self.started(in: scratch.path, changes: 3).close()
        let names = [
            "pixelwars.db", "pixelwars.db-wal", "lock", "token.key", "new.db",
            "../\(name(scratch.path))/lock",
        ]
        for name in names {
            let error = #expect(throws: StorageError.self) {
                try Backup.checkName(scratch.path + "/" + name, replacing: true, of: scratch.path + "/.")
            }
            #expect(error?.message.contains("data directory") == true, "\(name)")
        }
        try Backup.checkName(scratch.path + "-beside.db", replacing: true, of: scratch.path)
        try Data("words".utf8).write(to: URL(filePath: file))
        #expect(throws: StorageError.self) { try Backup.checkName(file, replacing: true, of: scratch.path) }
    }

    private func name(_ path: String) -> String { URL(filePath: path).lastPathComponent }

    @Test("of a damaged database isn't kept")
    func isChecked() throws {
        try Self.started(in: scratch.path, changes: 30).close()
        try Backup.copy(directory: scratch.path, to: draft)
        try damage(draft)
        #expect(throws: StorageError.self) { try Backup.finish(draft, as: file, replacing: false) }
        #expect(try names.isEmpty)
    }

    @Test("of a directory in which a server lives is left to that server")
    func respectsLock() throws {
        let database = try Self.started(in: scratch.path, changes: 3)
        let error = #expect(throws: StorageError.self) { try Backup.copy(directory: scratch.path, to: draft) }
        #expect(error?.code == .locked)
        #expect(try names.isEmpty)
        database.close()
    }

    @Test("is made by the storage thread between commits, one at a time")
    func threadCopies() throws {
        let database = try Self.started(in: scratch.path, changes: 20_000)
        let ends = Mutex<[String]>([])
        let commits = Mutex<[CommitID]>([])
        let thread = try StorageThread(database: database) { input in
            if case .committed(let id) = input { commits.withLock { $0.append(id) } }
        }
        let second = draft + "2"
        thread.copy(to: draft) { end in ends.withLock { $0.append(end.words ?? "whole") } }
        thread.copy(to: second) { end in ends.withLock { $0.append(end.words ?? "second whole") } }
        for number in UInt64(1)...20 {
            thread.commit(CommitID(rawValue: number), [change(20_000 + Version(number))])
        }
        while ends.withLock({ $0.count }) < 2 || commits.withLock({ $0.count }) < 20 { sched_yield() }
        thread.stop()
        let said = ends.withLock { $0 }
        #expect(said.contains("whole"))
        #expect(said.contains("another backup is under way") || said.contains("second whole"))
        try Backup.finish(draft, as: file, replacing: false)
        #expect(try DatabaseCheck.run(file: file).allSatisfy(\.isSound))
    }

    @Test("that nobody waits for any more is given up, and its file is gone; others go on")
    func givenUp() throws {
        let database = try Self.started(in: scratch.path, changes: 20_000)
        let said = Mutex<[String]>([])
        // Held up until both orders wait, so that the copy can't be whole before its end comes.
        let gate = Mutex(true)
        let isHeld = Mutex(false)
        let thread = try StorageThread(database: database) { _ in
            isHeld.withLock { $0 = true }
            while gate.withLock({ $0 }) { sched_yield() }
        }
        thread.probe()
        while !isHeld.withLock({ $0 }) { sched_yield() }
        thread.copy(to: draft) { end in said.withLock { $0.append(end.words ?? "whole") } }
        thread.endCopy(to: draft + "2")
        thread.endCopy(to: draft)
        thread.copy(to: draft + "3") { end in said.withLock { $0.append(end.words ?? "third whole") } }
        gate.withLock { $0 = false }
        while said.withLock({ $0.count }) < 2 { sched_yield() }
        thread.stop()
        #expect(said.withLock { $0 } == ["nobody waits for the copy any more", "third whole"])
        #expect(try names.map { target.path + "/" + $0 } == [draft + "3"])
    }

    @Test("that the thread's end cuts short is told so, and its file is gone")
    func threadStops() throws {
        let thread = try StorageThread(database: Self.started(in: scratch.path, changes: 3)) { _ in }
        thread.stop()
        let said = Mutex<String?>(nil)
        thread.copy(to: draft) { end in said.withLock { $0 = end.words } }
        #expect(said.withLock { $0 } == "the server stopped before the copy was whole")
        #expect(try names.isEmpty)
    }
}

extension Result where Failure == StorageError {
    /// What is told of a failure.
    fileprivate var words: String? {
        if case .failure(let error) = self { error.message } else { nil }
    }
}

/// Writes over the middle of a file's second half, page by page but for each page's head.
func damage(_ file: String) throws {
    let descriptor = open(file, O_RDWR)
    guard descriptor >= 0 else { throw POSIXFailure(number: errno) }
    defer { close(descriptor) }
    let pages = Int(lseek(descriptor, 0, SEEK_END)) / 4096
    let noise = [UInt8](repeating: 0xA5, count: 3_000)
    for page in pages / 2..<pages { pwrite(descriptor, noise, noise.count, page * 4096 + 8) }
}
