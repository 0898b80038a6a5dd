import Engine
import Protocol
import Testing

@Suite("The canvas as text")
struct ViewTests {
    private let page = Route.views(.text(CanvasView(), ifNoneMatch: nil))

    private func drawings(_ desk: Desk) -> [Drawing] {
        desk.effects.compactMap { if case .draw(let drawing, _, _, _) = $0 { drawing } else { nil } }
    }

    private func texts(_ desk: Desk) -> [[UInt8]] {
        desk.effects.compactMap {
            if case .respond(_, .view(.text(let bytes, _))) = $0 { bytes } else { nil }
        }
    }

    @Test("is drawn once for all who want to see it alike, and once a version")
    func once() {
        var desk = Desk(recovered: Desk.withAccounts())
        #expect(desk.ask(page, from: "a") == nil)
        #expect(drawings(desk) == [.page(CanvasView())])
        #expect(desk.ask(page, from: "b") == nil)
        #expect(drawings(desk).isEmpty, "one is being drawn")
        desk.give(.viewDrawn([1, 2]))
        #expect(texts(desk) == [[1, 2], [1, 2]])
        guard case .view(.text([1, 2], entityTag: "\"1-0\"")) = desk.ask(page, from: "c") else {
            Issue.record("nothing changed since")
            return
        }
        desk.play(1)
        desk.place(1, 0, 0, 3)
        desk.run(ms: 25)
        #expect(desk.ask(page, from: "d") == nil)
        #expect(drawings(desk) == [.page(CanvasView())])
    }

    @Test("is one drawing at a time, each size in its turn")
    func turns() {
        var desk = Desk()
        let small = CanvasView(columns: 10, rows: 5)
        #expect(desk.ask(page, from: "a") == nil)
        #expect(desk.ask(.views(.text(small, ifNoneMatch: nil)), from: "b") == nil)
        #expect(drawings(desk).isEmpty)
        desk.give(.viewDrawn([1]))
        desk.pass(ms: 1)
        desk.give(.wake)
        #expect(drawings(desk) == [.page(small)])
        desk.give(.viewDrawn([2]))
        #expect(texts(desk) == [[2]])
    }

    @Test(
        "is drawn by turns for whoever asks, so that one who wants many sizes keeps nobody waiting for long")
    func fair() {
        var desk = Desk { $0.spectatorCooldownMs = 0 }
        func size(_ columns: Int) -> CanvasView { CanvasView(columns: columns, rows: 5) }
        func ask(_ columns: Int, from address: String) -> Answer? {
            desk.ask(.views(.text(size(columns), ifNoneMatch: nil)), from: address)
        }
        // The first one is under way, and still waited for.
        for columns in 10..<10 + Limits.maxWaitingDrawingsPerHolder {
            #expect(ask(columns, from: "a") == nil)
        }
        #expect(ask(99, from: "a")?.code == .rateLimited)
        #expect(ask(10, from: "a") == nil, "what is drawn anyway costs nothing")
        // A guest's token at the same address waits for itself, up to what the address may have.
        for number in 0..<Limits.maxWaitingDrawingsPerAddress {
            let guest = Credential.valid(Desk.guest(UInt64(100 + number)))
            let isCrowded =
                number >= Limits.maxWaitingDrawingsPerAddress - Limits.maxWaitingDrawingsPerHolder - 1
            let view = Route.views(.text(size(100 + number), ifNoneMatch: nil))
            #expect(desk.ask(view, guest, from: "a")?.code == (isCrowded ? .rateLimited : nil))
        }
        #expect(ask(50, from: "b") == nil)
        var drawn: [Drawing] = []
        for _ in 0..<3 {
            desk.give(.viewDrawn([1]))
            desk.pass(ms: 10)
            desk.give(.wake)
            drawn += drawings(desk)
        }
        #expect(drawn == [.page(size(50)), .page(size(11)), .page(size(12))])
        #expect(ask(99, from: "a") == nil)
    }

