/// A path of what stands beside the games: skins, ads, feedback.
enum ServicePlace {
    case skins, colors, wornSkin, nextAd, feedback
    case purchase(SkinID)
    case completeAd(Identifier)

    /// The place that a path's segments name; nil where they name none of these.
    ///
    /// Throws `not_found` for a skin or an impression that can't exist.
    init?(_ segments: [String]) throws(RouteFailure) {
        switch (segments.count, segments.first, segments.dropFirst().first) {
        case (2, "api", "skins"): self = .skins
        case (2, "api", "base_colors"): self = .colors
        case (2, "api", "feedback"): self = .feedback
        case (3, "api", "me") where segments[2] == "skin": self = .wornSkin
        case (3, "api", "ads") where segments[2] == "next": self = .nextAd
        case (4, "api", "skins") where segments[3] == "purchase":
            guard let skin = SkinID(rawValue: segments[2]) else { throw Self.missing("skin") }
            self = .purchase(skin)
        case (4, "api", "ads") where segments[3] == "complete":
            guard let impression = Identifier(segments[2]) else { throw Self.missing("impression") }
            self = .completeAd(impression)
        default: return nil
        }
    }

    private static func missing(_ what: String) -> RouteFailure {
        RouteFailure(Failure(.notFound, "there is no such \(what)"))
    }

    /// What may be asked here.
    var methods: [String] {
        switch self {
        case .skins: ["GET", "POST"]
        case .colors, .nextAd: ["GET"]
        case .wornSkin: ["PUT"]
        case .purchase, .completeAd, .feedback: ["POST"]
        }
    }

    /// The route that a request to this place means.
    func route(method: String, query: String?, body: [UInt8]) throws(Failure) -> Route {
        switch self {
        case .skins: return .skins(method == "GET" ? .list : .install(body))
        case .colors: return .skins(.colors)
        case .purchase(let skin): return .skins(.purchase(skin))
        case .wornSkin:
            let fields = try JSONFields(body)
            guard fields.names.contains("skin") else {
                throw Failure(.badRequest, "field \"skin\" is missing")
            }
            return .skins(.wear(fields.has("skin") ? try fields.skinID("skin") : nil))
        case .nextAd:
            guard let text = try QueryFields(query).text("page") else {
                throw Failure(.badRequest, "field \"page\" is missing")
            }
            guard let page = AdPage(rawValue: text) else {
                throw Failure(.badRequest, "field \"page\" must be 1 to 32 of a to z and _")
            }
            return .ads(.next(before: page))
        case .completeAd(let impression): return .ads(.complete(impression))
        case .feedback:
            guard let message = FeedbackMessage(try JSONFields(body).string("message")) else {
                throw Failure(
                    .badRequest, "field \"message\" must be 1 to \(Limits.maxFeedbackCharacters) characters")
            }
            return .feedback(message)
        }
    }
}

extension SkinRoute {
    /// The request that `Route.parse` reads as this route.
    var request: RouteRequest {
        switch self {
        case .list: .get("/api/skins")
        case .colors: .get("/api/base_colors")
        case .purchase(let skin): .post("/api/skins/\(skin.rawValue)/purchase")
        case .wear(let skin):
            .json("PUT", "/api/me/skin") {
                if let skin { $0.field("skin", skin.rawValue) } else { $0.null("skin") }
            }
        case .install(let json):
            RouteRequest(
                method: "POST", target: "/api/skins",
                headers: [RouteRequest.Header("Content-Type", "application/json")], body: json)
        }
    }
}

extension AdRoute {
    /// The request that `Route.parse` reads as this route.
    var request: RouteRequest {
        switch self {
        case .next(let page): .get("/api/ads/next?page=\(page.rawValue)")
        case .complete(let impression): .post("/api/ads/\(impression)/complete")
        }
    }
}
