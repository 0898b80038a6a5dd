import Client
import Protocol
import Stage
import Testing

@Suite("A timeline")
struct TimelineTests {
    /// A timeline and the history that feeds it.
    private struct Projector {
        let history: ScriptedHistory
        var timeline: Timeline
        var fetches: [Timeline.Need] = []
        /// What a view that only repaints what it is told has.
        var seen: [UInt8]

        init(_ history: ScriptedHistory, epoch: Int = 0, memory: Timeline.Memory = .init()) throws {
            self.history = history
            let kept = history.overview.epochs[epoch]
            let first = max(kept.firstVersion, history.oldestVersion)
            let state = try history.canvas(at: .version(first))
            timeline = Timeline(state, versions: first...kept.lastVersion, memory: memory)
            seen = state.cells
        }

        mutating func go(to version: Version) throws {
            for _ in 0..<100 {
                switch timeline.seek(to: version) {
                case .arrived(let changed):
                    if let changed {
                        for cell in changed { seen[Int(cell)] = timeline.cells[Int(cell)] }
                    } else {
                        seen = timeline.cells
                    }
                    return
                case .needs(let need):
                    fetches.append(need)
                    let isTaken = timeline.take(try history.supply(need))
                    #expect(isTaken)
                }
            }
            Issue.record("it asks and asks on its way to \(version): \(fetches.suffix(3))")
        }

        func expectTruth(_ comment: Comment? = nil) throws {
            let truth = try history.canvas(at: .version(timeline.version))
            #expect(timeline.cells == truth.cells, comment)
            #expect(seen == truth.cells, comment)
        }
    }

    private func small(_ pageChanges: Int = 40) -> Timeline.Memory {
        var memory = Timeline.Memory()
        memory.pageChanges = pageChanges
        memory.maxChanges = 4 * pageChanges
        memory.keyframeStretch = 64
        memory.maxKeyframeBytes = 6 * 12 * 9
        return memory
    }

