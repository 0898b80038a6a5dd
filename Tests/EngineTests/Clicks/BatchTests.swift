import Engine
import Protocol
import Testing

@Suite("Batches sent again")
struct BatchTests {
    private static let caller = Caller(address: "a", credential: .valid(Desk.account(1)))

    @Test("while the first is pending both hear the same, and it counts once")
    func pending() throws {
        var desk = Desk.clicking()
        desk.meet([1, 2])
        desk.isAutomatic = false
        let ids = [desk.nextRequest(), desk.nextRequest(), desk.nextRequest()]
        desk.give(.request(ids[0], Desk.pushing([7], "a"), Self.caller, .none))
        let commit = try #require(desk.commit)
        desk.give(.request(ids[1], Desk.pushing([7], "a"), Self.caller, .none))
        desk.pass(ms: 4_000)
        desk.give(.request(ids[2], Desk.pushing([7], "a"), Self.caller, .none))
        desk.keep(commit)
        for id in ids { #expect(desk.answer(to: id)?.receipt?.total == 7) }
        #expect(desk.currentGame()?.planets.map(\.clicks) == [7, 0])
        #expect(Shelf(desk.kept).pushes.count == 1)
        #expect(desk.engine.counts.clicks.repeats == 2)
        #expect(desk.engine.counts.clicks.pushes == 1)
    }

    @Test("once it is durable the first answer is given at once, whatever it holds now and however soon")
    func durable() {
        var desk = Desk.clicking()
        let first = desk.push([7], "a", as: Desk.account(1))?.receipt
        #expect(first != nil)
        #expect(desk.ask(Desk.pushing([0], "a"), .valid(Desk.account(1)))?.receipt == first)
        #expect(Shelf(desk.kept).pushes.count == 1)
    }

    @Test("another sign-in's batch of the same name is another one")
    func otherSession() {
        var desk = Desk.clicking()
        #expect(desk.push([7], "a", as: Desk.account(1))?.receipt?.total == 7)
        #expect(desk.push([8], "a", as: Desk.account(2))?.receipt?.total == 8)
    }

    @Test("one that memory has forgotten is asked of storage, and those behind it wait their turn")
    func evicted() {
        var desk = Desk.clicking()
        for number in 0...Limits.recentPushes {
            #expect(desk.push([1], "batch \(number)", as: Desk.account(1))?.receipt?.total == number + 1)
            desk.pass(ms: 5_000)
        }
        let session = Desk.account(1).sessionID
        #expect(desk.askedCount(.clickPush(session: session, batchID: "batch 0")) == 0)
        desk.answersLookups = false
        let ids = [desk.nextRequest(), desk.nextRequest(), desk.nextRequest()]
        desk.give(.request(ids[0], Desk.pushing([1], "batch 0"), Self.caller, .none))
        desk.give(.request(ids[1], Desk.pushing([2], "new"), Self.caller, .none))
        desk.give(.request(ids[2], Desk.pushing([1], "batch 1"), Self.caller, .none))
        for _ in 0..<3 {
            guard let (id, query) = desk.asked.last, let found = Shelf(desk.kept).answer(to: query) else {
                break
            }
            desk.give(.queryAnswered(id, found))
            desk.run(ms: 25)
        }
        let totals = ids.map { desk.responses[$0]?.map { $0.receipt?.total } }
        #expect(totals == [[1], [Limits.recentPushes + 3], [2]])
        #expect(desk.askedCount(.clickPush(session: session, batchID: "batch 0")) == 1)
        #expect(desk.askedCount(.clickPush(session: session, batchID: "new")) == 1)
        #expect(Shelf(desk.kept).pushes.count == Limits.recentPushes + 2)
    }

    @Test("after a restart it is asked of storage, with the planet and the total that go on")
    func restart() {
        var desk = Desk.clicking()
        let first = desk.push([7], "a", as: Desk.account(1))?.receipt
        #expect(desk.push([9], "b", as: Desk.account(2))?.receipt?.planet == "mars")
        var after = desk.restarted { $0.clickGameSeconds = 600 }
        #expect(after.currentGame()?.planets.map(\.clicks) == [7, 9])
        #expect(after.push([7], "a", as: Desk.account(1))?.receipt == first)
        let second = after.push([9], "c", as: Desk.account(2))?.receipt
        #expect(second?.planet == "mars")
        #expect(second?.total == 18)
        #expect(after.currentGame()?.planets.map(\.clicks) == [7, 18])
        #expect(after.currentGame()?.planets.map(\.players) == [1, 1], "nobody is counted twice")
    }

    @Test("in a later game, and where none runs, the answer is still the first one's")
    func laterGame() throws {
        var desk = Desk.clicking(seconds: 60)
        let game = try #require(desk.currentGame()).game
        let first = desk.push([7], "a", as: Desk.account(1))?.receipt
        #expect(first?.game == game)
        desk.run(ms: 61_000)
        #expect(desk.currentGame()?.game != game)
        #expect(desk.push([7], "a", as: Desk.account(1))?.receipt == first)
        #expect(desk.push([5], "b", as: Desk.account(1))?.receipt?.total == 5, "a game's total starts anew")
        var quiet = desk.restarted { $0.clickGameSeconds = 0 }
        quiet.run(ms: 70_000)
        #expect(quiet.push([7], "c", as: Desk.account(1))?.code == .noActiveGame)
        #expect(quiet.push([7], "a", as: Desk.account(1))?.receipt == first)
    }

    @Test("a failed commit takes everything back: the retry counts once, at once, and on the same terms")
    func failedCommit() throws {
        var desk = Desk.clicking()
        desk.meet([1, 2])
        desk.isAutomatic = false
        let ids = [desk.nextRequest(), desk.nextRequest(), desk.nextRequest()]
        desk.give(.request(ids[0], Desk.pushing([7], "a"), Self.caller, .none))
        let commit = try #require(desk.commit)
        desk.give(.request(ids[1], Desk.pushing([7], "a"), Self.caller, .none))
        let other = Caller(address: "a", credential: .valid(Desk.account(2)))
        desk.give(.request(ids[2], Desk.pushing([3]), other, .none))
        desk.give(.commitFailed(commit.id, .full))
        for id in ids { #expect(desk.answer(to: id)?.code == .storageUnavailable) }
        #expect(desk.currentGame()?.planets.map(\.clicks) == [0, 0])
        #expect(desk.ask(Desk.pushing([7], "a"), .valid(Desk.account(1)))?.code == .storageUnavailable)
        desk.run(ms: 1_100)
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: 100)
        #expect(
            desk.push([3], as: Desk.account(2))?.receipt?.planet == "earth",
            "the place in order was taken back")
        #expect(desk.push([7], "a", as: Desk.account(1))?.receipt?.total == 7)
        #expect(desk.currentGame()?.planets.map(\.clicks) == [3, 7])
        #expect(desk.currentGame()?.planets.map(\.players) == [1, 1])
        #expect(Shelf(desk.kept).pushes.count == 2)
    }

