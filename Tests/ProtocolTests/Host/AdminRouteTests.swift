import Protocol
import Testing

@Suite struct AdminRouteTests {
    private static let id = Identifier(rawValue: 77)

    static func samples() throws -> [(AdminRoute, HostCommand)] {
        let announcement = try #require(AnnouncementText("Back in 5 ☕"))
        let name = id.description
        let box = CanvasBox(1, 2, 3, 4)
        let order = RollbackOrder(
            account: "Ada", fromMs: 1_763_000_000_000, toMs: 1_763_000_000_123, box: box, isPreview: false)
        let all = RollbackOrder(account: nil, fromMs: 0, toMs: 1, box: nil, isPreview: true)
        return [
            (.accounts(all: false), .list(all: false)), (.accounts(all: true), .list(all: true)),
            (.kick(id), .kick(account: name)),
            (
                .ban(id, reason: nil, untilMs: nil),
                .ban(account: name, reason: HostCommand.noBanReason)
            ),
            (
                .ban(id, reason: "Two hands, one key", untilMs: 1_763_000_000_123),
                .ban(account: name, reason: "Two hands, one key", until: 1_763_000_000_123)
            ),
            (.unban(id), .unban(account: name)),
            (.grant(id, .moderator), .grant(account: name, role: .moderator)),
            (.clearFlags(id), .clearFlags(account: name)), (.flags, .flags), (.feedback, .feedback),
            (.announce(announcement), .announce(message: "Back in 5 ☕")), (.knobs, .knobs),
            (.setKnob(name: "place-rate", value: "5:10"), .setKnob(name: "place-rate", value: "5:10")),
            (.setKnob(name: "ads", value: nil), .setKnob(name: "ads", value: nil)),
            (.audit(limit: 7, before: nil), .audit(limit: 7)),
            (.audit(limit: 500, before: 12), .audit(limit: 500, before: 12)), (.status, .status),
            (.canvas(.newGame(width: nil, height: nil)), .newGame()),
            (.canvas(.newGame(width: 30, height: 20)), .newGame(width: 30, height: 20)),
            (.canvas(.rollbacks), .rollbacks), (.canvas(.rollBack(order)), .rollback(order)),
            (.canvas(.rollBack(all)), .rollback(all)), (.canvas(.undoRollback(7)), .undoRollback(id: 7)),
            (.canvas(.protectedAreas), .protectedAreas),
            (.canvas(.protect(box, note: "")), .protect(box, note: "")),
            (.canvas(.protect(box, note: "The flag")), .protect(box, note: "The flag")),
            (.canvas(.unprotect(7)), .unprotect(id: 7)),
        ]
    }

    private func parse(_ method: String, _ target: String, _ body: String = "") throws(RouteFailure) -> Route
    {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        return try Route.parse(
            method: method, path: parts[0], query: parts.count > 1 ? parts[1] : nil, headers: { _ in nil },
            body: Array(body.utf8))
    }

    @Test("what a client prints a server reads as the same, and as the host's command that it is")
    func roundTrip() throws {
        for (route, command) in try Self.samples() {
            let request = Route.admin(route).request
            let read = try parse(
                request.method, request.target, String(decoding: request.body, as: UTF8.self))
            #expect(read == .admin(route))
            #expect(route.command == command)
        }
    }

    @Test("a ban needs no body, and the audit no numbers")
    func defaults() throws {
        let path = "/api/admin/accounts/\(Self.id)/ban"
        #expect(try parse("POST", path) == .admin(.ban(Self.id, reason: nil, untilMs: nil)))
        #expect(try parse("GET", "/api/admin/audit") == .admin(.audit(limit: 100, before: nil)))
    }

