import Testing

@testable import Bench

@Suite("The cells that a load places")
struct CellSequenceTests {
    @Test(
        "every cell comes once before any comes again, on any canvas",
        arguments: [2, 100, 1_000, 1_024, 30_000])
    func coversAll(cellCount: Int) {
        var cells = CellSequence(cellCount: cellCount, colorCount: 32)
        let first = (0..<cellCount).map { _ in cells.draw() }
        #expect(Set(first.map(\.cell)) == Set(0..<cellCount))
        let second = (0..<cellCount).map { _ in cells.draw() }
        #expect(Set(second.map(\.cell)) == Set(0..<cellCount))
    }

    @Test("a cell that comes again has another color, never the ground's")
    func colors() {
        var cells = CellSequence(cellCount: 500, colorCount: 32)
        let first = (0..<500).map { _ in cells.draw() }.sorted { $0.cell < $1.cell }
        let second = (0..<500).map { _ in cells.draw() }.sorted { $0.cell < $1.cell }
        #expect(zip(first, second).allSatisfy { $0.color != $1.color })
        #expect((first + second).allSatisfy { (1..<32).contains($0.color) })
        #expect(Set(first.map(\.color)).count == 31)
    }

    @Test("the gaps between a frame's cells are as uneven as those of random places")
    func spread() {
        var cells = CellSequence(cellCount: 1_000_000, colorCount: 32)
        var meanOfSquares = 0.0
        for _ in 0..<50 {
            let frame = (0..<200).map { _ in cells.draw().cell }.sorted()
            let gaps = zip(frame.dropFirst(), frame).map { Double($0 - $1) / 5_000 }
            meanOfSquares += gaps.map { $0 * $0 }.reduce(0, +) / Double(gaps.count) / 50
        }
        // Random places have exponential gaps, whose mean square is twice the square of their mean.
        #expect((1.7...2.3).contains(meanOfSquares))
    }
}
