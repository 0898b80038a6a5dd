import Engine
import Protocol
import Testing

@Suite("Refreshing")
struct RefreshTests {
    private static let session = Desk.account(1).sessionID
    private static let first = Desk.firstToken(1)

    private func desk() -> Desk { Desk(recovered: Desk.withAccounts()) }

    /// The last state of the sign-in that storage was given.
    private func record(_ desk: Desk) -> SessionRecord? {
        desk.kept.compactMap {
            if case .session(let record) = $0, record.id == Self.session { record } else { nil }
        }.last
    }

    @Test("the latest token gives the next generation of the same sign-in, for a week, hashed in storage")
    func latest() throws {
        var desk = desk()
        let askedMs = desk.now.wallMs
        let renewed = try SignedIn(desk.refresh(Self.first))
        #expect(renewed.identity.id == Desk.account(1).id)
        #expect(renewed.identity.sessionID == Self.session)
        #expect(renewed.identity.generation == 1)
        #expect(renewed.identity.expiresAtMs == askedMs + 900_000)
        #expect(renewed.refreshToken == Desk.child(of: Self.first))
        #expect(renewed.name == "Player 1")
        let kept = try #require(record(desk))
        #expect(kept.refreshHash == Desk.hash(of: renewed.refreshToken))
        #expect(kept.previousHash == Desk.hash(of: Self.first))
        #expect(kept.generation == 1)
        #expect(kept.refreshedAtMs == askedMs)
        #expect(kept.expiresAtMs == askedMs + Int64(Limits.refreshTokenSeconds) * 1000)
        let again = try SignedIn(desk.refresh(renewed.refreshToken))
        #expect(again.identity.generation == 2)
    }

    @Test("the token before it, repeated within 30 s, gives the same child and the same generation")
    func repeated() throws {
        var desk = desk()
        let renewed = try SignedIn(desk.refresh(Self.first))
        for waitMs in [Int64(0), 10_000, 19_900] {
            desk.run(ms: waitMs)
            let repeated = try SignedIn(desk.refresh(Self.first))
            #expect(repeated.refreshToken == renewed.refreshToken)
            #expect(repeated.identity.generation == 1)
        }
        #expect(desk.engine.counts.sessions == 9)
        #expect(try SignedIn(desk.refresh(renewed.refreshToken)).identity.generation == 2)
    }

    @Test("repeating doesn't prolong the time in which it may be repeated")
    func repeatedlyRepeated() throws {
        var desk = desk()
        _ = try SignedIn(desk.refresh(Self.first))
        desk.run(ms: 29_000)
        _ = try SignedIn(desk.refresh(Self.first))
        desk.run(ms: 2_000)
        #expect(desk.refresh(Self.first)?.code == .refreshReused)
    }

    @Test("both tokens at once, as two clients with one token ask, give one child")
    func atOnce() throws {
        var desk = desk()
        desk.isAutomatic = false
        #expect(desk.ask(.refresh(token: ""), proofs: desk.refreshProofs(Self.first)) == nil)
        let commit = try #require(desk.commit)
        #expect(desk.ask(.refresh(token: ""), proofs: desk.refreshProofs(Self.first)) == nil)
        desk.give(.committed(commit.id))
        let one = try SignedIn(desk.answer(to: RequestID(rawValue: 1)))
        desk.pass(ms: 25)
        desk.give(.wake)
        desk.give(.committed(try #require(desk.commit).id))
        let other = try SignedIn(desk.answer(to: RequestID(rawValue: 2)))
        #expect(one.refreshToken == other.refreshToken)
        #expect(one.identity == other.identity)
    }

    @Test("after a restart within the 30 s it may still be repeated, and after them no more")
    func restart() throws {
        for (downMs, code) in [(Int64(20_000), nil), (31_000, ErrorCode.refreshReused)] {
            var desk = desk()
            let renewed = try SignedIn(desk.refresh(Self.first))
            var recovered = Desk.withAccounts()
            recovered.sessions[0] = try #require(record(desk))
            desk.pass(ms: downMs)
            desk.engine = ServerEngine(
                configuration: Desk.configuration(), recovered: recovered, at: desk.now)
            let answer = desk.refresh(Self.first)
            #expect(answer?.code == code)
            if code == nil { #expect(try SignedIn(answer).refreshToken == renewed.refreshToken) }
        }
    }

    @Test("a token that nobody knows is refused, and revokes nothing")
    func unknown() {
        var desk = desk()
        let before = desk.engine.counts
        #expect(desk.refresh([1, 2, 3], storageFinds: nil)?.code == .invalidRefreshToken)
        #expect(desk.refresh([], storageFinds: nil)?.code == .invalidRefreshToken)
        #expect(
            desk.refresh([9, 9], storageFinds: Identifier(rawValue: 4_444))?.code == .invalidRefreshToken,
            "a token of a sign-in that is over")
        #expect(desk.engine.counts == before)
        #expect(ErrorCode.invalidRefreshToken.httpStatus == 401)
    }

    @Test("a token whose week is over is refused")
    func ended() {
        var desk = desk()
        desk.run(ms: Int64(Limits.refreshTokenSeconds) * 1000 + 1_000)
        #expect(desk.refresh(Self.first, storageFinds: nil)?.code == .invalidRefreshToken)
    }

    @Test("where storage can't look a token up, the answer is 503 and nothing is revoked")
    func lookupFails() throws {
        var desk = desk()
        let request = desk.nextRequest()
        let caller = Caller(address: "a", credential: .none)
        desk.give(.request(request, .refresh(token: ""), caller, desk.refreshProofs([7])))
        let query = try #require(desk.query)
        desk.give(.queryAnswered(query.id, .failed(.broken("read"))))
        #expect(desk.answer(to: request)?.code == .storageUnavailable)
        #expect(desk.engine.counts.sessions == 9)
    }

    @Test("a commit that fails changes nothing: 503, and the token shown is still the latest")
    func commitFails() throws {
        var desk = desk()
        desk.isAutomatic = false
        #expect(desk.ask(.refresh(token: ""), proofs: desk.refreshProofs(Self.first)) == nil)
        let commit = try #require(desk.commit)
        #expect(desk.ask(.refresh(token: ""), proofs: desk.refreshProofs(Self.first)) == nil)
        desk.give(.commitFailed(commit.id, .full))
        for number in 1...2 as ClosedRange<UInt64> {
            #expect(desk.answer(to: RequestID(rawValue: number))?.code == .storageUnavailable)
        }
        #expect(desk.refresh(Self.first)?.code == .storageUnavailable, "storage is full")
        desk.isAutomatic = true
        desk.run(ms: 60_000)
        desk.give(.storageProbed(nil))
        let renewed = try SignedIn(desk.refresh(Self.first))
        #expect(renewed.identity.generation == 1)
        #expect(
            desk.refresh(Desk.child(of: renewed.refreshToken), storageFinds: nil)?.code
                == .invalidRefreshToken)
    }
}
