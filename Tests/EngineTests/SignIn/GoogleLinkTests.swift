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
}
