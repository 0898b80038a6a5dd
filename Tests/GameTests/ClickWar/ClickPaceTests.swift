import Protocol
import Testing

@testable import Game

@Suite("The pace of clicks")
struct ClickPaceTests {
    private let pace = ClickPace(pushRateSeconds: 5, maxClicksPerSecond: 20)

    @Test(
        "a first push, and one after a long pause, is credited ten push intervals; any other the time since")
    func credits() {
        #expect(pace.credit(sinceUs: nil) == 1_000)
        #expect(pace.credit(sinceUs: 50_000_000) == 1_000)
        #expect(pace.credit(sinceUs: .max) == 1_000)
        #expect(pace.credit(sinceUs: 4_000_000) == 80)
        #expect(pace.credit(sinceUs: 4_049_999) == 80)
        #expect(pace.credit(sinceUs: 4_050_000) == 81)
        #expect(pace.credit(sinceUs: 0) == 0)
        #expect(pace.credit(sinceUs: -5) == 0)
    }

    @Test("a push may come a fifth early and no earlier")
    func early() {
        #expect(pace.minIntervalUs == 4_000_000)
        #expect(pace.judge([1], sinceUs: 3_999_999) == .tooSoon(waitUs: 1))
        #expect(pace.judge([1], sinceUs: 0) == .tooSoon(waitUs: 4_000_000))
        #expect(pace.judge([1], sinceUs: 4_000_000) == .accepted(1))
        #expect(pace.judge([40, 40], sinceUs: 4_000_000) == .accepted(80))
        #expect(pace.judge([40, 41], sinceUs: 4_000_000) == .implausible)
    }

    @Test(
        "form is judged before time", arguments: [nil, 0, 60_000_000] as [Int64?]
    )
    func form(_ sinceUs: Int64?) {
        for clicks in [
            [], [0], [-1], [1, 0], [5, -4], [Int](repeating: 1, count: 65), [1_001], [500, 501], [Int.max],
            [Int.min], [Int.max, Int.max], [1, Int.max], [Int](repeating: Int.max, count: 64),
        ] {
            #expect(pace.judge(clicks, sinceUs: sinceUs) == .implausible)
        }
    }

    @Test("as many numbers as are allowed are taken, up to the credit's last click")
    func bounds() {
        #expect(pace.judge([Int](repeating: 1, count: 64), sinceUs: nil) == .accepted(64))
        #expect(pace.judge([1_000], sinceUs: nil) == .accepted(1_000))
        #expect(pace.judge([999, 1], sinceUs: nil) == .accepted(1_000))
    }
}
