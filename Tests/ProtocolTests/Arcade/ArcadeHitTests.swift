import Protocol
import Testing

@Suite("A hit")
struct ArcadeHitTests {
    @Test(
        "counts on every pixel of the target and on no other",
        arguments: [0, 1, 2, 3, 0xFFFF_FFFF_FFFF_FFFF] as [UInt64])
    func pixels(seed: UInt64) {
        let stretch = ArcadeStretch(seed: seed, hits: 0, startMs: 100)
        let target = Dot.target(of: stretch, atMs: 100)
        for y in -1...36 {
            for x in -1...60 {
                let isHit = Arcade.isHit(.dot, stretch, x: x, y: y, atMs: 5_000)
                #expect(isHit == target.contains(x: x, y: y))
            }
        }
    }

    /// A stretch and the first time at which a shaky dot has left a pixel that it covered the moment before.
    private static func leaving() throws -> (stretch: ArcadeStretch, x: Int, y: Int, atMs: Int) {
        let stretch = ArcadeStretch(seed: 21, hits: 0, startMs: 500)
        for atMs in stride(from: 580, to: 30_000, by: 80) {
            let before = ShakyDot.target(of: stretch, atMs: atMs - 1)
            let after = ShakyDot.target(of: stretch, atMs: atMs)
            let next = ShakyDot.target(of: stretch, atMs: atMs + 80)
            if !after.contains(x: before.x, y: before.y), !next.contains(x: before.x, y: before.y) {
                return (stretch, before.x, before.y, atMs)
            }
        }
        throw Failure(.badRequest, "a dot that never leaves")
    }

    @Test("on a dot that moved on counts for the 60 ms of a drawn frame, and no millisecond longer")
    func window() throws {
        let (stretch, x, y, leftMs) = try Self.leaving()
        #expect(Arcade.isHit(.shakyDot, stretch, x: x, y: y, atMs: leftMs - 1))
        #expect(Arcade.isHit(.shakyDot, stretch, x: x, y: y, atMs: leftMs))
        #expect(Arcade.isHit(.shakyDot, stretch, x: x, y: y, atMs: leftMs + 59))
        #expect(!Arcade.isHit(.shakyDot, stretch, x: x, y: y, atMs: leftMs + 60))
    }

    @Test("on where the dot will be counts no millisecond before it is there")
    func ahead() {
        let stretch = ArcadeStretch(seed: 22, hits: 0, startMs: 0)
        var checked = 0
        for atMs in stride(from: 80, to: 30_000, by: 80) {
            let target = ShakyDot.target(of: stretch, atMs: atMs)
            let before = ShakyDot.target(of: stretch, atMs: atMs - 1)
            guard !before.contains(x: target.x, y: target.y) else { continue }
            checked += 1
            #expect(!Arcade.isHit(.shakyDot, stretch, x: target.x, y: target.y, atMs: atMs - 1))
            #expect(Arcade.isHit(.shakyDot, stretch, x: target.x, y: target.y, atMs: atMs))
        }
        #expect(checked > 100)
    }

    @Test("is judged by its own stretch alone, also in the stretch's first moments")
    func ownStretch() {
        let stretch = ArcadeStretch(seed: 23, hits: 1, startMs: 1_000)
        let target = ShakyDot.target(of: stretch, atMs: 1_000)
        for atMs in [1_000, 1_030, 1_059, 1_079] {
            #expect(Arcade.isHit(.shakyDot, stretch, x: target.x, y: target.y, atMs: atMs))
        }
        #expect(!Arcade.isHit(.shakyDot, stretch, x: target.x - 1, y: target.y, atMs: 1_010))
    }

    @Test("at a time that no run has is judged and nothing breaks", arguments: [Int.min, -1, .max])
    func absurd(atMs: Int) {
        for game in ArcadeGameID.all {
            let stretch = ArcadeStretch(seed: 5, hits: 0, startMs: 7)
            #expect(!Arcade.isHit(game, stretch, x: -1, y: .max, atMs: atMs))
        }
    }
}
