import Protocol
import Testing

@testable import Game

/// A relay's points in the plainest books.
private struct NaiveRelay {
    var points: [Int]
    var isIn: [Bool]
    var awarded = 0
    var lost = 0

    /// Who gets what a player solves.
    func next(after index: Int) -> Int {
        let others = (index + 1..<index + points.count).map { $0 % points.count }
        return others.first { isIn[$0] } ?? index
    }

    /// Takes points from a player, as far as there are any.
    mutating func take(_ loss: Int, from index: Int) {
        let taken = min(loss, points[index])
        points[index] -= taken
        lost += taken
    }

    /// Whoever has none is out.
    mutating func settle() {
        for index in points.indices where points[index] == 0 { isIn[index] = false }
    }

    var isOver: Bool {
        let left = isIn.count { $0 }
        return left == 0 || left == 1 && points.count > 1
    }
}

@Suite("A relay's books")
struct RelayPropertyTests {
    private static func rank(_ status: RelayStatus) -> Int {
        switch status {
        case .waiting: 0
        case .running: 1
        case .ended: 2
        }
    }

    @Test(
        "under random events points are start and awards less decay and penalties, and never below 0",
        arguments: 1...60 as ClosedRange<UInt64>)
    func property(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...6, using: &random)
        var relay = try RingStage.running(UInt64(count)) {
            $0.startPoints = Int.random(in: 1...60, using: &random)
            $0.decayPoints = Int.random(in: 0...4, using: &random)
            $0.penalty = Int.random(in: 0...12, using: &random)
            $0.award = Int.random(in: 0...15, using: &random)
            $0.seconds = Int.random(in: 1...200, using: &random)
        }
        let start = relay.options.startPoints
        var naive = NaiveRelay(
            points: [Int](repeating: start, count: count), isIn: [Bool](repeating: true, count: count))
        for draw in 1...300 as ClosedRange<UInt64> {
            let before = relay
            let wasRunning = relay.status == .running
            let index = Int.random(in: 0..<count, using: &random)
            if Int.random(in: 0..<3, using: &random) == 0 {
                let events = relay.decay()
                #expect(events.isEmpty == !wasRunning)
                if wasRunning {
                    for player in 0..<count where naive.isIn[player] {
                        naive.take(relay.options.decayPoints, from: player)
                    }
                }
            } else {
                let isRight = Bool.random(using: &random)
                do throws(Relay.Refusal) {
                    let outcome = try relay.solve(
                        UInt64(index + 1), rightly: isRight, draw: 1_000 * draw)
                    #expect(wasRunning && naive.isIn[index])
                    #expect(outcome.isCorrect == isRight)
                    if isRight {
                        let next = naive.next(after: index)
                        let worth = Self.worth(outcome.events)
                        naive.points[next] += worth
                        naive.awarded += worth
                        #expect(outcome.awardedTo == relay.players[next].account)
                        #expect(next != index || relay.activeCount == 1)
                    } else {
                        naive.take(relay.options.penalty, from: index)
                    }
                } catch {
                    #expect(error == (wasRunning ? .out : .notRunning))
                    #expect(relay == before)
                }
            }
            if wasRunning { naive.settle() }
            #expect(relay.players.map(\.points) == naive.points)
            #expect(relay.players.map(\.isActive) == naive.isIn)
            for player in relay.players {
                #expect(player.points == start + player.awarded - player.decayed - player.penalized)
                #expect(player.points >= 0)
                #expect(player.isActive || player.puzzle == nil)
            }
            #expect(naive.points.reduce(0, +) == count * start + naive.awarded - naive.lost)
            #expect(Self.rank(relay.status) >= Self.rank(before.status))
            #expect((relay.status == .ended) == (naive.isOver || relay.steps >= relay.maxSteps))
            #expect((relay.status == .ended) == (relay.endReason != nil))
            #expect(relay.endReason == before.endReason || before.endReason == nil)
        }
    }

    private static func worth(_ events: Relay.Events) -> Int {
        for case .solved(_, _, let worth, _) in events { return worth }
        return 0
    }
}
