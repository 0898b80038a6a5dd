import Engine
import Protocol
import Testing

@Suite("An announcement")
struct AnnouncementTests {
    private func told(_ desk: Desk) -> [ServerMessage] {
        desk.effects.compactMap { effect in
            guard case .publish(.clicks, let message) = effect, case .announcement = message else {
                return nil
            }
            return message
        }
    }

    @Test("goes to every socket once, cleaned, and into the audit")
    func published() {
        var desk = Desk.hosted()
        desk.play(3)
        desk.open(4)
        let atMs = desk.now.wallMs
        #expect(desk.order(.announce(message: " Back\nin 5 \u{1b}")) == .done("2 sockets were told."))
        #expect(told(desk) == [.announcement(message: "Back in 5", atMs: atMs)])
        desk.run(ms: 50)
        #expect(desk.audit == ["console announce  Back in 5"])
    }

    @Test("reaches thousands of sockets by their lanes, each once")
    func lanes() {
        var desk = Desk(recovered: Desk.withAccounts(600))
        for number in 1...600 as ClosedRange<UInt64> { desk.open(number) }
        _ = desk.order(.announce(message: "Hello"))
        let lanes = desk.effects.compactMap { effect in
            if case .publish(.clicks(let lane), .announcement) = effect { lane } else { nil }
        }
        #expect(lanes == [0, 1, 2])
    }

    @Test("is made while storage takes no writes, and its row is kept afterwards")
    func brokenStorage() throws {
        var desk = Desk.hosted()
        desk.play(3)
        desk.isAutomatic = false
        desk.place(3, 1, 1, 1)
        desk.run(ms: 50)
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        #expect(desk.order(.announce(message: "The disk is full")) == .done("1 socket was told."))
        #expect(desk.order(.kick(account: "Player 3")) == .done("Player 3 was kicked."))
        #expect(desk.audit.isEmpty)
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: 50)
        #expect(desk.audit == ["console announce  The disk is full", "console kick 3 "])
    }

    @Test("is refused when it comes too often, whoever makes it, and when nothing shows of it")
    func refused() {
        var desk = Desk.hosted()
        for _ in 0..<Limits.announcementBurst {
            guard case .done = desk.order(.announce(message: "x")) else {
                Issue.record("refused")
                return
            }
        }
        guard case .refused(.rateLimited, _) = desk.order(.announce(message: "x")) else {
            Issue.record("not refused")
            return
        }
        desk.pass(ms: Int64(Limits.announcementIntervalMs))
        guard case .done = desk.order(.announce(message: "x"), by: .telegram(user: 1)) else {
            Issue.record("refused")
            return
        }
        for words in ["", "\u{200b}", String(repeating: "a", count: 281)] {
            guard case .refused(.badRequest, _) = desk.order(.announce(message: words)) else {
                Issue.record("\(words)")
                continue
            }
        }
    }

    @Test("and what a server is and does are asked for")
    func status() {
        var desk = Desk.hosted { $0.maxPlayers = 1 }
        desk.play(3)
        desk.play(4)
        desk.open(5)
        desk.run(ms: 3_000)
        guard case .status(let status) = desk.order(.status) else {
            Issue.record("no status")
            return
        }
        #expect(
            status
                == HostStatus(
                    release: Release.version, uptimeMs: 3_000, players: 1, queued: 1, connections: 3,
                    spectators: 1, accounts: 9, version: 0, epoch: 1, width: 10, height: 10,
                    isStorageHealthy: true, pendingRecords: 0))
    }
}
