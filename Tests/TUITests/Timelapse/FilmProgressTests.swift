import Testing

@testable import TUI

@Suite("A film's progress")
struct FilmProgressTests {
    @Test("is a line for each tenth where nobody sees a bar")
    func lines() {
        var progress = FilmProgress(total: 250, isTerminal: false, nowMs: 0)
        let lines = (1...250).compactMap { progress.text(done: $0, nowMs: Int64($0)) }
        #expect(lines.count == 10)
        #expect(lines.first == "10 % (25 of 250 frames)\n" && lines.last == "100 % (250 of 250 frames)\n")
        #expect(progress.erasure == "")
    }

    @Test("is a bar on a terminal, drawn over ten times a second, with what is left")
    func bar() {
        var progress = FilmProgress(total: 100, isTerminal: true, nowMs: 1_000)
        let first = progress.text(done: 1, nowMs: 1_010)
        #expect(first?.hasPrefix("\r\u{1b}[K[---") == true)
        #expect(progress.text(done: 2, nowMs: 1_050) == nil)
        let half = progress.text(done: 50, nowMs: 2_000)
        #expect(half?.contains("###############---------------] 50 %  50/100 frames, 50/s, 1 s left") == true)
        let last = progress.text(done: 100, nowMs: 2_001)
        #expect(last?.contains("100 %  100/100 frames") == true && last?.hasSuffix("\n") == true)
    }
}
