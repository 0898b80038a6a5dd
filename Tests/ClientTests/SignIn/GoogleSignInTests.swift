import Crypto
import Protocol
import Stage
import Testing
import Transport

@testable import Client

@Suite("A sign-in with Google", .serialized)
struct GoogleSignInTests {
    private let state: StateDirectory
    private let key = Ed25519PrivateKey()

    init() throws {
        state = try StateDirectory()
    }

    private var store: SessionStore { SessionStore(directory: state.keyring.directory, profile: "ada") }

    /// A client of the profile's key, and what it is told of its sign-ins.
    private final class Player {
        let client: GameClient
        var news: [SignInNews] = []

        init(_ client: GameClient) {
            self.client = client
            client.codePatience = CodeFlow.Patience(slowDownMs: 1, firstPauseMs: 1, longestPauseMs: 10)
        }

        func signIn(isToLink: Bool = false) {
            client.signInByGoogle(isToLink: isToLink) { [weak self] in self?.news.append($0) }
        }

        var ending: SignInEnding? { if case .ended(let ending)? = news.last { ending } else { nil } }
    }

    private func player(_ scene: Scene, identity: ClientConfiguration.Identity? = nil) -> Player {
        Player(scene.client(identity: identity ?? .device(key, name: nil, kept: store)))
    }

    /// A player who is connected as the account of the key.
    private func connected(_ scene: Scene) -> Player {
        let player = player(scene)
        player.client.start()
        #expect(scene.run { player.client.isConnected })
        return player
    }

    @Test("goes on as Google's account, once a person confirmed the code")
    func signsIn() throws {
        let scene = try Scene()
        defer { scene.end() }
        let player = connected(scene)
        let grace = scene.server.codes.account
        player.signIn()
        #expect(scene.run { scene.server.codes.pollCount >= 3 })
        #expect(player.client.isConnected && player.ending == nil)
        guard case .code(let code)? = player.news.first else {
            Issue.record("there is no code")
            return
        }
        #expect(code.userCode == "WDJB-MJHT" && code.address == "https://example.org/device")
        #expect(code.wholeAddress == "https://example.org/device?user_code=WDJB-MJHT")
        scene.server.codes.isConfirmed = true
        #expect(scene.run { player.ending == .signedIn(grace) && player.client.isConnected })
        #expect(player.client.account == grace)
        #expect(scene.server.codes.requests.map(\.link) == [false])
        #expect(scene.server.calls.last { $0.request == "POST /api/auth/device/authorize" }?.token == nil)
        // Who was playing goes on playing.
        #expect(scene.run { scene.server.handshakes.count == 2 && scene.server.handshakes[1] })
    }

    @Test("is kept: the next start needs neither key nor person")
    func isKept() throws {
        let scene = try Scene()
        defer { scene.end() }
        let first = connected(scene)
        scene.server.codes.isConfirmed = true
        first.signIn()
        #expect(scene.run { first.ending != nil && first.client.isConnected })
        first.client.stop()
        #expect(try store.method(at: scene.server.url) == .google)
        let identity = try state.keyring.identity(profile: "ada", name: nil, at: scene.server.url)
        guard case .google = identity else {
            Issue.record("the profile signs in with Google here")
            return
        }
        #expect(try !state.keyring.hasKey(profile: "ada"))
        let signIns = scene.server.sessions.signInCount
        let next = player(scene, identity: identity)
        next.client.start()
        #expect(scene.run { next.client.isConnected })
        #expect(next.client.account == scene.server.codes.account)
        #expect(scene.server.sessions.signInCount == signIns)
    }

    @Test("is refreshed as other sessions are")
    func isRefreshed() throws {
        let scene = try Scene()
        defer { scene.end() }
        let player = connected(scene)
        scene.server.codes.isConfirmed = true
        player.signIn()
        #expect(scene.run { player.ending != nil && player.client.isConnected })
        scene.server.sessions.expire()
        var isAnswered = false
        player.client.me { result in isAnswered = (try? result.get()) != nil }
        #expect(scene.run { isAnswered })
        #expect(scene.server.sessions.refreshCount == 1)
    }

