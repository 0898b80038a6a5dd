import Crypto
import Protocol
import Stage
import Testing
import Transport

@testable import Client

/// Sessions of one key on a scripted server's loop, without clients around them.
final class Sessions {
    let scene: Scene
    let state: StateDirectory
    let key = Ed25519PrivateKey()
    private var all: [Session] = []

    init() throws {
        scene = try Scene()
        state = try StateDirectory()
    }

    var server: ScriptedServer { scene.server }
    var store: SessionStore { SessionStore(directory: state.keyring.directory, profile: "ada") }
    var file: SessionFile { store.file(server: server.url, holder: .key(key.publicKey)) }

    /// One more session of the key.
    func add(isKept: Bool = true, _ patience: Renewal.Patience = .init()) -> Session {
        var configuration = ClientConfiguration(
            url: server.url, identity: .device(key, name: nil, kept: isKept ? store : nil))
        configuration.seed = UInt64(all.count)
        let session = Session(loop: scene.loop, configuration: configuration, patience: patience) { _, _ in }
        all.append(session)
        return session
    }

    /// Renews and waits for the end of it.
    func renew(_ session: Session) -> Result<Void, CallFailure>? {
        var outcome: Result<Void, CallFailure>?
        session.renew { outcome = $0 }
        _ = scene.run { outcome != nil }
        return outcome
    }

    func end() {
        for session in all { session.close() }
        scene.end()
    }
}

extension Result where Success == Void, Failure == CallFailure {
    var isGood: Bool { if case .success = self { true } else { false } }
}
