import Engine
import Protocol
import Testing

@Suite("Signing out")
struct LogoutTests {
    private func isDone(_ answer: Answer?) -> Bool { if case .done = answer { true } else { false } }

    @Test("ends the sign-in with its tokens, closes its socket with 4004 and ends its play")
    func ends() {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.maxPlayers = 1 }
        desk.play(1)
        desk.play(2)
        desk.run(ms: 100)
        #expect(isDone(desk.call(.logout, as: Desk.account(1))))
        #expect(desk.closed(1) == .signedOut)
        #expect(desk.engine.playing.map(\.rawValue) == [2], "its place is free")
        #expect(desk.kept.contains(.sessionEnded(Desk.account(1).sessionID)))
        #expect(desk.logs.contains(.left(account: Identifier(rawValue: 1))))
        #expect(desk.ask(.me, .valid(Desk.account(1)))?.code == .unauthorized)
        #expect(desk.ask(.logout, .valid(Desk.account(1)))?.code == .unauthorized)
        #expect(desk.refresh(Desk.firstToken(1), storageFinds: nil)?.code == .invalidRefreshToken)
    }

    @Test("ends a queued account's wait, and a stalled player's play once no sign-in is left")
    func elsewhere() throws {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.maxPlayers = 1 }
        desk.play(1)
        desk.play(2)
        desk.run(ms: 100)
        #expect(isDone(desk.call(.logout, as: Desk.account(2))))
        #expect(desk.engine.queue.isEmpty)
        desk.lose(1)
        #expect(isDone(desk.call(.logout, as: Desk.account(1))))
        #expect(desk.engine.counts.players == 0)
    }

    @Test("leaves the account's other sign-ins, and what they play, alone")
    func others() throws {
        var desk = Desk()
        let key = [UInt8](repeating: 77, count: 32)
        let first = try SignedIn(desk.signIn(key: key))
        let second = try SignedIn(desk.signIn(key: key))
        desk.give(.opened(Desk.socket(1), first.identity, address: "a", play: true, relay: nil))
        desk.run(ms: 100)
        #expect(isDone(desk.call(.logout, as: second.identity)))
        #expect(desk.closed(1) == nil)
        #expect(desk.engine.counts.players == 1)
        #expect(try SignedIn(desk.refresh(first.refreshToken)).identity.generation == 1)
    }

    @Test("is answered, and its socket closed, once durable; a failed commit takes it back")
    func durableFirst() throws {
        for fails in [false, true] {
            var desk = Desk(recovered: Desk.withAccounts())
            desk.play(1)
            desk.run(ms: 100)
            desk.isAutomatic = false
            let request = desk.nextRequest()
            let caller = Caller(address: "a", credential: .valid(Desk.account(1)))
            desk.give(.request(request, .logout, caller, .none))
            #expect(desk.answer(to: request) == nil)
            #expect(desk.closed(1) == nil)
            let commit = try #require(desk.commit)
            desk.give(fails ? .commitFailed(commit.id, .full) : .committed(commit.id))
            #expect(desk.answer(to: request)?.code == (fails ? .storageUnavailable : nil))
            #expect(desk.closed(1) == (fails ? nil : .signedOut))
            #expect(desk.engine.counts.players == (fails ? 1 : 0))
            #expect(desk.ask(.me, .valid(Desk.account(1)))?.code == (fails ? nil : .unauthorized))
        }
    }
}
