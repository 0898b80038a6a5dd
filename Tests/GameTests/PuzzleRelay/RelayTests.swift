import Protocol
import Testing

@testable import Game

/// Relays for tests, with accounts numbered from 1 in the ring's order.
enum RingStage {
    /// The words of every test's puzzles.
    static let stock: PuzzleStock = {
        guard let stock = try? StandardStock.read() else { preconditionFailure("a whole stock") }
        return stock
    }()

    static func account(_ number: UInt64) -> AccountName {
        AccountName(id: Identifier(rawValue: number), name: "Player \(number)")
    }

    /// A relay that waits.
    static func waiting(
        _ players: UInt64, _ change: (inout RelayOptions) -> Void = { _ in }
    ) throws -> Relay {
        var options = RelayOptions()
        change(&options)
        var relay = Relay(
            id: Identifier(rawValue: 900), code: RelayCode(random: 5), options: options, creator: account(1),
            createdAtMs: 7)
        for number in 1..<max(2, players + 1) where number > 1 { _ = try relay.join(account(number)) }
        return relay
    }

    /// A relay that runs.
    static func running(
        _ players: UInt64, _ change: (inout RelayOptions) -> Void = { _ in }
    ) throws -> Relay {
        var relay = try waiting(players, change)
        _ = try relay.start(by: account(1).id)
        return relay
    }
}

extension Relay {
    /// Has a player answer, with a puzzle that comes first where none is open.
    mutating func solve(_ number: UInt64, rightly: Bool, draw: UInt64) throws(Refusal) -> Outcome {
        let account = Identifier(rawValue: number)
        if try puzzle(of: account) == nil {
            _ = try assign(
                to: account, id: Identifier(rawValue: draw), seed: draw, stock: RingStage.stock)
        }
        guard let open = try puzzle(of: account) else { throw .noPuzzle }
        let attempt = PuzzleAttempt(puzzle: open.id, answer: rightly ? open.puzzle.answer : "no such answer")
        return try answer(
            attempt, by: account, nextPuzzle: Identifier(rawValue: draw + 1), seed: draw + 1,
            stock: RingStage.stock)
    }
}

