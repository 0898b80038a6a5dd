import Engine
import Protocol
import Testing

@Suite("Linking a Google account")
struct GoogleLinkTests {
    private static let key = [UInt8](repeating: 55, count: 32)

    @Test("lets it sign in to the account of a key, which goes on signing in")
    func links() throws {
        var desk = Desk.withGoogle()
        let zoe = try SignedIn(desk.signIn(key: Self.key, name: "Zoe"))
        #expect(try desk.me(zoe.identity).google == false)
        let terminal = try desk.terminal(link: zoe.identity)
        guard case .confirm(let ask) = desk.enter(terminal.code.description) else {
            Issue.record("no question")
            return
        }
        #expect(ask.linksTo == "Zoe")
        _ = desk.decide(terminal, true)
        guard case .page(.allowed(let allowed)) = desk.comeBack(terminal, as: desk.holder()) else {
            Issue.record("not allowed")
            return
        }
        #expect(allowed.linksTo == "Zoe")
        let linked = try SignedIn(desk.poll(terminal))
        #expect(desk.logs.contains(.googleLinked(account: zoe.identity.id)))
        #expect(linked.identity.id == zoe.identity.id)
        #expect(linked.identity.sessionID != zoe.identity.sessionID)
        #expect(linked.name == "Zoe")
        #expect(try desk.me(zoe.identity).google == true)
        #expect(try SignedIn(desk.show(desk.holder())).identity.id == zoe.identity.id)
        #expect(try SignedIn(desk.signIn(key: Self.key)).identity.id == zoe.identity.id)
        #expect(desk.engine.counts.accounts == 1)
    }

    @Test("is asked for by an account alone")
    func needsAccount() throws {
        var desk = Desk.withGoogle()
        let request = Route.auth(.authorize(DeviceRequest(link: true)))
        let codes = DeviceCodes(
            deviceCode: [1], deviceHash: [2], userCode: UserCode(random: [1, 1, 1, 1, 1, 1, 1, 1])!)
        let proofs = EdgeProofs(auth: .codes(codes))
        #expect(desk.ask(request, proofs: proofs)?.code == .unauthorized)
        #expect(desk.ask(request, .expired, proofs: proofs)?.code == .tokenExpired)
        #expect(desk.ask(request, .valid(Desk.guest(1)), proofs: proofs)?.code == .signInRequired)
    }

    @Test("that signs in to another player is refused, in the browser and in the terminal")
    func taken() throws {
        var desk = Desk.withGoogle()
        let ada = try SignedIn(desk.show(desk.holder()))
        let zoe = try SignedIn(desk.signIn(key: Self.key, name: "Zoe"))
        let terminal = try desk.terminal(link: zoe.identity)
        #expect(desk.allow(terminal, as: desk.holder())?.code == .googleTaken)
        #expect(desk.poll(terminal)?.code == .googleTaken)
        #expect(desk.poll(terminal)?.code == .expiredToken)
        #expect(try desk.me(zoe.identity).google == false)
        #expect(try SignedIn(desk.show(desk.holder())).identity.id == ada.identity.id)
    }

    @Test("beside another one is refused at once")
    func linkedAlready() throws {
        var desk = Desk.withGoogle()
        let ada = try SignedIn(desk.show(desk.holder()))
        #expect(desk.authorize(link: ada.identity)?.code == .googleLinked)
    }

    @Test("is refused where someone else was faster between the browser and the terminal")
    func race() throws {
        var desk = Desk.withGoogle()
        let zoe = try SignedIn(desk.signIn(key: Self.key, name: "Zoe"))
        let terminal = try desk.terminal(link: zoe.identity)
        _ = desk.allow(terminal, as: desk.holder())
        _ = try SignedIn(desk.show(desk.holder()))
        #expect(desk.poll(terminal)?.code == .googleTaken)
        #expect(try desk.me(zoe.identity).google == false)
    }

    @Test("comes to nothing where the sign-in that asked for it is over")
    func signedOut() throws {
        var desk = Desk.withGoogle()
        let zoe = try SignedIn(desk.signIn(key: Self.key, name: "Zoe"))
        let terminal = try desk.terminal(link: zoe.identity)
        _ = desk.allow(terminal, as: desk.holder())
        _ = desk.call(.logout, as: zoe.identity)
        #expect(desk.poll(terminal)?.code == .accessDenied)
        let again = try SignedIn(desk.signIn(key: Self.key))
        #expect(try desk.me(again.identity).google == false)
    }

    @Test("is undone by the account, whose other sign-ins end; whoever was linked is somebody else then")
    func unlinks() throws {
        var desk = Desk.withGoogle()
        let zoe = try SignedIn(desk.signIn(key: Self.key, name: "Zoe"))
        let terminal = try desk.terminal(link: zoe.identity)
        _ = desk.allow(terminal, as: desk.holder())
        let thief = try SignedIn(desk.poll(terminal))
        #expect(desk.engine.counts.sessions == 2)
        #expect(desk.call(.auth(.unlink), as: zoe.identity)?.code == nil)
        #expect(desk.logs.contains(.googleUnlinked(account: zoe.identity.id)))
        #expect(try desk.me(zoe.identity).google == false)
        #expect(desk.engine.counts.sessions == 1)
        #expect(desk.ask(.me, .valid(thief.identity))?.code == .unauthorized)
        #expect(try SignedIn(desk.show(desk.holder())).identity.id != zoe.identity.id)
        // Without one there is nothing to undo, and it can be linked again.
        #expect(desk.call(.auth(.unlink), as: zoe.identity)?.code == nil)
        let again = try desk.terminal(link: zoe.identity)
        _ = desk.allow(again, as: desk.holder("2"))
        #expect(try SignedIn(desk.poll(again)).identity.id == zoe.identity.id)
    }

    @Test("can't be undone where nothing else signs in, nor by guests, nor while storage takes nothing")
    func staysLinked() throws {
        var desk = Desk.withGoogle()
        let ada = try SignedIn(desk.show(desk.holder()))
        #expect(desk.call(.auth(.unlink), as: ada.identity)?.code == .googleLinked)
        #expect(desk.ask(.auth(.unlink), .valid(Desk.guest(1)))?.code == .signInRequired)
        #expect(desk.ask(.auth(.unlink))?.code == .unauthorized)
        let zoe = try SignedIn(desk.signIn(key: Self.key, name: "Zoe"))
        let terminal = try desk.terminal(link: zoe.identity)
        _ = desk.allow(terminal, as: desk.holder("2"))
        _ = try SignedIn(desk.poll(terminal))
        desk.isAutomatic = false
        #expect(desk.call(.auth(.unlink), as: zoe.identity) == nil)
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        #expect(desk.engine.counts.sessions == 3)
        #expect(desk.call(.auth(.unlink), as: zoe.identity)?.code == .storageUnavailable)
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        #expect(try SignedIn(desk.show(desk.holder("2"))).identity.id == zoe.identity.id)
    }
}
