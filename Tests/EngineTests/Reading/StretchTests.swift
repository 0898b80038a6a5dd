import Engine
import Protocol
import Testing

@Suite("Snapshots and changes")
struct StretchTests {
    /// 1,000 changes ten seconds apart, so that the pool keeps its least, with a snapshot each 70.
    private func desk(_ change: (inout EngineConfiguration) -> Void = { _ in }) -> Desk {
        var desk = Desk(recovered: Desk.withAccounts()) {
            $0.snapshotEvery = 70
            $0.spectatorCooldownMs = 0
            $0.accessTokenSeconds = 86_400
            change(&$0)
        }
        desk.play(1)
        for number in 1...1_000 {
            desk.place(1, number % 10, number / 10 % 10, UInt8(number % 32))
            desk.run(ms: 10_000)
        }
        return desk
    }

    private func changes(_ desk: inout Desk, _ from: Version, _ to: Version? = nil, epoch: Int? = nil)
        -> Answer?
    {
        desk.ask(.changes(from: from, to: to, epoch: epoch), .valid(Desk.account(1)))
    }

    @Test("changes answer each row of the contract")
    func rows() throws {
        var desk = desk()
        let served: Version = 980
        let base = 1_000 - Version(desk.engine.counts.poolVersions)
        #expect(base == 900)
        guard case .changes(let inside) = changes(&desk, 950, 960) else {
            Issue.record("no changes")
            return
        }
        #expect(inside.run.from == 950)
        #expect(inside.run.to == 960)
        #expect(inside.snapshot == nil)
        #expect(inside.run.pixels.map { Int($0.color) } == (951...960).map { $0 % 32 })
        guard case .changes(let older) = changes(&desk, 899, 990) else {
            Issue.record("no changes")
            return
        }
        #expect(older.run.from == served)
        #expect(older.run.to == 990)
        #expect(older.snapshot != nil)
        guard case .changes(let wayBack) = changes(&desk, 0, 5) else {
            Issue.record("no changes")
            return
        }
        #expect(wayBack.run.from == served)
        #expect(wayBack.run.to == 1_000, "a to before the snapshot is answered up to the present")
        guard case .changes(let nothing) = changes(&desk, 1_000) else {
            Issue.record("no changes")
            return
        }
        #expect(nothing.run == PixelRun(from: 1_000, to: 1_000, epoch: 1, pixels: []))
        #expect(changes(&desk, 1_001)?.code == .versionAhead)
        #expect(changes(&desk, 990, 1_001)?.code == .versionAhead)
        #expect(changes(&desk, 990, 989)?.code == .badRequest)
        #expect(changes(&desk, -1)?.code == .badRequest)
        #expect(changes(&desk, 990, epoch: 2)?.code == .epochChanged)
        #expect(changes(&desk, 990, epoch: 1)?.code == nil)
    }

    @Test("a snapshot with the changes after it gives the present canvas")
    func leads() throws {
        var desk = desk()
        guard case .changes(let answer) = changes(&desk, 0), var cells = answer.snapshot else {
            Issue.record("no snapshot")
            return
        }
        for pixel in answer.run.pixels { cells[pixel.y * 10 + pixel.x] = pixel.color }
        #expect(cells == desk.engine.durableCells)
    }

    @Test("a request before the first snapshot is answered once it is there")
    func beforeFirst() throws {
        var desk = Desk()
        desk.engine = ServerEngine(
            configuration: Desk.configuration(), recovered: RecoveredState(), at: desk.now)
        desk.isAutomatic = false
        #expect(desk.ask(.snapshot(ifNoneMatch: nil)) == nil)
        guard case .takeSnapshot(let size, let epoch, let version, let cells) = desk.effects.first else {
            Issue.record("no snapshot is taken")
            return
        }
        desk.give(.snapshotTaken(SnapshotAnswer(size: size, epoch: epoch, version: version, zlib: cells)))
        guard case .snapshot(let snapshot) = desk.answer(to: RequestID(rawValue: 1)) else {
            Issue.record("no snapshot")
            return
        }
        #expect(snapshot.version == 0)
    }

