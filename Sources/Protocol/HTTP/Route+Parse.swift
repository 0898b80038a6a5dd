/// Why a request is no route: the answer's error, and for a wrong method the ones that are right.
public struct RouteFailure: Error, Hashable, Sendable {
    /// `not_found`, `method_not_allowed`, `bad_request` naming the field, or `bad_color`.
    public var failure: Failure
    /// For the `Allow` header of a 405; empty otherwise.
    public var allow: [String]

    /// Joins the parts.
    public init(_ failure: Failure, allow: [String] = []) {
        self.failure = failure
        self.allow = allow
    }
}

extension Route {
    /// Reads a request.
    ///
    /// - Parameters:
    ///   - method: as on the request line; `HEAD` is read as `GET`.
    ///   - path: the target up to the `?`, still percent-encoded.
    ///   - query: what follows the `?`, still percent-encoded.
    ///   - headers: gives a header's value by its name in any case.
    ///   - body: the whole body; nothing counts as `{}` where no field is needed.
    public static func parse(
        method: String, path: String, query: String?, headers: (String) -> String?, body: [UInt8]
    ) throws(RouteFailure) -> Route {
        let place = try place(of: path)
        let method = method == "HEAD" ? "GET" : method
        guard place.methods.contains(method) else {
            let allow = place.methods.flatMap { $0 == "GET" ? ["GET", "HEAD"] : [$0] }
            throw RouteFailure(
                Failure(.methodNotAllowed, "this path takes \(allow.joined(separator: ", "))"), allow: allow)
        }
        do {
            return try route(place, method: method, query: query, headers: headers, body: body)
        } catch {
            throw RouteFailure(error)
        }
    }

    /// A path that something answers, with what it carries.
    private enum Place {
        case guest, challenge, device, refresh, logout, me, canvas, snapshot, changes, touched, pixels, undo,
            png
        case health, readiness, metrics, openAPI, webSocket
        case pixel(x: String, y: String)
        case lastPixel(account: Identifier)
        case games(GamePlace)
        case services(ServicePlace)
        case admin(AdminPlace)
        case auth(AuthPlace)
        case views(ViewPlace)
        case figures
        case history(HistoryPlace)

        var methods: [String] {
            switch self {
            case .guest, .challenge, .device, .refresh, .logout, .pixels, .undo: ["POST"]
            case .me: ["GET", "PATCH", "DELETE"]
            case .games(let place): place.methods
            case .services(let place): place.methods
            case .admin(let place): place.methods
            case .auth(let place): place.methods
            case .history(let place): place.methods
            case .canvas, .snapshot, .changes, .touched, .png, .health, .readiness, .metrics, .openAPI,
                .webSocket, .pixel, .lastPixel, .views, .figures:
                ["GET"]
            }
        }
    }

    private static let fixedPlaces: [String: Place] = [
        "/api/auth/guest": .guest, "/api/auth/device/challenge": .challenge, "/api/auth/device": .device,
        "/api/auth/refresh": .refresh, "/api/auth/logout": .logout, "/api/me": .me, "/api/canvas": .canvas,
        "/api/canvas/snapshot": .snapshot, "/api/canvas/changes": .changes, "/api/canvas/touched": .touched,
        "/api/canvas/pixels": .pixels, "/api/canvas/undo": .undo, "/api/canvas.png": .png,
        "/healthz": .health, "/readyz": .readiness,
        "/metrics": .metrics, "/openapi.yaml": .openAPI, "/ws": .webSocket,
        "/api/admin/figures": .figures,
    ]

