import Game
import Testing

@testable import Engine

@Suite("ID tokens that were shown")
struct PresentedTokensTests {
    private static let startMs: Int64 = 1_795_780_800_000

    private func moment(_ second: Int64) -> Moment {
        Moment(monotonicUs: second * 1_000_000, wallMs: Self.startMs + second * 1_000)
    }

    /// A token made in a second after the start, good for an hour.
    private func token(_ number: UInt8, madeAt second: Int64) -> GoogleHolder {
        let madeMs = Self.startMs + second * 1_000
        return GoogleHolder(
            id: "1", name: nil, issuedAtMs: madeMs, expiresAtMs: madeMs + 3_600_000, fingerprint: [number])
    }

    /// Shows a token; `#expect` takes no call that changes something.
    private func shows(
        _ token: GoogleHolder, to tokens: inout PresentedTokens, at now: Moment
    ) -> Bool {
        tokens.take(token, at: now)
    }

    @Test("are taken once, unless in vain, and none from before the start")
    func once() {
        var tokens = PresentedTokens(at: moment(0))
        #expect(shows(token(1, madeAt: 5), to: &tokens, at: moment(6)))
        #expect(!shows(token(1, madeAt: 5), to: &tokens, at: moment(7)))
        tokens.putBack(token(1, madeAt: 5))
        tokens.putBack(token(1, madeAt: 5))
        #expect(tokens.count == 0)
        #expect(shows(token(1, madeAt: 5), to: &tokens, at: moment(8)))
        #expect(!shows(token(2, madeAt: -1), to: &tokens, at: moment(9)))
        #expect(shows(token(2, madeAt: 0), to: &tokens, at: moment(9)))
    }

    @Test("make room where there are too many: those made first go, and nothing as old is taken any more")
    func room() {
        var tokens = PresentedTokens(at: moment(0), maxTokens: 4)
        for (number, second) in [(1, 30), (2, 10), (3, 20), (4, 10)] as [(UInt8, Int64)] {
            #expect(shows(token(number, madeAt: second), to: &tokens, at: moment(40)))
        }
        #expect(shows(token(5, madeAt: 40), to: &tokens, at: moment(41)))
        #expect(tokens.count == 3)
        #expect(!shows(token(6, madeAt: 10), to: &tokens, at: moment(42)), "it may have been shown")
        #expect(!shows(token(3, madeAt: 20), to: &tokens, at: moment(42)), "it is still known")
        #expect(shows(token(6, madeAt: 11), to: &tokens, at: moment(42)))
    }

    @Test("are forgotten some minutes after their end, and can't be shown again before that")
    func ends() {
        var tokens = PresentedTokens(at: moment(0))
        for number in 0..<100 as Range<UInt8> {
            #expect(shows(token(number, madeAt: Int64(number)), to: &tokens, at: moment(100)))
        }
        #expect(!shows(token(0, madeAt: 0), to: &tokens, at: moment(3_600 + 299)))
        for number in 100..<200 as Range<UInt8> {
            #expect(shows(token(number, madeAt: 4_000), to: &tokens, at: moment(4_100)))
        }
        #expect(tokens.count == 100)
    }
}
