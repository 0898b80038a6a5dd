import Foundation
import Protocol
import Testing

@testable import TUI

@Suite struct SkinFileTests {
    /// A directory that is gone after the test.
    private static func inDirectory(_ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "skins-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try body(directory.path())
    }

    private static func bytes(_ path: String) -> [UInt8]? {
        FileManager.default.contents(atPath: path).map { [UInt8]($0) }
    }

    private static func program(_ file: String?) -> StudioProgram {
        StudioProgram(
            file: file, server: "http://127.0.0.1:1", profile: "player")
    }

    @Test("a skin is read, changed and saved, and read again as it was saved")
    func roundTrip() throws {
        let colors = try #require(SkinSamples.colors)
        try Self.inDirectory { directory in
            let path = "\(directory)/lava.json"
            try Data(try SkinSamples.file("lava")).write(to: URL(filePath: path))
            var (draft, file, isSaved) = try Self.program(path).open(colors)
            #expect(isSaved)
            draft.paste(" 2", in: .title)
            let bytes = try draft.skin(colors: colors).json()
            let report = file.save(draft, bytes: bytes, path: path, isForced: false)
            #expect(report == .saved(SkinFile(path: path, bytes: bytes), draft))
            (draft, file, isSaved) = try Self.program(path).open(colors)
            #expect(draft.text(.title).text == "Lava 2")
            #expect(file.bytes == Self.bytes(path))
        }
    }

    @Test("what somebody else wrote meanwhile stays, unless it is written over on purpose")
    func changedMeanwhile() throws {
        let colors = try #require(SkinSamples.colors)
        try Self.inDirectory { directory in
            let path = "\(directory)/new.json"
            let (draft, file, isSaved) = try Self.program(path).open(colors)
            #expect(!isSaved)
            #expect(draft.text(.id).text == "new")
            let theirs = [UInt8]("not a skin at all".utf8)
            try Data(theirs).write(to: URL(filePath: path))
            let bytes = try draft.skin(colors: colors).json()
            #expect(
                file.save(draft, bytes: bytes, path: path, isForced: false) == .changedMeanwhile(path: path))
            #expect(Self.bytes(path) == theirs)
            #expect(
                file.save(draft, bytes: bytes, path: path, isForced: true)
                    == .saved(SkinFile(path: path, bytes: bytes), draft))
            #expect(Self.bytes(path) == bytes)
        }
    }

    @Test("a place that can't be written to is told in one line")
    func failed() throws {
        let studio = try StudioSamples.fresh()
        let report = SkinFile().save(
            studio.draft, bytes: [], path: "/nowhere/at/all.json", isForced: false)
        guard case .failed(let words) = report else {
            Issue.record("it was written")
            return
        }
        #expect(words.contains("/nowhere/at/all.json") && !words.contains("\n"))
    }

    @Test("a file that is no skin is refused in one line that names it and what is wrong")
    func noSkin() throws {
        let colors = try #require(SkinSamples.colors)
        try Self.inDirectory { directory in
            let path = "\(directory)/x.json"
            try Data(#"{"id":"x","title":7}"#.utf8).write(to: URL(filePath: path))
            let error = #expect(throws: ProgramFailure.self) { try Self.program(path).open(colors) }
            #expect(error?.message.contains("x.json is no skin") == true)
        }
    }
}
