import Foundation
import Glibc
import Protocol
import Raster
import Synchronization
import Testing
import Transport

@testable import TUI

extension CursesTests {
    /// The loop on a terminal that the test holds the other end of.
    @Suite struct TerminalLoopTests {
        /// What the stage saw, for the test's thread.
        struct Seen: Sendable {
            var inputs: [InputEvent] = []
            var frames = 0
            var figures: OutputFigures?
            var endSignal: Int32?
        }

        /// Shows other colors everywhere at each look, and ends by `q`.
        final class NoisyStage: TerminalStage {
            typealias News = Int
            private let seen: SharedSeen
            private var samples = FrameSamples(seed: 1)

            init(seen: SharedSeen) { self.seen = seen }

            var frame: CellGrid {
                seen.change { $0.frames += 1 }
                return samples.noise(columns: 80, rows: 24)
            }
            var deadlineMs: Int64? { nil }
            var takesMouse: Bool { true }
            func start() -> [TerminalWish] { [.copy("12,34"), .bell] }
            func take(_ news: Int) -> [TerminalWish] { [] }
            func resize(columns: Int, rows: Int) -> [TerminalWish] { [] }
            func tick() -> [TerminalWish] { [] }
            func take(_ input: InputEvent) -> [TerminalWish] {
                seen.change { $0.inputs.append(input) }
                return input == .key(KeyPress("q")) ? [.quit] : []
            }
        }

        final class SharedSeen: Sendable {
            private let state = Mutex(Seen())
            var now: Seen { state.withLock { $0 } }
            func change(_ body: (inout Seen) -> Void) { state.withLock { body(&$0) } }
        }

        /// Runs a loop in a thread of its own until it ends.
        func start(
            on terminal: PseudoTerminal, _ seen: SharedSeen, inbox: Inbox<Int>, recording: String? = nil
        ) throws {
            let inner = terminal.inner
            // What is given back at the end is what was there before.
            try #require(TerminalGuard.save(terminal: inner, output: inner))
            Thread.detachNewThread {
                let port = TerminalPort(input: inner, output: inner)
                let choice = TerminalChoice(depth: .truecolor, entry: DirectColorEntry.name)
                guard let painter = FramePainter(choice, columns: 80, rows: 24) else { return }
                let cast = recording.flatMap {
                    try? Recording(path: $0, columns: 80, rows: 24, term: "xterm", nowNs: Monotonic.nowNs)
                }
                let screen = Screen(painter: painter, port: port, takesMouse: true, recording: cast)
                let signal = TerminalLoop(stage: NoisyStage(seen: seen), screen: screen, inbox: inbox).run()
                screen.close()
                seen.change {
                    $0.endSignal = signal
                    $0.figures = screen.figures
                }
            }
        }

        func eventually(_ what: String, _ isSo: () -> Bool) throws {
            let endMs = Monotonic.nowMs + 20_000
            while !isSo() {
                try #require(Monotonic.nowMs < endMs, "never: \(what)")
                sched_yield()
            }
        }

        @Test(
            "keys are taken while a terminal that takes no output stalls, and its frames are dropped, not kept"
        )
        func stalled() throws {
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let seen = SharedSeen()
            try start(on: terminal, seen, inbox: Inbox())
            try eventually("a first frame") { seen.now.frames >= 1 }
            // Nobody reads what is written.
            let endMs = Monotonic.nowMs + 100
            var count = 0
            while Monotonic.nowMs < endMs {
                count += 1
                terminal.type("x")
                try eventually("key \(count)") { seen.now.inputs.count == count }
            }
            #expect(seen.now.frames <= 3)
            terminal.type("q")
            try eventually("the end") { seen.now.figures != nil }
            #expect(seen.now.inputs.count == count + 1)
            #expect(try #require(seen.now.figures).dropped > 0)
        }

        @Test(
            "a wish for the end gives the terminal back and tells the figures first",
            arguments: [SIGINT, SIGTERM])
        func asked(signal: Int32) throws {
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let before = terminal.modes
            let seen = SharedSeen()
            let inbox = try Inbox<Int>()
            try start(on: terminal, seen, inbox: inbox)
            try eventually("a first frame") { seen.now.frames >= 1 }
            var byte = UInt8(signal)
            #expect(write(inbox.wakeWriter, &byte, 1) == 1)
            try eventually("the end") {
                _ = terminal.read(waitMs: 5)
                return seen.now.figures != nil
            }
            #expect(seen.now.endSignal == signal)
            #expect(terminal.modes == before)
        }

        @Test("what is recorded is on the disk within about a second, though nothing else happens")
        func recordedSoon() throws {
            let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).cast")
                .path
            defer { try? FileManager.default.removeItem(atPath: path) }
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let seen = SharedSeen()
            try start(on: terminal, seen, inbox: Inbox(), recording: path)
            try eventually("the first frame in the file") {
                _ = terminal.read(waitMs: 5)
                return (try? String(contentsOfFile: path, encoding: .utf8))?.contains("48;2") ?? false
            }
            #expect(seen.now.figures == nil)
            terminal.type("\u{1b}[0n\u{1b}]11;rgb:0/0/0\u{7}q")
            try eventually("the end") {
                _ = terminal.read(waitMs: 5)
                return seen.now.figures != nil
            }
        }

        @Test(
            "a key's frame doesn't wait for the pace of other frames, and what the terminal is told arrives")
        func prompt() throws {
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let seen = SharedSeen()
            try start(on: terminal, seen, inbox: Inbox())
            var text = String(decoding: terminal.read(), as: UTF8.self)
            try eventually("a first frame") {
                terminal.type("\u{1b}[0n")
                text += String(decoding: terminal.read(waitMs: 20), as: UTF8.self)
                return text.contains(TerminalWords.endSync)
            }
            #expect(text.contains("\u{1b}]52;c;MTIsMzQ=\u{1b}\\\u{7}"))
            #expect(text.contains(TerminalWords.backgroundQuestion))
            terminal.type("\u{1b}]11;rgb:0/0/0\u{7}q")
            try eventually("the end") {
                _ = terminal.read(waitMs: 5)
                return seen.now.figures != nil
            }
            #expect(seen.now.inputs.first == .background(.init(red: 0, green: 0, blue: 0)))
        }
    }
}
