import Protocol
import Raster
import Testing

@testable import TUI

@Suite struct ASCIITests {
    static func isASCII(_ grid: CellGrid) -> Bool {
        grid.cells.allSatisfy { $0.mark == 0 && (0x20...0x7e).contains($0.scalar) }
    }

    @Test(
        "for a terminal that shows ASCII alone no page has any other character, in any depth of color",
        arguments: PageMatrix.pages, [ColorDepth.truecolor, .ansi256, .ansi16, .monochrome])
    func pages(page: PageMatrix.Page, depth: ColorDepth) throws {
        let look = PageMatrix.Look(name: "", depth: depth, charset: .ascii)
        for (columns, rows) in PageMatrix.sizes + [(36, 8), (45, 30), (20, 5)] {
            var model = try page.model(columns: columns, rows: rows, look: look)
            #expect(Self.isASCII(View.frame(of: model)), "\(columns)×\(rows)")
            model.account = "日本語 🎨 e\u{301}"
            model.say("Größe: 40 × 20 – „gut“ … ★", .celebration, nowMs: model.clockMs)
            #expect(Self.isASCII(View.frame(of: model)), "\(columns)×\(rows)")
        }
    }

    @Test("the studio has no other character either", arguments: StudioFrameTests.scenes)
    func studio(scene: StudioFrameTests.Scene) throws {
        var studio = try StudioSamples.studio(
            columns: scene.columns, rows: scene.rows, depth: scene.depth)
        try scene.prepare(&studio)
        studio.charset = .ascii
        #expect(Self.isASCII(StudioView.frame(of: studio)))
    }

    @Test("words keep their columns: frames, signs and letters are spelled by what is most like them")
    func spelled() {
        let brush = Brush(foreground: .standard, background: .standard)
        var grid = CellGrid(columns: 34, rows: 1, fill: brush)
        grid.write("╭─╮│╰╯ Käse ▸ 3×4 … ● 日本 ←→ ━ x̂", column: 0, row: 0, limit: 34, brush)
        grid.spellInASCII(Theme(.monochrome))
        #expect(GridText.characters(grid, row: 0) == "+-+|++ Kase > 3x4 ~ * ???? <> = x ")
    }

    @Test("halves become one color, the mean of both, and a filled cell its own")
    func halves() throws {
        var grid = CellGrid(columns: 3, rows: 1, fill: Brush(foreground: .standard, background: .standard))
        let brush = Brush(foreground: Ink(200, 100, 0), background: Ink(100, 0, 50))
        for (column, scalar) in (["▀", "█", "⣿"] as [Unicode.Scalar]).enumerated() {
            grid.put(Cell(scalar, brush), column: column, row: 0)
        }
        grid.spellInASCII(Theme(.truecolor))
        #expect(grid[0, 0].background == Ink(150, 50, 25) && grid[0, 0].scalar == 0x20)
        #expect(grid[1, 0].background == Ink(200, 100, 0) && grid[1, 0].scalar == 0x20)
        #expect(grid[2, 0].background == Ink(200, 100, 0) && grid[2, 0].scalar == 0x20)
    }

    @Test("large letters on the ground stay letters", arguments: ["▀", "▄"] as [Unicode.Scalar])
    func letters(half: Unicode.Scalar) {
        let theme = Theme(.truecolor)
        let ink = Ink(255, 69, 0)
        let ground = theme.ground.background
        var grid = CellGrid(columns: 2, rows: 1, fill: theme.ground)
        grid.put(Cell(half, Brush(foreground: ink, background: ground)), column: 0, row: 0)
        grid.put(Cell(half, Brush(foreground: ground, background: ink)), column: 1, row: 0)
        grid.spellInASCII(theme)
        #expect(GridText.characters(grid, row: 0) == (half == "▀" ? "\"_" : "_\""))
        for column in 0..<2 {
            #expect(grid[column, 0].foreground == ink && grid[column, 0].background == ground)
        }
    }

    @Test("without color brighter pictures have fuller signs")
    func shades() {
        let brush = Brush(foreground: .standard, background: .standard)
        var grid = CellGrid(columns: 7, rows: 1, fill: brush)
        grid.write(" ░▒▓█▀▄", column: 0, row: 0, limit: 7, brush)
        grid.spellInASCII(Theme(.monochrome))
        #expect(GridText.characters(grid, row: 0) == " .:%#\"_")
    }
}