    @Test(
        "a field that is missing or wrong is named",
        arguments: [
            ("POST", "/api/admin/accounts/000000000002d/role", #"{"role":"king"}"#, "role"),
            ("POST", "/api/admin/accounts/000000000002d/role", "{}", "role"),
            ("POST", "/api/admin/accounts/000000000002d/ban", #"{"reason":"a\nb"}"#, "reason"),
            ("POST", "/api/admin/accounts/000000000002d/ban", #"{"reason":7}"#, "reason"),
            ("POST", "/api/admin/accounts/000000000002d/ban", #"{"until_ms":"soon"}"#, "until_ms"),
            ("POST", "/api/admin/announcements", #"{"message":"\u200b"}"#, "message"),
            ("PATCH", "/api/admin/knobs", #"{"name":"ads"}"#, "value"),
            ("PATCH", "/api/admin/knobs", #"{"value":"on"}"#, "name"),
            ("PATCH", "/api/admin/knobs", #"{"name":"ads","value":7}"#, "value"),
            ("POST", "/api/admin/new_game", #"{"width":5}"#, "height"),
            ("POST", "/api/admin/new_game", #"{"width":0,"height":5}"#, "width"),
            ("POST", "/api/admin/rollbacks", #"{"to_ms":1}"#, "from_ms"),
            ("POST", "/api/admin/rollbacks", #"{"from_ms":2,"to_ms":1}"#, "to_ms"),
            ("POST", "/api/admin/rollbacks", #"{"from_ms":1,"to_ms":2,"x0":1}"#, "y0"),
            ("POST", "/api/admin/rollbacks", #"{"from_ms":1,"to_ms":2,"preview":0}"#, "preview"),
            ("POST", "/api/admin/protected_areas", #"{"x0":0,"y0":0,"x1":-1,"y1":1}"#, "x1"),
            ("POST", "/api/admin/protected_areas", #"{"x0":0,"y0":0,"x1":1,"y1":1,"note":"\n"}"#, "note"),
            ("GET", "/api/admin/audit?limit=0", "", "limit"),
            ("GET", "/api/admin/audit?limit=501", "", "limit"),
            ("GET", "/api/admin/audit?before=x", "", "before"),
            ("GET", "/api/admin/accounts?all=yes", "", "all"),
        ])
    func refused(method: String, target: String, body: String, field: String) {
        let error = #expect(throws: RouteFailure.self) { try parse(method, target, body) }
        #expect(error?.failure.code == .badRequest)
        #expect(error?.failure.message.contains("\"\(field)\"") == true, "\(error?.failure.message ?? "")")
    }

    @Test(
        "what isn't there is not found",
        arguments: [
            "/api/admin", "/api/admin/", "/api/admin/accounts/x/ban", "/api/admin/kings",
            "/api/admin/accounts/000000000002d", "/api/admin/accounts/000000000002d/crown",
            "/api/admin/status/now", "/api/admin/rollbacks/x/undo", "/api/admin/rollbacks/0/undo",
            "/api/admin/protected_areas/-1", "/api/admin/rollbacks/01/undo",
        ])
    func missing(path: String) {
        let error = #expect(throws: RouteFailure.self) { try parse("POST", path, "{}") }
        #expect(error?.failure.code == .notFound)
    }

    @Test("another method is told which ones there are")
    func methods() {
        let error = #expect(throws: RouteFailure.self) { try parse("POST", "/api/admin/knobs") }
        #expect(error?.allow == ["GET", "HEAD", "PATCH"])
    }
}

@Suite struct AnnouncementTests {
    @Test("an announcement is cleaned to one line, and has a length")
    func cleaned() {
        #expect(AnnouncementText(" a\r\nb\u{1b}[2J\u{202e} ")?.text == "a b[2J")
        #expect(AnnouncementText("\u{200b} \n") == nil)
        let longest = String(repeating: "漢", count: Limits.maxAnnouncementCharacters)
        #expect(AnnouncementText(longest)?.text == longest)
        #expect(AnnouncementText(longest + "漢") == nil)
        #expect(AnnouncementText("e" + String(repeating: "\u{301}", count: 4_000)) == nil)
    }
}
