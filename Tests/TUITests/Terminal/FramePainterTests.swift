import Raster
import Testing
import Transport

@testable import TUI

extension CursesTests {
    /// Frames as bytes, without a terminal.
    @Suite struct FramePainterTests {
        static let choices: [TerminalChoice] = [
            TerminalChoice(depth: .truecolor, entry: DirectColorEntry.name),
            TerminalChoice(depth: .ansi256, entry: "xterm-256color"),
            TerminalChoice(depth: .ansi16, entry: "xterm-256color"),
            TerminalChoice(depth: .monochrome, entry: "xterm-256color"),
        ]

        func open(_ choice: TerminalChoice, columns: Int, rows: Int) throws -> (
            FramePainter, EmulatedTerminal
        ) {
            let painter = try #require(FramePainter(choice, columns: columns, rows: rows))
            var terminal = EmulatedTerminal(columns: columns, rows: rows)
            terminal.feed(painter.open())
            #expect(terminal.modes.contains(1049))
            return (painter, terminal)
        }

        /// What the terminal has to show for a grid.
        func expected(_ grid: CellGrid, _ depth: ColorDepth) -> [[EmulatedTerminal.Cell]] {
            var inks = InkTable(depth: depth, tableSize: depth == .truecolor ? 1 << 24 : 256)
            func code(_ ink: Ink, base: Int) -> String {
                let number = Int(inks.number(for: ink))
                if number < 0 { return "" }
                if depth == .truecolor { return "2;\(number >> 16);\(number >> 8 & 255);\(number & 255)" }
                if number < 8 { return "\(base + number)" }
                return number < 16 ? "\(base + 60 + number - 8)" : "5;\(number)"
            }
            return (0..<grid.rows).map { row in
                (0..<grid.columns).map { column in
                    let cell = grid[column, row]
                    var text = Unicode.Scalar(cell.scalar).map { String($0) } ?? ""
                    if cell.scalar == 0 { text = "" }
                    if cell.mark != 0, let mark = Unicode.Scalar(cell.mark) {
                        text.unicodeScalars.append(mark)
                    }
                    var pen = EmulatedTerminal.Pen(
                        foreground: code(cell.foreground, base: 30),
                        background: code(cell.background, base: 40))
                    for (style, number) in [(CellStyle.bold, 1), (.reverse, 7), (.underline, 4)]
                    where cell.style.contains(style) { pen.styles.insert(number) }
                    return EmulatedTerminal.Cell(text: text, pen: pen)
                }
            }
        }

        /// Spaces don't show the color of what they don't show.
        func visible(_ cells: [[EmulatedTerminal.Cell]]) -> [[EmulatedTerminal.Cell]] {
            cells.map { line in
                line.enumerated().map { column, cell in
                    var cell = cell
                    let isBlank = cell.text == " " && cell.pen.styles.isDisjoint(with: [4, 7])
                    if isBlank { cell.pen = .init(background: cell.pen.background) }
                    if cell.text.isEmpty, column > 0 { cell.pen = line[column - 1].pen }
                    return cell
                }
            }
        }

        @Test("a terminal that reads the bytes shows the frame, in each depth", arguments: choices)
        func wholeFrames(choice: TerminalChoice) throws {
            var samples = FrameSamples(seed: 1)
            var (painter, terminal) = try open(choice, columns: 61, rows: 13)
            var grid = samples.noise(columns: 61, rows: 13)
            for _ in 0..<60 {
                samples.change(&grid)
                grid.mendTornCharacters()
                let frame = painter.paint(grid)
                #expect(!frame.isPartial)
                terminal.feed(frame.bytes)
                #expect(visible(terminal.cells) == visible(expected(grid, painter.depth)))
            }
            #expect(terminal.unknown.isEmpty)
        }

        @Test("frames in parts come to the same, whatever changes meanwhile", arguments: choices)
        func parts(choice: TerminalChoice) throws {
            var samples = FrameSamples(seed: 2)
            var (painter, terminal) = try open(choice, columns: 61, rows: 13)
            var grid = samples.noise(columns: 61, rows: 13)
            var partial = 0
            for _ in 0..<80 {
                samples.change(&grid)
                grid.mendTornCharacters()
                let frame = painter.paint(grid, limitBytes: 400)
                partial += frame.isPartial ? 1 : 0
                terminal.feed(frame.bytes)
            }
            #expect(partial > 5)
            var frames = 0
            while true {
                let frame = painter.paint(grid, limitBytes: 400)
                terminal.feed(frame.bytes)
                frames += 1
                if !frame.isPartial { break }
                try #require(frames < 1000)
            }
            #expect(visible(terminal.cells) == visible(expected(grid, painter.depth)))
            #expect(painter.paint(grid).bytes.isEmpty)
        }

