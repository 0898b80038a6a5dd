import Engine
import Game
import Protocol
import Testing

@Suite("Relays and storage")
struct RelayFaultTests {
    private func room() -> (Desk, Identifier) {
        var desk = Desk(recovered: Desk.withAccounts())
        for number in 1...2 as ClosedRange<UInt64> { desk.open(number) }
        let id = desk.startRelay([1, 2]) { $0.decayIntervalMs = 10_000 }
        for socket in 1...2 as ClosedRange<UInt64> { desk.say(socket, .join(relay: id)) }
        return (desk, id)
    }

    @Test("a failed commit takes an answer back, and nobody has heard of it")
    func takesBack() throws {
        var (desk, id) = room()
        let puzzle = try #require(desk.relay(.newPuzzle(id), as: 1)?.puzzle)
        desk.run(ms: 1_000)
        desk.isAutomatic = false
        let attempt = PuzzleAttempt(puzzle: puzzle.id, answer: desk.solution(of: puzzle.id))
        let request = desk.begin(.answer(id, attempt), as: 1)
        let commit = try #require(desk.lastCommit)
        let second = desk.begin(.newPuzzle(id), as: 2)
        desk.give(.commitFailed(commit.id, .full))
        #expect(desk.answer(to: request)?.code == .storageUnavailable)
        #expect(desk.answer(to: second)?.code == .storageUnavailable)
        #expect(desk.heard(in: id).isEmpty)
        #expect(desk.relay(.points(id), as: 2)?.points == [100, 100])
        #expect(desk.relay(.puzzle(id), as: 1)?.puzzle == puzzle)
        #expect(desk.relay(.answer(id, attempt), as: 1)?.code == .storageUnavailable)
        desk.run(ms: 1_100)
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: 100)
        #expect(desk.attempt(id, as: 1)?.attempt?.isCorrect == true)
        #expect(desk.relay(.newPuzzle(id), as: 2)?.puzzle != nil)
        #expect(desk.relay(.points(id), as: 2)?.points == [100, 100 + puzzle.worth])
    }

    @Test("a relay whose creation or start fails isn't there, or waits on and can still expire")
    func creation() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.isAutomatic = false
        let request = desk.begin(.create(RelayOptions()), as: 1)
        #expect(desk.relay(.list, as: 1)?.relays?.isEmpty == true)
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        #expect(desk.answer(to: request)?.code == .storageUnavailable)
        #expect(desk.relay(.list, as: 1)?.relays?.isEmpty == true)
        desk.run(ms: 1_100)
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: 100)
        let id = desk.makeRelay([1, 2])
        desk.run(ms: 100)
        desk.isAutomatic = false
        _ = desk.begin(.start(id), as: 1)
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        #expect(desk.engine.counts.relaysWaiting == 1)
        desk.run(ms: 1_100)
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: Int64(Limits.relayWaitMs) + 10_000)
        #expect(Shelf(desk.kept).relay(id)?.status == .ended)
    }

    @Test(
        "while storage is full the clock stands still, without waking anybody; then a whole interval begins")
    func full() throws {
        var (desk, id) = room()
        desk.run(ms: 9_000)
        desk.isAutomatic = false
        _ = desk.begin(.newPuzzle(id), as: 1)
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        desk.run(ms: 1_500)
        #expect(desk.engine.nextWakeUs.map { $0 > desk.now.monotonicUs + 3_000_000 } == true)
        desk.run(ms: 60_000)
        #expect(desk.relay(.points(id), as: 2)?.points == [100, 100])
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: 9_500)
        #expect(desk.relay(.points(id), as: 2)?.points == [100, 100])
        desk.run(ms: 1_000)
        #expect(desk.relay(.points(id), as: 2)?.points == [99, 99])
    }

    @Test("a restart resumes with the same puzzle, the same points and a whole interval")
    func restart() throws {
        var (desk, id) = room()
        let puzzle = try #require(desk.relay(.newPuzzle(id), as: 1)?.puzzle)
        desk.run(ms: 19_000)
        let waiting = desk.makeRelay([3])
        var after = desk.restarted()
        #expect(after.relay(.puzzle(id), as: 1)?.puzzle == puzzle)
        #expect(after.relay(.points(id), as: 1)?.points == [99, 99])
        #expect(after.relay(.list, as: 3)?.relays?.map(\.relay) == [waiting, id])
        after.run(ms: 9_500)
        #expect(after.relay(.points(id), as: 1)?.points == [99, 99])
        after.run(ms: 1_000)
        #expect(after.relay(.points(id), as: 1)?.points == [98, 98])
        #expect(after.attempt(id, as: 1)?.attempt?.isCorrect == true)
        after.run(ms: Int64(Limits.relayWaitMs))
        #expect(Shelf(after.kept).relay(waiting)?.status == .ended)
    }

    @Test("a failed end pays nobody yet, and the one that is kept pays once")
    func failedEnd() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        let id = desk.startRelay([1, 2]) { $0.seconds = 2 }
        #expect(desk.relay(.newPuzzle(id), as: 1)?.puzzle != nil)
        #expect(desk.attempt(id, as: 1)?.attempt?.isCorrect == true)
        desk.run(ms: 1_400)
        desk.isAutomatic = false
        desk.run(ms: 1_000)
        let end = try #require(desk.lastCommit)
        #expect(Shelf(end.records).scores.count == 2)
        desk.give(.commitFailed(end.id, .full))
        #expect(desk.engine.counts.relaysRunning == 1)
        desk.run(ms: 1_100)
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: 5_000)
        #expect(Shelf(desk.kept).scores.count == 2)
        for number in 1...2 as ClosedRange<UInt64> {
            guard case .me(let me) = desk.ask(.me, .valid(Desk.account(number))) else {
                Issue.record("no account")
                return
            }
            #expect(me.points == (number == 1 ? 12 : 10))
        }
        desk.run(ms: Int64(Limits.relayAftermathMs) + 60_000)
        #expect(desk.relay(.points(id), as: 1)?.code == .notFound)
    }
}