    @Test("snapshots come after so many versions, one at a time, at most one a second")
    func cadence() {
        var desk = Desk(recovered: Desk.withAccounts()) {
            $0.snapshotEvery = 10
            $0.placeRate = Rate(perSecond: 0, burst: 1)
            $0.messageRate = Rate(perSecond: 0, burst: 1)
        }
        desk.play(1)
        desk.run(ms: 2_000)
        desk.isAutomatic = false
        func taken() -> [Version] {
            desk.effects.compactMap {
                if case .takeSnapshot(_, _, let version, _) = $0 { version } else { nil }
            }
        }
        func commit(_ count: Int) {
            for x in 0..<count { desk.place(1, x % 10, 0, 1) }
            desk.pass(ms: 25)
            desk.give(.wake)
            while let commit = desk.commit {
                let before = desk.effects.count
                desk.give(.committed(commit.id))
                if desk.effects.count == before { break }
            }
        }
        // One placement starts a commit at once, the others wait for the tick.
        desk.place(1, 0, 0, 1)
        guard let first = desk.commit else {
            Issue.record("no commit")
            return
        }
        for x in 1..<12 { desk.place(1, x % 10, 0, 1) }
        desk.give(.committed(first.id))
        #expect(taken().isEmpty, "one version isn't ten")
        desk.pass(ms: 25)
        desk.give(.wake)
        guard let second = desk.commit else {
            Issue.record("no commit")
            return
        }
        desk.give(.committed(second.id))
        #expect(taken() == [12])
        let started = desk.now.monotonicUs
        commit(30)
        #expect(taken().isEmpty, "one at a time")
        let cells = desk.engine.durableCells
        guard let size = CanvasSize(width: 10, height: 10) else { return }
        desk.give(.snapshotTaken(SnapshotAnswer(size: size, epoch: 1, version: 12, zlib: cells)))
        #expect(taken().isEmpty, "not within a second")
        #expect(desk.engine.nextWakeUs == started + 1_000_000)
        desk.pass(ms: 1_000)
        desk.give(.wake)
        #expect(taken() == [desk.engine.durableVersion])
    }

    @Test("storage gets a snapshot with a commit, at most each ten seconds")
    func persisted() {
        var desk = Desk(recovered: Desk.withAccounts()) {
            $0.snapshotEvery = 1
            $0.placeRate = Rate(perSecond: 0, burst: 1)
        }
        desk.play(1)
        for _ in 0..<300 {
            desk.place(1, 1, 1, 1)
            desk.run(ms: 100)
        }
        let kept = desk.kept.compactMap { if case .snapshot(_, let atMs) = $0 { atMs } else { nil } }
        #expect(kept.count == 3)
        for (earlier, later) in zip(kept, kept.dropFirst()) { #expect(later - earlier >= 10_000) }
    }

    @Test("a start from storage serves its snapshot and the changes after it")
    func recovers() throws {
        let size = try #require(CanvasSize(width: 10, height: 10))
        var cells = [UInt8](repeating: 0, count: 100)
        cells[3] = 9
        let tail = [
            ChangeRecord(version: 41, cell: 3, color: 5, account: Identifier(rawValue: 1), atMs: 0),
            ChangeRecord(version: 42, cell: 3, color: 9, account: Identifier(rawValue: 1), atMs: 0),
        ]
        var recovered = Desk.withAccounts()
        recovered.epoch = EpochRecord(epoch: 6, firstVersion: 0, size: size, startedAtMs: 0)
        recovered.cells = cells
        recovered.version = 42
        recovered.snapshot = SnapshotAnswer(size: size, epoch: 6, version: 40, zlib: [1])
        recovered.tail = tail
        var desk = Desk(recovered: recovered)
        #expect(desk.effects.isEmpty)
        desk.play(1)
        guard case .changes(let run) = changes(&desk, 40) else {
            Issue.record("no changes")
            return
        }
        #expect(run.run.pixels.map(\.color) == [5, 9])
        guard case .changes(let older) = changes(&desk, 39) else {
            Issue.record("no changes")
            return
        }
        #expect(older.snapshot == [1])
        desk.say(1, .undo)
        #expect(desk.sent(to: 1).first?.code == .nothingToUndo, "a restart ends undo's window")
        desk.run(ms: 100)
        desk.place(1, 0, 0, 1)
        #expect(desk.sent(to: 1).first?.message == .placed(version: 43, epoch: 6))
    }
}
