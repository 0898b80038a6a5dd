import Protocol
import Testing

@Suite struct AdGateTests {
    private static func page(_ word: String) throws -> AdPage { try #require(AdPage(rawValue: word)) }

    private let shop: AdPage
    private let canvas: AdPage

    init() throws {
        shop = try Self.page("shop")
        canvas = try Self.page("canvas")
    }

    /// The state in which an ad has run for a page.
    private func ran(for page: AdPage) -> AdGate {
        var gate = AdGate()
        #expect(gate.load(page) == .showAd(then: page))
        #expect(gate.adRan() == page)
        #expect(gate.load(page) == .open(page))
        return gate
    }

    /// The state after a client ended and another began.
    private func restarted(_ gate: AdGate) -> AdGate { AdGate(json: gate.json()) }

    @Test("the first page after the first start goes to the ad")
    func firstStart() {
        var gate = AdGate()
        #expect(gate.load(shop) == .showAd(then: shop))
        #expect(gate.currentPage == shop && gate.nextPage == shop && !gate.adHasRun)
    }

    @Test("home opens without an ad")
    func homeOpens() {
        var gate = AdGate()
        #expect(gate.load(.home) == .open(.home))
        #expect(gate.currentPage == .home && gate.nextPage == nil && !gate.adHasRun)
    }

    @Test("when the ad has run, the kept page opens and doesn't arm again")
    func keptPageOpens() {
        var gate = AdGate()
        _ = gate.load(shop)
        #expect(gate.adRan() == shop)
        #expect(gate.adHasRun && gate.nextPage == nil)
        #expect(gate.load(shop) == .open(shop))
        #expect(gate.adHasRun)
    }

    @Test("the same page again needs no second ad, after a restart either")
    func samePage() {
        var gate = ran(for: shop)
        #expect(gate.load(shop) == .open(shop))
        gate = restarted(gate)
        #expect(gate.load(shop) == .open(shop))
    }

    @Test("another page arms, after a restart too")
    func otherPage() {
        var gate = ran(for: shop)
        var later = restarted(gate)
        #expect(gate.load(canvas) == .showAd(then: canvas))
        #expect(later.load(canvas) == .showAd(then: canvas))
    }

    @Test("home always arms: the page that was open before goes to the ad again")
    func homeArms() {
        var gate = ran(for: shop)
        #expect(gate.load(.home) == .open(.home))
        #expect(!gate.adHasRun)
        #expect(gate.load(shop) == .showAd(then: shop))
    }

    @Test("home arms though it was the current page, and an ad had run meanwhile")
    func homeAgain() {
        var gate = AdGate()
        _ = gate.load(.home)
        #expect(gate.adRan() == nil)
        #expect(gate.adHasRun)
        #expect(gate.load(.home) == .open(.home))
        #expect(!gate.adHasRun)
    }

    @Test("going back and forth shows an ad each time")
    func backAndForth() {
        var gate = ran(for: shop)
        for page in [canvas, shop, canvas] {
            #expect(gate.load(page) == .showAd(then: page))
            #expect(gate.adRan() == page)
            #expect(gate.load(page) == .open(page))
        }
    }

    @Test("the ad's own page is exempt: its load opens it and changes nothing")
    func adRoute() {
        for var gate in [AdGate(), ran(for: shop)] {
            let before = gate
            #expect(gate.load(.ad) == .open(.ad))
            #expect(gate == before)
        }
        var waiting = AdGate()
        _ = waiting.load(shop)
        #expect(waiting.load(.ad) == .open(.ad))
        #expect(waiting.adRan() == shop)
        #expect(waiting.load(shop) == .open(shop))
    }

    @Test("a client that ends on its ad meets an ad at its next start, for the same page and for another")
    func endedOnAd() {
        var gate = AdGate()
        _ = gate.load(shop)
        var same = restarted(gate)
        #expect(same.load(shop) == .showAd(then: shop))
        var other = restarted(gate)
        #expect(other.load(canvas) == .showAd(then: canvas))
        #expect(other.adRan() == canvas)
    }

    @Test("a client that comes back on the ad's page still knows what waits behind it")
    func resumedOnAd() {
        var gate = AdGate()
        _ = gate.load(shop)
        gate = restarted(gate)
        #expect(gate.load(.ad) == .open(.ad))
        #expect(gate.adRan() == shop)
    }

    @Test("whoever leaves the ad for home has no page waiting, and for another page that one")
    func leftAd() {
        var gate = AdGate()
        _ = gate.load(shop)
        #expect(gate.load(.home) == .open(.home))
        #expect(gate.nextPage == nil)
        _ = gate.load(shop)
        #expect(gate.load(canvas) == .showAd(then: canvas))
        #expect(gate.adRan() == canvas)
    }

    @Test("an ad that ends twice opens its page once")
    func endsTwice() {
        var gate = AdGate()
        _ = gate.load(shop)
        #expect(gate.adRan() == shop)
        #expect(gate.adRan() == nil)
        #expect(gate.load(shop) == .open(shop))
    }

    @Test(
        "over random loads the gate goes where the rule's own words lead",
        arguments: 1...8 as ClosedRange<UInt64>)
    func random(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var gate = AdGate()
        var browser = NaiveBrowser()
        let pages = [AdPage.home, .ad, shop, canvas, try Self.page("shaky_dot")]
        var ads = 0
        for _ in 0..<4_000 {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<6:
                let page = pages[Int.random(in: 0..<pages.count, using: &generator)]
                let place = browser.pageLoads("/\(page)")
                switch gate.load(page) {
                case .open(let opened): #expect(place == "/\(opened)")
                case .showAd(let next):
                    ads += 1
                    #expect(place == browser.adRoute)
                    #expect(next == page)
                }
            case 6..<9:
                let place = browser.adCompletes()
                let next = gate.adRan()
                #expect(next.map { gate.load($0) } == next.map { .open($0) })
                #expect(place == next.map { "/\($0)" })
            default: gate = restarted(gate)
            }
            #expect(browser.nextURL == gate.nextPage.map { "/\($0)" })
            #expect(browser.localStorage["currentPage"] == gate.currentPage.map { "/\($0)" })
            #expect((browser.localStorage["adHasRun"] == "true") == gate.adHasRun)
        }
        #expect(ads > 1_000)
    }
}
