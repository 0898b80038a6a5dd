import Engine
import Protocol
import Testing

@Suite("A refresh token used again")
struct ReuseTests {
    private static let session = Desk.account(1).sessionID
    private static let first = Desk.firstToken(1)

    /// The ways in which a token can have been used before.
    enum Way: CaseIterable, Sendable {
        case afterGrace
        case afterItsChild
        case longAgo
    }

    /// An account that plays, whose first token was used in a way.
    private func desk(_ way: Way) throws -> Desk {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(1)
        desk.run(ms: 100)
        let second = try SignedIn(desk.refresh(Self.first))
        switch way {
        case .afterGrace: desk.run(ms: 30_001, hearing: [1])
        case .afterItsChild: _ = try SignedIn(desk.refresh(second.refreshToken))
        case .longAgo:
            var token = second.refreshToken
            for _ in 0..<4 {
                desk.run(ms: 20_000, hearing: [1])
                token = try SignedIn(desk.refresh(token)).refreshToken
            }
        }
        desk.run(ms: 100)
        return desk
    }

    private func show(_ desk: inout Desk) -> Answer? {
        desk.refresh(Self.first, storageFinds: Self.session)
    }

    @Test(
        "is refused and revokes its family: sockets closed with 4004, play ended, the account flagged",
        arguments: Way.allCases)
    func revokes(_ way: Way) throws {
        var desk = try desk(way)
        let before = desk.kept.count
        #expect(show(&desk)?.code == .refreshReused)
        #expect(ErrorCode.refreshReused.httpStatus == 401)
        #expect(desk.closed(1) == .signedOut)
        #expect(!CloseCode.signedOut.allowsReconnect)
        #expect(desk.engine.counts.players == 0)
        #expect(desk.engine.counts.sessions == 8)
        let kept = desk.kept[before...]
        let flag = FlagRecord(account: Desk.account(1).id, reason: .refreshReused, atMs: desk.now.wallMs)
        let flagged = kept.compactMap { if case .flag(let flag) = $0 { flag } else { nil } }
        #expect(flagged.map(\.account) == [flag.account])
        #expect(kept.contains(.sessionEnded(Self.session)))
        #expect(
            desk.ask(.me, .valid(Desk.account(1)))?.code == .unauthorized, "its access token is worth nothing"
        )
        desk.open(1, on: 10)
        #expect(desk.closed(10) == .signedOut)
        let newest = Desk.child(of: Self.first)
        #expect(desk.refresh(newest, storageFinds: nil)?.code == .invalidRefreshToken)
    }

    @Test("ends no other sign-in of the account, nor the account")
    func otherSessions() throws {
        var recovered = Desk.withAccounts()
        var other = recovered.sessions[0]
        other.id = Identifier(rawValue: 7_777)
        other.refreshHash = Desk.hash(of: [8, 8, 8])
        recovered.sessions.append(other)
        var desk = Desk(recovered: recovered)
        _ = try SignedIn(desk.refresh(Self.first))
        desk.run(ms: 31_000)
        #expect(desk.refresh(Self.first)?.code == .refreshReused)
        #expect(try SignedIn(desk.refresh([8, 8, 8])).identity.id == Desk.account(1).id)
        #expect(desk.engine.counts.accounts == 9)
    }

    @Test("closes sockets once the end is durable, not before")
    func durableFirst() throws {
        var desk = try desk(.afterGrace)
        desk.isAutomatic = false
        #expect(show(&desk) == nil)
        #expect(desk.closed(1) == nil)
        #expect(desk.engine.counts.players == 1)
        desk.give(.committed(CommitID(rawValue: desk.commits)))
        #expect(desk.closed(1) == .signedOut)
        #expect(
            desk.effects.contains {
                if case .respond(_, let answer) = $0 { answer.code == .refreshReused } else { false }
            })
    }

    @Test("changes nothing where storage doesn't keep the end: 503, and the sign-in goes on")
    func commitFails() throws {
        var desk = try desk(.afterGrace)
        desk.isAutomatic = false
        #expect(show(&desk) == nil)
        desk.give(.commitFailed(CommitID(rawValue: desk.commits), .full))
        #expect(
            desk.effects.contains {
                if case .respond(_, let answer) = $0 { answer.code == .storageUnavailable } else { false }
            })
        #expect(desk.closed(1) == nil)
        #expect(desk.engine.counts.sessions == 9)
        #expect(desk.ask(.me, .valid(Desk.account(1)))?.code == nil)
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: 100)
        #expect(try SignedIn(desk.refresh(Desk.child(of: Self.first))).identity.generation == 2)
    }

    @Test("found by storage while it refuses writes is 503, and revokes nothing yet")
    func refusedMeanwhile() throws {
        var desk = try desk(.longAgo)
        let request = desk.nextRequest()
        let caller = Caller(address: "a", credential: .none)
        desk.give(.request(request, .refresh(token: ""), caller, desk.refreshProofs(Self.first)))
        let query = try #require(desk.query)
        desk.isAutomatic = false
        desk.run(ms: 100)
        desk.place(1, 0, 0, 1)
        desk.give(.commitFailed(try #require(desk.commit).id, .full))
        desk.give(.queryAnswered(query.id, .refreshToken(session: Self.session)))
        #expect(desk.answer(to: request)?.code == .storageUnavailable)
        #expect(desk.engine.counts.sessions == 9)
    }

    @Test("ends a stalled player's play as well")
    func stalled() throws {
        var desk = try desk(.afterGrace)
        desk.lose(1)
        #expect(desk.engine.counts.stalled == 1)
        #expect(show(&desk)?.code == .refreshReused)
        #expect(desk.engine.counts.players == 0)
    }
}
