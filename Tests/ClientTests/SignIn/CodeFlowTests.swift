import Protocol
import Testing

@testable import Client

@Suite("A sign-in by a code, step by step")
struct CodeFlowTests {
    private let grant: CodeFlow.Grant

    init() throws {
        grant = try Self.grant(lifeMs: 900_000)
    }

    private static func grant(lifeMs: Int64) throws -> CodeFlow.Grant {
        let code = try #require(
            SignInCode(
                userCode: "WDJB-MJHT", address: "https://example.org/device", wholeAddress: nil,
                lifeMs: lifeMs))
        return CodeFlow.Grant(deviceCode: "secret", code: code, intervalMs: 5_000)
    }

    private static func refusal(_ code: ErrorCode, retryAfterMs: Int? = nil) -> CallFailure {
        .refused(Failure(code, "no", retryAfterMs: retryAfterMs), status: code.httpStatus)
    }

    private static let silence = CallFailure.unreachable("nobody answers")

    @Test("asks for the session only after the interval, and by the secret")
    func interval() {
        var flow = CodeFlow()
        #expect(flow.take(grant, nowMs: 100).waitMs == 5_000)
        guard case .poll("secret") = flow.waited(nowMs: 5_100) else {
            Issue.record("the wait was over")
            return
        }
        #expect(flow.take(Self.refusal(.authorizationPending), nowMs: 5_200).waitMs == 5_000)
    }

    @Test("is slower by five seconds from each slow_down on")
    func slowDown() {
        var flow = CodeFlow()
        _ = flow.take(grant, nowMs: 0)
        #expect(flow.take(Self.refusal(.slowDown), nowMs: 5_000).waitMs == 10_000)
        #expect(flow.take(Self.refusal(.authorizationPending), nowMs: 15_000).waitMs == 10_000)
        #expect(flow.take(Self.refusal(.slowDown), nowMs: 25_000).waitMs == 15_000)
    }

    @Test(
        "doubles the wait with each question that nobody answers, up to a minute, and forgets that after an answer"
    )
    func silences() {
        var flow = CodeFlow()
        _ = flow.take(grant, nowMs: 0)
        let waits = (1...6).map { _ in flow.take(Self.silence, nowMs: 1_000).waitMs }
        #expect(waits == [10_000, 20_000, 40_000, 60_000, 60_000, 60_000])
        #expect(flow.isUnreachable)
        #expect(flow.take(Self.refusal(.authorizationPending), nowMs: 2_000).waitMs == 5_000)
        #expect(!flow.isUnreachable)
        #expect(flow.take(Self.silence, nowMs: 3_000).waitMs == 10_000)
    }

    @Test(
        "waits for a server that has trouble of its own",
        arguments: [ErrorCode.storageUnavailable, .internalError])
    func trouble(code: ErrorCode) {
        var flow = CodeFlow()
        _ = flow.take(grant, nowMs: 0)
        #expect(flow.take(Self.refusal(code), nowMs: 1_000).waitMs == 10_000)
        #expect(flow.isUnreachable)
    }

    @Test("asks for a code again where the first question was lost, sooner at first")
    func lostStart() {
        var flow = CodeFlow()
        let waits = (1...4).map { _ in flow.take(Self.silence, nowMs: 0).waitMs }
        #expect(waits == [500, 1_000, 2_000, 4_000])
        guard case .askForCode = flow.waited(nowMs: 9_000) else {
            Issue.record("there is no code yet")
            return
        }
    }

    @Test("never waits beyond the code's end, and asks nothing then")
    func end() throws {
        var flow = CodeFlow()
        #expect(flow.take(try Self.grant(lifeMs: 7_000), nowMs: 0).waitMs == 5_000)
        #expect(flow.take(Self.refusal(.authorizationPending), nowMs: 5_000).waitMs == 2_000)
        guard case .end(.expired) = flow.waited(nowMs: 7_000) else {
            Issue.record("the code is over")
            return
        }
    }

    @Test("a server's limit is kept to")
    func limited() {
        var flow = CodeFlow()
        _ = flow.take(grant, nowMs: 0)
        #expect(flow.take(Self.refusal(.rateLimited, retryAfterMs: 30_000), nowMs: 0).waitMs == 30_000)
        #expect(flow.take(Self.refusal(.rateLimited, retryAfterMs: 10), nowMs: 0).waitMs == 5_000)
    }

    @Test(
        "ends by the server's word",
        arguments: [
            (ErrorCode.expiredToken, "expired"), (.accessDenied, "denied"),
            (.googleNotConfigured, "unavailable"),
            (.googleTaken, "refused"), (.banned, "refused"), (.notFound, "refused"),
        ])
    func endings(code: ErrorCode, ending: String) {
        var flow = CodeFlow()
        _ = flow.take(grant, nowMs: 0)
        #expect(flow.take(Self.refusal(code), nowMs: 0).endingWord == ending)
    }

    @Test("a server from before, which has no such call, offers none")
    func oldServer() {
        var flow = CodeFlow()
        #expect(flow.take(Self.refusal(.notFound), nowMs: 0).endingWord == "unavailable")
    }

    @Test(
        "what could command a terminal or a browser is no code",
        arguments: [
            ("WDJB\u{1b}[2J", "https://a.example"), ("", "https://a.example"), ("WDJB-MJHT", "javascript:x"),
            ("WDJB-MJHT", "https://a.example/\u{7}"), ("WDJB-MJHT", "https://a b"),
            ("WDJB-MJHT", "https://" + String(repeating: "a", count: 600)),
        ])
    func unsound(userCode: String, address: String) {
        #expect(SignInCode(userCode: userCode, address: address, wholeAddress: nil, lifeMs: 1) == nil)
    }

    @Test("an address with the code in it that is none is left away")
    func unsoundWholeAddress() throws {
        let code = try #require(
            SignInCode(
                userCode: "WDJB-MJHT", address: "https://a.example", wholeAddress: "file:///etc", lifeMs: 1))
        #expect(code.wholeAddress == nil && code.linkAddress == "https://a.example")
    }
}

extension CodeFlow.Order {
    fileprivate var waitMs: Int64? { if case .wait(let ms) = self { ms } else { nil } }

    fileprivate var endingWord: String? {
        guard case .end(let ending) = self else { return nil }
        switch ending {
        case .granted: return "granted"
        case .denied: return "denied"
        case .expired: return "expired"
        case .unavailable: return "unavailable"
        case .refused: return "refused"
        }
    }
}
