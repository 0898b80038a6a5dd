import Glibc
import Raster
import Testing
import Transport

@testable import TUI

extension CursesTests {
    /// Screens on a terminal that the test holds the other end of.
    @Suite struct ScreenTests {
        let terminal: PseudoTerminal

        init() throws { terminal = try PseudoTerminal(columns: 80, rows: 24) }

        func open(takesMouse: Bool = true) throws -> Screen {
            let port = TerminalPort(input: terminal.inner, output: terminal.inner)
            #expect(TerminalGuard.save(terminal: port.input, output: port.output))
            let choice = TerminalChoice(depth: .truecolor, entry: DirectColorEntry.name)
            let painter = try #require(FramePainter(choice, columns: 80, rows: 24))
            return Screen(painter: painter, port: port, takesMouse: takesMouse)
        }

        /// Hands the program's end what was typed.
        func answer(_ screen: Screen, _ text: String) throws {
            terminal.type(text)
            var decoder = InputDecoder()
            _ = decoder.feed(try #require(screen.read()))
            screen.take(decoder.takeAnswers())
        }

        static let grid = CellGrid(
            columns: 80, rows: 24, fill: Brush(foreground: Ink(200, 200, 200), background: Ink(9, 9, 30)))

        @Test("a frame is one write, between the marks of a synchronized update")
        func oneWrite() throws {
            let screen = try open()
            _ = terminal.read()
            try answer(screen, "\u{1b}[0n")
            screen.show(Self.grid)
            _ = terminal.read()
            let before = screen.figures
            var grid = Self.grid
            for column in stride(from: 0, to: 80, by: 4) {
                grid.put(
                    Cell("x", Brush(foreground: Ink(255, 0, 0), background: Ink(0, 0, 90))), column: column,
                    row: column % 24)
            }
            screen.show(grid)
            #expect(screen.figures.writes == before.writes + 1)
            #expect(screen.figures.frames == before.frames + 1)
            let bytes = terminal.read()
            #expect(bytes.count == screen.figures.bytes - before.bytes)
            #expect(bytes.count <= 1200)
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.hasPrefix(TerminalWords.beginSync))
            #expect(text.contains(TerminalWords.endSync))
            screen.show(grid)
            #expect(screen.figures.frames == before.frames + 1)
            #expect(terminal.read(waitMs: 50).isEmpty)
            screen.close()
        }

        @Test(
            "the terminal is given back with every mode it had, and none that was set stays",
            arguments: [true, false])
        func givenBack(takesMouse: Bool) throws {
            let before = terminal.modes
            let screen = try open(takesMouse: takesMouse)
            #expect(terminal.modes != before)
            var emulated = EmulatedTerminal(columns: 80, rows: 24)
            emulated.feed(terminal.read())
            #expect(emulated.modes.isSuperset(of: [1049, 2004, 1004]))
            #expect(emulated.modes.contains(1003) == takesMouse)
            screen.setMouse(!takesMouse)
            emulated.feed(terminal.read())
            #expect(emulated.modes.contains(1003) == !takesMouse)
            screen.show(Self.grid)
            screen.close()
            emulated.feed(terminal.read())
            // The cursor is to be seen, and lines are wrapped.
            #expect(emulated.modes.subtracting([12, 25, 7]).isEmpty)
            #expect(emulated.modes.contains(25))
            #expect(emulated.unknown.isEmpty)
            #expect(terminal.modes == before)
        }

        @Test("the keys that signal by default reach the program")
        func signalKeys() throws {
            let screen = try open()
            _ = terminal.read()
            terminal.type("\u{3}\u{1a}\u{1c}")
            #expect(screen.read() == [0x03, 0x1a, 0x1c])
            screen.close()
            _ = terminal.read()
        }

        @Test(
            "the background's color is asked for at the beginning, after a stop, and later once in ten seconds"
        )
        func background() throws {
            let screen = try open()
            func questions() -> Int {
                String(decoding: terminal.read(waitMs: 50), as: UTF8.self)
                    .split(separator: TerminalWords.backgroundQuestion, omittingEmptySubsequences: false)
                    .count - 1
            }
            #expect(questions() == 1)
            let nowNs = Monotonic.nowNs
            screen.askBackground(nowNs: nowNs + 9_000_000_000)
            #expect(questions() == 0)
            screen.askBackground(nowNs: nowNs + 10_000_000_000)
            #expect(questions() == 1)
            screen.askBackground(nowNs: nowNs + 11_000_000_000)
            #expect(questions() == 0)
            screen.resume()
            #expect(questions() == 1)
            try answer(screen, "\u{1b}[0n\u{1b}]11;rgb:0000/0000/0000\u{1b}\\")
            screen.close()
            _ = terminal.read()
        }

