import Client
import Protocol
import Testing

@Suite("A ledger of replies")
struct ReplyLedgerTests {
    static func line(_ text: String) -> [UInt8] { Array(text.utf8) }
    static let failure = Failure(.badRequest, "no")

    @Test("waits for the answer to each id, also where ids repeat")
    func named() {
        var ledger = ReplyLedger()
        ledger.sent(Self.line(#"{"type":"place","id":7,"x":0,"y":0,"color":1}"#))
        ledger.sent(Self.line(#"{"type":"heartbeat","id":7}"#))
        #expect(ledger.pendingCount == 2)
        ledger.received(ServerEnvelope(replyTo: 7, .heartbeat(serverTimeMs: 0)))
        ledger.received(ServerEnvelope(replyTo: 9, .ok))
        #expect(ledger.pendingCount == 1)
        ledger.received(ServerEnvelope(replyTo: 7, .placed(version: 1, epoch: 1)))
        #expect(ledger.pendingCount == 0)
    }

    @Test(
        "waits for an error in answer to what is no message",
        arguments: ["no JSON", "[]", #"{"type":"dance"}"#])
    func malformed(text: String) {
        var ledger = ReplyLedger()
        ledger.sent(Self.line(text))
        #expect(ledger.pendingCount == 1)
        ledger.received(ServerEnvelope(.error(Self.failure)))
        #expect(ledger.pendingCount == 0)
    }

    @Test("takes a malformed message's id where it can be read")
    func malformedWithID() {
        var ledger = ReplyLedger()
        ledger.sent(Self.line(#"{"type":"place","id":3,"x":"left"}"#))
        ledger.received(ServerEnvelope(.error(Self.failure)))
        #expect(ledger.pendingCount == 1)
        ledger.received(ServerEnvelope(replyTo: 3, .error(Self.failure)))
        #expect(ledger.pendingCount == 0)
    }

    @Test("takes no message that comes unasked for an answer")
    func unasked() {
        var ledger = ReplyLedger()
        ledger.sent(Self.line(#"{"type":"place","x":0,"y":0,"color":1}"#))
        ledger.received(ServerEnvelope(.status(.playing(idleDeadlineMs: nil))))
        ledger.received(ServerEnvelope(.pixels(PixelRun(from: 0, to: 1, epoch: 1, pixels: []))))
        ledger.received(ServerEnvelope(.canvasReset(epoch: 2, version: 2, width: 4, height: 4)))
        #expect(ledger.pendingCount == 1)
        ledger.received(ServerEnvelope(.placed(version: 1, epoch: 1)))
        #expect(ledger.pendingCount == 0)
    }

    @Test("takes a status for the answer to play and leave")
    func statuses() {
        var ledger = ReplyLedger()
        ledger.sent(Self.line(#"{"type":"play"}"#))
        ledger.received(ServerEnvelope(.status(.playing(idleDeadlineMs: nil))))
        #expect(ledger.pendingCount == 0)
    }

    @Test("waits for placements alone once the closing heartbeat was answered")
    func closing() {
        var ledger = ReplyLedger()
        ledger.sent(Self.line(#"{"type":"play"}"#))
        ledger.sent(Self.line(#"{"type":"undo"}"#))
        ledger.sent(Self.line(#"{"type":"heartbeat","id":1}"#))
        ledger.closingHeartbeatAnswered()
        #expect(ledger.pendingCount == 2)
        ledger.received(ServerEnvelope(replyTo: 1, .heartbeat(serverTimeMs: 0)))
        ledger.received(ServerEnvelope(.placed(version: 1, epoch: 1)))
        #expect(ledger.pendingCount == 0)
    }
}

@Suite("A ledger of replies in games")
struct GameReplyLedgerTests {
    private static let relay = Identifier(rawValue: 9)
    private static let receipt = ClickReceipt(game: relay, planet: "mars", accepted: 1, total: 1)

    @Test("takes a relay's state for the answer to a join alone, and no other event for any")
    func rooms() {
        var ledger = ReplyLedger()
        let view = RelayView(
            relay: Self.relay, code: RelayCode(random: 1), status: .waiting, players: [],
            options: RelayOptions(), leftMs: 0)
        let state = ServerEnvelope(.relay(RelayEvent(relay: Self.relay, .state(view, puzzle: nil))))
        ledger.sent(ReplyLedgerTests.line(#"{"type":"heartbeat"}"#))
        ledger.received(state)
        #expect(ledger.pendingCount == 1)
        ledger.sent(ReplyLedgerTests.line(#"{"type":"join","relay_id":"\#(Self.relay)"}"#))
        ledger.received(ServerEnvelope(.relay(RelayEvent(relay: Self.relay, .started(view)))))
        #expect(ledger.pendingCount == 2)
        ledger.received(state)
        ledger.received(ServerEnvelope(.heartbeat(serverTimeMs: 0)))
        #expect(ledger.pendingCount == 0)
    }

    @Test("waits for what is counted by a commit behind the closing heartbeat, too")
    func commits() {
        var ledger = ReplyLedger()
        ledger.sent(ReplyLedgerTests.line(#"{"type":"push_clicks","clicks":[1],"batch_id":"a"}"#))
        ledger.sent(ReplyLedgerTests.line(#"{"type":"leave_room","relay_id":"\#(Self.relay)"}"#))
        ledger.closingHeartbeatAnswered()
        #expect(ledger.pendingCount == 1)
        ledger.received(
            ServerEnvelope(
                .clickTotals(
                    ClickGameView(
                        game: Self.relay, status: .active, startsAtMs: 0, endsAtMs: 1, planets: [],
                        winner: nil))))
        #expect(ledger.pendingCount == 1)
        ledger.received(ServerEnvelope(.clicksAccepted(Self.receipt, batchID: "a")))
        #expect(ledger.pendingCount == 0)
    }

    @Test("takes the begin of a run and a score for answers")
    func runs() {
        var ledger = ReplyLedger()
        ledger.sent(ReplyLedgerTests.line(#"{"type":"start_run","game":"dot"}"#))
        ledger.received(ServerEnvelope(.runStarted(RunStart(run: Self.relay, game: .dot, seed: 1))))
        #expect(ledger.pendingCount == 0)
        let point = #""run_id":"\#(Self.relay)","x":1,"y":1,"t_ms":5"#
        ledger.sent(ReplyLedgerTests.line(#"{"type":"point",\#(point),"seq":1}"#))
        ledger.sent(ReplyLedgerTests.line(#"{"type":"point","id":4,\#(point),"seq":2}"#))
        #expect(ledger.pendingCount == 2)
        let score = ServerMessage.score(RunScore(run: Self.relay, seq: 1, score: 1, tMs: 5, seed: 2))
        ledger.received(ServerEnvelope(score))
        #expect(ledger.pendingCount == 1)
        ledger.received(ServerEnvelope(replyTo: 4, score))
        #expect(ledger.pendingCount == 0)
    }

    @Test("takes a run's end for the answer to who asked for it alone, behind the closing heartbeat, too")
    func runEnds() {
        var ledger = ReplyLedger()
        let ended = ServerMessage.runEnded(
            RunResult(
                run: Self.relay, game: .dot, reason: .time, score: 1, rank: 1, multiplierPercent: 100,
                profilePoints: 1))
        ledger.sent(ReplyLedgerTests.line(#"{"type":"heartbeat"}"#))
        ledger.received(ServerEnvelope(ended))
        #expect(ledger.pendingCount == 1)
        ledger.received(ServerEnvelope(.heartbeat(serverTimeMs: 0)))
        ledger.sent(ReplyLedgerTests.line(#"{"type":"end_run","run_id":"\#(Self.relay)"}"#))
        ledger.closingHeartbeatAnswered()
        #expect(ledger.pendingCount == 1)
        ledger.received(ServerEnvelope(ended))
        #expect(ledger.pendingCount == 0)
        ledger.sent(ReplyLedgerTests.line(#"{"type":"end_run","run_id":"\#(Self.relay)"}"#))
        ledger.received(ServerEnvelope(.error(Failure(.runOver, "over"))))
        #expect(ledger.pendingCount == 0)
    }
}
