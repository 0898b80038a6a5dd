import Client
import Protocol
import Stage
import Testing
import Transport

@Suite("A client of someone with a role", .serialized)
struct HostCallTests {
    /// A scene with a signed-in client of someone with a role.
    private func scene(_ role: Role) throws -> (Scene, GameClient) {
        let scene = try Scene()
        scene.server.host.role = role
        scene.server.host.accounts = (0..<3).map { number in
            HostAccount(
                id: Identifier(rawValue: UInt64(number + 1)), name: "player \(number)", status: .playing,
                role: .player,
                position: nil, idleLeftMs: 90_000, isConnected: number > 0, sessions: 1)
        }
        scene.server.host.knobs = [
            KnobEntry(
                name: "max-players", value: "100", option: "100", isSet: false, wanted: "a whole number")
        ]
        let game = scene.client { $0.followsCanvas = false }
        game.start()
        #expect(scene.run { game.isConnected })
        return (scene, game)
    }

    private func outcome<Value>(
        _ scene: Scene, _ call: (@escaping GameClient.Answer<Value>) -> Void
    ) throws -> Result<Value, Failure> {
        var outcome: Result<Value, Failure>?
        call { outcome = $0 }
        #expect(scene.run { outcome != nil })
        return try #require(outcome)
    }

    @Test("lists accounts and turns a knob, each answer in a host's words")
    func asks() throws {
        let (scene, game) = try scene(.admin)
        defer { scene.end() }
        let here = try outcome(scene) { game.administer(.accounts(all: false), $0) }.get()
        #expect(here == .accounts(Array(scene.server.host.accounts[1...]), total: 3))
        let set = AdminRoute.setKnob(name: "max-players", value: "7")
        #expect(try outcome(scene) { game.administer(set, $0) }.get() == .done("max-players is 7."))
        #expect(try outcome(scene) { game.administer(.knobs, $0) }.get() == .knobs(scene.server.host.knobs))
        #expect(scene.server.host.asked == [.accounts(all: false), set, .knobs])
    }

    @Test("reads the figures of the last seconds")
    func figures() throws {
        let (scene, game) = try scene(.moderator)
        defer { scene.end() }
        var sample = FigureSample()
        (sample.players, sample.memoryBytes) = (12, 1 << 27)
        scene.server.host.samples = [FigureSample(), sample]
        #expect(try outcome(scene) { game.figures($0) }.get().samples == [FigureSample(), sample])
    }

    @Test("tells a refusal as the server put it, and one for want of a role")
    func refusals() throws {
        let (scene, game) = try scene(.moderator)
        defer { scene.end() }
        let words = Failure(.badRequest, "max-players must be a whole number from 1 to 1000000.")
        scene.server.host.refusals = [words]
        #expect(try outcome(scene) { game.administer(.status, $0) } == .failure(words))
        let knobs = try outcome(scene) { game.administer(.knobs, $0) }
        #expect(knobs == .failure(Failure(.forbidden, "Only others may do this.")))
        scene.server.host.role = .player
        #expect(
            try outcome(scene) { game.figures($0) }
                == .failure(Failure(.forbidden, "Only moderators may do this.")))
    }

    @Test("no other call waits for a rollback that takes long")
    func long() throws {
        let (scene, game) = try scene(.admin)
        defer { scene.end() }
        scene.server.loses = { route in
            if case .admin(.canvas(.rollBack)) = route { .answer } else { nil }
        }
        var isRolledBack = false
        let order = RollbackOrder(account: nil, fromMs: 0, toMs: 1, isPreview: false)
        game.administer(.canvas(.rollBack(order))) { _ in isRolledBack = true }
        #expect(scene.run { scene.server.host.asked.count == 1 })
        _ = try outcome(scene) { game.administer(.status, $0) }.get()
        #expect(!isRolledBack)
    }
}
