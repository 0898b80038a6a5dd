import Engine
import Protocol
import Testing

@Suite("Deleting oneself")
struct DeletionTests {
    private static let key = [UInt8](repeating: 77, count: 32)

    private func isDone(_ answer: Answer?) -> Bool { if case .done = answer { true } else { false } }

    private func stones(_ desk: Desk) -> [AccountRecord] {
        desk.kept.compactMap {
            if case .account(let account) = $0, account.deletedAtMs != nil { account } else { nil }
        }
    }

    @Test("ends every sign-in of the account, its sockets and its play, and leaves a stone with its id")
    func account() throws {
        var desk = Desk()
        let first = try SignedIn(desk.signIn(key: Self.key, name: "Zoe"))
        let second = try SignedIn(desk.signIn(key: Self.key))
        desk.give(.opened(Desk.socket(1), first.identity, address: "a", play: true, relay: nil))
        desk.place(1, 0, 0, 1)
        desk.run(ms: 100)
        let askedMs = desk.now.wallMs
        #expect(isDone(desk.call(.deleteAccount, as: second.identity)))
        #expect(desk.closed(1) == .signedOut)
        #expect(desk.engine.counts.players == 0)
        #expect(desk.engine.counts.accounts == 0)
        #expect(desk.engine.counts.sessions == 0)
        let stone = try #require(stones(desk).last)
        #expect(stone.id == first.identity.id)
        #expect(stone.name == "deleted-\(first.identity.id)")
        #expect(stone.deletedAtMs == askedMs)
        #expect(stone.publicKey?.count == 32)
        #expect(stone.publicKey != Self.key)
        let ended = desk.kept.filter { if case .sessionEnded = $0 { true } else { false } }
        #expect(ended.count == 2)
        for identity in [first.identity, second.identity] {
            #expect(desk.ask(.me, .valid(identity))?.code == .unauthorized)
        }
        #expect(desk.engine.durableCells[0] == 1, "its pixels stay")
    }

    @Test("frees key and name: the key registers anew, as another account")
    func again() throws {
        var desk = Desk()
        let first = try SignedIn(desk.signIn(key: Self.key, name: "Zoe"))
        _ = desk.call(.deleteAccount, as: first.identity)
        let second = try SignedIn(desk.signIn(key: Self.key, name: "Zoe"))
        #expect(second.identity.id != first.identity.id)
        #expect(second.name == "Zoe")
        #expect(desk.engine.counts.accounts == 1)
    }

    @Test("leaves a stone whose name nobody else has, even one who took such a name long ago")
    func stoneName() throws {
        var recovered = Desk.withAccounts()
        recovered.accounts[1].name = "deleted-\(Identifier(rawValue: 1))"
        var desk = Desk(recovered: recovered)
        _ = desk.call(.deleteAccount, as: Desk.account(1))
        #expect(stones(desk).last?.name == "deleted-\(Identifier(rawValue: 1))-2")
        #expect(desk.engine.counts.accounts == 8)
    }

    @Test("ends a stalled player's play, and an absent one's wait")
    func elsewhere() {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.maxPlayers = 1 }
        desk.play(1)
        desk.play(2)
        desk.lose(1)
        desk.lose(2)
        desk.run(ms: 100)
        #expect(isDone(desk.call(.deleteAccount, as: Desk.account(2))))
        #expect(desk.engine.queue.isEmpty)
        #expect(isDone(desk.call(.deleteAccount, as: Desk.account(1))))
        #expect(desk.engine.counts.players == 0)
    }

    @Test("is done once durable; a failed commit takes all of it back")
    func commitFails() throws {
        var desk = Desk()
        let first = try SignedIn(desk.signIn(key: Self.key, name: "Zoe"))
        desk.give(.opened(Desk.socket(1), first.identity, address: "a", play: true, relay: nil))
        desk.run(ms: 100)
        desk.isAutomatic = false
        let before = desk.engine.counts
        #expect(desk.ask(.deleteAccount, .valid(first.identity)) == nil)
        let commit = try #require(desk.commit)
        #expect(desk.closed(1) == nil)
        // Meanwhile its key registers anew, under its name.
        _ = desk.signIn(key: Self.key, name: "Zoe")
        let started = desk.commits
        #expect(started == commit.id.rawValue)
        desk.give(.commitFailed(commit.id, .full))
        #expect(desk.engine.counts.accounts == before.accounts)
        #expect(desk.engine.counts.sessions == before.sessions)
        #expect(desk.engine.counts.players == 1)
        #expect(desk.closed(1) == nil)
        guard case .me(let me) = desk.ask(.me, .valid(first.identity)) else {
            Issue.record("its token is worth what it was")
            return
        }
        #expect(me.account == AccountName(id: first.identity.id, name: "Zoe"))
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: 100)
        #expect(try SignedIn(desk.refresh(first.refreshToken)).identity.generation == 1)
        #expect(try SignedIn(desk.signIn(key: Self.key)).identity.id == first.identity.id)
        #expect(desk.ask(.deleteAccount, .expired)?.code == .tokenExpired)
    }

    @Test("ends a guest: its token is worth nothing from then on, also after a restart")
    func guest() throws {
        var desk = Desk()
        var identity = Desk.guest(80)
        identity.expiresAtMs = desk.now.wallMs + 60_000
        desk.give(.opened(Desk.socket(1), identity, address: "a", play: false, relay: nil))
        desk.run(ms: 100)
        #expect(isDone(desk.call(.deleteAccount, as: identity)))
        #expect(desk.closed(1) == .signedOut)
        #expect(desk.ask(.me, .valid(identity))?.code == .unauthorized)
        let kept = desk.kept.compactMap { if case .guest(let guest) = $0 { guest } else { nil } }
        #expect(kept.map(\.isRemoved) == [true])
        var after = Desk(recovered: RecoveredState(guests: kept))
        #expect(after.ask(.me, .valid(identity))?.code == .unauthorized)
        after.give(.opened(Desk.socket(1), identity, address: "a", play: false, relay: nil))
        #expect(after.closed(1) == .signedOut)
    }

    @Test("a guest's that storage doesn't keep is taken back")
    func guestFails() throws {
        var desk = Desk()
        let identity = Desk.guest(80)
        _ = desk.ask(.me, .valid(identity))
        desk.run(ms: 100)
        desk.isAutomatic = false
        #expect(desk.ask(.deleteAccount, .valid(identity)) == nil)
        let commit = try #require(desk.commit)
        #expect(desk.ask(.me, .valid(identity))?.code == .unauthorized)
        desk.give(.commitFailed(commit.id, .full))
        #expect(desk.ask(.me, .valid(identity))?.code == nil)
    }
}
