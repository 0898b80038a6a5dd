import Engine
import Protocol
import Testing

@Suite("What ends by itself")
struct EndsTests {
    private static let weekMs = Int64(Limits.refreshTokenSeconds) * 1000
    private static let dayMs = Int64(Limits.guestTokenSeconds) * 1000

    /// A guest's token that was just made.
    private func guest(_ number: UInt64, _ desk: Desk) -> Identity {
        var identity = Desk.guest(number)
        identity.expiresAtMs = desk.now.wallMs + Self.dayMs
        return identity
    }

    private func ended(_ desk: Desk) -> [Record] {
        desk.kept.filter {
            switch $0 {
            case .sessionEnded, .guestEnded: true
            default: false
            }
        }
    }

    @Test("a refresh family at its expiry, in memory and in storage, and no sooner")
    func families() {
        var desk = Desk(recovered: Desk.withAccounts(2))
        desk.run(ms: 1_000)
        desk.run(ms: Self.weekMs - 1_001)
        #expect(desk.engine.counts.sessions == 2)
        #expect(ended(desk).isEmpty)
        desk.run(ms: 100)
        #expect(desk.engine.counts.sessions == 0)
        #expect(
            Set(ended(desk))
                == [.sessionEnded(Desk.account(1).sessionID), .sessionEnded(Desk.account(2).sessionID)])
        #expect(desk.ask(.me, .valid(Desk.account(1)))?.code == .unauthorized)
    }

    @Test("a family that was refreshed, a week after that")
    func refreshedFamily() throws {
        var desk = Desk(recovered: Desk.withAccounts(1))
        desk.run(ms: Self.weekMs / 2)
        let renewed = try SignedIn(desk.refresh(Desk.firstToken(1)))
        desk.run(ms: Self.weekMs - 1_000)
        #expect(desk.engine.counts.sessions == 1)
        #expect(try SignedIn(desk.refresh(renewed.refreshToken)).identity.generation == 2)
        desk.run(ms: Self.weekMs + 100)
        #expect(desk.engine.counts.sessions == 0)
    }

    @Test("a family goes by the wall clock, whichever way that steps")
    func wallClock() throws {
        var back = Desk(recovered: Desk.withAccounts(1))
        back.now.wallMs -= Self.dayMs
        back.run(ms: Self.weekMs + Self.dayMs - 1_000)
        #expect(back.engine.counts.sessions == 1)
        back.run(ms: 2_000)
        #expect(back.engine.counts.sessions == 0)
        var ahead = Desk(recovered: Desk.withAccounts(1))
        ahead.now.wallMs += Self.weekMs
        #expect(
            ahead.refresh(Desk.firstToken(1), storageFinds: Desk.account(1).sessionID)?.code
                == .invalidRefreshToken, "ended, though not swept yet")
        ahead.run(ms: Self.weekMs + 1_000)
        #expect(ahead.engine.counts.sessions == 0)
    }

    @Test("what is kept of a guest with its token, a day after")
    func guests() {
        var desk = Desk()
        let identity = guest(80, desk)
        _ = desk.call(.rename(name: "Zoe"), as: identity)
        #expect(desk.engine.counts.guests == 1)
        desk.run(ms: Self.dayMs - 100)
        #expect(desk.engine.counts.guests == 1)
        desk.run(ms: 1_100)
        #expect(desk.engine.counts.guests == 0)
        #expect(ended(desk) == [.guestEnded(identity.id)])
    }

    @Test("a recovered guest, too, also when the wall clock steps back")
    func recoveredGuest() {
        var recovered = RecoveredState()
        recovered.guests = [
            GuestRecord(
                id: Identifier(rawValue: 80), name: "Zoe", isRemoved: false,
                expiresAtMs: Desk.startMs + 60_000)
        ]
        var desk = Desk(recovered: recovered)
        desk.now.wallMs -= 60_000
        desk.run(ms: 119_000)
        #expect(desk.engine.counts.guests == 1)
        desk.run(ms: 2_000)
        #expect(desk.engine.counts.guests == 0)
    }

    @Test("is tried again where storage refuses it, or fails to keep it")
    func storageFails() throws {
        var desk = Desk(recovered: Desk.withAccounts(1))
        let identity = guest(80, desk)
        _ = desk.call(.rename(name: "Zoe"), as: identity)
        desk.run(ms: Self.dayMs - 1_000)
        desk.isAutomatic = false
        desk.run(ms: 2_000)
        let failing = CommitID(rawValue: desk.commits)
        desk.give(.commitFailed(failing, .full))
        #expect(desk.engine.counts.guests == 1, "taken back")
        desk.run(ms: 10_000)
        #expect(desk.engine.counts.guests == 1, "storage refuses still")
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: 2_000)
        #expect(desk.engine.counts.guests == 0)
        #expect(ended(desk) == [.guestEnded(identity.id)])

        desk.run(ms: Self.weekMs - Self.dayMs - 100_000)
        desk.isAutomatic = false
        desk.run(ms: 100_000)
        desk.give(.commitFailed(CommitID(rawValue: desk.commits), .full))
        #expect(desk.engine.counts.sessions == 1, "taken back")
        desk.run(ms: 5_000)
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: 2_000)
        #expect(desk.engine.counts.sessions == 0)
    }
}
