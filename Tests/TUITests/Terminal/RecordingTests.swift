import Foundation
import Testing

@testable import TUI

@Suite struct RecordingTests {
    func path() -> String {
        FileManager.default.temporaryDirectory.appending(path: "pixelwars-\(UUID().uuidString).cast").path
    }

    @Test("a recording is an asciicast that a player reads: a header, then events with their times")
    func lines() throws {
        let path = path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let recording = try Recording(
            path: path, columns: 80, rows: 24, term: "xterm\"", nowNs: 1_000, secondsSince1970: 1_700_000_000)
        let text = "\u{1b}[31m▀ \"quoted\" \\ \r\n\u{7f}"
        recording.frame(Array(text.utf8), nowNs: 1_250_001_000)
        recording.resize(columns: 100, rows: 30, nowNs: 2_000_001_000)
        recording.close()
        #expect(recording.failure == nil)
        let file = try String(contentsOfFile: path, encoding: .utf8)
        let lines = try file.split(separator: "\n").map {
            try JSONSerialization.jsonObject(with: Data($0.utf8))
        }
        let header = try #require(lines.first as? [String: Any])
        #expect(header["version"] as? Int == 2)
        #expect(header["width"] as? Int == 80)
        #expect(header["height"] as? Int == 24)
        #expect(header["timestamp"] as? Int == 1_700_000_000)
        #expect((header["env"] as? [String: String])?["TERM"] == "xterm\"")
        let events = lines.dropFirst().compactMap { $0 as? [Any] }
        #expect(events.map { $0[0] as? Double } == [1.25, 2])
        #expect(events.map { $0[1] as? String } == ["o", "r"])
        #expect(events.map { $0[2] as? String } == [text, "100x30"])
        #expect(file.hasSuffix("\n"))
    }

    @Test("a long recording is on the disk long before its end, and keeps little in memory")
    func streamed() throws {
        let path = path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let recording = try Recording(path: path, columns: 80, rows: 24, term: "xterm", nowNs: 0)
        let frame = [UInt8](repeating: 0x61, count: 1000)
        for at in 0..<1000 { recording.frame(frame, nowNs: Int64(at)) }
        let size = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
        #expect(size > 1_000_000 - 40_000)
        recording.close()
    }

    @Test("what is kept back is written when its time has come, and then nothing is due")
    func due() throws {
        let path = path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let recording = try Recording(path: path, columns: 80, rows: 24, term: "xterm", nowNs: 0)
        recording.frame(Array("late".utf8), nowNs: 500)
        let dueNs = try #require(recording.dueNs)
        #expect(dueNs <= 1_000_000_000)
        recording.keepUp(nowNs: dueNs - 1)
        #expect(try String(contentsOfFile: path, encoding: .utf8).isEmpty)
        recording.keepUp(nowNs: dueNs)
        #expect(try String(contentsOfFile: path, encoding: .utf8).contains("late"))
        #expect(recording.dueNs == nil)
        recording.close()
    }

    @Test("a file that is there isn't written over")
    func kept() throws {
        let path = path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data("the only key".utf8).write(to: URL(filePath: path))
        #expect(throws: ProgramFailure.self) {
            try Recording(path: path, columns: 80, rows: 24, term: "xterm", nowNs: 0)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "the only key")
    }

    @Test("a disk that is full ends the recording with a word, and nothing else")
    func full() throws {
        let recording = try Recording(path: "/dev/full", columns: 80, rows: 24, term: "xterm", nowNs: 0)
        let frame = [UInt8](repeating: 0x61, count: 50_000)
        for at in 0..<10 { recording.frame(frame, nowNs: Int64(at)) }
        recording.close()
        let failure = try #require(recording.failure)
        #expect(failure.contains("/dev/full"))
        #expect(failure.contains("No space left"))
    }

    @Test("a file that can't be made is told before anything starts")
    func refused() {
        #expect(throws: ProgramFailure.self) {
            try Recording(path: "/no/such/folder/a.cast", columns: 80, rows: 24, term: "xterm", nowNs: 0)
        }
    }
}
