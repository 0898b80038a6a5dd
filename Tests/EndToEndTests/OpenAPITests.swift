import Foundation
import Protocol
import Testing

extension EndToEnd.OfServers {
    /// The description of the API is true: it has every route, and the server has all that it describes.
    @Suite struct OpenAPITests {
        let server: TestServer
        let http: RawHTTP
        let document: APIDocument
        private let account: Account
        private let relay: String
        private let game: String
        private let impression: String

        init() throws {
            server = try TestServer()
            http = try RawHTTP(port: server.port)
            document = APIDocument(yaml: try http.call("GET", "/openapi.yaml").text)
            account = try Account(on: server)
            relay = try #require(
                try http.call("POST", "/api/relays", token: account.accessToken).json()["relay_id"] as? String
            )
            game = try #require(try http.call("GET", "/api/click_games/current").json()["game_id"] as? String)
            impression = try #require(
                try http.call("GET", "/api/ads/next?page=shop", token: account.accessToken)
                    .json()["impression_id"] as? String)
            let socket = try account.play(on: server)
            try socket.send(#"{"type":"place","id":2,"x":0,"y":0,"color":1}"#)
            _ = try socket.message("placed")
        }

        @Test("every route is described by its method and path, and nothing else is")
        func routes() throws {
            var described: Set<String> = []
            for route in try Self.samples() {
                let request = route.request
                let call = try #require(
                    document.call(method: request.method, target: request.target),
                    "\(request.method) \(request.target) isn't described")
                #expect(call.id == Self.operation(of: route), "\(request.method) \(request.target)")
                described.insert(call.id)
            }
            #expect(document.calls.map(\.id).sorted() == described.sorted())
        }

        @Test("what is described is answered, with a status that is described too")
        func answers() throws {
            #expect(document.calls.count > 30)
            for call in document.calls {
                // Some calls end the sign-in, so each has its own.
                let isShared = ["/api/relays", "/api/ads"].contains { call.path.hasPrefix($0) }
                let caller = isShared ? account : try Account(on: server)
                // A stream has no end, and its head says enough.
                let answer = try RawHTTP(port: server.port).call(
                    call.id == "watch" ? "HEAD" : call.method, place(call.path), token: caller.accessToken,
                    body: body(call))
                // There may be no puzzle yet, but there is such a path.
                let isMissing = answer.status == 404 && answer.errorCode == "not_found"
                #expect(
                    answer.status != 405 && !isMissing, "\(call.method) \(call.path): \(answer.text)")
                #expect(
                    call.statuses.contains(answer.status), "\(call.method) \(call.path): \(answer.status)")
            }
        }

        @Test("a path takes the methods that are described, and says so to any other")
        func methods() throws {
            for path in Set(document.calls.map(\.path)) {
                let described = document.calls.filter { $0.path == path }.map(\.method)
                let answer = try http.call("OPTIONS", place(path), token: account.accessToken)
                #expect(answer.status == 405, "\(path)")
                let allowed = answer.headers["allow"]?.components(separatedBy: ", ") ?? []
                #expect(allowed.filter { $0 != "HEAD" }.sorted() == described.sorted(), "\(path)")
            }
        }

        /// A path with something that there is in place of its parameters.
        private func place(_ path: String) -> String {
            let ids = [
                ("/api/accounts", account.id), ("/api/click_games", game), ("/api/skins", "first-pixel"),
                ("/api/ads", impression),
            ]
            let id = ids.first { path.hasPrefix($0.0) }?.1 ?? relay
            return path.replacingOccurrences(of: "{number}", with: "1")
                .replacingOccurrences(of: "{id}", with: id)
                .replacingOccurrences(of: "{board}", with: "clicks")
                .replacingOccurrences(of: "{x}", with: "0").replacingOccurrences(of: "{y}", with: "0")
        }

        private func body(_ call: APIDocument.Call) -> String? {
            switch call.id {
            case "pushClicks": #"{"clicks":[1]}"#
            case "rename": #"{"name":"Somebody"}"#
            case "answerPuzzle": #"{"puzzle_id":"\#(relay)","answer":"x"}"#
            case "scheduleClickGame": #"{"seconds":5,"planets":["mars","earth"]}"#
            case "wearSkin": #"{"skin":null}"#
            case "giveFeedback": #"{"message":"Hello"}"#
            default: call.method == "GET" ? nil : "{}"
            }
        }
    }
}

extension EndToEnd.OfServers.OpenAPITests {
    private static let id = Identifier(rawValue: 77)

