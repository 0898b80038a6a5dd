import Protocol
import Testing

@Suite struct PuzzleShapeTests {
    @Test("a quarter turn is clockwise, and four of them are none")
    func turned() {
        let shape = PuzzleShape(rows: ["##.", "..#"])
        #expect(shape.turned.rows == [".#", ".#", "#."])
        #expect(shape.turns.map(\.width) == [3, 2, 3, 2])
        #expect(shape.turned.turned.turned.turned == shape)
        #expect(shape.mirrored.rows == [".##", "#.."])
    }

    @Test("rows of any length are read as one grid, and no more of it than 32 by 32")
    func read() {
        #expect(PuzzleShape(rows: ["#", "", ".#x#"]).rows == ["#...", "....", ".#.#"])
        #expect(PuzzleShape(rows: []).rows.isEmpty)
        let huge = PuzzleShape(rows: [String](repeating: String(repeating: "#", count: 900), count: 900))
        #expect(huge.width == 32)
        #expect(huge.height == 32)
    }

    @Test("what is empty around a shape is cut off")
    func trimmed() {
        #expect(PuzzleShape(rows: ["....", ".#..", ".##.", "...."]).trimmed.rows == ["#.", "##"])
        #expect(PuzzleShape(rows: ["..", ".."]).trimmed.rows.isEmpty)
    }
}
