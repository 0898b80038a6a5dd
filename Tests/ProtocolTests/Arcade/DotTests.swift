import Protocol
import Testing

@Suite("A still dot")
struct DotTests {
    static func target(_ seed: UInt64, atMs: Int = 0) -> ArcadeTarget {
        Dot.target(of: ArcadeStretch(seed: seed, hits: 0, startMs: 0), atMs: atMs)
    }

    // Computed in Python from the documentation of `Dot`.
    @Test(
        "lies where its documentation says",
        arguments: [
            (0, 49, 12), (1, 29, 17), (0x0123_4567_89AB_CDEF, 39, 11), (UInt64.max, 32, 9),
        ])
    func documented(seed: UInt64, x: Int, y: Int) {
        #expect(Self.target(seed) == ArcadeTarget(x: x, y: y, width: 3, height: 3))
    }

    @Test("stays for its stretch, whatever the time and the hits before")
    func still() {
        let place = Self.target(9)
        for atMs in [1, 80, 29_999, 600_000] { #expect(Self.target(9, atMs: atMs) == place) }
        #expect(Dot.target(of: ArcadeStretch(seed: 9, hits: 7, startMs: 400), atMs: 500) == place)
    }

    @Test("reaches every column and row where it fits, edges included")
    func everywhere() {
        var random = SeededGenerator(seed: 3)
        let places = (0..<4_000).map { _ in Self.target(random.next()) }
        #expect(Set(places.map(\.x)) == Set(0...57))
        #expect(Set(places.map(\.y)) == Set(0...33))
    }

    @Test("covers one cell of a terminal whole, so that every click into that cell hits")
    func cells() {
        for y in 0...33 {
            let target = ArcadeTarget(x: 0, y: y, width: 3, height: 3)
            let whole = (0..<18).filter {
                target.contains(x: 0, y: 2 * $0) && target.contains(x: 0, y: 2 * $0 + 1)
            }
            #expect(whole.count == 1)
        }
    }

    @Test("nothing is written on its field")
    func labels() {
        #expect(Dot.labels(of: ArcadeStretch(seed: 1, hits: 0, startMs: 0)).isEmpty)
        #expect(ShakyDot.labels(of: ArcadeStretch(seed: 1, hits: 0, startMs: 0)).isEmpty)
    }
}
