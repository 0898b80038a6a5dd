import Protocol
import Testing

@Suite struct RouteTests {
    private func parse(
        _ method: String, _ path: String, _ query: String? = nil, body: String = ""
    ) throws(RouteFailure) -> Route {
        try Route.parse(
            method: method, path: path, query: query, headers: { _ in nil }, body: Array(body.utf8))
    }

    private func failure(_ method: String, _ path: String, _ query: String? = nil, body: String = "")
        -> RouteFailure?
    {
        do {
            _ = try parse(method, path, query, body: body)
            return nil
        } catch {
            return error
        }
    }

    @Test("every route comes back from its own request", arguments: [1, 2, 3, 4] as [UInt64])
    func roundTrip(seed: UInt64) {
        var samples = Samples(seed: seed)
        for _ in 0..<1_000 {
            let route = samples.route()
            #expect(DecoderProperty.parse(route.request) == route)
        }
    }

    @Test(
        "a path that nothing answers is not found",
        arguments: [
            "", "//", "/ansi/", "/watch/x", "/api/admin", "/api", "/api/", "/api/canvas/", "//api/canvas",
            "/api//canvas", "/api%2fcanvas",
            "/API/canvas",
            "/api/canvas/pixels/1", "/api/canvas/pixels/1/2/3", "/api/accounts/x/last_pixel",
            "/api/accounts/zzzzzzzzzzzzz/last_pixel", "*", "api/canvas", "/ws/",
            "/ws/game", "/ws/game/x", "/api/relays/", "/api/relays/x/join/y", "/api/relays/nope!/join",
            "/api/relays/0000000000000/nothing", "/api/relays/x/points", "/api/click_games/x/contributions",
            "/api/click_games/0000000000000", "/api/leaderboards", "/api/leaderboards/nothing",
            "/api/relays/0000000000000/puzzle/other", "/api/skins/", "/api/skins/Noir/purchase",
            "/api/skins/noir", "/api/ads", "/api/ads/x/complete", "/api/ads/0000000000000", "/api/me/skin/x",
        ])
    func notFound(path: String) {
        #expect(failure("GET", path)?.failure.code == .notFound)
    }

    @Test("a wrong method is told the right ones")
    func methods() {
        #expect(failure("POST", "/api/canvas")?.allow == ["GET", "HEAD"])
        #expect(failure("GET", "/api/canvas/undo")?.allow == ["POST"])
        #expect(failure("DELETE", "/api/canvas/pixels/1/2")?.failure.code == .methodNotAllowed)
        #expect(failure("get", "/api/canvas")?.failure.code == .methodNotAllowed)
        #expect(failure("HEAD", "/api/auth/guest")?.allow == ["POST"])
    }

    @Test("HEAD is read as GET")
    func head() throws {
        #expect(try parse("HEAD", "/api/canvas.png") == .canvasPNG)
    }

