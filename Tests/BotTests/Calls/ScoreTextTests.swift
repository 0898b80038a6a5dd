import Protocol
import Testing

@testable import Bot

@Suite("A score as text")
struct ScoreTextTests {
    @Test(
        "is a number, or seconds where it is a time",
        arguments: [
            (0, "0.000 s"), (7, "0.007 s"), (12_034, "12.034 s"), (600_000, "600.000 s"),
        ])
    func times(score: Int, text: String) {
        #expect(ScoreText.text(score, on: .arcade(.steps)) == text)
        for board in [Board.clicks, .relay, .arcade(.dot), .arcade(.shakyDot)] {
            #expect(ScoreText.text(score, on: board) == "\(score)")
        }
    }

    @Test(
        "has a factor without needless zeros",
        arguments: [
            (300, "3"), (250, "2.5"), (125, "1.25"), (100, "1"), (5, "0.05"), (0, "0"), (1_000, "10"),
        ])
    func factors(percent: Int, text: String) {
        #expect(ScoreText.factor(percent: percent) == text)
    }
}
