import FoundationEssentials
import Protocol
import Testing

@Suite("A box of cells")
struct CanvasBoxTests {
    @Test("has both its corners, in whatever order they were given")
    func corners() throws {
        let box = CanvasBox(5, 2, 1, 4)
        #expect(box == CanvasBox(1, 2, 5, 4))
        #expect(box.words == "1,2 5,4")
        #expect((box.width, box.height, box.cellCount) == (5, 3, 15))
        #expect(box.contains(x: 1, y: 2) && box.contains(x: 5, y: 4))
        #expect(!box.contains(x: 0, y: 2) && !box.contains(x: 5, y: 5))
    }

    @Test("lies on a canvas with both of them")
    func lies() throws {
        let size = try #require(CanvasSize(width: 6, height: 5))
        #expect(CanvasBox(all: size) == CanvasBox(0, 0, 5, 4))
        #expect(CanvasBox(all: size).lies(on: size))
        #expect(!CanvasBox(0, 0, 6, 4).lies(on: size))
        #expect(!CanvasBox(-1, 0, 5, 4).lies(on: size))
        #expect(!CanvasBox(.min, .min, .max, .max).lies(on: size))
    }

    @Test("is read in order from whoever writes it the other way round")
    func decoded() throws {
        let json = Data(#"{"x0":9,"y0":8,"x1":1,"y1":2}"#.utf8)
        #expect(try JSONDecoder().decode(CanvasBox.self, from: json) == CanvasBox(1, 2, 9, 8))
        let box = CanvasBox(3, 4, 5, 6)
        #expect(try JSONDecoder().decode(CanvasBox.self, from: JSONEncoder().encode(box)) == box)
    }
}
