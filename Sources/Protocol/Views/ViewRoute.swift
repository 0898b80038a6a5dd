/// What can be seen of the canvas without a client of its own.
public enum ViewRoute: Hashable, Sendable {
    /// `/`: for a shell the canvas and a line of words, for all others a page that says what this is.
    case home(CanvasView?)
    /// The canvas as text.
    case text(CanvasView, ifNoneMatch: String?)
    /// A stream of frames that stays open.
    case watch(CanvasView, framesPerSecond: Int)
    /// The canvas as a PNG, each cell so many pixels wide, from 2.
    case enlarged(scale: Int)
}

/// A path of what is seen without a client.
enum ViewPlace {
    case home, text, watch

    /// The place that a path's segments name; nil where they name none of these.
    init?(_ segments: [String]) {
        switch segments {
        case [""]: self = .home
        case ["ansi"]: self = .text
        case ["watch"]: self = .watch
        default: return nil
        }
    }

    /// The route that a request to this place means.
    func route(query: String?, headers: (String) -> String?) throws(Failure) -> Route {
        switch self {
        case .home:
            let isShell = headers("User-Agent").map(Self.isShell) ?? false
            return .views(.home(isShell ? try CanvasView(try QueryFields(query)) : nil))
        case .text:
            return .views(
                .text(try CanvasView(try QueryFields(query)), ifNoneMatch: headers("If-None-Match")))
        case .watch:
            let fields = try QueryFields(query)
            let rate = try fields.int("fps", in: Limits.watchFramesPerSecond)
            return .views(.watch(try CanvasView(fields), framesPerSecond: rate ?? Self.usualRate))
        }
    }

    /// Frames a second where nobody asked for a number.
    private static let usualRate = 2

    /// Whether a program of this name prints into a terminal.
    private static func isShell(_ userAgent: String) -> Bool {
        let name = userAgent.lowercased()
        return name.hasPrefix("curl") || name.hasPrefix("wget")
    }
}

extension ViewRoute {
    /// The route of `/api/canvas.png`, which shows a cell as one pixel unless its `scale` says otherwise.
    static func picture(query: String?) throws(Failure) -> Route {
        let scale = try QueryFields(query).int("scale", in: Limits.pictureScale) ?? 1
        return scale == 1 ? .canvasPNG : .views(.enlarged(scale: scale))
    }

    /// The request that `Route.parse` reads as this route.
    var request: RouteRequest {
        switch self {
        case .home(nil): .get("/")
        case .home(let view?): .get("/?\(view.query)", headers: [.init("User-Agent", "curl")])
        case .text(let view, let tag):
            .get("/ansi?\(view.query)", headers: tag.map { [.init("If-None-Match", $0)] } ?? [])
        case .watch(let view, let rate): .get("/watch?\(view.query)&fps=\(rate)")
        case .enlarged(let scale): .get("/api/canvas.png?scale=\(scale)")
        }
    }
}