        @Test("answers that come late at the end are nobody's input")
        func lateAnswers() throws {
            let screen = try open()
            _ = terminal.read()
            terminal.type("\u{1b}[0n\u{1b}]11;rgb:0000/0000/0000\u{1b}\\")
            screen.close()
            #expect(!terminal.hasInput)
            _ = terminal.read()
        }

        @Test("what was typed for the shell is left to it, where nothing is to be answered")
        func typedAhead() throws {
            let screen = try open()
            _ = terminal.read()
            try answer(screen, "\u{1b}[0n\u{1b}]11;rgb:0000/0000/0000\u{1b}\\")
            terminal.type("ls\n")
            screen.close()
            #expect(terminal.hasInput)
            _ = terminal.read()
        }

        @Test(
            "while the terminal takes nothing, no frame is begun, nothing waits, and the latest is shown in the end"
        )
        func stalled() throws {
            let screen = try open()
            _ = terminal.read()
            // It answers, but nobody reads what it is sent: at some point the kernel has no room.
            var samples = FrameSamples(seed: 4)
            while screen.waitingOutput == nil {
                try answer(screen, "\u{1b}[0n")
                screen.show(samples.noise(columns: 80, rows: 24))
            }
            #expect(!screen.isReady(nowNs: Monotonic.nowNs))
            let last = samples.noise(columns: 80, rows: 24)
            var emulated = EmulatedTerminal(columns: 80, rows: 24)
            var bytes: [UInt8] = []
            while screen.waitingOutput != nil {
                bytes += terminal.read()
                screen.flush()
            }
            bytes += terminal.read()
            repeat {
                try answer(screen, "\u{1b}[0n")
                screen.show(last)
                while screen.waitingOutput != nil {
                    bytes += terminal.read()
                    screen.flush()
                }
            } while screen.isBehind
            emulated.feed(bytes + terminal.read())
            let painted = FramePainterTests()
            #expect(painted.visible(emulated.cells) == painted.visible(painted.expected(last, .truecolor)))
            screen.close()
            _ = terminal.read()
        }

        @Test("what is told while a frame leaves is counted once: small words bring no questions")
        func countedOnce() throws {
            let screen = try open()
            var bytes = terminal.read()
            var samples = FrameSamples(seed: 5)
            while screen.waitingOutput == nil {
                try answer(screen, "\u{1b}[0n")
                screen.show(samples.noise(columns: 80, rows: 24))
            }
            for _ in 0..<20 { screen.tell("\u{7}") }
            while screen.waitingOutput != nil {
                bytes = Array((bytes + terminal.read()).suffix(100))
                screen.flush()
            }
            bytes += terminal.read()
            let parts = String(decoding: bytes, as: UTF8.self).split(separator: TerminalWords.endSync)
            let told = parts.last.map(String.init)?.replacing(
                OutputFlow.question, with: "", maxReplacements: 1)
            #expect(told == String(repeating: "\u{7}", count: 20))
            screen.close()
            _ = terminal.read()
        }

        @Test("a terminal that is gone is noticed by writing")
        func lost() throws {
            var ends: [Int32] = [0, 0]
            #expect(pipe(&ends) == 0)
            signal(SIGPIPE, SIG_IGN)
            let port = TerminalPort(input: ends[0], output: ends[1])
            #expect(port.write([1, 2, 3][...]) == .wrote(3))
            close(ends[0])
            #expect(port.write([1, 2, 3][...]) == .lost)
            close(ends[1])
        }

        @Test("where a terminal can't be opened anew, small pieces are written and nothing blocks")
        func shared() throws {
            var ends: [Int32] = [0, 0]
            #expect(pipe(&ends) == 0)
            let port = TerminalPort(input: ends[0], output: ends[1])
            #expect(port.output == ends[1])
            let bytes = [UInt8](repeating: 7, count: 300_000)
            var written = 0
            while case .wrote(let count) = port.write(bytes[written...]), count > 0 { written += count }
            #expect(written >= 4096 && written < bytes.count)
            #expect(port.write(bytes[...]) == .full)
            close(ends[0])
            close(ends[1])
        }
    }
}
