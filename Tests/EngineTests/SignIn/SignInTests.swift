import Engine
import Protocol
import Testing

@Suite("Sign-in")
struct SignInTests {
    static let key = [UInt8](repeating: 42, count: 32)

    private func challenge(_ desk: inout Desk, key: [UInt8] = key) -> [UInt8] {
        guard
            case .challenge(let challenge) = desk.ask(
                .requestChallenge(publicKey: key), proofs: EdgeProofs(entropy: desk.entropy()))
        else {
            Issue.record("no challenge")
            return []
        }
        return challenge
    }

    private func signIn(
        _ desk: inout Desk, key: [UInt8] = key, challenge: [UInt8], name: String? = nil, isSigned: Bool = true
    ) -> Answer? {
        let proof = DeviceSignIn(publicKey: key, challenge: challenge, signature: [], name: name)
        let answer = desk.ask(
            .signInWithDevice(proof), proofs: EdgeProofs(entropy: desk.entropy(), signatureValid: isSigned))
        return answer
    }

    @Test("a key registers at its first use and is known at its next")
    func registers() throws {
        var desk = Desk()
        let first = try SignedIn(signIn(&desk, challenge: challenge(&desk), name: "Zoe"))
        #expect(first.name == "Zoe")
        #expect(first.identity.generation == 0)
        #expect(first.identity.expiresAtMs == desk.now.wallMs + 900_000)
        #expect(desk.logs.count == 2)
        desk.run(ms: 100)
        let second = try SignedIn(signIn(&desk, challenge: challenge(&desk), name: "Other"))
        #expect(second.identity.id == first.identity.id)
        #expect(second.identity.sessionID != first.identity.sessionID, "each sign-in is a session of its own")
        #expect(second.name == "Zoe")
        #expect(desk.engine.counts.accounts == 1)
        #expect(desk.engine.counts.sessions == 2)
    }

    @Test("is answered once durable")
    func durableFirst() throws {
        var desk = Desk()
        desk.isAutomatic = false
        let answer = signIn(&desk, challenge: challenge(&desk))
        #expect(answer == nil)
        let commit = try #require(desk.commit)
        #expect(commit.records.count == 4, "epoch, account, session and the first snapshot")
        desk.give(.committed(commit.id))
        let session = try SignedIn(desk.answer(to: RequestID(rawValue: 2)))
        #expect(session.name.hasPrefix("player-"))
    }

    @Test("a challenge serves once, for its key, for a minute")
    func challengeUse() {
        var desk = Desk()
        let other = [UInt8](repeating: 43, count: 32)
        #expect(signIn(&desk, challenge: [1, 2, 3])?.code == .invalidChallenge)
        let first = challenge(&desk)
        #expect(signIn(&desk, key: other, challenge: first)?.code == .invalidChallenge)
        #expect(signIn(&desk, challenge: first)?.code == .invalidChallenge, "that try used it up")
        let second = challenge(&desk)
        #expect(signIn(&desk, challenge: second, isSigned: false)?.code == .invalidSignature)
        #expect(signIn(&desk, challenge: second)?.code == .invalidChallenge)
        let third = challenge(&desk)
        desk.run(ms: 60_000)
        #expect(signIn(&desk, challenge: third)?.code == .invalidChallenge)
        let fourth = challenge(&desk)
        desk.run(ms: 59_999)
        #expect(signIn(&desk, challenge: fourth)?.code == nil)
        #expect(desk.engine.counts.accounts == 1)
    }

    @Test("a name is unique without regard to case; a bad one is refused before the challenge is used")
    func names() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        let open = challenge(&desk)
        #expect(signIn(&desk, challenge: open, name: "a\u{202e}b")?.code == .badRequest)
        #expect(signIn(&desk, challenge: open, name: "PLAYER 3")?.code == .nameTaken)
        let twin = "\u{FF30}layer 3"
        #expect(signIn(&desk, challenge: challenge(&desk), name: twin)?.code == .nameTaken, "a wide P")
        #expect(desk.engine.counts.accounts == 9)
        let session = try SignedIn(signIn(&desk, challenge: challenge(&desk), name: "Player 30"))
        #expect(session.name == "Player 30")
    }

    @Test("a key of the wrong length is malformed")
    func keyLength() {
        var desk = Desk()
        let proofs = EdgeProofs(entropy: desk.entropy())
        #expect(desk.ask(.requestChallenge(publicKey: [1]), proofs: proofs)?.code == .badRequest)
    }

    @Test("open challenges are bounded: the oldest makes room")
    func bounded() {
        var desk = Desk {
            $0.signInRate = Rate(perSecond: 0, burst: 1)
            $0.requestRate = Rate(perSecond: 0, burst: 1)
        }
        let oldest = challenge(&desk)
        for _ in 1..<Limits.maxChallenges { _ = challenge(&desk) }
        let youngest = challenge(&desk)
        #expect(signIn(&desk, challenge: oldest)?.code == .invalidChallenge)
        #expect(signIn(&desk, challenge: youngest)?.code == nil)
    }

    @Test("a guest gets a name unless it brings one")
    func guests() {
        var desk = Desk { $0.guestRate = Rate(perSecond: 1, burst: 3) }
        func guest(_ name: String?) -> Answer? {
            desk.ask(.signInAsGuest(name: name), proofs: EdgeProofs(entropy: desk.entropy()))
        }
        guard case .guest(let identity, let name) = guest(nil) else {
            Issue.record("no guest")
            return
        }
        #expect(name.hasPrefix("guest-"))
        #expect(identity.kind == .guest(name: name))
        guard case .guest(_, "Zoe") = guest("Zoe") else {
            Issue.record("no name")
            return
        }
        #expect(guest("\u{7}")?.code == .badRequest)
        #expect(guest(nil)?.code == nil)
        #expect(guest(nil)?.code == .rateLimited)
    }

    @Test("challenges, sign-ins and refreshes share one rate an address")
    func rate() {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.signInRate = Rate(perSecond: 1, burst: 2) }
        #expect(signIn(&desk, challenge: [1])?.code == .invalidChallenge)
        _ = challenge(&desk)
        let proofs = desk.refreshProofs(Desk.firstToken(3))
        #expect(desk.ask(.refresh(token: ""), proofs: proofs)?.code == .rateLimited)
        #expect(desk.ask(.refresh(token: ""), from: "10.0.0.2", proofs: proofs)?.code == nil)
    }
}
