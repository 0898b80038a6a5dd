import OpenID
import Protocol
import Testing

@testable import Server

@Suite("Browsers at the identity provider")
struct WebSignInsTests {
    private func attempt(_ number: UInt8, browser: String = "ada", atMs: Int64 = 0) throws
        -> WebSignIns.Attempt
    {
        WebSignIns.Attempt(
            exchange: CodeExchange(state: [number], nonce: [number], verifier: [number], redirectURI: "r"),
            userCode: try #require(UserCode(typed: "BCDF-GHJK")), browser: browser, startedMs: atMs)
    }

    @Test("come back once, as the browser that went")
    func once() throws {
        var book = WebSignIns()
        let attempt = try attempt(1)
        let state = attempt.exchange.state
        book.begin(attempt, nowMs: 0)
        #expect(book.end(state: state, browser: nil, nowMs: 1) == nil)
        #expect(book.end(state: state, browser: "eve", nowMs: 1) == nil)
        #expect(book.end(state: "other", browser: "ada", nowMs: 1) == nil)
        #expect(book.end(state: state, browser: "ada", nowMs: 1)?.userCode == attempt.userCode)
        #expect(book.end(state: state, browser: "ada", nowMs: 1) == nil)
    }

    @Test("have ten minutes")
    func expiry() throws {
        var book = WebSignIns()
        let attempt = try attempt(1)
        book.begin(attempt, nowMs: 0)
        #expect(book.end(state: attempt.exchange.state, browser: "ada", nowMs: Limits.webSignInMs) == nil)
        book.begin(try self.attempt(2), nowMs: 0)
        book.begin(try self.attempt(3, atMs: Limits.webSignInMs), nowMs: Limits.webSignInMs)
        #expect(book.count == 1)
    }
}
