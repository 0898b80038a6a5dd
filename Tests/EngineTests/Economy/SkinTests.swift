import Engine
import Protocol
import Testing

@Suite("A skin")
struct SkinTests {
    @Test("is bought with points, once, and worn")
    func buy() throws {
        var desk = Stock.desk()
        let noir = Stock.id("noir")
        #expect(desk.skins(.purchase(noir))?.purchase == PurchaseAnswer(skin: noir, points: 100))
        #expect(desk.skins(.purchase(noir))?.code == .alreadyOwned)
        #expect(desk.me()?.points == 100)
        #expect(desk.storedPoints(of: 1) == 100)
        #expect(desk.entries(of: 1).map(\.points) == [-100])
        #expect(desk.entries(of: 1).map(\.source) == ["noir"])
        #expect(desk.skins(.wear(noir))?.me?.skin == noir)
        #expect(desk.me()?.skin == noir)
        let listed = desk.skins(.list)
        let offers = try #require(listed?.offers)
        #expect(offers.map(\.skin.id.rawValue) == ["plain", "noir", "gold"], "the cheapest first")
        #expect(offers.map(\.isOwned) == [false, true, false])
        #expect(offers.map(\.isEquipped) == [false, true, false])
        #expect(desk.skins(.wear(nil))?.me?.skin == nil)
    }

