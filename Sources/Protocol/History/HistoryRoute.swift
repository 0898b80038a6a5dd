/// What can be asked about a canvas's past.
public enum HistoryRoute: Hashable, Sendable {
    /// Which epochs and versions are kept.
    case overview
    /// The canvas as it stood at a moment.
    case at(HistoryMoment)
    /// The changes after a version in order, so many at most and of its epoch alone.
    case changes(after: Version, limit: Int)
}

/// A moment of a canvas's past.
public enum HistoryMoment: Hashable, Sendable {
    case version(Version)
    /// The last version made up to a time, in milliseconds since 1970.
    case time(ms: Int64)
}

/// A path of the canvas's past.
enum HistoryPlace {
    case overview, at, changes

    /// The place that a path's segments name; nil where they name none of these.
    init?(_ segments: [String]) {
        switch segments {
        case ["api", "history"]: self = .overview
        case ["api", "history", "at"]: self = .at
        case ["api", "history", "changes"]: self = .changes
        default: return nil
        }
    }

    /// What may be asked here.
    var methods: [String] { ["GET"] }

    /// The route that a request to this place means.
    func route(query: String?) throws(Failure) -> Route {
        let fields = try QueryFields(query)
        switch self {
        case .overview: return .history(.overview)
        case .at: return .history(.at(try moment(fields)))
        case .changes:
            guard let from = try fields.version("from") else {
                throw Failure(.badRequest, "field \"from\" is missing")
            }
            let limit = try fields.int("limit") ?? Limits.standardHistoryChanges
            guard (1...Limits.maxHistoryChanges).contains(limit) else {
                throw Failure(
                    .badRequest,
                    "field \"limit\" must be a whole number from 1 to \(Limits.maxHistoryChanges)")
            }
            return .history(.changes(after: from, limit: limit))
        }
    }

    private func moment(_ fields: QueryFields) throws(Failure) -> HistoryMoment {
        switch (try fields.version("version"), fields.text("time")) {
        case (let version?, nil): return .version(version)
        case (nil, let text?):
            guard let ms = Timestamp.milliseconds(rfc3339: text) else {
                throw Failure(
                    .badRequest, "field \"time\" must be a time as in RFC 3339, such as 2026-01-02T03:04:05Z")
            }
            return .time(ms: ms)
        case (nil, nil), (_?, _?):
            throw Failure(.badRequest, "one of the fields \"version\" and \"time\" is needed")
        }
    }
}

extension HistoryRoute {
    /// The request that `Route.parse` reads as this route.
    var request: RouteRequest {
        switch self {
        case .overview: .get("/api/history")
        case .at(.version(let version)): .get("/api/history/at?version=\(version)")
        case .at(.time(let ms)): .get("/api/history/at?time=\(Timestamp.text(ms: ms))")
        case .changes(let version, let limit): .get("/api/history/changes?from=\(version)&limit=\(limit)")
        }
    }
}
