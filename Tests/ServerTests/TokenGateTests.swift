import Crypto
import Engine
import Protocol
import Testing

@testable import Server

@Suite struct TokenGateTests {
    private let desk = TokenDesk(signer: TokenSigner(key: Ed25519PrivateKey(), issuer: "test"))
    private let identity = Identity(
        id: Identifier(rawValue: 7), sessionID: Identifier(rawValue: 8), kind: .account, generation: 1,
        expiresAtMs: 1_000_000, role: .moderator)
    private let now = Moment(monotonicUs: 5_000_000, wallMs: 100_000)

    private func gate(perSecond: Double = 1, burst: Int = 2) -> TokenGate {
        TokenGate(tokens: desk, failureRate: Rate(perSecond: perSecond, burst: burst))
    }

    @Test func `a header proves what its token does, in any case of the scheme; none proves nothing`() throws
    {
        let gate = gate()
        let token = desk.token(for: identity, name: "a", nowMs: 0)
        for scheme in ["Bearer", "bearer", "BEARER"] {
            let credential = try gate.credential(authorization: "\(scheme) \(token)", from: "a", at: now)
            #expect(credential == .valid(identity))
        }
        #expect(try gate.credential(authorization: nil, from: "a", at: now) == .none)
        for header in ["Basic abc", "Bearer", ""] {
            #expect(try gate.credential(authorization: header, from: "a", at: now) == .invalid)
        }
    }

    @Test func `a token that held once is remembered, and ends at its end all the same`() throws {
        let gate = gate(perSecond: 0.001, burst: 1)
        let token = desk.token(for: identity, name: "a", nowMs: 0)
        #expect(try gate.credential(token: token, from: "a", at: now) == .valid(identity))
        #expect(try gate.credential(token: "x.y.z", from: "a", at: now) == .invalid)
        #expect(throws: Failure.self) { try gate.credential(token: "x.y.w", from: "a", at: now) }
        #expect(
            try gate.credential(token: token, from: "a", at: now) == .valid(identity), "no look is needed")
        let later = Moment(monotonicUs: now.monotonicUs, wallMs: 1_000_000)
        #expect(try gate.credential(token: token, from: "a", at: later) == .expired)
    }

    @Test func `an address whose tokens and signatures never hold is looked at no more, others are`() throws {
        let gate = gate(perSecond: 1, burst: 2)
        #expect(try gate.credential(token: "x", from: "a", at: now) == .invalid)
        var looks = 0
        let holds = try gate.isValid(from: "a", at: now) {
            looks += 1
            return false
        }
        #expect(!holds)
        let refusal = #expect(throws: Failure.self) {
            try gate.isValid(from: "a", at: now) {
                looks += 1
                return true
            }
        }
        #expect(looks == 1)
        #expect(refusal?.code == .rateLimited)
        #expect(refusal?.retryAfterMs == 1_000)
        #expect(try gate.credential(token: "x", from: "b", at: now) == .invalid)
        let later = Moment(monotonicUs: now.monotonicUs + 1_000_000, wallMs: now.wallMs)
        #expect(try gate.isValid(from: "a", at: later) { true }, "a second later it may try again")
    }

    @Test func `only so many tokens are remembered, the latest longest`() throws {
        let gate = gate(perSecond: 0.001, burst: 1)
        func token(_ number: UInt64) -> String {
            var other = identity
            other.id = Identifier(rawValue: number)
            return desk.token(for: other, name: "a", nowMs: 0)
        }
        let first = token(1)
        #expect(
            try gate.credential(token: first, from: "a", at: now)
                == .valid(
                    Identity(
                        id: Identifier(rawValue: 1), sessionID: identity.sessionID, kind: .account,
                        generation: 1,
                        expiresAtMs: 1_000_000, role: .moderator)))
        for number in 2...UInt64(Limits.maxRememberedTokens + 1) {
            _ = try gate.credential(token: token(number), from: "a", at: now)
        }
        #expect(try gate.credential(token: "x", from: "a", at: now) == .invalid, "the one failure allowed")
        #expect(throws: Failure.self) { try gate.credential(token: first, from: "a", at: now) }
        let last = token(UInt64(Limits.maxRememberedTokens + 1))
        let isKnown = try gate.credential(token: last, from: "a", at: now) != .invalid
        #expect(isKnown)
    }
}
