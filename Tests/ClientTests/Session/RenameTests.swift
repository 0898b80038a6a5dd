import Crypto
import Protocol
import Stage
import Testing

@testable import Client

@Suite("Another name", .serialized)
struct RenameTests {
    @Test("is told once the server agreed, and is kept")
    func renamed() throws {
        let scene = try Scene()
        defer { scene.end() }
        let state = try StateDirectory()
        defer { withExtendedLifetime(state) {} }
        let identity = try state.keyring.identity(profile: "ada", name: nil)
        let client = scene.client(identity: identity)
        client.start()
        #expect(scene.run { client.isConnected })
        // Someone else is at the file for a moment.
        guard case .device(let key, _, let store?) = identity else { return }
        let file = store.file(server: scene.server.url, holder: .key(key.publicKey))
        var lock = try file.lock()
        #expect(lock != nil)
        client.rename("Grace")
        let grace = AccountName(id: scene.server.account.id, name: "Grace")
        #expect(scene.run { scene.events.contains(.renamed(grace)) })
        #expect(client.account == grace && file.read()?.account.name == "Ada")
        lock = nil
        #expect(scene.run { file.read()?.account == grace })
    }

    @Test("is refused with the server's word, and the old one stays")
    func taken() throws {
        let scene = try Scene()
        defer { scene.end() }
        scene.server.takenNames = ["Grace"]
        let client = scene.client()
        client.start()
        #expect(scene.run { client.isConnected })
        client.rename("Grace")
        #expect(scene.run { scene.events.contains(.renameFailed(Failure(.nameTaken, "taken"))) })
        #expect(client.account?.name == "Ada")
        client.rename("")
        let isRefused = {
            scene.events.contains { event in
                if case .renameFailed(let failure) = event { failure.code == .badRequest } else { false }
            }
        }
        #expect(scene.run(until: isRefused))
    }

    @Test("can't be had without an account, which is told later")
    func nobody() throws {
        let scene = try Scene()
        defer { scene.end() }
        let client = scene.client()
        client.rename("Grace")
        #expect(scene.events.isEmpty)
        #expect(scene.run { scene.events.count == 1 })
        guard case .renameFailed(let failure)? = scene.events.first else {
            Issue.record("something else was told")
            return
        }
        #expect(failure.code == .unauthorized)
    }
}
