import Engine
import Protocol
import Testing

@Suite("A ban that ends")
struct BanEndTests {
    private func ban(_ desk: inout Desk, _ number: UInt64 = 3, forMs: Int64) -> HostAnswer? {
        desk.order(.ban(account: "Player \(number)", reason: "bursts", until: desk.now.wallMs + forMs))
    }

    @Test("says when, to whoever is banned and to the host")
    func told() {
        var desk = Desk.hosted()
        let words = "Player 3 is banned until 2023-11-14T22:14:20.000Z."
        #expect(ban(&desk, forMs: 60_000) == .done(words))
        guard case .failure(let failure) = desk.ask(.me, .valid(Desk.account(3))) else {
            Issue.record("not refused")
            return
        }
        #expect(failure.code == .banned)
        #expect(failure.message == "This account is banned until 2023-11-14T22:14:20.000Z: bursts")
        guard case .accounts(let accounts, _) = desk.order(.list(all: true)) else {
            Issue.record("no list")
            return
        }
        #expect(accounts.compactMap(\.banUntilMs) == [Desk.startMs + 60_000])
    }

    @Test("lets the account in again by itself, which is kept")
    func ends() throws {
        var desk = Desk.hosted()
        _ = ban(&desk, forMs: 60_000)
        desk.run(ms: 59_000)
        #expect(desk.ask(.me, .valid(Desk.account(3)))?.code == .banned)
        desk.run(ms: 1_000)
        #expect(desk.ask(.me, .valid(Desk.account(3)))?.code == nil)
        desk.run(ms: 50)
        let last = desk.kept.reversed().lazy.compactMap { record -> AccountRecord? in
            if case .account(let account) = record, account.id.rawValue == 3 { account } else { nil }
        }.first
        #expect(last?.banReason == nil && last?.banUntilMs == nil)
    }

    @Test("is lifted and given anew like any other; a later end counts")
    func changed() {
        var desk = Desk.hosted()
        _ = ban(&desk, forMs: 10_000)
        _ = ban(&desk, forMs: 60_000)
        desk.run(ms: 15_000)
        #expect(desk.ask(.me, .valid(Desk.account(3)))?.code == .banned)
        _ = desk.order(.unban(account: "Player 3"))
        #expect(desk.ask(.me, .valid(Desk.account(3)))?.code == nil)
        _ = desk.order(.ban(account: "Player 3", reason: "again"))
        desk.run(ms: 60_000)
        #expect(desk.ask(.me, .valid(Desk.account(3)))?.code == .banned, "for good is for good")
    }

    @Test("must end in the future, and within a century")
    func bounds() {
        var desk = Desk.hosted()
        for forMs in [0, -1, Limits.maxBanMs + 1, .max - desk.now.wallMs] {
            guard case .refused(.badRequest, _) = ban(&desk, forMs: forMs) else {
                Issue.record("\(forMs)")
                continue
            }
        }
        for reason in ["", "a\nb", String(repeating: "a", count: 201)] {
            guard case .refused(.badRequest, _) = desk.order(.ban(account: "Player 3", reason: reason)) else {
                Issue.record("\(reason)")
                continue
            }
        }
    }

    @Test("and is over while the server didn't run, ends soon after it starts")
    func restart() {
        var recovered = Desk.withAccounts()
        recovered.accounts[2].banReason = "x"
        recovered.accounts[2].banUntilMs = Desk.startMs - 1
        recovered.accounts[3].banReason = "x"
        recovered.accounts[3].banUntilMs = Desk.startMs + 30_000
        var desk = Desk(recovered: recovered)
        desk.run(ms: 1_000)
        #expect(desk.ask(.me, .valid(Desk.account(3)))?.code == nil)
        #expect(desk.ask(.me, .valid(Desk.account(4)))?.code == .banned)
        desk.run(ms: 29_100)
        #expect(desk.ask(.me, .valid(Desk.account(4)))?.code == nil)
    }

    @Test("waits for the wall clock where that was put back, and for storage where that takes no writes")
    func waits() throws {
        var desk = Desk.hosted()
        _ = ban(&desk, forMs: 10_000)
        desk.now.wallMs -= 5_000
        desk.run(ms: 11_000)
        #expect(desk.ask(.me, .valid(Desk.account(3)))?.code == .banned)
        desk.run(ms: 4_100)
        #expect(desk.ask(.me, .valid(Desk.account(3)))?.code == nil)

        _ = ban(&desk, forMs: 10_000)
        desk.play(4)
        desk.isAutomatic = false
        desk.place(4, 1, 1, 1)
        desk.run(ms: 50)
        desk.give(.commitFailed(try #require(desk.lastCommit).id, .full))
        desk.now.wallMs += 10_000
        desk.now.monotonicUs += 10_000_000
        desk.give(.wake)
        #expect(desk.ask(.me, .valid(Desk.account(3)))?.code == .banned)
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: 1_100)
        #expect(desk.ask(.me, .valid(Desk.account(3)))?.code == nil)
    }
}
