import Client
import Protocol
import Stage
import Testing

@Suite("Skins, ads and feedback", .serialized)
struct ServicesTests {
    private func connected(_ scene: Scene) -> GameClient {
        let client = scene.client { $0.followsCanvas = false }
        client.start()
        #expect(scene.run { client.isConnected })
        return client
    }

    /// What a call leads to.
    private func outcome<Value>(
        _ scene: Scene, _ call: (@escaping GameClient.Answer<Value>) -> Void
    ) throws -> Result<Value, Failure> {
        var outcome: Result<Value, Failure>?
        call { outcome = $0 }
        #expect(scene.run { outcome != nil })
        return try #require(outcome)
    }

    private func refusal<Value>(_ outcome: Result<Value, Failure>) -> ErrorCode? {
        if case .failure(let failure) = outcome { failure.code } else { nil }
    }

    @Test("what the server knows of us has skin and bonus")
    func me() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        #expect(refusal(try outcome(scene) { client.me($0) }) == .unauthorized)
        client.start()
        #expect(scene.run { client.isConnected })
        scene.server.shop.loginBonus = LoginBonusAnswer(points: 15, streakDays: 2)
        let me = try outcome(scene) { client.me($0) }.get()
        #expect(me.points == 100 && me.skin == nil && me.loginBonus?.streakDays == 2)
    }

    @Test("a skin is seen, bought once, and worn by who owns it")
    func skins() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = connected(scene)
        let offers = try outcome(scene) { client.listSkins($0) }.get()
        #expect(offers == scene.server.shop.offers && offers.count == 2)
        #expect(try outcome(scene) { client.baseColors($0) }.get() == scene.server.shop.colors)
        let gold = try #require(SkinID(rawValue: "gold"))
        #expect(refusal(try outcome(scene) { client.wear(gold, $0) }) == .notOwned)
        let bought = try outcome(scene) { client.buy(gold, $0) }.get()
        #expect(bought == PurchaseAnswer(skin: gold, points: 20))
        #expect(refusal(try outcome(scene) { client.buy(gold, $0) }) == .alreadyOwned)
        #expect(try outcome(scene) { client.wear(gold, $0) }.get().skin == gold)
        #expect(try outcome(scene) { client.listSkins($0) }.get().last?.isEquipped == true)
        #expect(try outcome(scene) { client.wear(nil, $0) }.get().skin == nil)
    }

    @Test("an admin's skin is new or takes another's place, and a wrong one is refused by name")
    func install() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = connected(scene)
        let skin = ScriptedShop.skin("mine", "Mine", price: 5)
        #expect(try outcome(scene) { client.install(skin: skin.json(), $0) }.get())
        #expect(try !outcome(scene) { client.install(skin: skin.json(), $0) }.get())
        #expect(scene.server.shop.skins.count == 3)
        var wrong = skin
        wrong.inputs[.cursor] = ["mauve"]
        let refused = try outcome(scene) { client.install(skin: wrong.json(), $0) }
        guard case .failure(let failure) = refused else {
            Issue.record("taken")
            return
        }
        #expect(failure.code == .badRequest && failure.message.contains("mauve"))
    }

    @Test("an ad comes before a page where there is one, and its end is told")
    func ads() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = connected(scene)
        let page = try #require(AdPage(rawValue: "shop"))
        #expect(try outcome(scene) { client.nextAd(before: page, $0) }.get() == nil)
        let ad = try Ad(json: Array(#"{"id":"a","title":"A","text":["hi"],"seconds":1,"weight":1}"#.utf8))
        scene.server.ads.waiting = [ad]
        let shown = try #require(try outcome(scene) { client.nextAd(before: page, $0) }.get())
        #expect(shown.ad == ad && scene.server.ads.pages == [page, page])
        scene.server.ads.refusals = [Failure(.adNotOver, "not over", retryAfterMs: 400)]
        let early = try outcome(scene) { client.completeAd(shown.impression, $0) }
        if case .failure(let failure) = early { #expect(failure.retryAfterMs == 400) }
        #expect(refusal(early) == .adNotOver)
        try outcome(scene) { client.completeAd(shown.impression, $0) }.get()
        #expect(scene.server.ads.completed == [shown.impression])
        #expect(refusal(try outcome(scene) { client.completeAd(Identifier(rawValue: 1), $0) }) == .notFound)
    }

    @Test("feedback reaches the host as it was cleaned")
    func feedback() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = connected(scene)
        let message = try #require(FeedbackMessage("more\ncolors\u{7}"))
        try outcome(scene) { client.sendFeedback(message, $0) }.get()
        #expect(scene.server.feedback == ["more colors"])
    }
}