    private static func place(of path: String) throws(RouteFailure) -> Place {
        if let place = fixedPlaces[path] { return place }
        var segments: [String] = []
        for segment in path.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            guard let text = PercentText.decode(segment) else {
                throw RouteFailure(Failure(.badRequest, "the path's percent-encoding is malformed"))
            }
            segments.append(text)
        }
        // A decoded segment with a slash inside can't be taken for two, since it is compared as a whole.
        if path.hasPrefix("/"), !segments.contains(where: { $0.contains("/") }),
            let place = fixedPlaces["/" + segments.joined(separator: "/")]
        {
            return place
        }
        if segments.count == 5, Array(segments[..<3]) == ["api", "canvas", "pixels"] {
            return .pixel(x: segments[3], y: segments[4])
        }
        if segments.count == 4, segments[0] == "api", segments[1] == "accounts", segments[3] == "last_pixel" {
            guard let account = Identifier(segments[2]) else {
                throw RouteFailure(Failure(.notFound, "there is no such account"))
            }
            return .lastPixel(account: account)
        }
        if let place = try GamePlace(segments) { return .games(place) }
        if let place = try ServicePlace(segments) { return .services(place) }
        if let place = try AdminPlace(segments) { return .admin(place) }
        if let place = AuthPlace(segments) { return .auth(place) }
        if let place = ViewPlace(segments) { return .views(place) }
        if let place = HistoryPlace(segments) { return .history(place) }
        throw RouteFailure(Failure(.notFound, "there is nothing at this path"))
    }

    private static func route(
        _ place: Place, method: String, query: String?, headers: (String) -> String?, body: [UInt8]
    ) throws(Failure) -> Route {
        switch place {
        case .guest:
            return .signInAsGuest(name: try JSONFields(body.isEmpty ? Array("{}".utf8) : body).optionalName())
        case .challenge:
            return .requestChallenge(publicKey: try JSONFields(body).bytes("public_key", count: 32))
        case .device: return .signInWithDevice(try deviceSignIn(try JSONFields(body)))
        case .refresh: return .refresh(token: try JSONFields(body).string("refresh_token"))
        case .logout: return .logout
        case .me:
            switch method {
            case "PATCH": return .rename(name: try JSONFields(body).name())
            case "DELETE": return .deleteAccount
            default: return .me
            }
        case .canvas: return .canvas
        case .snapshot: return .snapshot(ifNoneMatch: headers("If-None-Match"))
        case .changes: return try changes(try QueryFields(query))
        case .touched: return .touched(ifNoneMatch: headers("If-None-Match"))
        case .pixels: return .placePixel(try JSONFields(body).pixel())
        case .undo: return .undoPixel
        case .png: return try ViewRoute.picture(query: query)
        case .health: return .health
        case .readiness: return .readiness
        case .metrics: return .metrics
        case .openAPI: return .openAPI
        case .webSocket: return .webSocket(play: try QueryFields(query).flag("play"), relay: nil)
        case .games(let place): return try place.route(method: method, query: query, body: body)
        case .services(let place): return try place.route(method: method, query: query, body: body)
        case .admin(let place): return .admin(try place.route(method: method, query: query, body: body))
        case .auth(let place):
            return try place.route(method: method, query: query, headers: headers, body: body)
        case .history(let place): return try place.route(query: query)
        case .pixel(let x, let y):
            return .pixel(x: try QueryFields.int("x", x), y: try QueryFields.int("y", y))
        case .lastPixel(let account): return .lastPixel(account: account)
        case .views(let place): return try place.route(query: query, headers: headers)
        case .figures: return .figures
        }
    }

    private static func deviceSignIn(_ fields: JSONFields) throws(Failure) -> DeviceSignIn {
        DeviceSignIn(
            publicKey: try fields.bytes("public_key", count: 32), challenge: try fields.bytes("challenge"),
            signature: try fields.bytes("signature", count: 64), name: try fields.optionalName())
    }

    private static func changes(_ query: QueryFields) throws(Failure) -> Route {
        guard let from = try query.version("from") else {
            throw Failure(.badRequest, "field \"from\" is missing")
        }
        let to = try query.version("to")
        if let to, to < from { throw Failure(.badRequest, "field \"to\" must be no less than \"from\"") }
        return .changes(from: from, to: to, epoch: try query.int("epoch"))
    }
}
