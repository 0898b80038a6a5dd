import Engine
import Game
import Protocol
import Testing

@Suite("Relay calls")
struct RelayCallTests {
    private func desk(_ accounts: UInt64 = 9) -> Desk {
        Desk(recovered: Desk.withAccounts(accounts)) { $0.admins = [Identifier(rawValue: 9)] }
    }

    @Test(
        "a relay is made, listed, joined by id and by code, started by any player, and lists no more once over"
    )
    func life() throws {
        var desk = desk()
        let made = try #require(desk.relay(.create(RelayOptions()), as: 1)?.relay)
        #expect(made.status == .waiting)
        #expect(made.players.map(\.account.id.rawValue) == [1])
        #expect(made.players.map(\.points) == [100])
        #expect(desk.relay(.join(.id(made.relay)), as: 2)?.relay?.players.count == 2)
        #expect(desk.relay(.join(.code(made.code)), as: 3)?.relay?.players.count == 3)
        #expect(desk.relay(.list, as: 8)?.relays?.map(\.relay) == [made.relay])
        #expect(desk.relay(.start(made.relay), as: 3)?.relay?.status == .running)
        #expect(desk.relay(.points(made.relay), as: 8)?.points == [100, 100, 100])
        #expect(desk.engine.counts.relaysRunning == 1)
    }

    @Test("joining again changes nothing, before the start and after it")
    func joinTwice() throws {
        var desk = desk()
        let id = desk.makeRelay([1, 2])
        #expect(desk.relay(.join(.id(id)), as: 2)?.relay?.players.count == 2)
        #expect(desk.relay(.start(id), as: 1)?.relay?.status == .running)
        #expect(desk.relay(.join(.id(id)), as: 2)?.relay?.status == .running)
        #expect(desk.relay(.join(.id(id)), as: 3)?.code == .relayStarted)
    }

    @Test("a private one is listed for its players alone, and its code leads to it")
    func isPrivate() throws {
        var desk = desk()
        var options = RelayOptions()
        options.isPrivate = true
        let made = try #require(desk.relay(.create(options), as: 1)?.relay)
        #expect(desk.relay(.list, as: 1)?.relays?.count == 1)
        #expect(desk.relay(.list, as: 2)?.relays?.isEmpty == true)
        #expect(desk.relay(.join(.code(made.code)), as: 2)?.relay != nil)
        #expect(desk.relay(.list, as: 2)?.relays?.count == 1)
    }

    @Test("what isn't there, isn't theirs or isn't the time is refused by its own code")
    func refusals() throws {
        var desk = desk()
        let none = Identifier(rawValue: 777)
        let attempt = PuzzleAttempt(puzzle: none, answer: "x")
        for route in [
            RelayRoute.join(.id(none)), .start(none), .newPuzzle(none), .puzzle(none), .points(none),
            .answer(none, attempt),
        ] {
            #expect(desk.relay(route, as: 1)?.code == .notFound)
        }
        #expect(desk.relay(.decay(none), as: 9)?.code == .notFound)
        let code = try #require(RelayCode("BCDFGH"))
        #expect(desk.relay(.join(.code(code)), as: 1)?.code == .notFound)

        let id = desk.makeRelay([1, 2]) { $0.maxPlayers = 2 }
        #expect(desk.relay(.join(.id(id)), as: 3)?.code == .relayFull)
        for route in [RelayRoute.start(id), .newPuzzle(id), .puzzle(id), .answer(id, attempt)] {
            #expect(desk.relay(route, as: 3)?.code == .notInRelay)
        }
        #expect(desk.relay(.newPuzzle(id), as: 1)?.code == .relayNotRunning)
        #expect(desk.relay(.puzzle(id), as: 1)?.code == .noPuzzle)
        #expect(desk.relay(.answer(id, attempt), as: 1)?.code == .relayNotRunning)
        #expect(desk.relay(.decay(id), as: 1)?.code == .forbidden)
        #expect(desk.relay(.start(id), as: 2)?.relay != nil)
        #expect(desk.relay(.start(id), as: 1)?.code == .relayStarted)
        #expect(desk.relay(.puzzle(id), as: 1)?.code == .noPuzzle)
        #expect(desk.relay(.answer(id, attempt), as: 1)?.code == .noPuzzle)
        #expect(desk.relay(.newPuzzle(id), as: 1)?.puzzle != nil)
        #expect(desk.relay(.newPuzzle(id), as: 1)?.code == .puzzleOpen)
        #expect(desk.relay(.answer(id, attempt), as: 1)?.code == .noPuzzle, "another puzzle's id")
    }

    @Test("guests and strangers may do none of it")
    func roles() {
        var desk = desk()
        let id = desk.makeRelay([1])
        for route in [RelayRoute.list, .create(RelayOptions()), .join(.id(id)), .points(id), .decay(id)] {
            let proofs = EdgeProofs(draw: desk.draw())
            #expect(desk.ask(.relays(route), .valid(Desk.guest(80)), proofs: proofs)?.code == .signInRequired)
            #expect(desk.ask(.relays(route), proofs: proofs)?.code == .unauthorized)
        }
    }

