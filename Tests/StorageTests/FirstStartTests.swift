import Engine
import Protocol
import Storage
import Testing

@Suite("A first start")
struct FirstStartTests {
    @Test("an empty directory gets a blank canvas of the given size, and later starts keep it")
    func keepsTheFirstSize() throws {
        let scratch = try Scratch()
        let small = try #require(CanvasSize(width: 4, height: 3))
        let large = try #require(CanvasSize(width: 40, height: 30))
        let first = try Database(directory: scratch.path)
        let state = try first.recover(canvasSize: small, nowMs: 1_000)
        #expect(state.epoch == EpochRecord(epoch: 1, firstVersion: 0, size: small, startedAtMs: 1_000))
        #expect(state.cells == [UInt8](repeating: 0, count: 12))
        #expect(state.version == 0)
        first.close()
        let second = try Database(directory: scratch.path)
        let again = try second.recover(canvasSize: large, nowMs: 2_000)
        #expect(again.epoch == state.epoch)
        #expect(again.cells == state.cells)
        second.close()
    }
}
