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

    @Test("what is told of games keeps its kind, and a refused answer finds the relay")
    func games() {
        var reader = ReportReader()
        let view = GameSamples.clicks([("earth", 1, 1), ("mars", 2, 1)])
        #expect(reader.reports(of: .clickTotals(view)) == [.clicks(.totals(view))])
        let receipt = ClickReceipt(game: GameSamples.game, planet: "mars", accepted: 3, total: 4)
        #expect(reader.reports(of: .clicksAccepted(receipt)) == [.clicks(.accepted(receipt))])
        let failure = Failure(.implausibleClicks, "no")
        #expect(reader.reports(of: .clicksDropped(7, failure)) == [.clicks(.refused(failure, dropped: 7))])
        let event = RelayEvent(relay: GameSamples.relay, .eliminated(GameSamples.account(1)))
        #expect(reader.reports(of: .relay(event)) == [.relays(.event(event))])
        let out = reader.reports(of: .roomRefused(GameSamples.relay, failure))
        #expect(out == [.relays(.shutOut(GameSamples.relay, failure))])
        let late = Failure(.rateLimited, "slow")
        let answer = reader.reports(of: .failed(late, replyTo: ReportReader.answerMessageID))
        #expect(answer == [.relays(.failed(late))])
        #expect(ReportReader.request(ReportReader.answerMessageID) == nil)
    }

    @Test("what is told of runs keeps its kind")
    func runs() {
        var reader = ReportReader()
        let start = ArcadeSamples.start(.dot)
        #expect(reader.reports(of: .runStarted(start, atMs: 7)) == [.arcade(.started(start, atMs: 7))])
        let failure = Failure(.runOpen, "no")
        #expect(reader.reports(of: .runRefused(.steps, failure)) == [.arcade(.refused(.steps, failure))])
        let result = ArcadeSamples.result(.dot, .time, score: 4)
        #expect(reader.reports(of: .runEnded(result)) == [.arcade(.ended(result))])
        #expect(reader.reports(of: .runLost(ArcadeSamples.run)) == [.arcade(.lost(ArcadeSamples.run))])
        let point = RunPoint(run: ArcadeSamples.run, seq: 1, x: 2, y: 3, tMs: 4)
        #expect(reader.reports(of: .pointRefused(point, failure)) == [.arcade(.pointRefused(point, failure))])
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
