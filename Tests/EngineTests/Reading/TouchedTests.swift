import Engine
import Protocol
import Testing

@Suite("The mask of touched cells")
struct TouchedTests {
    private func wanted(_ desk: Desk) -> [(mask: CellMask, version: Version)] {
        desk.effects.compactMap {
            if case .packTouched(let mask, _, let version) = $0 { (mask, version) } else { nil }
        }
    }

    /// Gives back what the engine wants packed, its bytes as they are.
    private func pack(_ desk: inout Desk, _ wanted: (mask: CellMask, version: Version)) {
        desk.give(
            .touchedPacked(
                TouchedAnswer(
                    size: wanted.mask.size, epoch: 1, version: wanted.version, zlib: wanted.mask.bytes)))
    }

    private func given(_ desk: Desk) -> [TouchedAnswer] {
        desk.effects.compactMap { if case .respond(_, .touched(let answer)) = $0 { answer } else { nil } }
    }

    @Test("has a bit for each cell that ever got a pixel, also for one that was taken back")
    func truth() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(1)
        desk.place(1, 3, 0, 5)
        desk.place(1, 9, 9, 5)
        desk.say(1, .undo)
        desk.run(ms: 100)
        #expect(desk.ask(.touched(ifNoneMatch: nil), from: "a") == nil)
        let wanted = try #require(wanted(desk).first)
        #expect(wanted.version == desk.engine.durableVersion)
        #expect((0..<100).filter { wanted.mask[$0] } == [3, 99])
        pack(&desk, wanted)
        #expect(given(desk).map(\.version) == [3])
    }

    @Test("shows nothing that isn't durable")
    func durableOnly() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(1)
        desk.isAutomatic = false
        desk.place(1, 3, 0, 5)
        #expect(desk.ask(.touched(ifNoneMatch: nil), from: "a") == nil)
        let early = try #require(wanted(desk).first)
        #expect(early.version == 0 && early.mask.count == 0)
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        pack(&desk, early)
        #expect(
            desk.ask(.touched(ifNoneMatch: nil), from: "b").map { _ in true } == true, "nothing came since")
        #expect(given(desk).first?.zlib.allSatisfy { $0 == 0 } == true)
    }

    @Test("is packed once a version however many ask, and anew for whoever asked at a newer one")
    func once() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(1)
        #expect(desk.ask(.touched(ifNoneMatch: nil), from: "a") == nil)
        let first = try #require(wanted(desk).first)
        #expect(desk.ask(.touched(ifNoneMatch: nil), from: "b") == nil)
        #expect(wanted(desk).isEmpty, "one is being packed")
        desk.place(1, 0, 0, 3)
        desk.run(ms: 25)
        #expect(desk.ask(.touched(ifNoneMatch: nil), from: "c") == nil)
        pack(&desk, first)
        #expect(given(desk).map(\.version) == [0, 0])
        let second = try #require(wanted(desk).first)
        pack(&desk, second)
        #expect(given(desk).map(\.version) == [1])
    }

    @Test("is kept over a restart")
    func recovered() throws {
        var state = Desk.withAccounts()
        let size = Desk.configuration().canvasSize
        state.epoch = EpochRecord(epoch: 1, firstVersion: 0, size: size, startedAtMs: 0)
        state.cells = [UInt8](repeating: 0, count: size.cellCount)
        var mask = CellMask(size: size)
        mask[42] = true
        state.touched = mask
        var desk = Desk(recovered: state)
        #expect(desk.ask(.touched(ifNoneMatch: nil), from: "a") == nil)
        #expect(wanted(desk).first?.mask == mask)
    }

    @Test("that the caller has isn't given again, and spends nothing")
    func notModified() {
        var desk = Desk(recovered: Desk.withAccounts())
        for _ in 0..<3 {
            guard case .notModified("\"1-0\"") = desk.ask(.touched(ifNoneMatch: "\"1-0\""), from: "a") else {
                Issue.record("modified")
                return
            }
        }
        #expect(desk.ask(.touched(ifNoneMatch: "\"1-9\""), from: "a") == nil)
        #expect(desk.ask(.touched(ifNoneMatch: nil), from: "a")?.code == .cooldown)
    }
}
