import Crypto
import Protocol
import Stage
import Testing
import Transport

@testable import Client

@Suite("A kept session", .serialized)
struct KeptSessionTests {
    private let state: StateDirectory
    private let key = Ed25519PrivateKey()

    init() throws {
        state = try StateDirectory()
    }

    private var store: SessionStore {
        SessionStore(directory: state.keyring.directory, profile: "ada")
    }

    private func client(_ scene: Scene) -> GameClient {
        scene.client(identity: .device(key, name: nil, kept: store))
    }

    private func file(_ scene: Scene) -> SessionFile {
        store.file(server: scene.server.url, holder: .key(key.publicKey))
    }

    /// Signs in once, so that there is something to keep, and leaves.
    private func visit(_ scene: Scene) throws -> SessionTokens {
        let client = client(scene)
        client.start()
        #expect(scene.run { client.isConnected && client.replica.isCurrent })
        client.stop()
        return try #require(file(scene).read())
    }

    @Test("is there once the server granted it, and not before")
    func granted() throws {
        let scene = try Scene()
        defer { scene.end() }
        scene.server.refusesSignIn = true
        let client = client(scene)
        client.start()
        #expect(scene.run { if case .closed = client.state { true } else { false } })
        #expect(file(scene).read() == nil)
        scene.server.refusesSignIn = false
        let tokens = try visit(scene)
        #expect(tokens.account == scene.server.account)
        #expect(scene.server.calls.last { $0.request == "GET /ws" }?.token == tokens.accessToken)
    }

    /// What a person's sign-in brought, and where that is to be kept.
    private func grant(
        _ scene: Scene, _ patience: Renewal.Patience = .init()
    ) -> (tokens: SessionTokens, file: SessionFile, make: () -> Session) {
        let tokens = SessionTokens(
            scene.server.sessions.signIn(scene.server.account), nowMs: WallClock.nowMs)
        let configuration = ClientConfiguration(url: scene.server.url, identity: .google(kept: store))
        return (
            tokens, store.file(server: scene.server.url, holder: .google),
            {
                Session(
                    loop: scene.loop, configuration: configuration, patience: patience, granted: tokens
                ) { _, _ in }
            }
        )
    }

    @Test("that a person signed in for is kept once another program lets the file's lock go")
    func grantedWhileLocked() throws {
        let scene = try Scene()
        defer { scene.end() }
        let grant = grant(scene)
        var lock = try grant.file.lock()
        #expect(lock != nil)
        let session = grant.make()
        defer { session.close() }
        var isOpen = false
        session.open { isOpen = $0.isGood }
        #expect(scene.run { isOpen })
        #expect(withExtendedLifetime(lock) { grant.file.read() } == nil)
        lock = nil
        #expect(scene.run { grant.file.read() == grant.tokens })
        // From here on the file's tokens are the session's: a refresh is written there.
        var isRenewed = false
        session.renew { isRenewed = $0.isGood }
        #expect(scene.run { isRenewed })
        #expect(grant.file.read()?.accessToken == session.token)
        #expect(grant.file.read()?.accessToken != grant.tokens.accessToken)
    }

    @Test("that a person signed in for lives in memory where the file stays locked for too long")
    func grantedWhileLockedForLong() throws {
        let scene = try Scene()
        defer { scene.end() }
        var patience = Renewal.Patience()
        patience.lockMs = 0
        let grant = grant(scene, patience)
        var lock = try grant.file.lock()
        #expect(lock != nil)
        let session = grant.make()
        defer { session.close() }
        lock = nil
        var isRenewed = false
        session.open { _ in session.renew { isRenewed = $0.isGood } }
        #expect(scene.run { isRenewed })
        #expect(session.isOpen && grant.file.read() == nil)
    }

    @Test("needs no sign-in at the next start")
    func asItIs() throws {
        let scene = try Scene()
        defer { scene.end() }
        let tokens = try visit(scene)
        let before = scene.server.calls.count
        let client = client(scene)
        client.start()
        #expect(client.state == .signingIn && client.account == nil)
        #expect(scene.run { client.isConnected })
        #expect(scene.server.calls[before...].first?.request == "GET /ws")
        #expect(scene.server.calls[before...].first?.token == tokens.accessToken)
        #expect(scene.events.contains(.signedIn(tokens.account, isGuest: false)))
        #expect(scene.server.sessions.signInCount == 1 && scene.server.sessions.refreshCount == 0)
    }

