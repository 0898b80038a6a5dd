import Engine
import Protocol
import Testing

@Suite("What a host's metrics count")
struct ServiceCountsTests {
    private static let skin = SkinID(rawValue: "plain")

    private static func desk() throws -> Desk {
        var recovered = Desk.withAccounts()
        let skin = try #require(skin)
        recovered.skins = [Skin(id: skin, title: "Plain", author: "A", price: 0, inputs: [:])]
        let ad = #"{"id":"tea","title":"Tea","text":["Drink tea."],"seconds":5,"weight":1}"#
        recovered.ads = [try Ad(json: Array(ad.utf8))]
        return Desk(recovered: recovered)
    }

    @Test("a sale, an ad, its end and a message count once each, however often they are asked for")
    func services() throws {
        var desk = try Self.desk()
        let ada = Desk.account(1)
        for _ in 0..<2 { _ = desk.call(.skins(.purchase(try #require(Self.skin))), as: ada) }
        let page = try #require(AdPage(rawValue: "canvas"))
        let proofs = EdgeProofs(draw: desk.draw())
        guard case .ad(let ad) = desk.settle(.ads(.next(before: page)), .valid(ada), proofs: proofs) else {
            Issue.record("no ad")
            return
        }
        #expect(desk.engine.counts.services.adsShown == 1)
        #expect(desk.engine.counts.services.adsCompleted == 0)
        desk.pass(ms: 5_000)
        for _ in 0..<2 { _ = desk.call(.ads(.complete(ad.impression)), as: ada) }
        _ = desk.call(.feedback(try #require(FeedbackMessage("More red!"))), as: ada)
        let counts = desk.engine.counts.services
        #expect(counts.skinsSold == 1)
        #expect(counts.adsShown == 1)
        #expect(counts.adsCompleted == 1)
        #expect(counts.feedback == 1)
        #expect(counts.flags.isEmpty)
    }

    @Test("what isn't durable doesn't count")
    func faults() throws {
        var desk = try Self.desk()
        desk.isAutomatic = false
        let ada = Desk.account(1)
        desk.give(.committed(CommitID(rawValue: desk.commits)))
        _ = desk.ask(.skins(.purchase(try #require(Self.skin))), .valid(ada))
        desk.pass(ms: 25)
        desk.give(.wake)
        desk.give(.commitFailed(CommitID(rawValue: desk.commits), .full))
        #expect(desk.engine.counts.services.skinsSold == 0)
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        #expect(desk.call(.skins(.purchase(try #require(Self.skin))), as: ada)?.code == nil)
        #expect(desk.engine.counts.services.skinsSold == 1)
    }

    @Test("runs are told by whether they are played, and by why they ended; flags by their reason")
    func runs() throws {
        var desk = Desk.arcade()
        var player = try desk.startRun(.dot, as: 1)
        try desk.hit(&player)
        #expect(desk.engine.counts.runsPlayed == 1)
        #expect(desk.engine.counts.runsEnded.isEmpty)
        _ = try desk.result(of: player)
        #expect(desk.engine.counts.runsPlayed == 0)
        let cheat = try desk.startRun(.dot, as: 2)
        desk.sayDrawn(2, .point(desk.aim(cheat, lateMs: -5_000)))
        desk.run(ms: 100)
        #expect(desk.engine.counts.runsEnded == [.time: 1, .rejected: 1])
        #expect(desk.engine.counts.services.flags == [.pointInFuture: 1])
    }

    @Test("a run that is over and not yet durable is told from one that is played")
    func keeping() throws {
        var desk = Desk.arcade()
        let player = try desk.startRun(.dot, as: 1)
        desk.isAutomatic = false
        desk.say(1, .endRun(player.run))
        desk.sayDrawn(1, .startRun(.dot))
        let refusal = try #require(
            desk.sent(to: 1).compactMap { if case .error(let failure) = $0.message { failure } else { nil } }
                .first)
        #expect(refusal.code == .runOpen)
        #expect(refusal.retryAfterMs == 25)
        #expect(desk.engine.counts.runsPlayed == 0)
        #expect(desk.flags(of: 1).isEmpty)
    }
}
