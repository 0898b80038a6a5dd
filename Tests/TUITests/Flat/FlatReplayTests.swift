import Client
import Protocol
import Testing

@testable import TUI

@Suite struct FlatReplayTests {
    /// Answers what the session asks about the past.
    private func settle(_ sample: inout FlatSample, _ past: inout PastSample) throws {
        var answered = 0
        while answered < sample.commands.count {
            if case .replay(let wish) = sample.commands[answered] {
                sample.hear(.replay(try past.answer(wish)))
            }
            answered += 1
        }
    }

    @Test("the past is read: what there is, and a moment with who was active before")
    func reads() throws {
        var past = try PastSample.standard()
        var sample = try FlatSample.playing()
        sample.say("replay")
        try settle(&sample, &past)
        #expect(
            sample.said.prefix(4) == [
                "replay: versions 0 to 1301",
                "replay: canvas 1, 40 by 30, versions 0 to 300, from 2026-11-27 12:00:00 to 2026-11-27 13:00:00",
                "replay: canvas 2, 100 by 60, versions 301 to 1301, from 2026-11-27 13:00:00 on",
                "replay: version 1301, 2026-11-27 13:04:10 UTC, canvas 2",
            ])
        sample.forget()
        sample.say("replay 12:02")
        // The next line waits for it.
        sample.say("status")
        #expect(!sample.said.contains { $0.hasPrefix("status:") })
        try settle(&sample, &past)
        #expect(sample.said.first == "replay: version 120, 2026-11-27 12:02:00 UTC, canvas 1")
        #expect(sample.said.contains { $0.hasPrefix("replay: active in the 10 minutes before: Ada ") })
        #expect(sample.said.contains { $0.hasPrefix("status:") })
    }

    @Test("what means no moment, and a server without history, are told")
    func refusals() throws {
        var past = try PastSample.standard()
        past.refusals = [Failure(.notFound, "nothing")]
        var sample = try FlatSample.playing()
        sample.say("replay")
        try settle(&sample, &past)
        #expect(sample.said == ["error: This server keeps no history"])
        sample.say("replay nonsense")
        #expect(sample.said.last?.hasPrefix("warning: Not a moment") == true)
    }
}