    @Test("percent-encoding in path and query is undone once")
    func percent() throws {
        #expect(try parse("GET", "/%61pi/canvas") == .canvas)
        #expect(
            try parse("GET", "/api/canvas/changes", "%66rom=%31") == .changes(from: 1, to: nil, epoch: nil))
        #expect(failure("GET", "/api/%zz")?.failure.code == .badRequest)
        #expect(failure("GET", "/api/%4")?.failure.code == .badRequest)
        #expect(failure("GET", "/api/%ff")?.failure.code == .badRequest)
        #expect(failure("GET", "/api/canvas/changes", "from=%")?.failure.code == .badRequest)
    }

    @Test(
        "a query that isn't whole numbers in order is refused by name",
        arguments: [
            ("", "from"), ("to=1", "from"), ("from=", "from"), ("from=a", "from"), ("from=1.5", "from"),
            ("from=-1", "from"), ("from=+1", "from"), ("from=%2B1", "from"),
            ("from=99999999999999999999", "from"),
            ("from=2&to=1", "to"), ("from=1&to=x", "to"), ("from=1&to=", "to"), ("from=1&epoch=x", "epoch"),
            ("from=1&from=1", "from"), ("from=1&%66rom=2", "from"),
        ])
    func query(query: String, field: String) {
        let failure = failure("GET", "/api/canvas/changes", query)
        #expect(failure?.failure.code == .badRequest)
        #expect(failure?.failure.message.contains("\"\(field)\"") == true)
    }

    @Test("unknown query fields are left alone")
    func surplus() throws {
        #expect(
            try parse("GET", "/api/canvas/changes", "from=1&epoch=-5&utm=x&&y")
                == .changes(from: 1, to: nil, epoch: -5))
    }

    @Test("the WebSocket's play is 1, 0 or nothing")
    func play() throws {
        #expect(try parse("GET", "/ws", "play=1") == .webSocket(play: true, relay: nil))
        #expect(try parse("GET", "/ws", "play=0") == .webSocket(play: false, relay: nil))
        #expect(try parse("GET", "/ws") == .webSocket(play: false, relay: nil))
        #expect(failure("GET", "/ws", "play=yes")?.failure.message.contains("\"play\"") == true)
    }

    @Test("no body signs a guest in without a name, and is no JSON elsewhere")
    func emptyBody() throws {
        #expect(try parse("POST", "/api/auth/guest") == .signInAsGuest(name: nil))
        #expect(try parse("POST", "/api/auth/guest", body: #"{"name":null}"#) == .signInAsGuest(name: nil))
        #expect(failure("POST", "/api/canvas/pixels")?.failure.code == .badRequest)
    }

    @Test(
        "a body's fields are refused by name",
        arguments: [
            ("/api/auth/guest", #"{"name":"\u202eada"}"#, "name"),
            ("/api/auth/guest", #"{"name":""}"#, "name"),
            ("/api/auth/guest", #"{"name":5}"#, "name"),
            ("/api/auth/device/challenge", "{}", "public_key"),
            ("/api/auth/device/challenge", #"{"public_key":"AAAA"}"#, "public_key"),
            ("/api/auth/device/challenge", #"{"public_key":"not base64!"}"#, "public_key"),
            (
                "/api/auth/device",
                #"{"public_key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","challenge":"A"}"#, "challenge"
            ),
            (
                "/api/auth/device",
                #"{"public_key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","challenge":"","signature":""}"#,
                "signature"
            ),
            ("/api/auth/refresh", #"{"refresh_token":[]}"#, "refresh_token"),
            ("/api/canvas/pixels", #"{"x":0,"y":0,"color":1.5}"#, "color"),
            ("/api/canvas/pixels", #"{"x":0,"color":1}"#, "y"),
            ("/api/push_clicks", "{}", "clicks"),
            ("/api/push_clicks", #"{"clicks":5}"#, "clicks"),
            ("/api/push_clicks", #"{"clicks":[1.5]}"#, "clicks"),
            ("/api/push_clicks", #"{"clicks":["1"]}"#, "clicks"),
            ("/api/push_clicks", #"{"clicks":[1],"batch_id":""}"#, "batch_id"),
            ("/api/push_clicks", #"{"clicks":[1],"batch_id":7}"#, "batch_id"),
            ("/api/push_clicks", #"{"clicks":[1],"anon_token":{}}"#, "anon_token"),
            ("/api/click_games", #"{"seconds":60}"#, "planets"),
            ("/api/click_games", #"{"seconds":0,"planets":["earth","mars"]}"#, "seconds"),
            ("/api/click_games", #"{"seconds":60,"planets":["earth"]}"#, "planets"),
            ("/api/click_games", #"{"seconds":60,"planets":["earth","earth"]}"#, "planets"),
            (
                "/api/click_games", #"{"seconds":60,"planets":["earth","mars"],"starts_at":"soon"}"#,
                "starts_at"
            ),
            ("/api/feedback", "{}", "message"),
            ("/api/feedback", #"{"message":7}"#, "message"),
            ("/api/feedback", #"{"message":"\u001b\n"}"#, "message"),
            ("/api/relays", #"{"award":-1}"#, "award"),
            ("/api/relays", #"{"seconds":"9"}"#, "seconds"),
            ("/api/relays", #"{"private":1}"#, "private"),
            ("/api/relays", #"{"max_players":17}"#, "max_players"),
            ("/api/relays/0000000000000/puzzle/answer", #"{"answer":"7"}"#, "puzzle_id"),
            (
                "/api/relays/0000000000000/puzzle/answer", #"{"puzzle_id":"0000000000000","answer":""}"#,
                "answer"
            ),
        ])
    func body(path: String, body: String, field: String) {
        let failure = failure("POST", path, body: body)
        #expect(failure?.failure.code == .badRequest)
        #expect(failure?.failure.message.contains("\"\(field)\"") == true)
    }

    @Test("a batch's name and an answer are 1 to 64 characters as a reader counts them")
    func lengths() throws {
        let long = String(repeating: "é", count: 64)
        let push = try parse("POST", "/api/push_clicks", body: #"{"clicks":[1],"batch_id":"\#(long)"}"#)
        #expect(push == .clicks(.push(ClickPush(clicks: [1], batchID: long), anonToken: nil)))
        let longer = failure("POST", "/api/push_clicks", body: #"{"clicks":[1],"batch_id":"\#(long)x"}"#)
        #expect(longer?.failure.code == .badRequest)
        let path = "/api/relays/0000000000000/puzzle/answer"
        let answer = failure("POST", path, body: #"{"puzzle_id":"0000000000000","answer":"\#(long)x"}"#)
        #expect(answer?.failure.code == .badRequest)
    }

    @Test("a skin is worn by its id, and null takes it off, but it has to be said")
    func wear() throws {
        let noir = try #require(SkinID(rawValue: "noir"))
        #expect(try parse("PUT", "/api/me/skin", body: #"{"skin":"noir"}"#) == .skins(.wear(noir)))
        #expect(try parse("PUT", "/api/me/skin", body: #"{"skin":null}"#) == .skins(.wear(nil)))
        for body in ["{}", #"{"skin":7}"#, #"{"skin":"No!"}"#, #"{"skin":""}"#] {
            let failure = failure("PUT", "/api/me/skin", body: body)
            #expect(failure?.failure.code == .badRequest)
            #expect(failure?.failure.message.contains("\"skin\"") == true, "\(body)")
        }
        #expect(failure("POST", "/api/me/skin")?.allow == ["PUT"])
    }

    @Test("an ad is asked for with the page that waits", arguments: ["", "page=", "page=A", "page=a-b"])
    func pages(query: String) throws {
        let failure = failure("GET", "/api/ads/next", query)
        #expect(failure?.failure.code == .badRequest)
        #expect(failure?.failure.message.contains("\"page\"") == true)
        let page = try #require(AdPage(rawValue: "shaky_dot"))
        #expect(try parse("GET", "/api/ads/next", "page=shaky_dot") == .ads(.next(before: page)))
    }

    @Test("a relay is joined by its id, or by its code in any case")
    func references() throws {
        let id = Identifier(rawValue: 77)
        #expect(try parse("POST", "/api/relays/\(id)/join") == .relays(.join(.id(id))))
        let code = try #require(RelayCode("BCDFGH"))
        #expect(try parse("POST", "/api/relays/bcd-fgh/join") == .relays(.join(.code(code))))
    }

    @Test("no body makes a relay of the usual options, and a board covers all time")
    func defaults() throws {
        #expect(try parse("POST", "/api/relays") == .relays(.create(RelayOptions())))
        #expect(try parse("GET", "/api/leaderboards/clicks") == .leaderboard(.clicks, .all))
        #expect(try parse("GET", "/api/leaderboards/relay", "period=week") == .leaderboard(.relay, .week))
        #expect(
            failure("GET", "/api/leaderboards/relay", "period=year")?.failure.message.contains("\"period\"")
                == true)
    }

    @Test(
        "a game's beginning is any time of RFC 3339",
        arguments: [
            ("2026-11-27T13:00:00Z", 0), ("2026-11-27T13:00:00.5Z", 500),
            ("2026-11-27t15:00:00.123456+02:00", 123),
            ("2026-11-27T08:30:00-04:30", 0),
        ])
    func beginnings(text: String, ms: Int64) throws {
        let route = try parse(
            "POST", "/api/click_games",
            body: #"{"starts_at":"\#(text)","seconds":60,"planets":["earth","mars"]}"#)
        let start = try #require(Timestamp.milliseconds("2026-11-27T13:00:00.000Z")) + ms
        #expect(
            route
                == .clicks(
                    .schedule(ClickGameOrder(startsAtMs: start, seconds: 60, planets: ["earth", "mars"]))))
    }

    @Test("a cell's place is two whole numbers, on the canvas or not")
    func place() throws {
        #expect(try parse("GET", "/api/canvas/pixels/-1/99999") == .pixel(x: -1, y: 99_999))
        #expect(failure("GET", "/api/canvas/pixels/a/1")?.failure.message.contains("\"x\"") == true)
        #expect(failure("GET", "/api/canvas/pixels/1/")?.failure.message.contains("\"y\"") == true)
    }

    @Test("base64 has one text for its bytes", arguments: ["AA==", "AAA=", "AAAA", ""])
    func base64(text: String) throws {
        let answer = try ChallengeAnswer(json: Array(#"{"challenge":"\#(text)"}"#.utf8))
        #expect(answer.json() == Array(#"{"challenge":"\#(text)"}"#.utf8))
    }

    @Test(
        "base64 in any other form is refused",
        arguments: ["A", "AA", "AA=", "AB==", "AAB=", "====", "A===", "AA==AAAA", "AA-_", "AA\\n="])
    func badBase64(text: String) {
        #expect(throws: Failure.self) { try ChallengeAnswer(json: Array(#"{"challenge":"\#(text)"}"#.utf8)) }
    }
}
