import Engine
import Glibc
import Testing

@testable import Storage

@Suite("A database whose files are taken away from under it")
struct TakenAwayTests {
    /// Ways to take them, each given the data directory.
    static let ways: [(name: String, take: @Sendable (String) -> Int32)] = [
        ("the database is removed", { unlink($0 + "/pixelwars.db") }),
        ("the log is removed", { unlink($0 + "/pixelwars.db-wal") }),
        ("the directory is moved", { rename($0, $0 + "-moved") }),
        (
            "another file takes the database's place",
            { path in
                let other = open(path + "/other", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
                guard other >= 0 else { return -1 }
                Glibc.close(other)
                return rename(path + "/other", path + "/pixelwars.db")
            }
        ),
    ]

    @Test("acknowledges nothing more, because a restart would not find it", arguments: ways)
    func refusesCommits(name: String, take: @Sendable (String) -> Int32) throws {
        let scratch = try Scratch()
        let directory = scratch.path + "/data"
        let database = try Database.started(in: directory)
        try database.commit([change(1)])
        #expect(take(directory) == 0)
        let fault = #expect(throws: StorageFault.self) { try database.commit([change(2)]) }
        #expect(fault != .full)
        #expect(database.probe() == fault)
        guard case .pixel(let pixel) = database.answer(.topPixel(cell: 7, epoch: 1)) else {
            Issue.record("reads go on")
            return
        }
        #expect(pixel?.version == 1)
        database.close()
    }
}
