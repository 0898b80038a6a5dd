import Testing

@testable import TUI

@Suite struct KeyGlideTests {
    private func steps(_ gapsMs: [Int64], _ key: KeyPress.Key = .left) -> [Int] {
        var glide = KeyGlide()
        var atMs: Int64 = 1_000
        return gapsMs.map { gap in
            atMs += gap
            return glide.step(key, atMs: atMs)
        }
    }

    @Test("taps go one step each, however many")
    func taps() {
        #expect(steps([0, 120, 150, 90, 200, 70]) == [1, 1, 1, 1, 1, 1])
    }

    @Test("a held key gets faster up to a limit, and begins anew once let go")
    func held() {
        let run = steps([0, 400] + [Int64](repeating: 33, count: 14) + [500])
        #expect(run.prefix(5) == [1, 1, 1, 1, 2])
        #expect(run.dropLast().last == 4 && run.max() == 4)
        #expect(run.last == 1)
        #expect(zip(run.dropLast(), run.dropLast().dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test("another key begins anew")
    func turn() {
        var glide = KeyGlide()
        for step in 0..<9 { _ = glide.step(.left, atMs: Int64(step) * 30) }
        #expect(glide.step(.up, atMs: 280) == 1)
    }
}
