import Protocol
import Testing

@testable import Client

@Suite("A session's tokens")
struct SessionTokensTests {
    private static let startMs: Int64 = 1_700_000_000_000

    static func tokens(lifeSeconds: Int = 1_000) -> SessionTokens {
        let answer = SessionAnswer(
            accessToken: "access", refreshToken: "refresh", expiresInSeconds: lifeSeconds,
            sessionID: Identifier(rawValue: 7), account: AccountName(id: Identifier(rawValue: 1), name: "Ada")
        )
        return SessionTokens(answer, nowMs: startMs)
    }

    @Test(
        "are used as they are for three quarters of their life",
        arguments: [(0, true), (749_999, true), (750_000, false), (2_000_000, false), (-1, false)])
    func fresh(afterMs: Int64, isFresh: Bool) {
        #expect(Self.tokens().isFresh(atMs: Self.startMs + afterMs) == isFresh)
    }

    @Test(
        "are refreshed for a week, and once sent only a little longer",
        arguments: [
            (nil, 604_799_999, true), (nil, 604_800_000, false), (0, 0, true), (0, 19_999, true),
            (0, 20_000, false), (10_000, 9_999, false),
        ] as [(Int64?, Int64, Bool)])
    func refreshing(sentMs: Int64?, afterMs: Int64, canRefresh: Bool) {
        var tokens = Self.tokens()
        tokens.refreshSentMs = sentMs.map { Self.startMs + $0 }
        #expect(tokens.canRefresh(atMs: Self.startMs + afterMs, repeatMs: 20_000) == canRefresh)
    }

    @Test("of any length of life are reckoned with", arguments: [Int.min, -1, 0, 1, .max])
    func anyLife(seconds: Int) {
        let tokens = Self.tokens(lifeSeconds: seconds)
        #expect(tokens.isSound)
        #expect(tokens.accessExpiresMs >= Self.startMs && tokens.accessExpiresMs <= tokens.refreshExpiresMs)
    }

    @Test(
        "that couldn't stand in a header are not taken from a file",
        arguments: ["", "a b", "a\r\nX: y", "ä", String(repeating: "a", count: 2_049)])
    func unsound(token: String) {
        var tokens = Self.tokens()
        #expect(tokens.isSound)
        tokens.accessToken = token
        #expect(!tokens.isSound)
    }
}