    private func history(_ changes: Int, seed: UInt64 = 1) throws -> ScriptedHistory {
        var random = SeededGenerator(seed: seed)
        var history = ScriptedHistory(size: try #require(CanvasSize(width: 12, height: 9)))
        history.scribble(changes, using: &random)
        return history
    }

    @Test(
        "is at any version what all changes up to it make, forward, back and by jumps",
        arguments: 1...12 as ClosedRange<UInt64>)
    func truth(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var history = try history(700, seed: seed)
        history.beginEpoch(size: try #require(CanvasSize(width: 7, height: 11)))
        history.scribble(500, using: &random)
        history.oldestVersion = seed % 3 == 0 ? 250 : 0
        for epoch in history.overview.epochs.indices {
            var projector = try Projector(history, epoch: epoch, memory: small())
            let versions = projector.timeline.versions
            for _ in 0..<300 {
                let here = projector.timeline.version
                let target =
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: Version.random(in: versions, using: &random)
                    case 1: here + Version.random(in: 0...30, using: &random)
                    case 2: here - Version.random(in: 0...30, using: &random)
                    default: here + (Bool.random(using: &random) ? 1 : -1)
                    }
                try projector.go(to: target)
                let wanted = min(max(target, versions.lowerBound), versions.upperBound)
                #expect(projector.timeline.version == wanted)
                try projector.expectTruth("epoch \(epoch), to \(target)")
            }
        }
    }

    @Test("fetches each page once on the way forward, and nothing on the way back over what it keeps")
    func fetchesOnce() throws {
        var memory = small(100)
        memory.maxChanges = 1_000
        var projector = try Projector(try history(900), memory: memory)
        for version in Version(1)...900 { try projector.go(to: version) }
        let pages = (0..<9).map { Timeline.Need.page(after: $0 * 100, limit: 100) }
        #expect(projector.fetches == pages)
        for version in (Version(0)...899).reversed() {
            try projector.go(to: version)
            try projector.expectTruth()
        }
        #expect(projector.fetches == pages)
    }

    @Test("asks for the canvas itself where it is far, and for changes where it is near")
    func asksForTheLesser() throws {
        var projector = try Projector(try history(900), memory: small())
        try projector.go(to: 800)
        #expect(projector.fetches == [.state(800)])
        try projector.go(to: 810)
        #expect(projector.fetches.last == .page(after: 800, limit: 40))
        try projector.go(to: 790)
        #expect(projector.fetches.last == .state(790))
    }

    @Test("keeps no more than its memory holds")
    func boundedMemory() throws {
        let memory = small()
        var projector = try Projector(try history(2_000), memory: memory)
        for version in stride(from: Version(0), through: 2_000, by: 7) {
            try projector.go(to: version)
            let reach = projector.timeline.coveredThrough - projector.timeline.version
            #expect(reach <= Version(memory.maxChanges))
        }
        // What it walked over long ago has to be fetched again.
        let before = projector.fetches.count
        try projector.go(to: 3)
        #expect(projector.fetches.count > before)
        try projector.expectTruth()
    }

    @Test("takes pages that overlap, and refuses what is another canvas's")
    func overlaps() throws {
        let history = try history(300)
        var projector = try Projector(history, memory: .init())
        for (after, limit) in [(100, 80), (0, 60), (150, 100), (40, 120)] as [(Version, Int)] {
            let isTaken = projector.timeline.take(.page(try history.page(after: after, limit: limit)))
            #expect(isTaken)
        }
        #expect(projector.timeline.coveredThrough == 250)
        for version in [Version(250), 3, 170, 41] {
            try projector.go(to: version)
            try projector.expectTruth()
        }
        #expect(projector.fetches.isEmpty)
        var foreign = try history.page(after: 0, limit: 5)
        foreign.epoch = 9
        let takesForeign = projector.timeline.take(.page(foreign))
        #expect(!takesForeign)
        var outside = try history.page(after: 250, limit: 5)
        outside.changes[2].x = 12
        let takesOutside = projector.timeline.take(.page(outside))
        #expect(!takesOutside)
    }

    @Test("ends where an empty page says that the epoch does, and goes on once more came to be")
    func ends() throws {
        var history = try history(50)
        let state = try history.canvas(at: .version(0))
        var timeline = Timeline(state, versions: 0...60)
        timeline.take(.page(try history.page(after: 0, limit: 100)))
        timeline.take(.page(try history.page(after: 50, limit: 100)))
        #expect(timeline.versions == 0...50)
        #expect(timeline.seek(to: 60) != .needs(.page(after: 50, limit: 5_000)))
        #expect(timeline.version == 50)
        history.place(3, 7, by: 1)
        timeline.extend(through: 51)
        #expect(timeline.seek(to: 51) == .needs(.page(after: 50, limit: 5_000)))
        timeline.take(.page(try history.page(after: 50, limit: 5_000)))
        #expect(timeline.seek(to: 51) == .arrived(changed: [3]))
        #expect(timeline.cells[3] == 7)
    }

    @Test("tells who was active in a stretch, the busiest first, and whether that is all")
    func activity() throws {
        var history = ScriptedHistory(size: try #require(CanvasSize(width: 4, height: 4)))
        for account in [1, 2, 2, 3, 3, 3, 1, 1, 1] as [UInt64] { history.place(0, 1, by: account) }
        var projector = try Projector(history)
        projector.timeline.take(.page(try history.page(after: 0, limit: 4)))
        projector.timeline.take(.page(try history.page(after: 4, limit: 2)))
        let first = projector.timeline.activity(after: 0, through: 6)
        #expect(first.isWhole)
        #expect(first.entries.map(\.account.name) == ["player 3", "player 2", "player 1"])
        #expect(first.entries.map(\.changes) == [3, 2, 1])
        #expect(projector.timeline.activity(after: 2, through: 3).entries.map(\.changes) == [1])
        let beyond = projector.timeline.activity(after: 5, through: 9)
        #expect(!beyond.isWhole)
        #expect(beyond.entries.map(\.changes) == [1])
    }

    @Test("knows when a version was made, and which was the last at a time")
    func times() throws {
        let history = try history(200)
        var projector = try Projector(history)
        try projector.go(to: 150)
        for version in [Version(1), 77, 150] {
            let timeMs = try #require(projector.timeline.timeMs(of: version))
            #expect(timeMs == history.epochs[0].changes[Int(version) - 1].atMs)
            let found = try #require(projector.timeline.version(atMs: timeMs))
            #expect(try history.canvas(at: .time(ms: timeMs)).version == found)
        }
        #expect(projector.timeline.timeMs(of: 0) == history.epochs[0].startedAtMs)
        #expect(projector.timeline.version(atMs: history.nowMs) == nil)
        #expect(projector.timeline.version(atMs: history.epochs[0].startedAtMs - 1) == nil)
    }

    @Test("knows from where on memory leads to where it stands, and up to where")
    func covered() throws {
        let history = try history(200)
        var timeline = Timeline(try history.canvas(at: .version(150)), versions: 0...200)
        #expect(timeline.coveredFrom == 150 && timeline.coveredThrough == 150)
        timeline.take(.page(try history.page(after: 20, limit: 30)))
        timeline.take(.page(try history.page(after: 90, limit: 80)))
        #expect(timeline.coveredFrom == 90 && timeline.coveredThrough == 170)
        #expect(timeline.coverage(after: 30) == 50 && timeline.coverage(after: 60) == 60)
        timeline.take(.page(try history.page(after: 50, limit: 40)))
        #expect(timeline.coveredFrom == 20)
        _ = timeline.seek(to: 90)
        #expect(timeline.coveredFrom == 20)
    }
}
