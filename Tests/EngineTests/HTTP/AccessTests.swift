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
        Row(route: .metrics, credential: .none, code: nil),
        Row(route: .webSocket(play: true, relay: nil), credential: .none, code: .unauthorized),
        Row(route: .webSocket(play: true, relay: nil), credential: .invalid, code: .unauthorized),
        Row(route: .webSocket(play: true, relay: nil), credential: .expired, code: .tokenExpired),
        Row(route: .webSocket(play: false, relay: nil), credential: .valid(Desk.guest(80)), code: nil),
        Row(route: .webSocket(play: false, relay: nil), credential: .valid(Desk.account(1)), code: nil),
        Row(route: .logout, credential: .none, code: .unauthorized),
        Row(route: .logout, credential: .expired, code: .tokenExpired),
        Row(route: .logout, credential: .valid(Desk.guest(80)), code: .signInRequired),
        Row(route: .rename(name: "N"), credential: .none, code: .unauthorized),
        Row(route: .rename(name: "N"), credential: .expired, code: .tokenExpired),
        Row(route: .rename(name: "N\u{7}"), credential: .valid(Desk.guest(80)), code: .badRequest),
        Row(route: .deleteAccount, credential: .none, code: .unauthorized),
        Row(route: .deleteAccount, credential: .expired, code: .tokenExpired),
        Row(route: .pixel(x: 10, y: 0), credential: .none, code: .outOfBounds),
    ]

    @Test("is as the contract says", arguments: rows)
    func row(_ row: Row) throws {
        var desk = Desk(recovered: Desk.withAccounts())
        desk.play(1)
        desk.run(ms: 100)
        let answer = desk.ask(row.route, row.credential)
        #expect(try #require(answer).code == row.code)
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
        desk.run(ms: 100)
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
        desk.give(.committed(try #require(desk.commit).id))
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
            let request = desk.nextRequest()
            let caller = Caller(address: "10.0.0.1", credential: .none)
            desk.give(.request(request, route, caller, .none))
            guard let query = desk.query else {
                Issue.record("no query")
                return nil
            }
            desk.give(.queryAnswered(query.id, found))
            return desk.answer(to: request)
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
