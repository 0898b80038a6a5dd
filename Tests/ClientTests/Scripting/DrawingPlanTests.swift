import Client
import Protocol
import Testing

@Suite("A drawing plan")
struct DrawingPlanTests {
    static let canvas: CanvasSize = {
        guard let size = CanvasSize(width: 8, height: 6) else { preconditionFailure("8x6 is a size") }
        return size
    }()
    static let blank = [UInt8](repeating: 0, count: canvas.cellCount)
    /// 3 by 2, one of them transparent.
    static let picture: [UInt8?] = [1, 2, nil, 4, 5, 6]

    static func plan(part: Int = 0, of parts: Int = 1, x: Int = 2, y: Int = 1) -> DrawingPlan? {
        DrawingPlan(
            picture: picture, width: 3, x: x, y: y, index: part, count: parts, canvas: canvas)
    }

    @Test("parts share the picture without overlap, and together draw all of it")
    func parts() throws {
        var cells = Self.blank
        var placed = 0
        for part in 0..<3 {
            var plan = try #require(Self.plan(part: part, of: 3))
            plan.compare(with: Self.blank)
            while let pixel = plan.next() {
                placed += 1
                #expect(cells[Self.canvas.cell(x: pixel.x, y: pixel.y)] == 0)
                cells[Self.canvas.cell(x: pixel.x, y: pixel.y)] = pixel.color
            }
        }
        #expect(placed == 5)
        #expect(Array(cells[10..<13]) == [1, 2, 0] && Array(cells[18..<21]) == [4, 5, 6])
    }

    @Test("leaves out what the canvas shows already")
    func difference() throws {
        var plan = try #require(Self.plan())
        var cells = Self.blank
        cells[10] = 1
        plan.compare(with: cells)
        #expect(plan.cellCount == 5 && plan.wrongCount == 4)
        let next = plan.next()
        #expect(next == Pixel(x: 3, y: 1, color: 2))
    }

    @Test("is done when every placement went well")
    func finishes() throws {
        var plan = try #require(Self.plan())
        plan.compare(with: Self.blank)
        while let pixel = plan.next() { plan.finish(pixel, isPlaced: true) }
        #expect(plan.wrongCount == 0)
    }

    @Test("brings a refused placement up again")
    func refused() throws {
        var plan = try #require(Self.plan())
        plan.compare(with: Self.blank)
        let next = plan.next()
        let first = try #require(next)
        plan.finish(first, isPlaced: false)
        let again = plan.next()
        #expect(again == first)
        #expect(plan.wrongCount == 5)
    }

    @Test("repairs what another overwrites, and only in its own part")
    func overwritten() throws {
        var plan = try #require(Self.plan())
        plan.compare(with: Self.blank)
        while let pixel = plan.next() { plan.finish(pixel, isPlaced: true) }
        plan.note([Pixel(x: 2, y: 1, color: 30), Pixel(x: 0, y: 0, color: 30)])
        #expect(plan.wrongCount == 1)
        let next = plan.next()
        let afterwards = plan.next()
        #expect(next == Pixel(x: 2, y: 1, color: 1) && afterwards == nil)
    }

    @Test(
        "refuses a picture that hangs over the canvas's edge", arguments: [(6, 1), (2, 5), (-1, 0), (8, 0)])
    func edges(x: Int, y: Int) {
        #expect(Self.plan(x: x, y: y) == nil)
        #expect(Self.plan(x: 5, y: 4) != nil)
    }
}