    @Test("that is over waits for a person, and is never replaced by the key's account")
    func isOver() throws {
        let scene = try Scene()
        defer { scene.end() }
        let first = connected(scene)
        scene.server.codes.isConfirmed = true
        first.signIn()
        #expect(scene.run { first.ending != nil && first.client.isConnected })
        scene.server.sessions.forget()
        scene.server.hangUp(.sessionOver)
        #expect(
            scene.run {
                if case .closed(.refused(let failure)) = first.client.state {
                    failure.code == .signInRequired
                } else {
                    false
                }
            })
        #expect(try store.method(at: scene.server.url) == .google)
        first.news = []
        first.signIn()
        #expect(scene.run { first.ending != nil && first.client.isConnected })
        #expect(first.client.account == scene.server.codes.account)
    }

    @Test("without a session kept tells that a person is needed")
    func needsPerson() throws {
        let scene = try Scene()
        defer { scene.end() }
        let player = player(scene, identity: .google(kept: store))
        player.client.start()
        #expect(
            scene.run {
                if case .closed(.refused(let failure)) = player.client.state {
                    failure.code == .signInRequired
                } else {
                    false
                }
            })
        #expect(scene.server.sessions.signInCount == 0)
    }

    @Test("slows down when told to, and goes on past a server's trouble")
    func bearsTrouble() throws {
        let scene = try Scene()
        defer { scene.end() }
        let player = connected(scene)
        scene.server.codes.refusals = [Failure(.slowDown, "slower"), Failure(.storageUnavailable, "busy")]
        scene.server.codes.isConfirmed = true
        player.signIn()
        #expect(scene.run { player.ending != nil })
        #expect(player.ending == .signedIn(scene.server.codes.account))
        #expect(player.news.contains { if case .unreachable = $0 { true } else { false } })
        #expect(scene.server.codes.pollCount == 3)
    }

    @Test("waits for a server that is away when it begins")
    func awayAtFirst() throws {
        let scene = try Scene()
        defer { scene.end() }
        let player = player(scene, identity: .google(kept: nil))
        scene.server.close()
        player.signIn()
        #expect(scene.run { player.news.count { if case .unreachable = $0 { true } else { false } } >= 2 })
        try scene.restartServer()
        scene.server.codes.isConfirmed = true
        #expect(scene.run { player.ending == .signedIn(scene.server.codes.account) })
    }

    @Test(
        "ends as the person or the server has it",
        arguments: [
            (Failure(.accessDenied, "no"), SignInEnding.denied), (Failure(.expiredToken, "late"), .expired),
            (Failure(.googleTaken, "taken"), .refused(Failure(.googleTaken, "taken"))),
        ])
    func endings(refusal: Failure, ending: SignInEnding) throws {
        let scene = try Scene()
        defer { scene.end() }
        let player = connected(scene)
        scene.server.codes.refusals = [Failure(.authorizationPending, "waiting"), refusal]
        player.signIn()
        #expect(scene.run { player.ending != nil })
        #expect(player.ending == ending && player.client.isConnected)
        #expect(player.client.account == scene.server.account && scene.server.account.name == "Ada")
    }

    @Test("ends with the code where the server says nothing more")
    func runsOut() throws {
        let scene = try Scene()
        defer { scene.end() }
        let player = connected(scene)
        scene.server.codes.expiresInSeconds = 0
        player.signIn()
        #expect(scene.run { player.ending == .expired })
    }

    @Test("isn't there where the server has none")
    func notOffered() throws {
        let scene = try Scene()
        defer { scene.end() }
        let player = connected(scene)
        scene.server.codes.isOffered = false
        player.signIn()
        #expect(scene.run { player.ending == .unavailable })
    }

    @Test("asks nothing more once it is cancelled, and a new one counts alone")
    func cancelled() throws {
        let scene = try Scene()
        defer { scene.end() }
        let player = connected(scene)
        player.signIn()
        #expect(scene.run { scene.server.codes.pollCount >= 1 })
        player.client.cancelSignIn()
        let (polls, news) = (scene.server.codes.pollCount, player.news.count)
        // The answer to another question comes behind whatever was still on its way.
        var isAnswered = false
        player.client.me { _ in isAnswered = true }
        #expect(scene.run { isAnswered })
        #expect(scene.server.codes.pollCount <= polls + 1 && player.news.count == news)
        player.signIn()
        player.signIn()
        scene.server.codes.isConfirmed = true
        #expect(scene.run { player.ending != nil })
        #expect(player.news.count { if case .ended = $0 { true } else { false } } == 1)
    }

    @Test("links Google to the account that is there, by its token, and stays with its session")
    func links() throws {
        let scene = try Scene()
        defer { scene.end() }
        let player = connected(scene)
        let token = try #require(player.client.session?.token)
        scene.server.codes.isConfirmed = true
        player.signIn(isToLink: true)
        #expect(scene.run { player.ending == .linked(scene.server.account) })
        #expect(scene.server.codes.requests.map(\.link) == [true] && scene.server.isLinked)
        #expect(scene.server.calls.last { $0.request == "POST /api/auth/device/authorize" }?.token == token)
        #expect(player.client.session?.token == token && player.client.isConnected)
        #expect(try store.method(at: scene.server.url) == .key)
        // The session that came with it is ended.
        #expect(scene.run { scene.server.count("POST /api/auth/logout") == 1 })
        #expect(scene.server.calls.last { $0.request == "POST /api/auth/logout" }?.token != token)
    }

    @Test("is left for the key by choice, at this server alone")
    func backToKey() throws {
        let scene = try Scene()
        defer { scene.end() }
        try store.choose(.google, at: scene.server.url)
        let other = try #require(ServerURL("http://127.0.0.1:1"))
        try store.choose(.google, at: other)
        let player = connected(scene)
        let identity = try state.keyring.identity(
            profile: "ada", name: nil, at: scene.server.url, by: .key)
        guard case .device = identity else {
            Issue.record("the key was chosen")
            return
        }
        #expect(try store.method(at: scene.server.url) == .key)
        #expect(try store.method(at: other) == .google)
        player.client.become(identity)
        #expect(scene.run { scene.server.sockets.count == 2 && player.client.isConnected })
        // A key of another name is another sign-in.
        #expect(scene.server.sessions.signInCount == 2)
    }

    @Test("counts from its success on: a wish for it alone changes nothing that is kept")
    func wishAlone() throws {
        let url = try #require(ServerURL("http://127.0.0.1:8080"))
        guard case .google = try state.keyring.identity(profile: "ada", name: nil, at: url, by: .google)
        else {
            Issue.record("it was wished for")
            return
        }
        #expect(try store.method(at: url) == .key)
        #expect(try !state.keyring.hasKey(profile: "ada"))
    }
}
