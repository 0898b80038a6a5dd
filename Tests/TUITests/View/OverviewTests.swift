import Glibc
import Protocol
import Raster
import Testing

@testable import TUI

/// Canvases whose pixels are smaller than half cells: how near they come, and what that costs.
@Suite struct OverviewTests {
    /// How far a frame's quarter cells are from the means of what lies under them, a quarter, squared.
    static func error(_ glyphs: Settings.OverviewGlyphs) throws -> Float {
        var model = try SampleModels.playing(columns: 80, rows: 24, width: 400, height: 200)
        model.settings.overview = glyphs
        _ = model.type("0")
        let canvas = try #require(model.canvas)
        let reduction = try #require(canvas.reduction)
        let frame = View.frame(of: model)
        let reader = QuarterReader(canvas, reduction, outside: ColorVector(Theme(.truecolor).groundColor))
        let eye = model.viewport.transform.counting(Double(reduction.block) / 2)
        var (sum, count) = (Float(0), Float(0))
        for row in 2..<model.viewport.rows - 4 {
            for half in 0..<2 {
                var lines = [[ColorVector]](repeating: .init(repeating: .zero, count: 160), count: 2)
                for isLower in [false, true] {
                    let line = eye.quarterLine(halfRow: row * 2 + half, isLower: isLower)
                    reader.read(line, into: &lines[isLower ? 1 : 0])
                }
                for column in 0..<160 where abs(column / 2 - model.columns / 2) > 4 {
                    let cell = frame[column / 2, row + 1]
                    let filled = (0..<16).first { CellFit.quadrant($0).value == cell.scalar } ?? 0
                    let isFilled = filled >> (half * 2 + column % 2) & 1 == 1
                    let shown = (isFilled ? cell.foreground : cell.background).rgb.map { ColorVector($0) }
                    let wanted = (lines[0][column] + lines[1][column]) * 0.5
                    sum += ((shown ?? .zero) - wanted).square
                    count += 1
                }
            }
        }
        return sum / count
    }

    @Test("quadrants come nearer to what lies under them than halves do")
    func nearer() throws {
        let (halves, quadrants) = (try Self.error(.halves), try Self.error(.quadrants))
        #expect(quadrants < halves * 0.7, "halves \(halves), quadrants \(quadrants)")
        #expect(halves > 0)
    }

    /// A space and the halves of a cell.
    private static let halves: [UInt32] = [0x20, 0x2580, 0x2584]

    @Test("in ASCII a reduced canvas has halves only, which all become characters of it")
    func ascii() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24, width: 400, height: 200)
        model.charset = .ascii
        for glyphs in Settings.OverviewGlyphs.allCases {
            model.settings.overview = glyphs
            _ = model.type("00")
            let frame = View.frame(of: model)
            for row in 2..<18 {
                for column in 0..<30 {
                    #expect(Self.halves.contains(frame[column, row].scalar))
                }
            }
        }
    }

    @Test(
        "the canvas is drawn in every way, at every depth and zoom, whatever the window",
        arguments: [ColorDepth.truecolor, .ansi256, .ansi16, .monochrome],
        [(36, 8), (40, 20), (80, 24), (120, 40)])
    func everyWay(depth: ColorDepth, size: (Int, Int)) throws {
        var model = try SampleModels.playing(
            columns: size.0, rows: size.1, depth: depth, width: 150, height: 90)
        for glyphs in Settings.OverviewGlyphs.allCases {
            model.settings.overview = glyphs
            for keys in [
                "0", "-", "+", "+", "+", "+", "+", ".", "-", "-", "-", "-", "-", ")", "X", "+", "+", "+", "R",
            ] {
                _ = model.type(keys)
                let frame = View.frame(of: model)
                #expect(frame.rows == size.1 && frame.caret != nil)
                for row in 0..<frame.rows {
                    #expect(TextWidth.of(GridText.characters(frame, row: row)) == size.0)
                }
            }
        }
    }

    /// The worst a frame may cost, in milliseconds of this thread: the bar, or what an unoptimized build needs.
    private static var barMs: Double {
        var isUnoptimized = false
        // An assertion's condition isn't looked at in optimized builds.
        assert(
            {
                isUnoptimized = true
                return true
            }())
        return isUnoptimized ? 400 : 2
    }

    @Test(
        "a frame of 200×50 cells over a canvas of noise costs at most 2 ms",
        arguments: ["", "+++", "-", "--", "0", ".", "-.", "---.", "+++."], Settings.OverviewGlyphs.allCases)
    func cost(keys: String, glyphs: Settings.OverviewGlyphs) throws {
        let size = try #require(CanvasSize(width: 1_000, height: 1_000))
        var generator = SeededGenerator(seed: 4)
        let cells = (0..<size.cellCount).map { _ in UInt8.random(in: 0..<32, using: &generator) }
        var model = try SampleModels.playing(columns: 200, rows: 50)
        let image = try #require(CanvasImage(size: size, palette: .standard, cells: cells))
        _ = model.update(.server(.replaced(image, epoch: 1, version: 1)), nowMs: 60_000)
        model.settings.overview = glyphs
        _ = model.type(keys)
        var costs: [Double] = []
        for _ in 0..<9 {
            let before = Self.threadMs
            let frame = View.frame(of: model)
            costs.append(Self.threadMs - before)
            #expect(frame.columns == 200)
        }
        let median = costs.sorted()[4]
        print("view \(model.viewport.label) \(glyphs.rawValue): \((median * 100).rounded() / 100) ms")
        #expect(median <= Self.barMs)
    }

    private static var threadMs: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
    }
}

extension Theme {
    /// The ground in 24 bits.
    fileprivate var groundColor: Palette.Color {
        ground.background.rgb ?? Palette.Color(red: 0, green: 0, blue: 0)
    }
}