    @Test(
        "the first puzzle comes when it is asked for, the next by itself; its worth goes to the next in the ring"
    )
    func answers() throws {
        var desk = desk()
        let id = desk.startRelay([1, 2, 3]) { $0.decayPoints = 0 }
        let first = try #require(desk.relay(.newPuzzle(id), as: 1)?.puzzle)
        #expect(first.data != nil)
        #expect(desk.relay(.puzzle(id), as: 1)?.puzzle == first)
        let right = try #require(desk.attempt(id, as: 1)?.attempt)
        #expect(right.isCorrect)
        #expect(right.points == 100)
        #expect(right.awardedTo?.id == Identifier(rawValue: 2))
        let next = try #require(right.nextPuzzle)
        #expect(next.id != first.id)
        #expect(next.data != nil)
        #expect(desk.relay(.puzzle(id), as: 1)?.puzzle == next)
        #expect(desk.relay(.points(id), as: 1)?.points == [100, 100 + first.worth, 100])
        #expect(Shelf(desk.kept).puzzle(first.id)?.solvedAtMs != nil)
        #expect(Shelf(desk.kept).puzzle(next.id)?.solvedAtMs == nil)
        desk.pass(ms: 1_000)
        let wrong = try #require(desk.attempt(id, as: 1, isRight: false)?.attempt)
        #expect(wrong == AttemptAnswer(isCorrect: false, points: 95, awardedTo: nil, nextPuzzle: nil))
        #expect(desk.relay(.puzzle(id), as: 1)?.puzzle == next, "it stays open")
    }

    @Test("answers are limited to one a second")
    func answerRate() throws {
        var desk = desk()
        let id = desk.startRelay([1, 2])
        _ = desk.relay(.newPuzzle(id), as: 1)
        #expect(desk.attempt(id, as: 1)?.attempt != nil)
        let refusal = desk.attempt(id, as: 1)
        #expect(refusal?.code == .rateLimited)
        #expect((1...1_000).contains(refusal?.retryAfterMs ?? 0))
        desk.pass(ms: Int64(refusal?.retryAfterMs ?? 0))
        #expect(desk.attempt(id, as: 1)?.attempt?.isCorrect == true)
    }

    @Test("an account is in so many relays at most, created and joined")
    func relaysAnAccount() {
        var desk = desk()
        let others = (2...3 as ClosedRange<UInt64>).map { desk.makeRelay([$0]) }
        var own: [Identifier] = []
        for _ in 0..<(Limits.maxRelaysPerAccount - 1) { own.append(desk.makeRelay([1])) }
        #expect(desk.relay(.join(.id(others[0])), as: 1)?.relay != nil)
        #expect(desk.relay(.join(.id(others[1])), as: 1)?.code == .relayFull)
        let refusal = desk.relay(.create(RelayOptions()), as: 1)
        #expect(refusal?.code == .rateLimited)
        #expect(refusal?.retryAfterMs == Limits.crowdedRetryMs)
        #expect(desk.relay(.join(.id(own[0])), as: 1)?.relay != nil, "one's own may be joined again")
    }

    @Test("there are so many relays at most")
    func relaysInAll() {
        let accounts = UInt64(Limits.maxRelays / Limits.maxRelaysPerAccount)
        var desk = Desk(recovered: Desk.withAccounts(accounts + 1))
        var inputs: [Input] = []
        for number in 1...accounts {
            for _ in 0..<Limits.maxRelaysPerAccount {
                let caller = Caller(address: "\(number)", credential: .valid(Desk.account(number)))
                inputs.append(
                    .request(
                        desk.nextRequest(), .relays(.create(RelayOptions())), caller,
                        EdgeProofs(draw: desk.draw())))
            }
        }
        desk.give(inputs)
        #expect(desk.relay(.create(RelayOptions()), as: accounts + 1)?.code == .rateLimited)
        #expect(desk.relay(.list, as: 1)?.relays?.count == Limits.maxListedRelays)
    }

    @Test("an admin's decay takes one step from everyone, and none after the end")
    func decayByHand() {
        var desk = desk()
        let id = desk.startRelay([1, 2]) {
            $0.startPoints = 3
            $0.decayIntervalMs = 3_600_000
            $0.seconds = 24 * 3_600
        }
        #expect(desk.relay(.decay(id), as: 9)?.points == [2, 2])
        #expect(desk.relay(.decay(id), as: 9)?.points == [1, 1])
        #expect(desk.relay(.decay(id), as: 9)?.points == [0, 0])
        #expect(desk.engine.counts.relaysRunning == 0)
        #expect(desk.relay(.decay(id), as: 9)?.points == [0, 0])
        let waiting = desk.makeRelay([1])
        #expect(desk.relay(.decay(waiting), as: 9)?.points == [100], "and none before the start")
    }

    @Test("an answer moves the idle deadline of whoever plays, over HTTP and on the socket")
    func acts() throws {
        var desk = desk()
        desk.play(1)
        let id = desk.startRelay([1, 2])
        let puzzle = try #require(desk.relay(.newPuzzle(id), as: 1)?.puzzle)
        desk.pass(ms: 500)
        let account = Identifier(rawValue: 1)
        let attempt = PuzzleAttempt(puzzle: puzzle.id, answer: "no such answer")
        _ = desk.begin(.answer(id, attempt), as: 1)
        #expect(desk.engine.idleDeadlineUs(of: account) == desk.now.monotonicUs + 120_000_000)
        desk.pass(ms: 1_000)
        desk.give(
            .drawn(
                Desk.socket(1), ClientEnvelope(id: 4, .answer(relay: id, attempt)), desk.draw()))
        #expect(desk.engine.idleDeadlineUs(of: account) == desk.now.monotonicUs + 120_000_000)
    }
}
