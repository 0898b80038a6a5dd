import Crypto
import Engine
import Protocol
import Storage
import Testing
import Transport

@testable import Server

@Suite("Answers about skins, ads and feedback")
struct ServiceAnswerTests {
    private let assets = BuiltInAssets()
    private let answers = AnswerResponse(
        tokens: TokenDesk(signer: TokenSigner(key: Ed25519PrivateKey(), issuer: "test")),
        metrics: MetricsPage(meters: Meters(), commits: { CommitStatistics() }, sentBytes: { 0 }),
        openAPIDocument: [])

    @Test("base colors and offers are lists that clients read")
    func lists() throws {
        let colors = answers.response(.baseColors(assets.baseColors), nowMs: 0)
        #expect(colors.status == 200)
        #expect(colors.headers["Content-Type"] == "application/json")
        #expect(try BaseColors(json: colors.body) == assets.baseColors)
        let offers = assets.skins.compactMap {
            SkinOffer($0, in: assets.baseColors, isOwned: false, isEquipped: false)
        }
        let skins = answers.response(.skins(offers), nowMs: 0)
        #expect(skins.status == 200)
        #expect(try SkinOffer.list(json: skins.body) == offers)
        #expect(offers.count == assets.skins.count)
    }

    @Test("a new skin is created, one in the place of another is not")
    func installed() throws {
        let skin = try #require(assets.skins.first)
        let new = answers.response(.skin(skin, isNew: true), nowMs: 0)
        let replaced = answers.response(.skin(skin, isNew: false), nowMs: 0)
        #expect(new.status == 201)
        #expect(replaced.status == 200)
        #expect(try Skin(json: new.body, colors: assets.baseColors) == skin)
        #expect(replaced.body == new.body)
    }

    @Test("a purchase says what is left")
    func purchase() throws {
        let skin = try #require(SkinID(rawValue: "noir"))
        let response = answers.response(.purchased(PurchaseAnswer(skin: skin, points: 7)), nowMs: 0)
        #expect(response.status == 200)
        #expect(response.body == Array(#"{"skin":"noir","points":7}"#.utf8))
    }

    @Test("an ad comes with its impression")
    func ad() throws {
        let shown = AdAnswer(impression: Identifier(rawValue: 7), ad: try #require(assets.ads.first))
        let response = answers.response(.ad(shown), nowMs: 0)
        #expect(response.status == 200)
        #expect(try AdAnswer(json: response.body) == shown)
    }

    @Test("what has nothing to say is empty: 204, and 201 where something was kept")
    func empty() {
        for (answer, status) in [(Answer.done, 204), (.created, 201)] {
            let response = answers.response(answer, nowMs: 0)
            #expect(response.status == status)
            #expect(response.body.isEmpty)
            #expect(response.headers["Content-Type"] == nil)
            #expect(response.headers["Cache-Control"] == "no-store")
        }
    }

    @Test("the choice of an ad is drawn anew each time; nothing else here is")
    func draws() throws {
        let gate = TokenGate(tokens: answers.tokens, failureRate: Rate(perSecond: 0, burst: 1))
        let address = PublicAddress(publicURL: nil, publicHosts: [], trustedProxies: [], listen: "a")
        let desk = RequestDesk(
            edge: EdgeRules(
                clientAddress: ClientAddress(trustedProxies: []), allowedOrigins: [], publicHosts: []),
            gate: gate, refreshTokens: RefreshToken(serverSecret: [1]),
            signIns: SignInDesk(
                SignInDesk.Devices(
                    provider: nil, gate: gate, marks: BrowserMark(serverSecret: [1]), address: address,
                    loop: try EventLoop(), deliver: { _ in Issue.record("nothing waits") })),
            answers: answers, meters: Meters())
        func proofs(_ route: Route) throws -> EdgeProofs {
            try desk.proofs(
                route, host: "a", from: "10.0.0.1", at: Moment(monotonicUs: 0, wallMs: 0))
        }
        let page = try #require(AdPage(rawValue: "canvas"))
        let draw = try #require(try proofs(.ads(.next(before: page))).draw)
        #expect(try proofs(.ads(.next(before: page))).draw != draw)
        let message = try #require(FeedbackMessage("x"))
        for route in [
            Route.ads(.complete(Identifier(rawValue: 1))), .skins(.list), .skins(.wear(nil)),
            .feedback(message),
        ] {
            #expect(try proofs(route) == .none)
        }
    }
}
