import Glibc
import Testing

@testable import Server

@Suite("Lines for systemd's journal")
struct JournalStreamTests {
    @Test("are written where the stream is the one that systemd named")
    func isKnown() {
        var pipes: [Int32] = [0, 0]
        #expect(pipe(&pipes) == 0)
        defer { pipes.forEach { close($0) } }
        var status = stat()
        #expect(fstat(pipes[1], &status) == 0)
        #expect(JournalStream.takes(pipes[1], "\(status.st_dev):\(status.st_ino)"))
        #expect(!JournalStream.takes(pipes[1], "\(status.st_dev):\(status.st_ino + 1)"))
        #expect(!JournalStream.takes(pipes[1], nil))
        #expect(!JournalStream.takes(-1, "0:0"))
    }

    @Test("carry no time of their own, in text and in JSON")
    func noTime() {
        #expect(Log(level: .info, format: .text).rendered(nil, .info, "stopped", [:]) == "info stopped")
        #expect(
            Log(level: .info, format: .json).rendered(nil, .info, "stopped", [:])
                == #"{"level":"info","event":"stopped"}"#)
        #expect(LogLevel.allCases.map(\.journalHead) == ["<7>", "<6>", "<4>", "<3>"])
    }
}