        @Test("a frame keeps to its limit, near enough", arguments: choices.prefix(3))
        func limits(choice: TerminalChoice) throws {
            var samples = FrameSamples(seed: 3)
            let (painter, _) = try open(choice, columns: 120, rows: 40)
            var sizes: [Int] = []
            for _ in 0..<30 {
                let frame = painter.paint(samples.noise(columns: 120, rows: 40), limitBytes: 2500)
                #expect(frame.isPartial)
                sizes.append(frame.bytes.count)
            }
            // The first ones teach what a cell costs.
            for size in sizes.dropFirst(8) { #expect((1200...3200).contains(size), "\(sizes)") }
        }

        @Test("nothing is sent when nothing changed")
        func unchanged() throws {
            var samples = FrameSamples(seed: 4)
            let (painter, _) = try open(Self.choices[0], columns: 80, rows: 24)
            let grid = samples.noise(columns: 80, rows: 24)
            #expect(!painter.paint(grid).bytes.isEmpty)
            #expect(painter.paint(grid).bytes.isEmpty)
            painter.clear()
            #expect(painter.paint(grid).bytes.count > 50_000)
        }

        @Test("twenty changed cells of a large window take 1.2 KB at most")
        func sparse() throws {
            var samples = FrameSamples(seed: 5)
            let (painter, _) = try open(Self.choices[0], columns: 200, rows: 50)
            var grid = samples.noise(columns: 200, rows: 50)
            _ = painter.paint(grid)
            for _ in 0..<20 {
                for _ in 0..<20 {
                    let cell = Cell("▀", Brush(foreground: samples.ink(), background: samples.ink()))
                    grid.put(cell, column: samples.next(200), row: samples.next(50))
                }
                let count = painter.paint(grid).bytes.count
                #expect(count > 400 && count <= 1200 - 24)
            }
        }

        #if !DEBUG
            @Test("twenty changed cells of a large window take 0.3 ms of CPU at most, a redraw of all 60 ms")
            func processor() throws {
                var samples = FrameSamples(seed: 10)
                let (painter, _) = try open(Self.choices[0], columns: 200, rows: 50)
                var grid = samples.noise(columns: 200, rows: 50)
                _ = painter.paint(grid)
                var (sparse, whole) = (Distribution(), Distribution())
                for _ in 0..<200 {
                    for _ in 0..<20 {
                        let cell = Cell("▀", Brush(foreground: samples.ink(), background: samples.ink()))
                        grid.put(cell, column: samples.next(200), row: samples.next(50))
                    }
                    let beganNs = Monotonic.threadCPUNs
                    _ = painter.paint(grid)
                    sparse.add(Monotonic.threadCPUNs - beganNs)
                }
                for _ in 0..<20 {
                    let grid = samples.noise(columns: 200, rows: 50)
                    let beganNs = Monotonic.threadCPUNs
                    _ = painter.paint(grid)
                    whole.add(Monotonic.threadCPUNs - beganNs)
                }
                print("20 cells: \(sparse.percentileNs(50)) ns; all: \(whole.percentileNs(50)) ns")
                #expect(sparse.percentileNs(50) <= 300_000)
                #expect(whole.percentileNs(50) <= 60_000_000)
            }
        #endif

        @Test("a redraw of any half blocks takes 40 bytes a cell at most")
        func worst() throws {
            var samples = FrameSamples(seed: 6)
            let (painter, _) = try open(Self.choices[0], columns: 200, rows: 50)
            for _ in 0..<3 {
                let count = painter.paint(samples.noise(columns: 200, rows: 50)).bytes.count
                #expect(count > 200_000 && count <= 40 * 200 * 50)
            }
        }

        @Test("when the color pairs run out, they start anew and the frame is whole")
        func pairs() throws {
            var samples = FrameSamples(seed: 7)
            var (painter, terminal) = try open(Self.choices[0], columns: 200, rows: 50)
            var grid = CellGrid(
                columns: 0, rows: 0, fill: Brush(foreground: .standard, background: .standard))
            for _ in 0..<8 {
                grid = samples.noise(columns: 200, rows: 50)
                terminal.feed(painter.paint(grid).bytes)
            }
            #expect(visible(terminal.cells) == visible(expected(grid, .truecolor)))
        }

        @Test("what the person looks at and the bars go first where not all can")
        func priority() throws {
            var samples = FrameSamples(seed: 8)
            var (painter, terminal) = try open(Self.choices[0], columns: 100, rows: 30)
            var grid = samples.noise(columns: 100, rows: 30)
            grid.focus = CellGrid.Spot(column: 50, row: 15)
            let wanted = visible(expected(grid, .truecolor))
            terminal.feed(painter.paint(grid, limitBytes: 30_000).bytes)
            let shown = visible(terminal.cells)
            #expect(shown[15][45...55] == wanted[15][45...55])
            #expect(shown[0] == wanted[0])
            #expect(shown[28] == wanted[28])
            #expect(shown[29] == wanted[29])
            #expect(shown[25] != wanted[25])
        }

        @Test("a link's cells are written inside the link, and end to be one with it")
        func links() throws {
            var (painter, terminal) = try open(Self.choices[0], columns: 40, rows: 5)
            let brush = Brush(foreground: Ink(200, 100, 50), background: Ink(20, 20, 20), style: .underline)
            var grid = CellGrid(columns: 40, rows: 5, fill: brush)
            grid.write("see example.org", column: 3, row: 2, limit: 40, brush)
            let plain = visible(expected(grid, .truecolor))
            func links() -> [Int] {
                terminal.cells[2].enumerated().filter { $0.element.pen.link == "https://example.org/a" }.map(
                    \.offset)
            }
            grid.links = [.init(row: 2, columns: 7..<18, url: "https://example.org/a")]
            terminal.feed(painter.paint(grid).bytes)
            #expect(links() == Array(7..<18))
            #expect(painter.paint(grid).bytes.isEmpty)
            grid.write("!", column: 0, row: 0, limit: 40, brush)
            terminal.feed(painter.paint(grid).bytes)
            #expect(links() == Array(7..<18))
            grid.write("!", column: 9, row: 2, limit: 40, brush)
            terminal.feed(painter.paint(grid).bytes)
            #expect(links() == Array(7..<18))
            grid.links = []
            terminal.feed(painter.paint(grid).bytes)
            #expect(links().isEmpty)
            var cells = terminal.cells
            cells[0][0] = plain[0][0]
            cells[2][9] = plain[2][9]
            #expect(visible(cells) == plain)
            #expect(terminal.unknown.isEmpty)
        }

        @Test(
            "what isn't a web page's address never becomes a link",
            arguments: [
                "file:///etc/passwd", "javascript:1", "https://a b", "https://a\u{1b}]0;x\u{7}", "https://ä",
            ])
        func unsafeLinks(url: String) throws {
            let (painter, _) = try open(Self.choices[0], columns: 40, rows: 5)
            var grid = CellGrid(
                columns: 40, rows: 5, fill: Brush(foreground: Ink(1, 2, 30), background: Ink(3, 4, 50)))
            grid.links = [.init(row: 2, columns: 7..<18, url: url)]
            let text = String(decoding: painter.paint(grid).bytes, as: UTF8.self)
            #expect(!text.contains("\u{1b}]"))
        }

        @Test("a terminal that prints commands gets none")
        func noCommands() throws {
            var choice = TerminalChoice(depth: .ansi16, entry: "linux")
            choice.takesCommands = TerminalChoice.takesCommands(term: "linux")
            let painter = try #require(FramePainter(choice, columns: 40, rows: 5))
            _ = painter.open()
            var grid = CellGrid(
                columns: 40, rows: 5, fill: Brush(foreground: Ink(1, 2, 30), background: Ink(3, 4, 50)))
            grid.links = [.init(row: 2, columns: 7..<18, url: "https://example.org")]
            #expect(!String(decoding: painter.paint(grid).bytes, as: UTF8.self).contains("\u{1b}]"))
            #expect(!painter.restore.contains("\u{1b}]"))
        }

        @Test("a window of another size begins with an empty screen")
        func resized() throws {
            var samples = FrameSamples(seed: 9)
            let (painter, _) = try open(Self.choices[0], columns: 40, rows: 10)
            _ = painter.paint(samples.noise(columns: 40, rows: 10))
            painter.resize(columns: 70, rows: 20)
            var terminal = EmulatedTerminal(columns: 70, rows: 20)
            let grid = samples.noise(columns: 70, rows: 20)
            terminal.feed(painter.paint(grid).bytes)
            #expect(visible(terminal.cells) == visible(expected(grid, .truecolor)))
        }
    }
}
