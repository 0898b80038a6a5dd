import Engine
import Protocol
import Testing

@Suite("Who may call what")
struct AccessTests {
    struct Row: Sendable {
        var route: Route
        var credential: Credential
        var code: ErrorCode?
    }

    static let place = Route.placePixel(Pixel(x: 0, y: 0, color: 1))
    static let rows: [Row] = [
        Row(route: .me, credential: .none, code: .unauthorized),
        Row(route: .me, credential: .invalid, code: .unauthorized),
        Row(route: .me, credential: .expired, code: .tokenExpired),
        Row(route: .me, credential: .valid(Desk.guest(80)), code: nil),
        Row(route: .me, credential: .valid(Desk.account(1)), code: nil),
        Row(route: .me, credential: .valid(Desk.account(99)), code: .unauthorized),
        Row(route: place, credential: .none, code: .unauthorized),
        Row(route: place, credential: .invalid, code: .unauthorized),
        Row(route: place, credential: .expired, code: .tokenExpired),
        Row(route: place, credential: .valid(Desk.guest(80)), code: .signInRequired),
        Row(route: place, credential: .valid(Desk.account(99)), code: .unauthorized),
        Row(route: place, credential: .valid(Desk.account(2)), code: .notPlaying),
        Row(route: place, credential: .valid(Desk.account(1)), code: nil),
        Row(route: .undoPixel, credential: .none, code: .unauthorized),
        Row(route: .undoPixel, credential: .valid(Desk.guest(80)), code: .signInRequired),
        Row(route: .undoPixel, credential: .valid(Desk.account(2)), code: .notPlaying),
        Row(route: .undoPixel, credential: .valid(Desk.account(1)), code: .nothingToUndo),
        Row(route: .canvas, credential: .none, code: nil),
        Row(route: .canvas, credential: .expired, code: nil),
        Row(route: .snapshot(ifNoneMatch: nil), credential: .invalid, code: nil),
        Row(route: .health, credential: .none, code: nil),
        Row(route: .readiness, credential: .none, code: nil),
        Row(route: .openAPI, credential: .none, code: nil),
        Row(route: .webSocket(play: true), credential: .none, code: .upgradeRequired),
        Row(route: .pixel(x: 10, y: 0), credential: .none, code: .outOfBounds),
    ]

    @Test("is as the contract says", arguments: rows)
    func row(_ row: Row) throws {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(1)
        let answer = desk.ask(row.route, row.credential)
        #expect(try #require(answer).code == row.code)
    }

    @Test("requests are counted by account, else by address; probes are free")
    func requestRate() {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.requestRate = Rate(perSecond: 2, burst: 2) }
        for _ in 0..<2 { #expect(desk.ask(.canvas)?.code == nil) }
        guard case .failure(let failure) = desk.ask(.canvas) else {
            Issue.record("not limited")
            return
        }
        #expect(failure.code == .rateLimited)
        #expect(failure.retryAfterMs == 500)
        #expect(desk.ask(.health)?.code == nil)
        #expect(desk.ask(.canvas, .invalid)?.code == .rateLimited, "a bad token counts by the address")
        #expect(desk.ask(.canvas, .valid(Desk.guest(80)))?.code == .rateLimited, "so does a guest's")
        #expect(desk.ask(.canvas, from: "10.0.0.2")?.code == nil)
        #expect(desk.ask(.canvas, .valid(Desk.account(1)))?.code == nil)
        desk.run(ms: 500)
        #expect(desk.ask(.canvas)?.code == nil)
    }

    @Test("me tells name, state and roles")
    func me() {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(1)
        func status(_ identity: Identity) -> MeAnswer? {
            if case .me(let me) = desk.ask(.me, .valid(identity)) { me } else { nil }
        }
        #expect(status(Desk.account(1))?.status == .playing)
        #expect(status(Desk.account(2))?.status == .afk)
        #expect(status(Desk.account(2))?.roles == ["player"])
        #expect(status(Desk.guest(80))?.status == .spectator)
        #expect(status(Desk.guest(80))?.account.name == "guest-80")
    }

    @Test("a batch's reads are answered from the durable version before its writes")
    func readsFirst() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(1)
        desk.isAutomatic = false
        let caller = Caller(address: "a", credential: .valid(Desk.account(1)))
        let write = desk.nextRequest()
        let read = desk.nextRequest()
        desk.give([.request(write, Self.place, caller, .none), .request(read, .canvas, caller, .none)])
        guard case .respond(read, .canvas(let canvas)) = try #require(desk.effects.first) else {
            Issue.record("the read comes first")
            return
        }
        #expect(canvas.head.version == 0)
        #expect(canvas.players == 1)
        desk.give(.committed(CommitID(rawValue: 1)))
        guard case .placed(let placed) = try #require(desk.answer(to: write)) else {
            Issue.record("not placed")
            return
        }
        #expect(placed == PlacedAnswer(version: 1, epoch: 1))
    }

    @Test("who placed a pixel comes from storage; where nobody did, the ground's color comes alone")
    func lookups() throws {
        var desk = Desk(recovered: Desk.withAccounts())
        let stored = StoredPixel(
            version: 4, cell: 57, color: 3, account: AccountName(id: Identifier(rawValue: 1), name: "P"),
            placedAtMs: 12)
        func ask(_ route: Route, _ found: QueryAnswer) -> Answer? {
            #expect(desk.ask(route) == nil)
            guard case .query(let id, _) = desk.effects.first else {
                Issue.record("no query")
                return nil
            }
            desk.give(.queryAnswered(id, found))
            return desk.answer(to: id)
        }
        guard case .pixel(let pixel) = ask(.pixel(x: 7, y: 5), .pixel(stored)) else {
            Issue.record("no pixel")
            return
        }
        #expect(pixel.pixel == Pixel(x: 7, y: 5, color: 3))
        #expect(pixel.account?.name == "P")
        guard case .pixel(let ground) = ask(.pixel(x: 7, y: 5), .pixel(nil)) else {
            Issue.record("no ground")
            return
        }
        #expect(
            ground
                == PixelAnswer(pixel: Pixel(x: 7, y: 5, color: 0), version: 0, account: nil, placedAtMs: nil))
        let account = Route.lastPixel(account: Identifier(rawValue: 1))
        #expect(ask(account, .pixel(nil))?.code == .notFound)
        #expect(ask(account, .failed(.full))?.code == .storageUnavailable)
    }
}
