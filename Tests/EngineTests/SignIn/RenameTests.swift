import Engine
import Protocol
import Testing

@Suite("Another name")
struct RenameTests {
    private func name(_ answer: Answer?) -> String? {
        if case .me(let me) = answer { me.account.name } else { nil }
    }

    @Test("is answered like GET /api/me once durable, and shown everywhere from then on")
    func account() {
        var desk = Desk(recovered: Desk.withAccounts())
        let answer = desk.call(.rename(name: "Zoë"), as: Desk.account(1))
        guard case .me(let me) = answer else {
            Issue.record("no me: \(String(describing: answer))")
            return
        }
        #expect(me.account == AccountName(id: Desk.account(1).id, name: "Zoë"))
        #expect(me.roles == ["player"])
        #expect(name(desk.ask(.me, .valid(Desk.account(1)))) == "Zoë")
        desk.open(1)
        guard case .welcome(let welcome) = desk.sent(to: 1).first?.message else {
            Issue.record("no welcome")
            return
        }
        #expect(welcome.account.name == "Zoë")
        let kept = desk.kept.compactMap { if case .account(let account) = $0 { account.name } else { nil } }
        #expect(kept == ["Zoë"])
        #expect(name(desk.call(.rename(name: "Player 1"), as: Desk.account(1))) == "Player 1")
    }

    @Test("is free once its holder took another, and taken at once")
    func passesOn() {
        var desk = Desk(recovered: Desk.withAccounts())
        #expect(desk.call(.rename(name: "player 2"), as: Desk.account(1))?.code == .nameTaken)
        #expect(name(desk.call(.rename(name: "Two"), as: Desk.account(2))) == "Two")
        #expect(name(desk.call(.rename(name: "player 2"), as: Desk.account(1))) == "player 2")
        #expect(desk.call(.rename(name: "PLAYER 2"), as: Desk.account(2))?.code == .nameTaken)
    }

    @Test("may be the own one in other case")
    func otherCase() {
        var desk = Desk(recovered: Desk.withAccounts())
        #expect(name(desk.call(.rename(name: "PLAYER 1"), as: Desk.account(1))) == "PLAYER 1")
    }

    struct Refusal: Sendable {
        var name: String
        var code: ErrorCode
    }

    static let refusals = [
        Refusal(name: "", code: .badRequest), Refusal(name: " a", code: .badRequest),
        Refusal(name: "a\u{202e}b", code: .badRequest),
        Refusal(name: String(repeating: "a", count: 25), code: .badRequest),
        Refusal(name: "pLaYeR 2", code: .nameTaken), Refusal(name: "\u{FF30}layer 2", code: .nameTaken),
        Refusal(name: "deleted-x", code: .nameTaken), Refusal(name: "DELETED-", code: .nameTaken),
    ]

    @Test("is refused where the contract doesn't allow it, and nothing changes", arguments: refusals)
    func refused(_ refusal: Refusal) {
        var desk = Desk(recovered: Desk.withAccounts())
        #expect(desk.call(.rename(name: refusal.name), as: Desk.account(1))?.code == refusal.code)
        #expect(name(desk.ask(.me, .valid(Desk.account(1)))) == "Player 1")
        #expect(ErrorCode.nameTaken.httpStatus == 409)
    }

    @Test("beginning with what deleted accounts are called is nobody's at the first sign-in either")
    func reservedAtSignIn() {
        var desk = Desk()
        #expect(desk.signIn(key: [UInt8](repeating: 7, count: 32), name: "Deleted-me")?.code == .nameTaken)
        #expect(desk.engine.counts.accounts == 0)
    }

    @Test("that storage doesn't keep is taken back, whoever took the one before meanwhile")
    func commitFails() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        _ = desk.ask(.me, .valid(Desk.account(1)))
        _ = desk.ask(.me, .valid(Desk.account(2)))
        desk.run(ms: 100)
        desk.isAutomatic = false
        #expect(desk.ask(.rename(name: "One"), .valid(Desk.account(1))) == nil)
        let commit = try #require(desk.commit)
        #expect(desk.ask(.rename(name: "Player 1"), .valid(Desk.account(2))) == nil)
        desk.give(.commitFailed(commit.id, .full))
        let codes = desk.effects.compactMap {
            if case .respond(_, let answer) = $0 { answer.code } else { nil }
        }
        #expect(codes == [.storageUnavailable, .storageUnavailable])
        #expect(name(desk.ask(.me, .valid(Desk.account(1)))) == "Player 1")
        #expect(name(desk.ask(.me, .valid(Desk.account(2)))) == "Player 2")
        #expect(desk.ask(.rename(name: "One"), .valid(Desk.account(1)))?.code == .storageUnavailable)
        desk.isAutomatic = true
        desk.give(.storageProbed(nil))
        desk.run(ms: 100)
        #expect(name(desk.call(.rename(name: "One"), as: Desk.account(3))) == "One", "nobody has it")
    }

    @Test("a guest's own, which needn't be unique, lives as long as its token")
    func guest() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        var identity = Desk.guest(80)
        identity.expiresAtMs = desk.now.wallMs + 60_000
        #expect(name(desk.call(.rename(name: "Player 1"), as: identity)) == "Player 1")
        #expect(name(desk.ask(.me, .valid(identity))) == "Player 1")
        let kept = desk.kept.compactMap { if case .guest(let guest) = $0 { guest } else { nil } }
        #expect(
            kept == [
                GuestRecord(
                    id: identity.id, name: "Player 1", isRemoved: false, expiresAtMs: identity.expiresAtMs)
            ])
        #expect(desk.call(.rename(name: "\u{7}"), as: identity)?.code == .badRequest)
    }

    @Test("a guest's that storage doesn't keep is taken back")
    func guestFails() throws {
        var desk = Desk()
        let identity = Desk.guest(80)
        _ = desk.call(.rename(name: "Zoe"), as: identity)
        desk.run(ms: 100)
        desk.isAutomatic = false
        #expect(desk.ask(.rename(name: "Ada"), .valid(identity)) == nil)
        desk.give(.commitFailed(try #require(desk.commit).id, .full))
        #expect(name(desk.ask(.me, .valid(identity))) == "Zoe")
    }
}