    @Test("where storage can't be asked everyone who waits is told so, and the next try asks anew")
    func lookupFails() throws {
        var desk = Desk.clicking()
        desk.answersLookups = false
        let ids = [desk.nextRequest(), desk.nextRequest()]
        for id in ids { desk.give(.request(id, Desk.pushing([7], "a"), Self.caller, .none)) }
        let query = try #require(desk.asked.last)
        desk.give(.queryAnswered(query.id, .failed(.broken("read"))))
        for id in ids { #expect(desk.answer(to: id)?.code == .storageUnavailable) }
        desk.answersLookups = true
        #expect(desk.push([7], "a", as: Desk.account(1))?.receipt?.total == 7)
    }

    @Test("an answer that storage gives too late, to a question from before a failed commit, is no one's")
    func lateAnswer() throws {
        var desk = Desk.clicking()
        for number in 0...Limits.recentPushes {
            #expect(desk.push([1], "batch \(number)", as: Desk.account(1))?.receipt?.total == number + 1)
            desk.pass(ms: 5_000)
        }
        desk.answersLookups = false
        desk.isAutomatic = false
        #expect(desk.ask(Desk.pushing([5]), .valid(Desk.account(1))) == nil)
        let commit = try #require(desk.commit)
        desk.give(.request(desk.nextRequest(), Desk.pushing([1], "batch 0"), Self.caller, .none))
        let old = try #require(desk.asked.last)
        desk.give(.commitFailed(commit.id, .full))
        #expect(desk.answer(to: desk.lastRequestID)?.code == .storageUnavailable)
        desk.run(ms: 1_100)
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: 100)
        desk.give(.request(desk.nextRequest(), Desk.pushing([6], "new"), Self.caller, .none))
        let new = desk.lastRequestID
        let asked = try #require(desk.asked.last)
        desk.give(.queryAnswered(old.id, try #require(Shelf(desk.kept).answer(to: old.query))))
        #expect(desk.answer(to: new) == nil)
        desk.answersLookups = true
        desk.give(.queryAnswered(asked.id, try #require(Shelf(desk.kept).answer(to: asked.query))))
        desk.run(ms: 100)
        #expect(Shelf(desk.kept).pushes.last?.clicks == [6])
    }
}
