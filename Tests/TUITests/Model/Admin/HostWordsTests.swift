import Protocol
import Testing

@testable import TUI

@Suite struct HostWordsTests {
    private let nowMs: Int64 = 1_795_791_845_000  // 2026-11-27T15:04:05Z

    @Test(
        "a moment is how long ago, a time of today, a day, or both",
        arguments: [
            ("10m", -600_000), ("2h", -7_200_000), ("-30s", -30_000), ("15:00", -245_000),
            ("2026-11-27 15:04", -5_000), ("2026-11-26", -140_645_000),
        ] as [(String, Int64)])
    func moments(text: String, offsetMs: Int64) {
        #expect(HostWords.moment(text, nowMs: nowMs) == nowMs + offsetMs)
    }

    @Test(
        "what is no moment is none", arguments: ["", "soon", "5", "m", "0m", "-5", "25:00", "9999999999999d"])
    func noMoments(text: String) {
        #expect(HostWords.moment(text, nowMs: nowMs) == nil)
    }

    @Test("boxes and sizes are read as people write them")
    func boxes() {
        #expect(HostWords.box("3,4 20,30") == CanvasBox(3, 4, 20, 30))
        #expect(HostWords.box("20, 30, 3, 4") == CanvasBox(3, 4, 20, 30))
        for text in ["", "3,4", "3,4 5", "-1,0 3,3", "a,b c,d", "0,0 1,99999999"] {
            #expect(HostWords.box(text) == nil)
        }
        #expect(HostWords.size("96x64") == CanvasSize(width: 96, height: 64))
        #expect(HostWords.size("96 × 64") == CanvasSize(width: 96, height: 64))
        for text in ["", "96", "0x5", "96x64x2", "99999999x1"] { #expect(HostWords.size(text) == nil) }
    }

    @Test("lengths of time are told in two units at most")
    func lengths() {
        #expect(HostWords.length(ms: 45_000) == "45 s")
        #expect(HostWords.length(ms: 240_000) == "4 min")
        #expect(HostWords.length(ms: 11_100_000) == "3 h 5 min")
        #expect(HostWords.length(ms: 187_200_000) == "2 d 4 h")
    }
}