    @Test("that is nearly over is refreshed at the start")
    func nearlyOver() throws {
        let scene = try Scene()
        defer { scene.end() }
        var tokens = try visit(scene)
        tokens.issuedMs -= 800_000
        tokens.accessExpiresMs -= 800_000
        try file(scene).write(tokens)
        let client = client(scene)
        client.start()
        #expect(scene.run { client.isConnected })
        #expect(scene.server.sessions.signInCount == 1 && scene.server.sessions.refreshCount == 1)
        #expect(file(scene).read()?.sessionID == tokens.sessionID)
    }

    @Test("whose week is over is no more: the key signs in")
    func weekOver() throws {
        let scene = try Scene()
        defer { scene.end() }
        var tokens = try visit(scene)
        tokens.issuedMs -= 604_800_000
        tokens.accessExpiresMs -= 604_800_000
        tokens.refreshExpiresMs -= 604_800_000
        try file(scene).write(tokens)
        let client = client(scene)
        client.start()
        #expect(scene.run { client.isConnected })
        #expect(scene.server.count("POST /api/auth/refresh") == 0)
        #expect(scene.server.sessions.signInCount == 2)
        #expect(file(scene).read()?.sessionID != tokens.sessionID)
    }

    @Test("that the server has forgotten makes room for a new one")
    func forgotten() throws {
        let scene = try Scene()
        defer { scene.end() }
        let tokens = try visit(scene)
        scene.server.sessions.forget()
        let client = client(scene)
        client.start()
        #expect(scene.run { client.isConnected && client.replica.isCurrent })
        #expect(scene.server.sessions.signInCount == 2)
        #expect(file(scene).read()?.sessionID != tokens.sessionID)
        #expect(!scene.states.contains { if case .waiting = $0 { true } else { false } })
    }

    @Test("whose refresh token went out long ago isn't refreshed: that would look like a theft")
    func sentLongAgo() throws {
        let scene = try Scene()
        defer { scene.end() }
        var tokens = try visit(scene)
        tokens.issuedMs -= 900_000
        tokens.accessExpiresMs -= 900_000
        tokens.refreshSentMs = WallClock.nowMs - 20_000
        try file(scene).write(tokens)
        let client = client(scene)
        client.start()
        #expect(scene.run { client.isConnected })
        #expect(scene.server.count("POST /api/auth/refresh") == 0)
        #expect(scene.server.sessions.signInCount == 2)
    }

    @Test("that was signed out is dropped, and play signs in anew")
    func signedOut() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = client(scene)
        client.start()
        #expect(scene.run { client.isConnected })
        let tokens = try #require(file(scene).read())
        scene.server.hangUp(.signedOut)
        #expect(scene.run { client.state == .closed(.code(CloseCode.signedOut.rawValue)) })
        #expect(file(scene).read() == nil)
        client.play()
        #expect(scene.run { client.isConnected })
        #expect(scene.server.sessions.signInCount == 2)
        #expect(try #require(file(scene).read()).sessionID != tokens.sessionID)
    }

    @Test("is nobody else's: a new key in the same profile signs in")
    func otherKey() throws {
        let scene = try Scene()
        defer { scene.end() }
        _ = try visit(scene)
        let client = scene.client(identity: .device(Ed25519PrivateKey(), name: nil, kept: store))
        client.start()
        #expect(scene.run { client.isConnected })
        #expect(scene.server.sessions.signInCount == 2)
    }

    @Test("can't be kept where nothing can be written, which harms nobody")
    func nowhere() throws {
        let scene = try Scene()
        defer { scene.end() }
        scene.server.sessions.expiresInSeconds = 1
        let store = SessionStore(directory: "/proc/pixelwars", profile: "ada")
        let client = scene.client(identity: .device(key, name: nil, kept: store))
        client.start()
        #expect(scene.run { client.isConnected && scene.server.sessions.refreshCount >= 1 })
        #expect(scene.server.sessions.signInCount == 1 && scene.server.sessions.reuseCount == 0)
    }
}
