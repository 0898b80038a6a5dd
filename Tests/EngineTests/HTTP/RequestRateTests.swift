import Engine
import Protocol
import Testing

@Suite("The rate of requests")
struct RequestRateTests {
    static let routes: [Route] = [
        .signInAsGuest(name: nil), .requestChallenge(publicKey: []), .refresh(token: ""), .logout, .me,
        .rename(name: "N"), .deleteAccount, .canvas, .snapshot(ifNoneMatch: nil),
        .changes(from: 0, to: nil, epoch: nil), .touched(ifNoneMatch: nil),
        .placePixel(Pixel(x: 0, y: 0, color: 1)), .undoPixel,
        .pixel(x: 0, y: 0), .lastPixel(account: Identifier(rawValue: 1)), .canvasPNG, .health, .readiness,
        .metrics, .openAPI, .webSocket(play: true, relay: nil), .figures, .views(.home(nil)),
        .views(.text(CanvasView(), ifNoneMatch: nil)), .views(.watch(CanvasView(), framesPerSecond: 1)),
        .views(.enlarged(scale: 2)),
        .signInWithDevice(DeviceSignIn(publicKey: [], challenge: [], signature: [], name: nil)),
    ]

    @Test("counts every route, a WebSocket's handshake too", arguments: routes)
    func everyRoute(_ route: Route) {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.requestRate = Rate(perSecond: 2, burst: 2) }
        for _ in 0..<2 { _ = desk.ask(route) }
        guard case .failure(let failure) = desk.ask(route) else {
            Issue.record("not limited")
            return
        }
        #expect(failure.code == .rateLimited)
        #expect(failure.retryAfterMs == 500)
    }

    @Test("is one for all routes, an account's or guest's own, else its address's")
    func keys() {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.requestRate = Rate(perSecond: 2, burst: 2) }
        for _ in 0..<2 { #expect(desk.ask(.canvas)?.code == nil) }
        #expect(desk.ask(.health)?.code == .rateLimited)
        #expect(desk.ask(.canvas, .invalid)?.code == .rateLimited, "a bad token counts by the address")
        for _ in 0..<2 { #expect(desk.ask(.canvas, .valid(Desk.guest(80)))?.code == nil, "a guest's own") }
        #expect(desk.ask(.canvas, .valid(Desk.guest(80)))?.code == .rateLimited)
        #expect(desk.ask(.canvas, .valid(Desk.guest(80)), from: "10.0.0.9")?.code == .rateLimited)
        #expect(desk.ask(.canvas, .valid(Desk.guest(81)))?.code == nil, "starves no other guest")
        #expect(
            desk.ask(.canvas, .valid(Desk.account(99)))?.code == .rateLimited,
            "and that of an account that isn't signed in")
        #expect(desk.ask(.canvas, from: "10.0.0.2")?.code == nil)
        for _ in 0..<2 { #expect(desk.ask(.me, .valid(Desk.account(1)))?.code == nil) }
        #expect(desk.ask(.me, .valid(Desk.account(1)), from: "10.0.0.3")?.code == .rateLimited)
        desk.run(ms: 500)
        #expect(desk.ask(.canvas)?.code == nil)
    }

    @Test("has a bound for all guests of an address together, who starve nobody elsewhere")
    func guestsTogether() {
        var desk = Desk { $0.requestRate = Rate(perSecond: 1, burst: 1) }
        for number in 0..<UInt64(Limits.guestRequestFactor) {
            #expect(desk.ask(.canvas, .valid(Desk.guest(100 + number)))?.code == nil)
        }
        #expect(desk.ask(.canvas, .valid(Desk.guest(500)))?.code == .rateLimited)
        #expect(desk.ask(.canvas, .valid(Desk.guest(501)), from: "10.0.0.2")?.code == nil)
        #expect(desk.ask(.canvas)?.code == nil, "nor whoever shows no token")
    }
}