    /// One route of each kind.
    private static func samples() throws -> [Route] {
        let skin = try #require(SkinID(rawValue: "noir"))
        let message = try #require(FeedbackMessage("Hello"))
        let announcement = try #require(AnnouncementText("Hello"))
        return [
            .signInAsGuest(name: nil), .requestChallenge(publicKey: []), .refresh(token: ""), .logout, .me,
            .signInWithDevice(DeviceSignIn(publicKey: [], challenge: [], signature: [], name: nil)),
            .rename(name: "A"), .deleteAccount, .canvas, .snapshot(ifNoneMatch: nil),
            .changes(from: 1, to: 2, epoch: 3), .touched(ifNoneMatch: nil),
            .placePixel(Pixel(x: 1, y: 2, color: 3)), .undoPixel,
            .pixel(x: 1, y: 2), .lastPixel(account: id), .canvasPNG, .health, .readiness, .metrics, .openAPI,
            .clicks(.push(ClickPush(clicks: [1], batchID: nil), anonToken: nil)), .clicks(.current),
            .clicks(.contributions(game: id)),
            .clicks(.schedule(ClickGameOrder(startsAtMs: nil, seconds: 1, planets: []))), .relays(.list),
            .relays(.create(RelayOptions())), .relays(.join(.id(id))), .relays(.start(id)),
            .relays(.newPuzzle(id)), .relays(.puzzle(id)),
            .relays(.answer(id, PuzzleAttempt(puzzle: id, answer: "x"))), .relays(.points(id)),
            .relays(.decay(id)), .leaderboard(.clicks, .all), .skins(.list), .skins(.colors),
            .skins(.purchase(skin)), .skins(.wear(skin)), .skins(.install([])), .ads(.next(before: .home)),
            .ads(.complete(id)), .feedback(message), .webSocket(play: true, relay: nil),
            .webSocket(play: false, relay: id), .figures, .views(.home(nil)),
            .views(.text(CanvasView(), ifNoneMatch: nil)), .views(.watch(CanvasView(), framesPerSecond: 1)),
            .views(.enlarged(scale: 2)),
            .history(.overview), .history(.at(.version(1))), .history(.changes(after: 1, limit: 2)),
        ]
            + [
                AdminRoute.accounts(all: true), .kick(id), .ban(id, reason: nil, untilMs: nil), .unban(id),
                .grant(id, .admin), .clearFlags(id), .flags, .feedback, .announce(announcement), .knobs,
                .setKnob(name: "ads", value: nil), .audit(limit: 1, before: nil), .status,
                .canvas(.newGame(width: nil, height: nil)), .canvas(.rollbacks), .canvas(.undoRollback(1)),
                .canvas(.rollBack(RollbackOrder(account: nil, fromMs: 1, toMs: 2))),
                .canvas(.protectedAreas), .canvas(.protect(CanvasBox(0, 0, 1, 1), note: "")),
                .canvas(.unprotect(1)),
            ].map(Route.admin) + signIns
    }

    private static let signIns: [Route] = {
        let form = DeviceForm(code: "", formToken: "")
        let routes: [AuthRoute] = [
            .methods, .idToken(""), .authorize(DeviceRequest()), .poll(deviceCode: "a"),
            .page(.form(code: nil)), .page(.enter(form)), .page(.decide(form, allows: true)),
            .page(.callback(ProviderReturn(state: ""))), .unlink,
        ]
        return routes.map { .auth($0) }
    }()

    /// The name of a route in the description; a new kind of route has to be named here, sampled above and
    /// described there.
    private static func operation(of route: Route) -> String {
        switch route {
        case .signInAsGuest: "signInAsGuest"
        case .requestChallenge: "requestChallenge"
        case .signInWithDevice: "signInWithDevice"
        case .refresh: "refresh"
        case .logout: "logout"
        case .me: "me"
        case .rename: "rename"
        case .deleteAccount: "deleteAccount"
        case .canvas: "canvas"
        case .snapshot: "snapshot"
        case .changes: "changes"
        case .touched: "touched"
        case .placePixel: "placePixel"
        case .undoPixel: "undoPixel"
        case .pixel: "pixel"
        case .lastPixel: "lastPixel"
        case .canvasPNG: "canvasPNG"
        case .health: "health"
        case .readiness: "readiness"
        case .metrics: "metrics"
        case .openAPI: "openAPI"
        case .leaderboard: "leaderboard"
        case .webSocket(_, let relay): relay == nil ? "webSocket" : "relayRoom"
        case .history(let route):
            switch route {
            case .overview: "history"
            case .at: "historyAt"
            case .changes: "historyChanges"
            }
        case .clicks(let route):
            switch route {
            case .push: "pushClicks"
            case .current: "currentClickGame"
            case .contributions: "clickContributions"
            case .schedule: "scheduleClickGame"
            }
        case .relays(let route):
            switch route {
            case .list: "relays"
            case .create: "createRelay"
            case .join: "joinRelay"
            case .start: "startRelay"
            case .newPuzzle: "newPuzzle"
            case .puzzle: "puzzle"
            case .answer: "answerPuzzle"
            case .points: "relayPoints"
            case .decay: "decayRelay"
            }
        case .skins(let route):
            switch route {
            case .list: "skins"
            case .colors: "baseColors"
            case .purchase: "purchaseSkin"
            case .wear: "wearSkin"
            case .install: "installSkin"
            }
        case .ads(let route):
            switch route {
            case .next: "nextAd"
            case .complete: "completeAd"
            }
        case .feedback: "giveFeedback"
        case .admin(let route):
            switch route {
            case .accounts: "adminAccounts"
            case .kick: "kickAccount"
            case .ban: "banAccount"
            case .unban: "unbanAccount"
            case .grant: "grantRole"
            case .clearFlags: "clearFlags"
            case .flags: "flags"
            case .feedback: "feedback"
            case .announce: "announce"
            case .knobs: "knobs"
            case .setKnob: "setKnob"
            case .audit: "audit"
            case .status: "serverStatus"
            case .canvas(.newGame): "newGame"
            case .canvas(.rollbacks): "rollbacks"
            case .canvas(.rollBack): "rollBack"
            case .canvas(.undoRollback): "undoRollback"
            case .canvas(.protectedAreas): "protectedAreas"
            case .canvas(.protect): "protectArea"
            case .canvas(.unprotect): "unprotectArea"
            }
        case .auth(let route):
            switch route {
            case .methods: "authMethods"
            case .idToken: "signInWithGoogle"
            case .unlink: "unlinkGoogle"
            case .authorize: "authorizeDevice"
            case .poll: "pollDevice"
            case .page(.form): "devicePage"
            case .page(.enter): "enterDeviceCode"
            case .page(.decide): "decideDevice"
            case .page(.callback): "deviceCallback"
            }
        case .figures: "figures"
        case .views(let route):
            switch route {
            case .home: "home"
            case .text: "ansi"
            case .watch: "watch"
            case .enlarged: "canvasPNG"
            }
        }
    }
}
