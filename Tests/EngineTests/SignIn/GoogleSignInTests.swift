import Engine
import Protocol
import Testing

@Suite("Sign-in with Google")
struct GoogleSignInTests {
    @Test("registers a Google account at its first use and knows it at its next, whatever it is called then")
    func registers() throws {
        var desk = Desk.withGoogle()
        let first = try SignedIn(desk.show(desk.holder()))
        #expect(first.name == "Ada L.")
        #expect(desk.logs.contains(.registered(account: first.identity.id)))
        let second = try SignedIn(desk.show(desk.holder(name: "Ada Lovelace")))
        #expect(second.identity.id == first.identity.id)
        #expect(second.identity.sessionID != first.identity.sessionID)
        #expect(second.name == "Ada L.")
        #expect(try SignedIn(desk.show(desk.holder("9"))).identity.id != first.identity.id)
        #expect(desk.engine.counts.accounts == 2)
        #expect(try desk.me(first.identity).google == true)
        let records = desk.kept.compactMap { if case .account(let record) = $0 { record } else { nil } }
        #expect(records.first?.googleID == "1234")
        #expect(records.first?.publicKey == nil)
    }

    @Test("is no way in where the host hasn't set it up")
    func notConfigured() {
        var desk = Desk()
        #expect(desk.show(desk.holder())?.code == .googleNotConfigured)
        #expect(desk.authorize()?.code == .googleNotConfigured)
        #expect(desk.ask(.auth(.page(.form(code: nil))))?.code == .googleNotConfigured)
        for hasGoogle in [false, true] {
            var desk = Desk { $0.signsInWithGoogle = hasGoogle }
            guard case .authMethods(let methods) = desk.ask(.auth(.methods)) else {
                Issue.record("no answer")
                return
            }
            #expect(methods == AuthMethodsAnswer(google: hasGoogle))
        }
    }

    @Test("takes a token once, and none that is older than the server's start")
    func replay() throws {
        var desk = Desk.withGoogle()
        let holder = desk.holder()
        _ = try SignedIn(desk.show(holder))
        #expect(desk.show(holder)?.code == .invalidIDToken)
        desk.run(ms: 3_500_000)
        #expect(desk.show(holder)?.code == .invalidIDToken)
        var old = desk.holder("2")
        old.issuedAtMs = Desk.startMs - 1000
        #expect(desk.show(old)?.code == .invalidIDToken)
        // Known or not, another server's start is a new beginning for tokens.
        var later = Desk(
            at: Moment(monotonicUs: 1_000_000_000, wallMs: Desk.startMs + 10_000)
        ) { $0.signsInWithGoogle = true }
        #expect(later.show(holder)?.code == .invalidIDToken)
        #expect(try SignedIn(later.show(later.holder())).name == "Ada L.")
    }

    @Test(
        "makes of what a person is called there a name that may be one",
        arguments: [
            ("  Grace   Hopper ", "Grace Hopper"), ("Zoë 漢字", "Zoë 漢字"),
            ("Ada\u{202e}\u{200b}\u{7} X", "Ada X"), ("A\nB", "A B"),
            (String(repeating: "abcde ", count: 9), "abcde abcde abcde abcde"),
        ])
    func names(called: String, name: String) throws {
        var desk = Desk.withGoogle()
        #expect(try SignedIn(desk.show(desk.holder(name: called))).name == name)
    }

    @Test("gives a name of its own to whoever has none that could be one")
    func nameless() throws {
        for called in [nil, "", "   ", "\u{200b}", "\u{1b}"] as [String?] {
            var desk = Desk.withGoogle()
            #expect(try SignedIn(desk.show(desk.holder(name: called))).name.hasPrefix("player-"))
        }
    }

    @Test("numbers those who are called alike, and lets nobody be called like a deleted one")
    func twins() throws {
        var desk = Desk.withGoogle()
        let names = try (1...4).map { try SignedIn(desk.show(desk.holder("\($0)", name: "ADA"))).name }
        #expect(names == ["ADA", "ADA 2", "ADA 3", "ADA 4"])
        let long = String(repeating: "x", count: 40)
        let longNames = try (5...6).map { try SignedIn(desk.show(desk.holder("\($0)", name: long))).name }
        #expect(longNames == [String(repeating: "x", count: 24), String(repeating: "x", count: 22) + " 2"])
        #expect(try SignedIn(desk.show(desk.holder("7", name: "deleted-x"))).name.hasPrefix("player-"))
    }

    @Test("is closed to whoever is banned")
    func banned() throws {
        var desk = Desk.withGoogle()
        let ada = try SignedIn(desk.show(desk.holder()))
        desk.give(.host(HostCallID(rawValue: 1), .ban(account: "Ada L.", reason: "bots")))
        desk.run(ms: 100)
        #expect(desk.show(desk.holder())?.code == .banned)
        #expect(desk.ask(.me, .valid(ada.identity))?.code == .banned)
        let terminal = try desk.terminal()
        #expect(desk.allow(terminal, as: desk.holder())?.code == .banned)
        #expect(desk.poll(terminal)?.code == .banned)
    }

    @Test("registers anew whoever deleted their account, and leaves a stone that nobody signs in to")
    func deleted() throws {
        var desk = Desk.withGoogle()
        let first = try SignedIn(desk.show(desk.holder()))
        _ = desk.call(.deleteAccount, as: first.identity)
        let stone = desk.kept.compactMap { if case .account(let record) = $0 { record } else { nil } }.last
        #expect(stone?.deletedAtMs != nil)
        #expect(stone?.googleID == nil)
        #expect(stone?.publicKey?.count == 32)
        let second = try SignedIn(desk.show(desk.holder()))
        #expect(second.identity.id != first.identity.id)
        #expect(second.name == "Ada L.")
    }

    @Test("knows after a restart whom it registered")
    func restarted() throws {
        var recovered = Desk.withAccounts(2)
        recovered.accounts[1].publicKey = nil
        recovered.accounts[1].googleID = "1234"
        var desk = Desk.withGoogle(recovered)
        #expect(try SignedIn(desk.show(desk.holder())).identity.id == Identifier(rawValue: 2))
        #expect(try desk.me(Desk.account(1)).google == false)
        #expect(try desk.me(Desk.account(2)).google == true)
    }

    @Test("takes back what storage didn't keep")
    func failedCommit() throws {
        var desk = Desk.withGoogle()
        desk.isAutomatic = false
        let holder = desk.holder()
        #expect(desk.show(holder) == nil)
        let commit = try #require(desk.lastCommit)
        desk.give(.commitFailed(commit.id, .full))
        #expect(desk.engine.counts.accounts == 0)
        #expect(desk.engine.counts.sessions == 0)
        // Its token was shown in vain: it is good for the next try.
        desk.give(.storageProbed(nil))
        desk.isAutomatic = true
        #expect(try SignedIn(desk.show(holder)).name == "Ada L.")
        #expect(desk.show(holder)?.code == .invalidIDToken)
    }

    @Test("says nothing of Google to guests")
    func guests() throws {
        var desk = Desk.withGoogle()
        #expect(try desk.me(Desk.guest(7)).google == nil)
    }
}
