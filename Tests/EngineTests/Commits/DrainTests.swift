import Engine
import Protocol
import Testing

@Suite("Draining")
struct DrainTests {
    private var isDrained: (Effect) -> Bool { { if case .drained = $0 { true } else { false } } }

    @Test("keeps what was placed, answers it, says goodbye, keeps a last snapshot, and ends")
    func whole() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(1)
        desk.place(1, 0, 0, 1)
        desk.isAutomatic = false
        desk.place(1, 1, 0, 1)
        desk.give(.drain)
        let commit = try #require(desk.commit, "a stopping server doesn't wait for its tick")
        #expect(desk.logs == [.draining(connections: 1)])
        desk.place(1, 2, 0, 1)
        #expect(desk.sent(to: 1).first?.code == .shuttingDown)
        desk.play(2)
        #expect(desk.closed(2) == .goingAway)
        #expect(desk.ask(.readiness)?.code == .shuttingDown)
        desk.give(.committed(commit.id))
        #expect(desk.sent(to: 1).first?.message == .placed(version: 2, epoch: 1))
        #expect(desk.closed(1) == .goingAway)
        guard case .takeSnapshot(let size, let epoch, let version, let cells) = desk.effects.last else {
            Issue.record("no last snapshot")
            return
        }
        #expect(version == 2)
        desk.give(.snapshotTaken(SnapshotAnswer(size: size, epoch: epoch, version: version, zlib: cells)))
        let last = try #require(desk.commit)
        guard case .snapshot(let kept, _) = last.records.last else {
            Issue.record("no snapshot kept")
            return
        }
        #expect(kept.version == 2)
        #expect(!desk.effects.contains(where: isDrained))
        desk.give(.committed(last.id))
        #expect(desk.effects.contains(where: isDrained))
        #expect(desk.engine.nextWakeUs == nil)
    }

    @Test("ends without a snapshot where storage refuses", arguments: [StorageFault.full, .broken("fsync")])
    func fault(_ fault: StorageFault) throws {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(1)
        desk.isAutomatic = false
        desk.place(1, 1, 0, 1)
        let commit = try #require(desk.commit)
        desk.give(.drain)
        desk.give(.commitFailed(commit.id, fault))
        #expect(desk.sent(to: 1).first?.code == .storageUnavailable)
        #expect(desk.closed(1) == .goingAway)
        #expect(desk.effects.contains(where: isDrained))
    }
}