    @Test("isn't waited for by more than fit, wherever they come from")
    func bounded() {
        var desk = Desk { $0.spectatorCooldownMs = 0 }
        for number in 0..<Limits.maxWaitingDrawings { #expect(desk.ask(page, from: "a\(number)") == nil) }
        #expect(desk.ask(page, from: "b")?.code == .rateLimited)
        desk.give(.viewDrawn([1]))
        #expect(texts(desk).count == Limits.maxWaitingDrawings)
    }

    @Test("that is known already costs nothing")
    func notModified() {
        var desk = Desk()
        for _ in 0..<3 {
            let asked = desk.ask(.views(.text(CanvasView(), ifNoneMatch: "\"1-0\"")), from: "a")
            guard case .notModified("\"1-0\"") = asked else {
                Issue.record("modified")
                return
            }
        }
        #expect(desk.ask(page, from: "a") == nil, "and no cooldown has begun")
        #expect(desk.ask(page, from: "a")?.code == .cooldown)
    }

    @Test("shows a part that begins on the canvas, and no other")
    func parts() {
        var desk = Desk()
        let inside = CanvasView(part: CanvasView.Part(x: 9, y: 9, zoom: 4))
        let outside = CanvasView(part: CanvasView.Part(x: 10, y: 0, zoom: 4))
        #expect(desk.ask(.views(.text(outside, ifNoneMatch: nil)), from: "a")?.code == .outOfBounds)
        #expect(desk.ask(.views(.text(inside, ifNoneMatch: nil)), from: "a") == nil)
        #expect(drawings(desk) == [.page(inside)])
    }

    @Test("enlarged as a picture has a size that it may not pass")
    func enlarged() throws {
        var desk = Desk()
        #expect(desk.ask(.views(.enlarged(scale: 16)), from: "a") == nil)
        #expect(drawings(desk) == [.png(scale: 16)])
        desk.give(.viewDrawn([7]))
        guard case .respond(_, .png([7])) = desk.effects.first else {
            Issue.record("no picture")
            return
        }
        let large = try #require(CanvasSize(width: 4_000, height: 2_000))
        desk = Desk { $0.canvasSize = large }
        #expect(desk.ask(.views(.enlarged(scale: 2)), from: "a")?.code == .badRequest)
    }

    @Test("leaves a pause behind it as long as its picture is large, not only the canvas")
    func pauses() throws {
        var desk = Desk { $0.canvasSize = CanvasSize(width: 100, height: 100) ?? $0.canvasSize }
        #expect(desk.ask(.views(.enlarged(scale: 16)), from: "a") == nil)
        desk.give(.viewDrawn([7]))
        #expect(desk.ask(page, from: "b") == nil)
        let pauseMs = 100 * 100 * 16 * 16 * Limits.drawingPauseNsPerPixel / 1_000_000
        desk.pass(ms: Int64(pauseMs - 1))
        desk.give(.wake)
        #expect(drawings(desk).isEmpty)
        desk.pass(ms: 2)
        desk.give(.wake)
        #expect(drawings(desk) == [.page(CanvasView())])
    }

    @Test("at / is for shells, and browsers get a page at once")
    func home() {
        var desk = Desk()
        guard case .view(.page(let canvas)) = desk.ask(.views(.home(nil)), from: "a") else {
            Issue.record("no page")
            return
        }
        #expect(canvas.head.size.width == 10)
        #expect(desk.ask(.views(.home(CanvasView())), from: "a") == nil)
        #expect(drawings(desk) == [.greeting(CanvasView())])
        #expect(desk.ask(page, from: "a")?.code == .cooldown, "it is in the bucket of text")
    }

    @Test("that can't be drawn is an error, and the next one is tried")
    func failure() {
        var desk = Desk()
        #expect(desk.ask(page, from: "a") == nil)
        desk.give(.viewDrawn(nil))
        let codes = desk.effects.compactMap {
            if case .respond(_, let answer) = $0 { answer.code } else { nil }
        }
        #expect(codes == [.internalError])
        desk.pass(ms: 1)
        #expect(desk.ask(page, from: "b") == nil)
        #expect(drawings(desk).count == 1)
    }
}
