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
            "", "/", "/api", "/api/", "/api/canvas/", "//api/canvas", "/api//canvas", "/api%2fcanvas",
            "/API/canvas",
            "/api/canvas/pixels/1", "/api/canvas/pixels/1/2/3", "/api/accounts/x/last_pixel",
            "/api/accounts/zzzzzzzzzzzzz/last_pixel", "*", "api/canvas", "/ws/",
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
        #expect(try parse("GET", "/ws", "play=1") == .webSocket(play: true))
        #expect(try parse("GET", "/ws", "play=0") == .webSocket(play: false))
        #expect(try parse("GET", "/ws") == .webSocket(play: false))
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
        ])
    func body(path: String, body: String, field: String) {
        let failure = failure("POST", path, body: body)
        #expect(failure?.failure.code == .badRequest)
        #expect(failure?.failure.message.contains("\"\(field)\"") == true)
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
