import Engine
import Protocol
import Testing

@Suite("Storage faults")
struct FaultTests {
    private func desk() -> Desk {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(1)
        desk.play(2)
        desk.place(1, 0, 0, 1)
        desk.run(ms: 100)
        return desk
    }

    @Test("a failed commit takes everything back and tells each who waits")
    func rollBack() throws {
        var desk = desk()
        desk.isAutomatic = false
        let cells = desk.engine.durableCells
        desk.place(1, 1, 1, 5)
        let commit = try #require(desk.commit)
        desk.place(2, 1, 1, 6)
        let request = desk.nextRequest()
        let caller = Caller(address: "a", credential: .valid(Desk.account(2)))
        desk.give(.request(request, .undoPixel, caller, .none))
        #expect(desk.engine.headVersion == 4)
        desk.give(.commitFailed(commit.id, .full))
        #expect(desk.sent(to: 1).map(\.code) == [.storageUnavailable])
        #expect(desk.sent(to: 2).map(\.code) == [.storageUnavailable])
        #expect(desk.answer(to: request)?.code == .storageUnavailable)
        #expect(desk.logs == [.storageRefusing(.full)])
        #expect(desk.engine.headVersion == 1)
        #expect(desk.engine.durableCells == cells)
        #expect(desk.engine.counts.pendingRecords == 0)
        #expect(desk.frames.count == 1)
    }

    @Test("a full disk is probed each second and recovered from alone")
    func full() throws {
        var desk = desk()
        desk.isAutomatic = false
        desk.place(1, 1, 1, 5)
        desk.give(.commitFailed(try #require(desk.commit).id, .full))
        desk.place(1, 1, 1, 5)
        #expect(desk.sent(to: 1).first?.code == .storageUnavailable)
        #expect(desk.ask(.readiness)?.code == .storageUnavailable)
        guard case .canvas = desk.ask(.canvas) else {
            Issue.record("reads go on")
            return
        }
        for _ in 0..<2 {
            #expect(desk.engine.nextWakeUs == desk.now.monotonicUs + 1_000_000)
            desk.pass(ms: 1_000)
            desk.give(.wake)
            #expect(desk.effects.contains { if case .probeStorage = $0 { true } else { false } })
            #expect(
                desk.engine.nextWakeUs.map { $0 > desk.now.monotonicUs + 10_000_000 } == true, "one at a time"
            )
            desk.give(.storageProbed(.full))
        }
        desk.pass(ms: 1_000)
        desk.give(.wake)
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        #expect(desk.logs == [.storageRecovered])
        desk.place(1, 1, 1, 5)
        #expect(desk.sent(to: 1).first?.message == .placed(version: 2, epoch: 1))
    }

    @Test("a broken disk means reads only until a restart")
    func broken() throws {
        var desk = desk()
        desk.isAutomatic = false
        desk.place(1, 1, 1, 5)
        desk.give(.commitFailed(try #require(desk.commit).id, .broken("fsync")))
        desk.run(ms: 30_000)
        #expect(!desk.effects.contains { if case .probeStorage = $0 { true } else { false } })
        desk.place(1, 1, 1, 5)
        #expect(desk.sent(to: 1).first?.code == .storageUnavailable)
        guard case .snapshot = desk.ask(.snapshot(ifNoneMatch: nil)) else {
            Issue.record("reads go on")
            return
        }
    }

    @Test("a sign-in whose commit fails leaves nothing behind")
    func signIn() throws {
        var desk = Desk()
        desk.isAutomatic = false
        let before = desk.engine.counts
        let key = [UInt8](repeating: 9, count: 32)
        let issue = EdgeProofs(entropy: desk.entropy())
        guard case .challenge(let challenge) = desk.ask(.requestChallenge(publicKey: key), proofs: issue)
        else {
            Issue.record("no challenge")
            return
        }
        let proof = DeviceSignIn(publicKey: key, challenge: challenge, signature: [], name: "Zoe")
        let proofs = EdgeProofs(entropy: desk.entropy(), signatureValid: true)
        #expect(desk.ask(.signInWithDevice(proof), proofs: proofs) == nil)
        let commit = try #require(desk.commit)
        desk.give(.commitFailed(commit.id, .full))
        #expect(desk.answer(to: RequestID(rawValue: 2))?.code == .storageUnavailable)
        #expect(desk.engine.counts.accounts == before.accounts)
        #expect(desk.engine.counts.sessions == before.sessions)
        #expect(desk.engine.counts.pendingRecords == 0)
    }

    @Test("a commit that isn't under way changes nothing")
    func stray() {
        var desk = desk()
        let before = desk.engine.stateHash
        desk.give([.committed(CommitID(rawValue: 99)), .commitFailed(CommitID(rawValue: 98), .full)])
        #expect(desk.effects.isEmpty)
        #expect(desk.engine.stateHash == before)
        #expect(desk.engine.isStorageHealthy)
    }
}
