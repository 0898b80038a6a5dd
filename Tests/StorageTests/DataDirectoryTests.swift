import FoundationEssentials
import Glibc
import Testing

@testable import Storage

@Suite("A data directory")
struct DataDirectoryTests {
    @Test("is made for its owner alone, with parents, and so are the files in it")
    func isPrivate() throws {
        let scratch = try Scratch()
        let path = scratch.path + "/state/pixelwars"
        let database = try Database.started(in: path)
        #expect(mode(of: scratch.path + "/state") == 0o700)
        #expect(mode(of: path) == 0o700)
        for name in ["lock", "pixelwars.db", "pixelwars.db-wal", "pixelwars.db-shm"] {
            #expect(mode(of: path + "/" + name) == 0o600, "\(name)")
        }
        database.close()
    }

    @Test("in use refuses a second server and names the first, until that one closes")
    func isLocked() throws {
        let scratch = try Scratch()
        let database = try Database(directory: scratch.path)
        let error = #expect(throws: StorageError.self) { try Database(directory: scratch.path) }
        #expect(error?.code == .locked)
        #expect(
            error?.message == "another server (pid \(getpid())) uses this data directory: \(scratch.path)")
        database.close()
        try Database(directory: scratch.path).close()
    }

    @Test("given back is free even while a forked child still holds the lock's descriptor")
    func givenBackDespiteChild() throws {
        let scratch = try Scratch()
        let database = try Database(directory: scratch.path)
        let lock = try #require(
            (3..<1_024).first { descriptor in
                let link = "/proc/self/fd/\(descriptor)"
                let path = try? FileManager.default.destinationOfSymbolicLink(atPath: link)
                return path == scratch.path + "/lock"
            })
        // What a child has between its fork and its exec: the same open file under another number.
        let childs = fcntl(Int32(lock), F_DUPFD_CLOEXEC, 3)
        try #require(childs >= 0)
        defer { close(childs) }
        database.close()
        let again = try Database(directory: scratch.path)
        again.close()
    }

    @Test("left by a killed server, with its lock file, is free again")
    func outlivesItsHolder() throws {
        let scratch = try Scratch()
        try write("999999999\n", to: scratch.path + "/lock")
        try Database(directory: scratch.path).close()
    }

    @Test(
        "that is a file, lies under one, or can't be made is refused by name",
        arguments: ["file", "file/below"])
    func refusesFile(name: String) throws {
        let scratch = try Scratch()
        try write("text", to: scratch.path + "/file")
        let path = scratch.path + "/" + name
        let error = #expect(throws: StorageError.self) { try Database(directory: path) }
        #expect(error?.code == .directory)
        #expect(error?.message.contains(scratch.path + "/file") == true)
    }

    @Test("that can't be written is refused by name")
    func refusesUnwritable() {
        let error = #expect(throws: StorageError.self) { try Database(directory: "/proc/pixelwars") }
        #expect(error?.code == .directory)
        #expect(error?.message.contains("/proc/pixelwars") == true)
    }

    @Test("whose database is some other file is refused, and the file is left alone")
    func refusesOtherFile() throws {
        let scratch = try Scratch()
        let path = scratch.path + "/pixelwars.db"
        let text = String(repeating: "no database at all. ", count: 400)
        try write(text, to: path)
        let error = #expect(throws: StorageError.self) { try Database(directory: scratch.path) }
        #expect(error?.code == .notADatabase)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test("whose database is another program's is refused, and the database is left alone")
    func refusesOtherDatabase() throws {
        let scratch = try Scratch()
        let path = scratch.path + "/pixelwars.db"
        try write("", to: path)
        let other = try Connection(path: path)
        try other.execute("CREATE TABLE recipes (name TEXT); PRAGMA application_id = 7")
        other.close()
        let before = try Data(contentsOf: URL(filePath: path))
        let error = #expect(throws: StorageError.self) { try Database(directory: scratch.path) }
        #expect(error?.code == .notADatabase)
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    private func mode(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
    }

    private func write(_ text: String, to path: String) throws {
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }
}
