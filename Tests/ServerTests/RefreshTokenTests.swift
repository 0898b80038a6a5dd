import Crypto
import Engine
import Testing

@testable import Server

@Suite struct RefreshTokenTests {
    private let tokens = RefreshToken(serverSecret: [UInt8](repeating: 7, count: 32))

    @Test func `a token's child follows from it and the server's secret alone`() {
        let parent = RefreshToken.text(SecureRandom.bytes(32))
        let child = tokens.entropy(forChildOf: parent)
        let again = tokens.entropy(forChildOf: parent)
        #expect(child.refreshToken == again.refreshToken)
        #expect(child.refreshHash == RefreshToken.hash(ofText: RefreshToken.text(child.refreshToken)))
        #expect(child.sessionID != again.sessionID, "the rest is drawn")
        #expect(tokens.entropy(forChildOf: parent + "x").refreshToken != child.refreshToken)
        let other = RefreshToken(serverSecret: [UInt8](repeating: 8, count: 32))
        #expect(other.entropy(forChildOf: parent).refreshToken != child.refreshToken)
    }

    @Test func `the key is not the server's secret itself`() {
        let secret = [UInt8](repeating: 7, count: 32)
        let parent = SecureRandom.bytes(32)
        let child = tokens.entropy(forChildOf: RefreshToken.text(parent)).refreshToken
        #expect(child != HMACSHA256.authenticationCode(for: parent, key: secret))
        #expect(child.count == 32)
    }

    @Test(arguments: ["", "x", "é", String(repeating: "a", count: 5_000)])
    func `a text that is no token has a hash and a child all the same, which nothing leads to`(text: String) {
        #expect(RefreshToken.hash(ofText: text).count == 32)
        #expect(tokens.entropy(forChildOf: text).refreshToken.count == 32)
    }
}
