import Engine
import Game
import Protocol
import Testing

@testable import Bench

@Suite("An engine under measurement")
struct EngineSubjectTests {
    @Test("has everyone connected, a tenth waiting, a hundredth playing, and stays so round after round")
    func shape() throws {
        var subject = try EngineSubject(count: 500, seed: 3)
        for _ in 0..<60 {
            let counts = subject.engine.counts
            #expect(counts.connections == 500)
            #expect(counts.presences == 500)
            #expect(counts.players == 5)
            #expect(counts.stalled == 0)
            #expect(counts.queued == 50)
            #expect(subject.crowd.count(.playing) == 5)
            #expect(subject.crowd.count(.queued) == 50)
            subject.round()
        }
    }

    @Test("takes one step of each kind of the mix a round, no step of which is refused")
    func mix() throws {
        var subject = try EngineSubject(count: 500, seed: 4)
        let before = subject.engine.counts
        for _ in 0..<40 { subject.round() }
        let samples = subject.takeSamples()
        for kind in StepKind.mixed where kind != .idling {
            #expect(samples[kind]?.count == 40, "\(kind.rawValue)")
        }
        let idled = samples[.idling]?.count ?? 0
        #expect((40...80).contains(idled), "others may idle between two steps")
        #expect(samples[.committed]?.count ?? 0 > 0)
        let counts = subject.engine.counts
        func changes(_ event: PlayerEvent) -> Int {
            (counts.transitions[event] ?? 0) - (before.transitions[event] ?? 0)
        }
        #expect(changes(.idleDeadline) == idled, "one at a time")
        #expect(changes(.leave) == 80)
        #expect(changes(.promotion) == 40 + idled)
        #expect(counts.version + Int64(counts.pendingRecords) >= 40)
        #expect(subject.takeSamples().isEmpty)
    }

    @Test("a run measures each size, and holds its growth against log n")
    func run() throws {
        let run = StatesRun(sizes: [100, 200, 400], blocks: 4, roundsPerBlock: 5)
        let found = try run.measurement()
        #expect(found.sizes.map(\.accounts) == [100, 200, 400])
        #expect(found.sizes.map(\.queued) == [10, 20, 40])
        for size in found.sizes {
            #expect(size.medianUs > 0)
            #expect(size.p99Us >= size.medianUs)
            #expect(size.kinds.first { $0.kind == .refresh }?.steps == 20)
        }
        #expect(found.growths.map(\.from) == [100, 200])
        #expect(abs(found.growths[1].logRatio - 1.1308) < 0.001)
        #expect(found.noise.isFinite)
        #expect(found.bars.count == 2)
    }
}
