/// What a client sends for a route, apart from the host and the token.
public struct RouteRequest: Hashable, Sendable {
    /// One header.
    public struct Header: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Its value.
        public var value: String

        /// Joins the parts.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    public var method: String
    /// The path, and after a `?` the query.
    public var target: String
    /// `Content-Type` with a body, `If-None-Match`.
    public var headers: [Header]
    /// JSON, or nothing.
    public var body: [UInt8]

    /// Joins the parts.
    public init(method: String, target: String, headers: [Header] = [], body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    static func get(_ target: String, headers: [Header] = []) -> RouteRequest {
        RouteRequest(method: "GET", target: target, headers: headers)
    }

    static func post(_ target: String, _ body: (inout JSONWriter) -> Void) -> RouteRequest {
        json("POST", target, body)
    }

    static func post(_ target: String) -> RouteRequest {
        RouteRequest(method: "POST", target: target)
    }

    static func json(
        _ method: String, _ target: String, _ body: (inout JSONWriter) -> Void
    ) -> RouteRequest {
        RouteRequest(
            method: method, target: target, headers: [Header("Content-Type", "application/json")],
            body: JSONWriter.object(body))
    }
}

extension Route {
    /// The request that `parse` reads as this route.
    public var request: RouteRequest {
        switch self {
        case .signInAsGuest(let name):
            .post("/api/auth/guest") { if let name { $0.field("name", name) } }
        case .requestChallenge(let publicKey):
            .post("/api/auth/device/challenge") { $0.base64("public_key", publicKey) }
        case .signInWithDevice(let signIn):
            .post("/api/auth/device") {
                $0.base64("public_key", signIn.publicKey)
                $0.base64("challenge", signIn.challenge)
                $0.base64("signature", signIn.signature)
                if let name = signIn.name { $0.field("name", name) }
            }
        case .refresh(let token): .post("/api/auth/refresh") { $0.field("refresh_token", token) }
        case .logout: RouteRequest(method: "POST", target: "/api/auth/logout")
        case .me: .get("/api/me")
        case .rename(let name): .json("PATCH", "/api/me") { $0.field("name", name) }
        case .deleteAccount: RouteRequest(method: "DELETE", target: "/api/me")
        case .canvas: .get("/api/canvas")
        case .snapshot(let tag):
            .get("/api/canvas/snapshot", headers: tag.map { [.init("If-None-Match", $0)] } ?? [])
        case .changes(let from, let to, let epoch):
            .get(
                "/api/canvas/changes?from=\(from)" + (to.map { "&to=\($0)" } ?? "")
                    + (epoch.map { "&epoch=\($0)" } ?? ""))
        case .touched(let tag):
            .get("/api/canvas/touched", headers: tag.map { [.init("If-None-Match", $0)] } ?? [])
        case .placePixel(let pixel): .post("/api/canvas/pixels") { $0.pixel(pixel) }
        case .undoPixel: RouteRequest(method: "POST", target: "/api/canvas/undo")
        case .pixel(let x, let y): .get("/api/canvas/pixels/\(x)/\(y)")
        case .lastPixel(let account): .get("/api/accounts/\(account)/last_pixel")
        case .canvasPNG: .get("/api/canvas.png")
        case .health: .get("/healthz")
        case .readiness: .get("/readyz")
        case .metrics: .get("/metrics")
        case .openAPI: .get("/openapi.yaml")
        case .clicks(let route): route.request
        case .relays(let route): route.request
        case .leaderboard(let board, let period):
            .get("/api/leaderboards/\(board.rawValue)?period=\(period.rawValue)")
        case .skins(let route): route.request
        case .ads(let route): route.request
        case .history(let route): route.request
        case .feedback(let message): .post("/api/feedback") { $0.field("message", message.text) }
        case .admin(let route): route.request
        case .auth(let route): route.request
        case .webSocket(let play, let relay):
            .get((relay.map { "/ws/game/\($0)" } ?? "/ws") + (play ? "?play=1" : ""))
        case .views(let route): route.request
        case .figures: .get("/api/admin/figures")
        }
    }
}
