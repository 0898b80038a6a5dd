import Protocol
import Testing

@testable import Game

/// A generator that gives the same numbers for the same seed (splitmix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

@Suite("Click games in line")
struct ClickQueueTests {
    private static let routine = ClickQueue.Routine(seconds: 10, planets: ["earth", "mars"])

    private static func game(_ number: UInt64, _ startsAtMs: Int64, _ endsAtMs: Int64) -> ClickGame {
        ClickGame(
            id: Identifier(rawValue: number), startsAtMs: startsAtMs, endsAtMs: endsAtMs,
            planets: ["venus", "mars"], isOrdered: true)
    }

    @Test("games that touch don't overlap; all others that share a moment do, the running one too")
    func overlaps() throws {
        var queue = ClickQueue(routine: ClickQueue.Routine(seconds: 0, planets: []))
        #expect(try queue.schedule(Self.game(1, 100, 200), atMs: 0) == nil)
        #expect(try queue.schedule(Self.game(2, 200, 300), atMs: 0) == nil)
        #expect(try queue.schedule(Self.game(3, 50, 100), atMs: 0) == nil)
        for (start, end) in [(100, 200), (150, 160), (99, 101), (299, 400), (0, 500)] as [(Int64, Int64)] {
            #expect(throws: ClickQueue.Refusal.overlaps) {
                try queue.schedule(Self.game(9, start, end), atMs: 0)
            }
        }
        #expect(queue.scheduled.map(\.id.rawValue) == [3, 1, 2])
        #expect(queue.startDue(atMs: 60)?.id.rawValue == 3)
        #expect(throws: ClickQueue.Refusal.overlaps) { try queue.schedule(Self.game(9, 60, 70), atMs: 60) }
        #expect(throws: ClickQueue.Refusal.past) { try queue.schedule(Self.game(9, 10, 60), atMs: 60) }
    }

    @Test("there is an end to what can be put in line")
    func full() throws {
        var queue = ClickQueue(routine: Self.routine)
        for number in 0..<UInt64(Limits.maxScheduledGames) {
            _ = try queue.schedule(Self.game(number, Int64(number) * 10, Int64(number) * 10 + 10), atMs: 0)
        }
        #expect(throws: ClickQueue.Refusal.full) { try queue.schedule(Self.game(999, 9_000, 9_100), atMs: 0) }
    }

    @Test("a game that nobody ordered makes room for one that somebody did")
    func routineMakesRoom() throws {
        var queue = ClickQueue(routine: Self.routine)
        #expect(queue.wantsRoutine(atMs: 0))
        #expect(queue.startRoutine(id: Identifier(rawValue: 1), atMs: 0)?.endsAtMs == 10_000)
        #expect(try queue.schedule(Self.game(2, 4_000, 5_000), atMs: 100)?.endsAtMs == 4_000)
        #expect(queue.startDue(atMs: 4_000) == nil, "one runs")
        #expect(queue.isOver(atMs: 4_000))
        #expect(queue.finishActive()?.id.rawValue == 1)
        #expect(!queue.wantsRoutine(atMs: 4_000))
        #expect(queue.startDue(atMs: 4_000)?.id.rawValue == 2)
        #expect(try queue.schedule(Self.game(3, 7_000, 8_000), atMs: 4_500) == nil)
        #expect(queue.finishActive()?.id.rawValue == 2)
        #expect(queue.startRoutine(id: Identifier(rawValue: 4), atMs: 5_000)?.endsAtMs == 7_000)
        #expect(queue.current?.id.rawValue == 4)
        #expect(queue.nextMs == 7_000)
    }

    @Test("what was kept is taken up: what waits in order, what runs, and the latest that is over")
    func kept() throws {
        var games: [ClickGame] = []
        for (number, start) in [(5, 500), (1, 100), (3, 300), (2, 200), (4, 400)] as [(UInt64, Int64)] {
            var game = Self.game(number, start, start + 100)
            if number <= 3 { game.start() }
            if number <= 2 { game.finish() }
            games.append(game)
        }
        let queue = ClickQueue(routine: Self.routine, kept: games)
        #expect(queue.finished?.id.rawValue == 2)
        #expect(queue.active?.id.rawValue == 3)
        #expect(queue.scheduled.map(\.id.rawValue) == [4, 5])
    }

    @Test(
        "under random orders and steps of the clock at most one game runs, and ordered ones never overlap",
        arguments: 1...40 as ClosedRange<UInt64>)
    func property(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var queue = ClickQueue(routine: seed % 4 == 0 ? .init(seconds: 0, planets: []) : Self.routine)
        var nowMs: Int64 = 1_000_000
        var lastID: UInt64 = 0
        var started: Set<Identifier> = []
        var ended: Set<Identifier> = []
        for _ in 0..<400 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0: nowMs -= Int64.random(in: 0...30_000, using: &random)
            case 1...5: nowMs += Int64.random(in: 0...8_000, using: &random)
            default:
                lastID += 1
                let startsAtMs = nowMs + Int64.random(in: 0...60_000, using: &random)
                let game = Self.game(
                    lastID, startsAtMs, startsAtMs + Int64.random(in: 1...20_000, using: &random))
                let before = queue
                do throws(ClickQueue.Refusal) {
                    let moved = try queue.schedule(game, atMs: nowMs)
                    #expect(moved == nil || moved == queue.active)
                    #expect(queue.scheduled.count == before.scheduled.count + 1)
                } catch {
                    #expect(queue == before)
                }
            }
            // As the engine does: what is over ends, then what is due begins, then routine fills the gap.
            if queue.isOver(atMs: nowMs), let game = queue.finishActive() {
                #expect(ended.insert(game.id).inserted)
            }
            if let game = queue.startDue(atMs: nowMs) { #expect(started.insert(game.id).inserted) }
            if queue.wantsRoutine(atMs: nowMs) {
                lastID += 1
                if let game = queue.startRoutine(id: Identifier(rawValue: lastID), atMs: nowMs) {
                    #expect(started.insert(game.id).inserted)
                }
            }
            #expect(started.subtracting(ended).count == (queue.active == nil ? 0 : 1))
            #expect(queue.active?.status != .scheduled)
            let planned = queue.scheduled + [queue.active].compactMap(\.self)
            for (index, game) in planned.enumerated() {
                #expect(game.startsAtMs <= game.endsAtMs)
                for other in planned[(index + 1)...] {
                    #expect(other.endsAtMs <= game.startsAtMs || game.endsAtMs <= other.startsAtMs)
                }
            }
            if seed % 4 != 0 { #expect(queue.active != nil, "where there is a routine, one always runs") }
            if let first = queue.scheduled.first, queue.active == nil { #expect(first.startsAtMs > nowMs) }
        }
        #expect(!started.isEmpty)
    }
}