    @Test("that costs more than there is isn't sold, nor one that there is none of")
    func refusals() {
        var desk = Stock.desk()
        #expect(desk.skins(.purchase(Stock.id("gold")))?.code == .notEnoughPoints)
        #expect(desk.skins(.purchase(Stock.id("none")))?.code == .notFound)
        #expect(desk.skins(.wear(Stock.id("gold")))?.code == .notOwned)
        #expect(desk.skins(.wear(Stock.id("none")))?.code == .notFound)
        #expect(desk.me()?.points == 200)
        #expect(desk.entries(of: 1).isEmpty)
        #expect(
            desk.skins(.purchase(Stock.id("plain")))?.purchase?.points == 200, "0 points are enough for it")
    }

    @Test("bought a thousand times at once is paid once")
    func concurrent() {
        var desk = Stock.desk()
        let noir = Stock.id("noir")
        let caller = Caller(address: "a", credential: .valid(Desk.account(1)))
        let requests = (0..<1_000).map { _ in desk.nextRequest() }
        desk.give(requests.map { .request($0, .skins(.purchase(noir)), caller, .none) })
        desk.run(ms: 100)
        let answers = requests.map { desk.responses[$0] ?? [] }
        #expect(answers.allSatisfy { $0.count == 1 })
        #expect(answers.count { $0.first?.purchase != nil } == 1)
        #expect(answers.count { $0.first?.code == .alreadyOwned } == 999)
        #expect(desk.storedPoints(of: 1) == 100)
        #expect(desk.entries(of: 1).map(\.points) == [-100])
    }

    @Test("of many at once leaves no account below 0")
    func neverNegative() {
        var desk = Stock.desk(points: 260)
        let caller = Caller(address: "a", credential: .valid(Desk.account(1)))
        let routes = ["gold", "noir", "plain"].map { Route.skins(.purchase(Stock.id($0))) }
        desk.give(routes.map { .request(desk.nextRequest(), $0, caller, .none) })
        desk.run(ms: 100)
        #expect(desk.me()?.points == 10)
        #expect(desk.entries(of: 1).map(\.points) == [-250, 0])
    }

    @Test("whose purchase doesn't become durable is neither paid nor owned")
    func failure() throws {
        var desk = Stock.desk()
        desk.isAutomatic = false
        let noir = Stock.id("noir")
        let id = desk.begin(.skins(.purchase(noir)))
        #expect(desk.answer(to: id) == nil, "not before it is durable")
        let commit = try #require(desk.lastCommit)
        #expect(
            commit.records.contains { if case .skinOwned = $0 { true } else { false } }
                && commit.records.contains { if case .points = $0 { true } else { false } }
                && commit.records.contains { if case .account = $0 { true } else { false } },
            "points and ownership are one commit")
        desk.give(.commitFailed(commit.id, .full))
        #expect(desk.answer(to: id)?.code == .storageUnavailable)
        desk.give(.storageProbed(nil))
        desk.isAutomatic = true
        #expect(desk.me()?.points == 200)
        #expect(desk.skins(.wear(noir))?.code == .notOwned)
        #expect(desk.skins(.purchase(noir))?.purchase?.points == 100)
    }

    @Test("whose purchase is on its way to storage is neither shown nor refused before that is kept")
    func pending() throws {
        var desk = Stock.desk()
        desk.isAutomatic = false
        let noir = Stock.id("noir")
        let first = desk.begin(.skins(.purchase(noir)))
        let second = desk.begin(.skins(.purchase(noir)))
        let list = desk.begin(.skins(.list))
        let me = desk.begin(.me)
        #expect([first, second, list, me].allSatisfy { desk.responses[$0] == nil })
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        for id in [first, second, list, me] {
            #expect(desk.responses[id]?.first?.code == .storageUnavailable)
        }
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        #expect(desk.me()?.points == 200)
    }

    @Test("of a deleted account is owned by nobody")
    func deleted() throws {
        var desk = Stock.desk()
        _ = desk.skins(.purchase(Stock.id("noir")))
        #expect(desk.call(.deleteAccount, as: Desk.account(1))?.isDone == true)
        let call = HostCallID(rawValue: 4)
        desk.give(.host(call, .skins))
        let owners = desk.effects.compactMap { effect -> [Int]? in
            if case .answerHost(call, .skins(let skins)) = effect { skins.map(\.owners) } else { nil }
        }
        #expect(owners == [[0, 0, 0]])
    }

    @Test("is installed by an admin alone, and judged by the base colors")
    func install() throws {
        var desk = Stock.desk { $0.admins = [Identifier(rawValue: 2)] }
        let json = Stock.skin("new", price: 5).json()
        #expect(desk.skins(.install(json), as: 1)?.code == .forbidden)
        guard case .skin(let skin, true) = desk.skins(.install(json), as: 2) else {
            Issue.record("not installed")
            return
        }
        #expect(skin == Stock.skin("new", price: 5))
        #expect(
            desk.skins(.install(Stock.skin("odd", price: 5, dot: "nocolor").json()), as: 2)?.code
                == .badRequest)
        #expect(desk.skins(.install(Array("{}".utf8)), as: 2)?.code == .badRequest)
        #expect(desk.skins(.purchase(Stock.id("new")))?.purchase?.points == 195)
        guard case .skin(_, false) = desk.skins(.install(Stock.skin("new", price: 7).json()), as: 2) else {
            Issue.record("not replaced")
            return
        }
        #expect(desk.skins(.wear(Stock.id("new")))?.me?.skin == Stock.id("new"), "its owner owns it still")
        #expect(desk.skins(.purchase(Stock.id("new")), as: 3)?.purchase?.points == 193)
    }

    @Test("that isn't durable yet is gone when its commit fails")
    func installFails() throws {
        var desk = Stock.desk { $0.admins = [Identifier(rawValue: 2)] }
        desk.isAutomatic = false
        _ = desk.begin(.skins(.install(Stock.skin("new", price: 5).json())), as: 2)
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        desk.give(.storageProbed(nil))
        desk.isAutomatic = true
        #expect(desk.skins(.purchase(Stock.id("new")))?.code == .notFound)
    }

    @Test("is no business of guests")
    func guests() {
        var desk = Stock.desk()
        for route in [SkinRoute.list, .purchase(Stock.id("noir")), .wear(nil), .install([])] {
            #expect(desk.ask(.skins(route), .valid(Desk.guest(50)))?.code == .signInRequired)
            #expect(desk.ask(.skins(route))?.code == .unauthorized)
        }
        guard case .baseColors(let colors) = desk.ask(.skins(.colors)) else {
            Issue.record("anyone may see the colors")
            return
        }
        #expect(colors == Stock.colors)
    }

    @Test("stays its owner's over a restart")
    func restart() {
        var recovered = Stock.recovered()
        recovered.ownerships = [
            OwnershipRecord(account: Identifier(rawValue: 1), skin: Stock.id("noir"), price: 100, atMs: 0)
        ]
        recovered.accounts[0].skin = Stock.id("noir")
        var desk = Desk(recovered: recovered) { $0.baseColors = Stock.colors }
        #expect(desk.me()?.skin == Stock.id("noir"))
        #expect(desk.skins(.purchase(Stock.id("noir")))?.code == .alreadyOwned)
    }
}
