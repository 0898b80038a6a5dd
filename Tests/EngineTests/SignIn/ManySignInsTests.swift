import Engine
import Protocol
import Testing

@Suite("Many sign-ins of one account")
struct ManySignInsTests {
    private static let key = [UInt8](repeating: 42, count: 32)

    private func desk() -> Desk {
        Desk {
            $0.signInRate = Rate(perSecond: 0, burst: 1)
            $0.requestRate = Rate(perSecond: 0, burst: 1)
        }
    }

    @Test("one too many ends the oldest that isn't in use, durably and with its tokens")
    func endsOldest() throws {
        var desk = desk()
        var signIns: [SignedIn] = []
        for _ in 0..<Limits.maxSessionsPerAccount {
            signIns.append(try SignedIn(desk.signIn(key: Self.key)))
            desk.run(ms: 30)
        }
        desk.give(
            .opened(Desk.socket(1), signIns[0].identity, address: "a", play: true, relay: nil))
        #expect(desk.engine.counts.sessions == Limits.maxSessionsPerAccount)
        let last = try SignedIn(desk.signIn(key: Self.key))
        desk.run(ms: 30)
        #expect(desk.engine.counts.sessions == Limits.maxSessionsPerAccount)
        #expect(desk.closed(1) == nil, "the oldest is in use")
        #expect(desk.engine.counts.players == 1)
        #expect(desk.ask(.me, .valid(signIns[1].identity))?.code == .unauthorized)
        for signIn in [signIns[0], signIns[2], last] {
            #expect(desk.ask(.me, .valid(signIn.identity))?.code == nil)
        }
        let ended = desk.kept.compactMap { if case .sessionEnded(let id) = $0 { id } else { nil } }
        #expect(ended == [signIns[1].identity.sessionID])
    }

    @Test("comes back whole, in its old place, where storage doesn't keep the one that ends it")
    func takenBack() throws {
        var desk = desk()
        var signIns: [SignedIn] = []
        for _ in 0..<Limits.maxSessionsPerAccount {
            signIns.append(try SignedIn(desk.signIn(key: Self.key)))
            desk.run(ms: 30)
        }
        desk.isAutomatic = false
        #expect(desk.signIn(key: Self.key) == nil)
        desk.give(.commitFailed(try #require(desk.commit).id, .full))
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        #expect(desk.ask(.me, .valid(signIns[0].identity))?.code == nil)
        desk.run(ms: 2_000)
        _ = try SignedIn(desk.signIn(key: Self.key))
        #expect(desk.ask(.me, .valid(signIns[0].identity))?.code == .unauthorized, "it is the oldest still")
        #expect(desk.ask(.me, .valid(signIns[1].identity))?.code == nil)
    }

    @Test("that a database from before the bound holds are all deleted at once")
    func deletesThousands() throws {
        var recovered = Desk.withAccounts()
        for number in 10_000..<20_000 as Range<UInt64> {
            recovered.sessions.append(
                SessionRecord(
                    id: Identifier(rawValue: number), account: Identifier(rawValue: 1),
                    refreshHash: (0..<32).map { UInt8(truncatingIfNeeded: number >> ($0 % 8 * 8)) },
                    generation: 0, refreshedAtMs: 0, expiresAtMs: .max / 8_000))
        }
        var desk = Desk(recovered: recovered)
        let clock = ContinuousClock()
        let took = clock.measure { _ = desk.ask(.deleteAccount, .valid(Desk.account(1))) }
        #expect(desk.engine.counts.sessions == 8)
        #expect(took < .seconds(5), "each is found at once, not by looking through all: \(took)")
    }
}
