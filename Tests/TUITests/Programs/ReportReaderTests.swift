import Client
import Protocol
import Testing

@testable import TUI

@Suite struct ReportReaderTests {
    @Test("the attempt that a wait announces is the one that connects next")
    func attempts() {
        var reader = ReportReader()
        #expect(reader.reports(of: .connection(.connecting)) == [.link(.connecting(attempt: 1))])
        _ = reader.reports(of: .connection(.waiting(attempt: 4, delayMs: 900, reason: "refused")))
        #expect(reader.reports(of: .connection(.connecting)) == [.link(.connecting(attempt: 4))])
        #expect(reader.reports(of: .connection(.connected)) == [.link(.connected)])
        #expect(reader.reports(of: .connection(.connecting)) == [.link(.connecting(attempt: 1))])
    }

    @Test("looking on is told from being connected, and begins the attempts anew")
    func watching() {
        var reader = ReportReader()
        _ = reader.reports(of: .connection(.waiting(attempt: 4, delayMs: 900, reason: "refused")))
        #expect(reader.reports(of: .connection(.watching)) == [.link(.watching)])
        #expect(reader.reports(of: .connection(.connecting)) == [.link(.connecting(attempt: 1))])
    }

    @Test("answers find their request, and other numbers are nobody's")
    func requests() {
        var reader = ReportReader()
        let answer = PlacedAnswer(version: 9, epoch: 1)
        let mine = reader.reports(of: .placed(answer, replyTo: ReportReader.messageID(7)))
        #expect(mine == [.placed(request: 7, version: 9)])
        #expect(reader.reports(of: .placed(answer, replyTo: 7)) == [.placed(request: nil, version: 9)])
        let failure = Failure(.queueFull, "full")
        #expect(reader.reports(of: .failed(failure, replyTo: nil)) == [.refused(request: nil, failure)])
    }

    @Test("a queued player's place and a lost latency are told")
    func states() {
        var reader = ReportReader()
        let queued = reader.reports(of: .status(.queued(position: 3, sinceMs: 0), idleLeftMs: nil))
        #expect(queued == [.status(.queued(position: 3, sinceMs: 0), idleLeftMs: nil)])
        let playing = reader.reports(of: .status(.playing(idleDeadlineMs: 9), idleLeftMs: 700))
        #expect(playing == [.status(.playing(idleDeadlineMs: 9), idleLeftMs: 700)])
        #expect(reader.reports(of: .latency(us: nil)) == [.latency(microseconds: nil)])
    }
}
