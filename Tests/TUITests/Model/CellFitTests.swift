import Protocol
import Testing

@testable import TUI

/// Characters and colors that come nearest to what a cell should show.
@Suite struct CellFitTests {
    static let black = ColorVector(0, 0, 0, 0)
    static let white = ColorVector(255, 255, 255, 0)
    static let red = ColorVector(255, 0, 0, 0)

    @Test("four quarters of two colors are shown without error, whichever quarters they are")
    func exact() throws {
        for mask in 0..<16 {
            let quarters = (0..<4).map { mask >> $0 & 1 == 1 ? Self.red : Self.white }
            let fit = CellFit.quadrants(quarters[0], quarters[1], quarters[2], quarters[3])
            let filled = try #require((0..<16).first { CellFit.quadrant($0) == fit.scalar })
            for (number, wanted) in quarters.enumerated() {
                #expect((filled >> number & 1 == 1 ? fit.foreground : fit.background) == wanted)
            }
        }
    }

    @Test("no other cut of four quarters would be nearer by more than what plain halves are worth")
    func best() {
        var generator = SeededGenerator(seed: 21)
        for _ in 0..<500 {
            let quarters = (0..<4).map { _ in
                ColorVector(
                    Float(UInt8.random(in: 0...255, using: &generator)),
                    Float(UInt8.random(in: 0...255, using: &generator)),
                    Float(UInt8.random(in: 0...255, using: &generator)), 0)
            }
            func error(_ mask: Int) -> Float {
                [true, false].reduce(Float(0)) { total, isFilled in
                    let group = quarters.indices.filter { (mask >> $0 & 1 == 1) == isFilled }.map {
                        quarters[$0]
                    }
                    guard !group.isEmpty else { return total }
                    let mean = group.reduce(.zero, +) / Float(group.count)
                    return group.reduce(total) { $0 + ($1 - mean).square }
                }
            }
            let fit = CellFit.quadrants(quarters[0], quarters[1], quarters[2], quarters[3])
            let chosen = (0..<16).first { CellFit.quadrant($0) == fit.scalar } ?? 0
            let least = (0..<16).map(error).min() ?? 0
            #expect(error(chosen) <= least + 25)
        }
    }

    @Test("alike quarters and alike dots are a plain cell")
    func plain() {
        let fit = CellFit.quadrants(Self.red, Self.red, Self.red, Self.red)
        #expect(fit.scalar == " " && fit.background == Self.red)
        #expect(CellFit.braille { _ in Self.red }.scalar == " ")
    }

    @Test("dots are the fewer of the bright and the dark samples")
    func dots() {
        let one = CellFit.braille { $0 == 3 ? Self.white : Self.black }
        #expect(one.scalar == "⠐" && one.foreground == Self.white && one.background == Self.black)
        let other = CellFit.braille { $0 == 7 ? Self.black : Self.white }
        #expect(other.scalar == "⢀" && other.foreground == Self.black && other.background == Self.white)
    }

    @Test("without color quarters keep their edges, and dots their brightness")
    func monochrome() {
        #expect(MonochromeShades.quadrants(255, 0, 0, 0) == "▘")
        #expect(MonochromeShades.quadrants(255, 0, 0, 255) == "▚")
        #expect(MonochromeShades.quadrants(130, 130, 130, 130) == "▒")
        #expect(MonochromeShades.dots { _ in 0 } == " ")
        #expect(MonochromeShades.dots { _ in 255 } == "⣿")
        let half = MonochromeShades.dots { _ in 128 }
        #expect((half.value & 0xff).nonzeroBitCount == 4)
    }
}
