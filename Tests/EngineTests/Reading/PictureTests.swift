import Engine
import Protocol
import Testing

@Suite("The canvas as a picture")
struct PictureTests {
    private func drawings(_ desk: Desk) -> Int {
        desk.effects.count { if case .renderPNG = $0 { true } else { false } }
    }

    private func png(_ answer: Answer?) -> [UInt8]? {
        if case .png(let bytes) = answer { bytes } else { nil }
    }

    @Test("is drawn once however many ask, and once a version")
    func once() {
        var desk = Desk(recovered: Desk.withAccounts())
        #expect(desk.ask(.canvasPNG, from: "a") == nil)
        #expect(drawings(desk) == 1)
        #expect(desk.ask(.canvasPNG, from: "b") == nil)
        #expect(drawings(desk) == 0, "one is being drawn")
        desk.give(.pictureDrawn([1, 2]))
        let answered = desk.effects.compactMap {
            if case .respond(_, .png(let bytes)) = $0 { bytes } else { nil }
        }
        #expect(answered == [[1, 2], [1, 2]])
        #expect(png(desk.ask(.canvasPNG, from: "c")) == [1, 2], "nothing changed since")
        desk.play(1)
        desk.place(1, 0, 0, 3)
        desk.run(ms: 25)
        #expect(desk.ask(.canvasPNG, from: "d") == nil)
        #expect(drawings(desk) == 1)
    }

    @Test("shows all that was durable when it was asked for")
    func freshness() {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(1)
        #expect(desk.ask(.canvasPNG, from: "a") == nil)
        desk.place(1, 0, 0, 3)
        desk.run(ms: 25)
        #expect(desk.engine.durableVersion == 1)
        #expect(desk.ask(.canvasPNG, from: "b") == nil)
        desk.give(.pictureDrawn([1]))
        let answered = desk.effects.count { if case .respond(_, .png) = $0 { true } else { false } }
        #expect(answered == 1, "the one who asked before the pixel")
        let redrawn = desk.effects.compactMap {
            if case .renderPNG(let head, let cells) = $0 { (head.version, cells[0]) } else { nil }
        }
        #expect(redrawn.count == 1 && redrawn[0] == (1, 3))
        desk.give(.pictureDrawn([2]))
        #expect(png(desk.answer(to: RequestID(rawValue: 2))) == [2])
    }

    @Test("that can't be drawn is an error, and the next one is tried")
    func failure() {
        var desk = Desk()
        #expect(desk.ask(.canvasPNG, from: "a") == nil)
        desk.give(.pictureDrawn(nil))
        let codes = desk.effects.compactMap {
            if case .respond(_, let answer) = $0 { answer.code } else { nil }
        }
        #expect(codes == [.internalError])
        #expect(desk.ask(.canvasPNG, from: "b") == nil)
        #expect(drawings(desk) == 1)
    }
}
