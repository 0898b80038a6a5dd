import Engine
import Protocol
import Testing

@Suite("Click totals")
struct TotalsTests {
    /// When totals were told while accounts push one after the other for some seconds, in milliseconds.
    private func told(sockets: UInt64, perSecond: Int, seconds: Int) -> [Int64] {
        var desk = Desk.clicking(from: Desk.withAccounts(1))
        for number in 1...sockets {
            desk.give(
                .opened(
                    Desk.socket(number), Desk.guest(number + 1_000), address: "a", play: false, relay: nil))
        }
        desk.run(ms: 2_000)
        let start = desk.now.monotonicUs
        var times: [Int64] = []
        var lastTold = 0
        for push in 0..<(seconds * perSecond) {
            let guest = Desk.guest(50_000 + UInt64(push))
            let caller = Caller(address: "\(push)", credential: .valid(guest))
            desk.give(.request(desk.nextRequest(), Desk.pushing([1]), caller, .none))
            let end = desk.now.monotonicUs + Int64(1_000_000 / perSecond)
            repeat {
                for case .publish(.clicks(lane: 0), .clickTotals(let view)) in desk.effects {
                    let told = view.planets.reduce(0) { $0 + $1.clicks }
                    #expect(told > lastTold, "totals without news aren't told")
                    #expect(told <= Shelf(desk.kept).pushes.count, "no more is told than is durable")
                    lastTold = told
                    times.append((desk.now.monotonicUs - start) / 1000)
                }
                guard let wake = desk.engine.nextWakeUs, wake < end else { break }
                desk.pass(ms: max(0, (wake - desk.now.monotonicUs + 999) / 1000))
                desk.give(.wake)
            } while true
            desk.pass(ms: max(0, (end - desk.now.monotonicUs) / 1000))
        }
        return times
    }

    @Test("come at most once an interval however many push")
    func paced() {
        let times = told(sockets: 1, perSecond: 40, seconds: 4)
        #expect((15...21).contains(times.count))
        for (former, next) in zip(times, times.dropFirst()) {
            #expect(next - former >= Int64(Limits.clickTotalsIntervalMs))
        }
    }

    @Test("come less often the more sockets there are")
    func crowded() {
        let times = told(sockets: 4_000, perSecond: 20, seconds: 2)
        #expect(!times.isEmpty)
        for (former, next) in zip(times, times.dropFirst()) { #expect(next - former >= 400) }
    }

    /// The games whose ends were told while time passed.
    private func ends(_ desk: inout Desk, ms: Int64) -> [ClickGameView] {
        desk.recorded = []
        desk.run(ms: ms)
        return (desk.recorded ?? []).compactMap { effect in
            guard case .publish(.clicks(lane: 0), .clickTotals(let view)) = effect, view.status == .finished
            else {
                return nil
            }
            return view
        }
    }

    @Test("tell a game's end once and at once, though totals were told just before and the next game begins")
    func end() throws {
        var desk = Desk.clicking(seconds: 60)
        let game = try #require(desk.currentGame())
        desk.run(ms: game.endsAtMs - desk.now.wallMs - 1_000)
        desk.give(.opened(Desk.socket(1), Desk.guest(1_001), address: "a", play: false, relay: nil))
        desk.run(ms: 940)
        #expect(desk.push([7], as: Desk.account(2))?.receipt != nil)
        let told = ends(&desk, ms: 2_000)
        #expect(told.map(\.game) == [game.game])
        #expect(told.first?.winner == "earth")
        #expect(desk.currentGame()?.game != game.game)
    }

    @Test("tell a game's end though another waits for its time")
    func endBeforePlanned() throws {
        var desk = Desk.clicking(seconds: 0) { $0.admins = [Identifier(rawValue: 1)] }
        let proofs = EdgeProofs(draw: desk.draw())
        let first = ClickGameOrder(startsAtMs: nil, seconds: 30, planets: ["earth", "mars"])
        _ = desk.settle(.clicks(.schedule(first)), .valid(Desk.account(1)), proofs: proofs)
        let later = ClickGameOrder(
            startsAtMs: desk.now.wallMs + 3_600_000, seconds: 30, planets: ["earth", "mars"])
        let others = EdgeProofs(draw: desk.draw())
        _ = desk.settle(.clicks(.schedule(later)), .valid(Desk.account(1)), proofs: others)
        desk.give(.opened(Desk.socket(1), Desk.guest(1_001), address: "a", play: false, relay: nil))
        let game = try #require(desk.currentGame())
        #expect(game.status == .active)
        #expect(desk.push([7], as: Desk.account(2))?.receipt != nil)
        #expect(ends(&desk, ms: 40_000).map(\.game) == [game.game])
    }

    @Test("aren't told before the pushes are durable, nor where nobody listens, nor without news")
    func held() throws {
        var desk = Desk.clicking()
        #expect(desk.push([5], as: Desk.account(1))?.receipt != nil)
        desk.run(ms: 1_000)
        desk.open(2)
        #expect(!desk.effects.contains { if case .publish(.clicks(lane: 0), _) = $0 { true } else { false } })
        desk.run(ms: 1_000)
        desk.isAutomatic = false
        #expect(desk.ask(Desk.pushing([6]), .valid(Desk.account(2))) == nil)
        let commit = try #require(desk.lastCommit)
        desk.pass(ms: 1_000)
        desk.give(.wake)
        #expect(!desk.effects.contains { if case .publish(.clicks(lane: 0), _) = $0 { true } else { false } })
        desk.keep(commit)
        let views = desk.effects.compactMap { effect in
            if case .publish(.clicks(lane: 0), .clickTotals(let view)) = effect { view } else { nil }
        }
        #expect(views.map { $0.planets.map(\.clicks) } == [[5, 6]])
        desk.run(ms: 100)
        #expect(desk.engine.nextWakeUs.map { $0 > desk.now.monotonicUs } != false)
    }

    @Test("every socket hears them, a guest's too")
    func subscribed() {
        var desk = Desk.clicking()
        desk.give(.opened(Desk.socket(7), Desk.guest(80), address: "a", play: false, relay: nil))
        #expect(
            desk.effects.contains {
                if case .subscribe(Desk.socket(7), .clicks) = $0 { true } else { false }
            })
    }

    @Test("contributions are written to the game's row at most once a minute, and as long as they change")
    func contributions() {
        var desk = Desk.clicking(seconds: 3_600)
        for _ in 0..<30 {
            #expect(desk.push([1], as: Desk.account(1))?.receipt != nil)
            desk.run(ms: 10_000)
        }
        desk.run(ms: 600_000)
        let writes = desk.kept.count { if case .clickContributions = $0 { true } else { false } }
        #expect((5...6).contains(writes))
    }
}
