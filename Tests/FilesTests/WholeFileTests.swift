import Files
import FoundationEssentials
import Glibc
import Testing

@Suite struct WholeFileTests {
    private func scratch(_ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.path + "/pixelwars-files-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try body(directory)
    }

    @Test func `what is written is read back, with its mode, and nothing is left beside it`() throws {
        try scratch { directory in
            let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
            try WholeFile.write([1], to: directory + "/a", mode: 0o600)
            try WholeFile.write(bytes, to: directory + "/a", mode: 0o600)
            #expect(try WholeFile.read(directory + "/a", maxBytes: 200_000) == bytes)
            var status = stat()
            #expect(stat(directory + "/a", &status) == 0 && status.st_mode & 0o777 == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["a"])
        }
    }

    @Test func `a file over the limit is refused before it is read whole`() throws {
        let error = #expect(throws: FileError.self) { try WholeFile.read("/dev/zero", maxBytes: 100_000) }
        #expect(error?.description == "/dev/zero: more than 100000 bytes")
    }

    @Test(arguments: ["/nowhere/a", "/dev/null/a"])
    func `a path that can't be used is named`(path: String) {
        let read = #expect(throws: FileError.self) { try WholeFile.read(path, maxBytes: 10) }
        #expect(read?.description.hasPrefix(path + ": ") == true)
        let written = #expect(throws: FileError.self) { try WholeFile.write([1], to: path, mode: 0o600) }
        #expect(written?.description.hasPrefix(path + ": ") == true)
    }

    @Test func `a failed write leaves the former file and no part`() throws {
        try scratch { directory in
            try FileManager.default.createDirectory(
                atPath: directory + "/a/b", withIntermediateDirectories: true)
            #expect(throws: FileError.self) { try WholeFile.write([1], to: directory + "/a", mode: 0o600) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["a"])
        }
    }
}
