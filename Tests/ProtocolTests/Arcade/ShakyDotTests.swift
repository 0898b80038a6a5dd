import Protocol
import Testing

@Suite("A shaky dot")
struct ShakyDotTests {
    struct Path: Sendable {
        var seed: UInt64
        var startMs: Int
        /// Milliseconds after the start, and the left top pixel then.
        var places: [(afterMs: Int, x: Int, y: Int)]
    }

    // Computed in Python from the documentation of `ShakyDot`.
    static let paths: [Path] = [
        Path(
            seed: 0, startMs: 0,
            places: [
                (0, 36, 13), (79, 36, 13), (80, 38, 12), (160, 35, 11), (999, 36, 12), (29_999, 41, 9),
            ]),
        Path(
            seed: 1, startMs: 0,
            places: [
                (0, 51, 11), (79, 51, 11), (80, 47, 13), (160, 50, 12), (999, 47, 10), (29_999, 51, 13),
            ]),
        Path(
            seed: 0x0123_4567_89AB_CDEF, startMs: 12_345,
            places: [(0, 3, 7), (79, 3, 7), (80, 1, 3), (160, 4, 7), (999, 4, 5), (1_000, 4, 5)]),
        Path(
            seed: .max, startMs: 29_000,
            places: [(0, 5, 3), (79, 5, 3), (80, 10, 1), (160, 10, 3), (999, 10, 3), (1_000, 10, 3)]),
    ]

    @Test("moves as its documentation says", arguments: paths)
    func documented(path: Path) {
        let stretch = ArcadeStretch(seed: path.seed, hits: 0, startMs: path.startMs)
        for (afterMs, x, y) in path.places {
            let target = ShakyDot.target(of: stretch, atMs: path.startMs + afterMs)
            #expect(target == ArcadeTarget(x: x, y: y, width: 3, height: 3), "after \(afterMs) ms")
        }
    }

    @Test("moves only every 80 ms of its stretch", arguments: [0, 1, 79, 12_345])
    func pace(startMs: Int) {
        let stretch = ArcadeStretch(seed: 77, hits: 4, startMs: startMs)
        for step in 0..<400 {
            let first = ShakyDot.target(of: stretch, atMs: startMs + 80 * step)
            #expect(ShakyDot.target(of: stretch, atMs: startMs + 80 * step + 79) == first)
        }
    }

    @Test(
        "shakes at most 3 pixels around its home and never off the field, for as long as a game lasts",
        arguments: 0..<60 as Range<UInt64>)
    func bounded(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let stretch = ArcadeStretch(seed: random.next(), hits: 0, startMs: 0)
        let places = (0..<375).map { ShakyDot.target(of: stretch, atMs: 80 * $0) }
        let columns = places.map(\.x)
        let rows = places.map(\.y)
        // All of 375 places: the whole reach is seen, so that its middle is the home.
        let left = columns.min() ?? 0
        let top = rows.min() ?? 0
        #expect((columns.max() ?? 0) - left == 2 * ShakyDot.shake)
        #expect((rows.max() ?? 0) - top == 2 * ShakyDot.shake)
        #expect(left >= 0 && left + 2 * ShakyDot.shake + 3 <= 60)
        #expect(top >= 0 && top + 2 * ShakyDot.shake + 3 <= 36)
    }

    @Test("jitters: it takes each of its 49 places, and no step tells the next one")
    func jittery() {
        // Seed 0 too: there neighbouring steps start at neighbouring states.
        for seed in [0, 1, 2, 0x9E37_79B9_7F4A_7C15, 5_000] as [UInt64] {
            let stretch = ArcadeStretch(seed: seed, hits: 0, startMs: 0)
            let places = (0..<4_000).map { ShakyDot.target(of: stretch, atMs: 80 * $0) }
            #expect(Set(places).count == 49)
            let resting = zip(places, places.dropFirst()).count { $0 == $1 }
            #expect((40...130).contains(resting), "1 in 49 stays where it was, not \(resting) of 4,000")
            let left = places.map(\.x).min() ?? 0
            let top = places.map(\.y).min() ?? 0
            let echoes = zip(places, places.dropFirst()).count { $0.y - top == $1.x - left }
            #expect((400...750).contains(echoes), "1 in 7 is chance, not \(echoes) of 4,000")
        }
    }
}
