/// What moderators and admins can ask about the canvas itself.
public enum AdminCanvasRoute: Hashable, Sendable {
    /// No sides: the same size again.
    case newGame(width: Int?, height: Int?)
    case rollbacks
    case rollBack(RollbackOrder)
    case undoRollback(Int)
    case protectedAreas
    case protect(CanvasBox, note: String)
    case unprotect(Int)

    /// The command that it is.
    var command: HostCommand {
        switch self {
        case .newGame(let width, let height): .newGame(width: width, height: height)
        case .rollbacks: .rollbacks
        case .rollBack(let order): .rollback(order)
        case .undoRollback(let id): .undoRollback(id: id)
        case .protectedAreas: .protectedAreas
        case .protect(let box, let note): .protect(box, note: note)
        case .unprotect(let id): .unprotect(id: id)
        }
    }

    /// What it is answered with.
    var answer: HostAnswer.Kind {
        switch self {
        case .newGame, .protect, .unprotect: .done
        case .rollbacks: .rollbacks
        case .rollBack, .undoRollback: .rollback
        case .protectedAreas: .protectedAreas
        }
    }

    /// The request that `Route.parse` reads as this route.
    var request: RouteRequest {
        switch self {
        case .newGame(let width, let height):
            .post("/api/admin/new_game") {
                $0.optional("width", width)
                $0.optional("height", height)
            }
        case .rollbacks: .get("/api/admin/rollbacks")
        case .rollBack(let order): .post("/api/admin/rollbacks") { order.write(to: &$0) }
        case .undoRollback(let id): .post("/api/admin/rollbacks/\(id)/undo")
        case .protectedAreas: .get("/api/admin/protected_areas")
        case .protect(let box, let note):
            .post("/api/admin/protected_areas") {
                $0.box(box)
                $0.field("note", note)
            }
        case .unprotect(let id):
            RouteRequest(method: "DELETE", target: "/api/admin/protected_areas/\(id)")
        }
    }
}

/// A path of what moderators and admins can ask about the canvas itself.
enum AdminCanvasPlace {
    case newGame, rollbacks, protectedAreas
    case undo(Int)
    case protectedArea(Int)

    /// The place that a path's segments name, without `api` and `admin`; nil where they name none of these.
    init?(_ segments: ArraySlice<String>) throws(RouteFailure) {
        switch (segments.count, segments.first, segments.last) {
        case (1, "new_game", _): self = .newGame
        case (1, "rollbacks", _): self = .rollbacks
        case (1, "protected_areas", _): self = .protectedAreas
        case (3, "rollbacks", "undo"):
            self = .undo(try Self.number(segments[segments.startIndex + 1], "rollback"))
        case (2, "protected_areas", let id?): self = .protectedArea(try Self.number(id, "protected area"))
        default: return nil
        }
    }

    private static func number(_ text: String, _ what: String) throws(RouteFailure) -> Int {
        guard let number = Int(text), number > 0, String(number) == text else {
            throw RouteFailure(Failure(.notFound, "there is no such \(what)"))
        }
        return number
    }

    /// What may be asked here.
    var methods: [String] {
        switch self {
        case .newGame, .undo: ["POST"]
        case .rollbacks, .protectedAreas: ["GET", "POST"]
        case .protectedArea: ["DELETE"]
        }
    }

    /// The route that a request to this place means.
    func route(method: String, body: [UInt8]) throws(Failure) -> AdminCanvasRoute {
        switch self {
        case .newGame:
            let fields = try JSONFields(body.isEmpty ? Array("{}".utf8) : body)
            let (width, height) = (try fields.optionalInt("width"), try fields.optionalInt("height"))
            guard (width == nil) == (height == nil) else {
                throw Failure(.badRequest, "fields \"width\" and \"height\" go together")
            }
            if width != nil { _ = try fields.canvasSize() }
            return .newGame(width: width, height: height)
        case .rollbacks:
            return method == "GET" ? .rollbacks : .rollBack(try RollbackOrder(try JSONFields(body)))
        case .undo(let id): return .undoRollback(id)
        case .protectedAreas:
            guard method != "GET" else { return .protectedAreas }
            let fields = try JSONFields(body)
            let note =
                try fields.optionalString("note")?.isEmpty == false
                ? try fields.printable("note", max: Limits.maxAreaNoteCharacters) : ""
            return .protect(try fields.box(), note: note)
        case .protectedArea(let id): return .unprotect(id)
        }
    }
}
