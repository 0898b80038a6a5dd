import Dispatch
import Protocol
import Stage
import Synchronization
import Testing
import Transport

@testable import Client

@Suite("A shared session", .serialized)
struct SharedSessionTests {
    private static let patient = Renewal.Patience(lockMs: 60_000)

    /// What the workers tell, from their threads.
    private final class Ledger: Sendable {
        private let state = Mutex((ended: 0, failures: [String]()))

        var ended: Int { state.withLock { $0.ended } }
        var failures: [String] { state.withLock { $0.failures } }
        func end(_ failure: String?) {
            state.withLock {
                $0.ended += 1
                if let failure { $0.failures.append(failure) }
            }
        }
    }

    @Test("is refreshed by one program at a time, however many there are and however often they ask")
    func hammered() throws {
        let sessions = try Sessions()
        defer { sessions.end() }
        let (workers, rounds) = (6, 25)
        let ledger = Ledger()
        let identity = ClientConfiguration.Identity.device(sessions.key, name: nil, kept: sessions.store)
        let url = sessions.server.url
        for worker in 0..<workers {
            DispatchQueue(label: "worker \(worker)").async {
                do {
                    try Self.hammer(url, identity, rounds: rounds)
                    ledger.end(nil)
                } catch { ledger.end("worker \(worker): \(error)") }
            }
        }
        // Meanwhile tokens end under their holders' hands.
        let expiry = sessions.scene.loop.makeTimer { sessions.server.sessions.expire() }
        let isOver = sessions.scene.run {
            expiry.schedule(afterMs: 20)
            return ledger.ended == workers
        }
        #expect(isOver && ledger.failures.isEmpty, "\(ledger.failures)")
        let served = sessions.server.sessions
        #expect(served.reuseCount == 0 && served.signInCount == 1)
        #expect(served.refreshCount >= rounds)
    }

    /// One program: it renews its token and asks with it, in turns.
    private static func hammer(_ url: ServerURL, _ identity: ClientConfiguration.Identity, rounds: Int) throws
    {
        let loop = try EventLoop()
        let configuration = ClientConfiguration(url: url, identity: identity)
        let session = Session(loop: loop, configuration: configuration, patience: patient) { _, _ in }
        defer {
            session.close()
            loop.run(until: { false }, timeoutMs: 5)
        }
        for _ in 0..<rounds {
            var renewed: Result<Void, CallFailure>?
            session.renew { renewed = $0 }
            try #require(loop.run(until: { renewed != nil }, timeoutMs: 60_000))
            try #require(renewed?.isGood == true)
            var answered: Result<HTTPResponse, CallFailure>?
            session.send(.me) { answered = $0 }
            try #require(loop.run(until: { answered != nil }, timeoutMs: 60_000))
        }
    }

    @Test(
        "over a link that loses requests and answers is never taken for stolen by its holders' own repeats",
        arguments: 0..<8)
    func lossy(seed: UInt64) throws {
        let sessions = try Sessions()
        defer { sessions.end() }
        // Every second seed the server's patience ends while requests are repeated.
        let isImpatient = seed % 2 == 1
        sessions.server.sessions.graceMs = isImpatient ? 300 : 30_000
        let patience = Renewal.Patience(
            answerMs: isImpatient ? 60 : 20, repeatMs: isImpatient ? 100 : 20_000, lockMs: 60_000,
            firstPauseMs: 1)
        let programs = (0..<2).map { _ in sessions.add(patience) }
        #expect(programs.allSatisfy { sessions.renew($0)?.isGood == true })
        var random = SeededGenerator(seed: seed)
        sessions.server.loses = { route in
            guard case .refresh = route else { return nil }
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<2: return .request
            case 2..<(isImpatient ? 8 : 6): return .answer
            default: return nil
            }
        }
        var pending = programs.map { _ in 6 }
        func goOn(_ index: Int) {
            guard pending[index] > 0 else { return }
            programs[index].renew { result in
                if result.isGood { pending[index] -= 1 }
                goOn(index)
            }
        }
        for index in programs.indices { goOn(index) }
        #expect(sessions.scene.run { pending == [0, 0] })
        let served = sessions.server.sessions
        #expect(served.reuseCount == 0)
        #expect(isImpatient || served.signInCount == 1)
    }
}
