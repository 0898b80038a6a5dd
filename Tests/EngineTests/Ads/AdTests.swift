import Engine
import Protocol
import Testing

@Suite("An ad")
struct AdTests {
    private func next(_ desk: inout Desk, as identity: Identity = Desk.account(1)) -> Answer? {
        desk.settle(
            .ads(.next(before: Stock.page)), .valid(identity), proofs: EdgeProofs(draw: desk.draw()))
    }

    private func complete(
        _ impression: Identifier, _ desk: inout Desk, as identity: Identity = Desk.account(1)
    ) -> Answer? {
        desk.settle(.ads(.complete(impression)), .valid(identity))
    }

    /// What became of impressions, in order.
    private func impressions(_ desk: Desk) -> [ImpressionRecord] {
        desk.kept.compactMap { if case .impression(let record) = $0 { record } else { nil } }
    }

    @Test("is shown before a page, and seen to its end after its seconds")
    func seen() throws {
        var desk = Stock.desk()
        let answer = next(&desk)
        let shown = try #require(answer?.ad)
        #expect(["one", "two"].contains(shown.ad.id.rawValue))
        desk.pass(ms: 2_900)
        guard case .failure(let failure) = complete(shown.impression, &desk) else {
            Issue.record("too early")
            return
        }
        #expect(failure.code == .adNotOver)
        let waitMs = try #require(failure.retryAfterMs)
        #expect((1...100).contains(waitMs))
        desk.pass(ms: Int64(waitMs))
        #expect(complete(shown.impression, &desk)?.isDone == true)
        #expect(complete(shown.impression, &desk)?.isDone == true, "again is as good as once")
        let records = impressions(desk)
        #expect(records.count == 2, "shown once, completed once")
        #expect(records.map { $0.completedAtMs == nil } == [true, false])
        #expect(records.map(\.page) == [Stock.page, Stock.page])
    }

    @Test("is shown to guests too, and completed by whom it was shown")
    func holders() throws {
        var desk = Stock.desk()
        let guest = Desk.guest(70)
        let answer = next(&desk, as: guest)
        let shown = try #require(answer?.ad)
        desk.pass(ms: 3_000)
        #expect(complete(shown.impression, &desk)?.code == .notFound)
        #expect(complete(Identifier(rawValue: 9), &desk)?.code == .notFound)
        #expect(complete(shown.impression, &desk, as: guest)?.isDone == true)
        #expect(desk.ask(.ads(.next(before: Stock.page)))?.code == .unauthorized)
    }

    @Test("is another one than before, as long as there is another")
    func others() throws {
        var desk = Stock.desk()
        var last: AdID?
        for _ in 0..<8 {
            let answer = next(&desk)
            let ad = try #require(answer?.ad?.ad)
            #expect(ad.id != last)
            last = ad.id
        }
    }

    @Test("is none where a host wants none, before home, outside its dates, or where too many were shown")
    func none() {
        var silent = Stock.desk { $0.showsAds = false }
        #expect(next(&silent)?.isDone == true)
        #expect(impressions(silent).isEmpty)
        var desk = Stock.desk()
        #expect(
            desk.settle(
                .ads(.next(before: .home)), .valid(Desk.account(1)), proofs: EdgeProofs(draw: desk.draw())
            )?.isDone == true)
        for _ in 0..<10 { #expect(next(&desk)?.ad != nil) }
        #expect(next(&desk)?.isDone == true, "enough for now")
        var recovered = Stock.recovered()
        recovered.ads = [Stock.ad("old", more: #","ends_at":"2020-01-01T00:00:00Z""#)]
        var late = Desk(recovered: recovered)
        #expect(next(&late)?.isDone == true)
    }

    @Test("never comes while its viewer plays against the clock")
    func timedRun() throws {
        var desk = Stock.desk()
        _ = try desk.startRun(.dot, as: 1)
        #expect(next(&desk)?.isDone == true)
        _ = try desk.startRun(.steps, as: 2)
        #expect(next(&desk, as: Desk.account(2))?.ad != nil)
    }

    @Test("whose impression doesn't become durable wasn't shown")
    func failure() throws {
        var desk = Stock.desk()
        desk.isAutomatic = false
        let id = desk.begin(.ads(.next(before: Stock.page)))
        #expect(desk.answer(to: id) == nil)
        let commit = try #require(desk.lastCommit)
        let record = try #require(
            commit.records.compactMap { if case .impression(let record) = $0 { record } else { nil } }.first)
        desk.give(.commitFailed(commit.id, .full))
        desk.give(.storageProbed(nil))
        desk.isAutomatic = true
        desk.pass(ms: 5_000)
        #expect(complete(record.id, &desk)?.code == .notFound)
    }

    @Test("can be completed after a restart, when its seconds are over")
    func restart() {
        var recovered = Stock.recovered()
        let id = Identifier(rawValue: 77)
        recovered.impressions = [
            ImpressionRecord(
                id: id, ad: Stock.ad("one").id, holder: Identifier(rawValue: 1), isGuest: false,
                page: Stock.page, shownAtMs: Desk.startMs - 2_000)
        ]
        var desk = Desk(recovered: recovered)
        #expect(complete(id, &desk)?.code == .adNotOver)
        desk.pass(ms: 1_000)
        #expect(complete(id, &desk)?.isDone == true)
    }
}
