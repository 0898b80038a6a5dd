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
        desk.run(ms: 100)
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
        desk.run(ms: 100)
        desk.isAutomatic = false
        desk.place(1, 1, 0, 1)
        let commit = try #require(desk.commit)
        desk.give(.drain)
        desk.give(.commitFailed(commit.id, fault))
        #expect(desk.sent(to: 1).first?.code == .storageUnavailable)
        #expect(desk.closed(1) == .goingAway)
        #expect(desk.effects.contains(where: isDrained))
    }

    @Test("lets nobody in any more, refuses what would be written, and answers what waits for storage")
    func refuses() throws {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.maxPlayers = 1 }
        desk.play(1)
        desk.play(2)
        desk.open(3)
        desk.run(ms: 100)
        desk.isAutomatic = false
        #expect(desk.ask(.refresh(token: ""), proofs: desk.refreshProofs(Desk.firstToken(1))) == nil)
        let commit = try #require(desk.commit)
        desk.give(.drain)
        desk.say(1, .leave)
        #expect(desk.engine.queue.map(\.rawValue) == [2], "a stopping server promotes nobody")
        desk.say(3, .play)
        #expect(desk.sent(to: 3).first?.code == .shuttingDown)
        let key = [UInt8](repeating: 7, count: 32)
        #expect(desk.signIn(key: key)?.code == .shuttingDown)
        for route in [Route.logout, .rename(name: "N"), .deleteAccount] {
            #expect(desk.ask(route, .valid(Desk.account(1)))?.code == .shuttingDown)
        }
        desk.give(.committed(commit.id))
        #expect(try SignedIn(desk.answer(to: RequestID(rawValue: 1))).identity.generation == 1)
        for number in 1...3 as ClosedRange<UInt64> { #expect(desk.closed(number) == .goingAway) }
    }
}
