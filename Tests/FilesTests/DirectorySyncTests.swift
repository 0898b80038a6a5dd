import Files
import FoundationEssentials
import Glibc
import Testing

@Suite("The names in a directory")
struct DirectorySyncTests {
    @Test(
        "are synced for a file beside, above or in the root, whether it is there or not",
        arguments: ["beside", "./beside", "/beside", "/tmp/beside"])
    func synced(path: String) throws {
        try DirectorySync.sync(of: path)
    }

    @Test("that aren't in a directory are told with it and the system's reason")
    func refused() {
        let failure = #expect(throws: FileError.self) { try DirectorySync.sync(of: "/nowhere/at/all") }
        #expect(failure?.path == "/nowhere/at" && failure?.number == ENOENT)
        #expect(failure?.description.hasPrefix("/nowhere/at: can't be opened: ") == true)
        let file = #expect(throws: FileError.self) { try DirectorySync.sync(of: "/dev/null/a") }
        #expect(file?.number == ENOTDIR)
    }
}
