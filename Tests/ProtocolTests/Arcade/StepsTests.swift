import Protocol
import Testing

@Suite("Steps")
struct StepsTests {
    // Computed in Python from the documentation of `Steps`.
    static let grids: [(seed: UInt64, cells: [Int])] = [
        (0, [18, 3, 1, 22, 6, 24, 10, 21, 12, 8, 20, 4, 14, 23, 2, 19, 16, 9, 7, 25, 17, 15, 5, 13, 11]),
        (1, [5, 14, 18, 6, 22, 20, 25, 2, 1, 10, 15, 11, 12, 17, 21, 7, 19, 4, 3, 9, 13, 24, 23, 8, 16]),
        (
            0x0123_4567_89AB_CDEF,
            [13, 9, 24, 17, 2, 1, 14, 5, 3, 19, 10, 25, 18, 11, 21, 8, 23, 4, 15, 22, 6, 7, 20, 12, 16]
        ),
        (.max, [2, 8, 20, 23, 14, 24, 6, 18, 15, 7, 25, 11, 1, 4, 19, 13, 17, 3, 5, 21, 16, 9, 22, 10, 12]),
    ]

    @Test("shuffles its grid as its documentation says", arguments: grids)
    func documented(seed: UInt64, cells: [Int]) {
        #expect(Steps.labels(of: ArcadeStretch(seed: seed, hits: 3, startMs: 0)) == cells)
    }

    @Test(
        "each number stands in one cell, and is the target once, in order",
        arguments: 0..<50 as Range<UInt64>)
    func order(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var stretch = ArcadeStretch(seed: random.next(), hits: 0, startMs: 0)
        let labels = Steps.labels(of: stretch)
        #expect(labels.sorted() == Array(1...25))
        var reached: Set<ArcadeTarget> = []
        for hits in 0..<25 {
            stretch.hits = hits
            let target = Steps.target(of: stretch, atMs: 1_000 * hits)
            #expect(target.width == 1 && target.height == 1)
            #expect(labels[5 * target.y + target.x] == hits + 1)
            #expect(Steps.labels(of: stretch) == labels)
            reached.insert(target)
        }
        #expect(reached.count == 25)
    }

    @Test("once all are hit nothing counts any more")
    func over() {
        let target = Steps.target(of: ArcadeStretch(seed: 6, hits: 25, startMs: 0), atMs: 9_000)
        for y in 0..<5 { for x in 0..<5 { #expect(!target.contains(x: x, y: y)) } }
    }

    @Test("every number comes to every cell")
    func mixed() {
        var random = SeededGenerator(seed: 12)
        var seen = [Set<Int>](repeating: [], count: 25)
        for _ in 0..<1_000 {
            let labels = Steps.labels(of: ArcadeStretch(seed: random.next(), hits: 0, startMs: 0))
            for (cell, label) in labels.enumerated() { seen[cell].insert(label) }
        }
        #expect(seen.allSatisfy { $0.count == 25 })
    }
}
