import Engine
import Protocol
import Testing

@Suite("Feedback")
struct FeedbackTests {
    private func give(
        _ desk: inout Desk, as identity: Identity = Desk.account(1), from address: String = "10.0.0.1"
    ) throws -> Answer? {
        let message = try #require(FeedbackMessage("More colors, please"))
        let id = desk.nextRequest()
        desk.give(
            .request(
                id, .feedback(message), Caller(address: address, credential: .valid(identity)), .none))
        if let answer = desk.answer(to: id) { return answer }
        desk.pass(ms: 25)
        desk.give(.wake)
        return desk.answer(to: id)
    }

    private func kept(_ desk: Desk) -> [FeedbackRecord] {
        desk.kept.compactMap { if case .feedback(let record) = $0 { record } else { nil } }
    }

    @Test("is kept three times in any hour of an account, and the fourth says when to come again")
    func limit() throws {
        var desk = Stock.desk()
        for _ in 0..<3 {
            #expect(try give(&desk)?.isCreated == true)
            desk.pass(ms: 600_000)
        }
        guard case .failure(let failure) = try give(&desk) else {
            Issue.record("a fourth one")
            return
        }
        #expect(failure.code == .rateLimited)
        let waitMs = try #require(failure.retryAfterMs)
        #expect((1_700_000...1_800_000).contains(waitMs))
        #expect(try give(&desk, as: Desk.account(2))?.isCreated == true)
        desk.pass(ms: Int64(waitMs))
        #expect(try give(&desk)?.isCreated == true)
        #expect(try give(&desk)?.code == .rateLimited)
        #expect(kept(desk).count == 5)
        #expect(kept(desk).allSatisfy { $0.message.text == "More colors, please" })
    }

    @Test("of guests counts by their address, whoever they say they are")
    func guests() throws {
        var desk = Stock.desk()
        for number in 60..<63 as Range<UInt64> {
            #expect(try give(&desk, as: Desk.guest(number))?.isCreated == true)
        }
        #expect(try give(&desk, as: Desk.guest(63))?.code == .rateLimited)
        #expect(try give(&desk, as: Desk.guest(63), from: "10.0.0.2")?.isCreated == true)
        let isGuest = kept(desk).map(\.isGuest)
        #expect(isGuest == [true, true, true, true])
    }

    @Test("of the last hour counts after a restart")
    func restart() throws {
        var recovered = Stock.recovered()
        let message = try #require(FeedbackMessage("Hi"))
        recovered.feedback = (0..<3).map {
            FeedbackRecord(
                holder: Identifier(rawValue: 1), isGuest: false, message: message,
                atMs: Desk.startMs - Int64($0) * 60_000)
        }
        var desk = Desk(recovered: recovered)
        #expect(try give(&desk)?.code == .rateLimited)
        #expect(try give(&desk, as: Desk.account(2))?.isCreated == true)
    }

    @Test("that doesn't become durable doesn't count")
    func failure() throws {
        var desk = Stock.desk()
        let message = try #require(FeedbackMessage("Hi"))
        for _ in 0..<3 {
            desk.isAutomatic = false
            let id = desk.begin(.feedback(message))
            desk.run(ms: 30)
            desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
            #expect(desk.responses[id]?.first?.code == .storageUnavailable)
            desk.isAutomatic = true
            desk.give(.storageProbed(nil))
        }
        #expect(try give(&desk)?.isCreated == true)
    }

    @Test("is listed for a host by storage, and its words never stand in the log")
    func list() throws {
        var desk = Stock.desk()
        desk.recorded = []
        _ = try give(&desk)
        let call = HostCallID(rawValue: 5)
        desk.give(.host(call, .feedback))
        let query = try #require(desk.query)
        #expect(query.query == .feedback)
        let entry = FeedbackEntry(id: 1, account: nil, isGuest: true, message: "Hi", atMs: 5)
        desk.give(.queryAnswered(query.id, .feedback([entry])))
        #expect(
            desk.effects.contains {
                if case .answerHost(call, .feedback([entry])) = $0 { true } else { false }
            })
        desk.give(.host(call, .feedback))
        desk.give(.queryAnswered(try #require(desk.query).id, .failed(.broken("x"))))
        #expect(
            desk.effects.contains {
                if case .answerHost(call, .refused(.storageUnavailable, _)) = $0 { true } else { false }
            })
        for case .log(let event) in desk.recorded ?? [] { #expect(!"\(event)".contains("colors")) }
    }
}
