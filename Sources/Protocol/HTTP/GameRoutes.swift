/// A path of the click game, of relays or of a leaderboard, with what it carries.
enum GamePlace {
    case pushClicks, currentGame, games, relays
    case contributions(Identifier)
    case join(RelayReference)
    case start(Identifier)
    case puzzles(Identifier)
    case puzzle(Identifier)
    case answer(Identifier)
    case points(Identifier)
    case decay(Identifier)
    case leaderboard(Board)
    case room(Identifier)

    /// The place that a path's segments name; nil where they name none of these.
    ///
    /// Throws `not_found` for a relay, a game or a board that can't exist.
    init?(_ segments: [String]) throws(RouteFailure) {
        switch (segments.count, segments.first, segments.dropFirst().first) {
        case (2, "api", "push_clicks"): self = .pushClicks
        case (2, "api", "click_games"): self = .games
        case (2, "api", "relays"): self = .relays
        case (3, "api", "click_games") where segments[2] == "current": self = .currentGame
        case (4, "api", "click_games") where segments[3] == "contributions":
            self = .contributions(try Self.identifier(segments[2], "click game"))
        case (3, "api", "leaderboards"):
            guard let board = Board(rawValue: segments[2]) else { throw Self.missing("leaderboard") }
            self = .leaderboard(board)
        case (3, "ws", "game"): self = .room(try Self.identifier(segments[2], "relay"))
        case (4, "api", "relays") where segments[3] == "join":
            guard let reference = RelayReference(segments[2]) else { throw Self.missing("relay") }
            self = .join(reference)
        case (4, "api", "relays"):
            guard let place = Self.relayPlaces[segments[3]] else { return nil }
            self = place(try Self.identifier(segments[2], "relay"))
        case (5, "api", "relays") where segments[3] == "puzzle" && segments[4] == "answer":
            self = .answer(try Self.identifier(segments[2], "relay"))
        default: return nil
        }
    }

    private static let relayPlaces: [String: @Sendable (Identifier) -> GamePlace] = [
        "start": { .start($0) }, "puzzles": { .puzzles($0) }, "puzzle": { .puzzle($0) },
        "points": { .points($0) }, "decay": { .decay($0) },
    ]

    private static func identifier(_ text: String, _ what: String) throws(RouteFailure) -> Identifier {
        guard let id = Identifier(text) else { throw missing(what) }
        return id
    }

    private static func missing(_ what: String) -> RouteFailure {
        RouteFailure(Failure(.notFound, "there is no such \(what)"))
    }

    /// What may be asked here.
    var methods: [String] {
        switch self {
        case .relays: ["GET", "POST"]
        case .pushClicks, .games, .join, .start, .puzzles, .answer, .decay: ["POST"]
        case .currentGame, .contributions, .puzzle, .points, .leaderboard, .room: ["GET"]
        }
    }

    /// The route that a request to this place means.
    func route(method: String, query: String?, body: [UInt8]) throws(Failure) -> Route {
        switch self {
        case .pushClicks:
            let fields = try JSONFields(body)
            return .clicks(
                .push(
                    try ClickPush(fields, needsBatchID: false),
                    anonToken: try fields.optionalString("anon_token")))
        case .currentGame: return .clicks(.current)
        case .contributions(let game): return .clicks(.contributions(game: game))
        case .games: return .clicks(.schedule(try ClickGameOrder(JSONFields(body))))
        case .relays where method == "GET": return .relays(.list)
        case .relays:
            return .relays(.create(try RelayOptions(JSONFields(body.isEmpty ? Array("{}".utf8) : body))))
        case .join(let reference): return .relays(.join(reference))
        case .start(let relay): return .relays(.start(relay))
        case .puzzles(let relay): return .relays(.newPuzzle(relay))
        case .puzzle(let relay): return .relays(.puzzle(relay))
        case .answer(let relay): return .relays(.answer(relay, try PuzzleAttempt(JSONFields(body))))
        case .points(let relay): return .relays(.points(relay))
        case .decay(let relay): return .relays(.decay(relay))
        case .leaderboard(let board):
            let text = try QueryFields(query).text("period") ?? BoardPeriod.all.rawValue
            guard let period = BoardPeriod(rawValue: text) else {
                throw Failure(.badRequest, "field \"period\" must be day, week or all")
            }
            return .leaderboard(board, period)
        case .room(let relay):
            return .webSocket(play: try QueryFields(query).flag("play"), relay: relay)
        }
    }
}

extension ClickRoute {
    /// The request that `Route.parse` reads as this route.
    var request: RouteRequest {
        switch self {
        case .push(let push, let anonToken):
            .post("/api/push_clicks") {
                push.write(to: &$0)
                $0.optional("anon_token", anonToken)
            }
        case .current: .get("/api/click_games/current")
        case .contributions(let game): .get("/api/click_games/\(game)/contributions")
        case .schedule(let order): .post("/api/click_games") { order.write(to: &$0) }
        }
    }
}

extension RelayRoute {
    /// The request that `Route.parse` reads as this route.
    var request: RouteRequest {
        switch self {
        case .list: .get("/api/relays")
        case .create(let options): .post("/api/relays") { options.write(to: &$0) }
        case .join(let reference): .post("/api/relays/\(reference)/join")
        case .start(let relay): .post("/api/relays/\(relay)/start")
        case .newPuzzle(let relay): .post("/api/relays/\(relay)/puzzles")
        case .puzzle(let relay): .get("/api/relays/\(relay)/puzzle")
        case .answer(let relay, let attempt):
            .post("/api/relays/\(relay)/puzzle/answer") { attempt.write(to: &$0) }
        case .points(let relay): .get("/api/relays/\(relay)/points")
        case .decay(let relay): .post("/api/relays/\(relay)/decay")
        }
    }
}
