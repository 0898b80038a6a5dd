import Testing

@testable import TUI

@Suite struct UndoWindowTests {
    private let place = Place(x: 1, y: 1)
    private let other = Place(x: 2, y: 2)

    @Test(
        "the latest placement may be taken back for five seconds, then the one before for the rest of its own"
    )
    func window() {
        var window = UndoWindow()
        #expect(window.untilMs(nowMs: 0) == nil)
        window.add(place, color: 3, sentMs: 1_000)
        window.add(other, color: 4, sentMs: 3_000)
        #expect(window.untilMs(nowMs: 3_000) == 8_000)
        window.undo()
        #expect(window.untilMs(nowMs: 3_500) == 6_000)
        #expect(window.untilMs(nowMs: 6_000) == nil)
        window.undo()
        window.undo()
        #expect(window.untilMs(nowMs: 3_500) == nil)
    }

    @Test("what somebody painted over can't be taken back, unless it lies on top again")
    func covered() {
        var window = UndoWindow()
        window.add(place, color: 3, sentMs: 0)
        window.change(other, color: 9)
        window.change(place, color: 3)
        #expect(window.untilMs(nowMs: 1) == 5_000)
        window.change(place, color: 9)
        #expect(window.untilMs(nowMs: 1) == nil)
        window.change(place, color: 3)
        #expect(window.untilMs(nowMs: 1) == 5_000)
    }
}
