import Protocol
import Testing

@testable import TUI

@Suite("A new canvas")
struct NewCanvasTests {
    @Test("of a smaller size is told, keeps the cursor on it, and ends what belonged to the one before")
    func smaller() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        for _ in 0..<300 { _ = model.type("lj") }
        _ = model.type("5 ")
        let small = try SampleModels.image(width: 20, height: 10)
        _ = model.update(.server(.replaced(small, epoch: 2, version: 1300)), nowMs: 5)
        #expect(model.canvas?.size == small.size)
        #expect(small.size.contains(x: model.cursor.x, y: model.cursor.y))
        #expect(model.viewport.shows(model.cursor))
        #expect(model.pending.isEmpty, "what was on its way lies outside")
        #expect(model.desk.heat?.size == small.size && model.desk.touched?.size == small.size)
        #expect(model.toast?.words.shown.contains("20x10") == true)
    }

    @Test("that comes whole after a gap is no new one")
    func sameEpoch() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        let before = model.toast
        _ = model.update(
            .server(.replaced(try SampleModels.image(width: 100, height: 60), epoch: 1, version: 1300)),
            nowMs: 5)
        #expect(model.toast == before)
    }

    @Test("a protected cell is refused with the host's words")
    func protectedCell() throws {
        let model = try SampleModels.playing(columns: 80, rows: 24)
        let failure = Failure(.protectedArea, "This part of the canvas is protected: a monument")
        #expect(model.words(for: failure).words.shown.contains("a monument"))
        #expect(model.words(for: failure).kind == .warning)
    }
}