@Suite("A relay")
struct RelayTests {
    @Test(
        "the ring is the order of joining; joining again changes nothing; after the start nobody else comes")
    func ring() throws {
        var relay = try RingStage.waiting(3) { $0.maxPlayers = 3 }
        #expect(relay.players.map(\.account.id.rawValue) == [1, 2, 3])
        let before = relay
        #expect(try relay.join(RingStage.account(2)).isEmpty)
        #expect(relay == before)
        #expect(throws: Relay.Refusal.full) { try relay.join(RingStage.account(4)) }
        #expect(throws: Relay.Refusal.notPlaying) { try relay.start(by: Identifier(rawValue: 4)) }
        #expect(throws: Relay.Refusal.notRunning) {
            try relay.assign(to: Identifier(rawValue: 1), id: relay.id, seed: 1, stock: RingStage.stock)
        }
        #expect(try relay.start(by: Identifier(rawValue: 3)) == [.started(relay.view)])
        #expect(throws: Relay.Refusal.started) { try relay.start(by: Identifier(rawValue: 3)) }
        #expect(throws: Relay.Refusal.started) { try relay.join(RingStage.account(4)) }
        #expect(try relay.join(RingStage.account(1)).isEmpty)
    }

    @Test("a right answer's worth goes to the next who is in, and never to the solver while another is in")
    func award() throws {
        var relay = try RingStage.running(3)
        let worth = try #require(Self.worth(&relay, 1))
        let outcome = try relay.solve(1, rightly: true, draw: 20)
        #expect(outcome.isCorrect)
        #expect(outcome.awardedTo == RingStage.account(2))
        #expect(relay.players.map(\.points) == [100, 100 + worth, 100])
        #expect(relay.players.map(\.solves) == [1, 0, 0])
        relay.players[1].isActive = false
        #expect(try relay.solve(1, rightly: true, draw: 30).awardedTo == RingStage.account(3))
        #expect(try relay.solve(3, rightly: true, draw: 40).awardedTo == RingStage.account(1))
        relay.players[2].isActive = false
        #expect(try relay.solve(1, rightly: true, draw: 50).awardedTo == RingStage.account(1))
    }

    private static func worth(_ relay: inout Relay, _ number: UInt64) -> Int? {
        let account = Identifier(rawValue: number)
        _ = try? relay.assign(to: account, id: Identifier(rawValue: 11), seed: 11, stock: RingStage.stock)
        return (try? relay.puzzle(of: account))?.worth
    }

    @Test("whoever plays alone practises: the worth is the solver's own, and no end pays")
    func solo() throws {
        var relay = try RingStage.running(1) { $0.seconds = 2 }
        #expect(try relay.solve(1, rightly: true, draw: 20).awardedTo == RingStage.account(1))
        #expect(relay.players[0].points > 100)
        #expect(relay.decay().count == 1)
        #expect(relay.decay().last == .ended(.time, relay.ring, awards: []))
    }

    @Test("a wrong answer costs its giver what there is, leaves the puzzle open, and can put out")
    func penalty() throws {
        var relay = try RingStage.running(3) {
            $0.startPoints = 8
            $0.penalty = 5
        }
        let first = try relay.solve(1, rightly: false, draw: 20)
        #expect(!first.isCorrect)
        #expect(first.awardedTo == nil)
        #expect(relay.players.map(\.points) == [3, 8, 8])
        #expect(try relay.puzzle(of: Identifier(rawValue: 1))?.id == Identifier(rawValue: 20))
        let second = try relay.solve(1, rightly: false, draw: 30)
        #expect(
            second.events == [
                .failed(by: RingStage.account(1), puzzle: Identifier(rawValue: 20), penalty: 3),
                .pointsChanged(
                    .penalty,
                    relay.ring.map { player in
                        var player = player
                        player.isActive = true
                        return player
                    }, leftMs: relay.leftMs),
                .eliminated(RingStage.account(1)), .teamStatus(.running, relay.ring),
            ])
        #expect(relay.players.map(\.isActive) == [false, true, true])
        #expect(throws: Relay.Refusal.out) { try relay.solve(1, rightly: true, draw: 40) }
    }

    @Test("the last one standing ends it, and survives with 10 points and 2 for each puzzle solved")
    func lastStanding() throws {
        var relay = try RingStage.running(2) { $0.startPoints = 2 }
        _ = try relay.solve(1, rightly: true, draw: 20)
        _ = relay.decay()
        let events = relay.decay()
        let award = RelayAward(account: RingStage.account(2), profilePoints: 10)
        #expect(events.last == .ended(.lastStanding, relay.ring, awards: [award]))
        #expect(relay.endReason == .lastStanding)
        #expect(relay.leftMs == 0)
        #expect(throws: Relay.Refusal.notRunning) { try relay.solve(2, rightly: true, draw: 30) }
    }

    @Test("those who go out together end it without a survivor; time ends it with all who are in")
    func otherEnds() throws {
        var out = try RingStage.running(3) { $0.startPoints = 1 }
        let events = out.decay()
        #expect(events.count { if case .eliminated = $0 { true } else { false } } == 3)
        #expect(events.last == .ended(.allOut, out.ring, awards: []))
        var time = try RingStage.running(2) { $0.seconds = 3 }
        _ = try time.solve(2, rightly: true, draw: 20)
        _ = time.decay()
        _ = time.decay()
        #expect(time.status == .running)
        let awards = [
            RelayAward(account: RingStage.account(1), profilePoints: 10),
            RelayAward(account: RingStage.account(2), profilePoints: 12),
        ]
        #expect(time.decay().last == .ended(.time, time.ring, awards: awards))
        #expect(time.players.allSatisfy { $0.puzzle == nil })
    }

    @Test("before the start and after the end no interval changes anything")
    func decayElsewhen() throws {
        var waiting = try RingStage.waiting(2)
        let before = waiting
        #expect(waiting.decay().isEmpty)
        #expect(waiting == before)
        var ended = try RingStage.running(2) { $0.startPoints = 1 }
        _ = ended.decay()
        let after = ended
        #expect(ended.decay().isEmpty)
        #expect(ended.decay().isEmpty)
        #expect(ended == after)
    }

    @Test(
        "one that waits can end unplayed, without awards; one that runs can't; who leaves it leaves the ring")
    func expire() throws {
        var waiting = try RingStage.waiting(2)
        #expect(waiting.without(Identifier(rawValue: 1))?.players.map(\.account.id.rawValue) == [2])
        #expect(waiting.without(Identifier(rawValue: 7)) == waiting)
        #expect(try RingStage.waiting(1).without(Identifier(rawValue: 1)) == nil)
        #expect(waiting.expire() == [.ended(.time, waiting.ring, awards: [])])
        var running = try RingStage.running(2)
        #expect(running.expire().isEmpty)
        #expect(running.without(Identifier(rawValue: 1)) == running)
    }

    @Test(
        "its steps are its length by its interval, the last one perhaps a part",
        arguments: [(300, 1_000, 300), (5, 3_000, 2), (5, 5_000, 1), (5, 60_000, 1)])
    func steps(_ seconds: Int, _ intervalMs: Int, _ steps: Int) throws {
        let relay = try RingStage.running(1) {
            $0.seconds = seconds
            $0.decayIntervalMs = intervalMs
        }
        #expect(relay.maxSteps == steps)
        #expect(relay.leftMs == seconds * 1_000)
    }
}
