extension RelayEvent {
    /// The message's `type`.
    var typeName: String {
        switch kind {
        case .state: "relay_state"
        case .started: "relay_started"
        case .assigned: "puzzle_assigned"
        case .solved: "puzzle_solved"
        case .failed: "puzzle_failed"
        case .pointsChanged: "points_changed"
        case .eliminated: "player_eliminated"
        case .teamStatus: "team_status"
        case .ended: "relay_ended"
        }
    }

    /// `relay_id`, and what belongs to the kind.
    func write(to json: inout JSONWriter) {
        json.field("relay_id", relay.description)
        switch kind {
        case .state(let view, let puzzle):
            view.writeWithoutID(to: &json)
            if let puzzle { json.field("puzzle", puzzle) }
        case .started(let view):
            view.writeWithoutID(to: &json)
        case .assigned(let account, let puzzle):
            json.field("account", account)
            json.field("puzzle", puzzle)
        case .solved(let account, let puzzle, let worth, let next):
            json.field("account", account)
            json.field("puzzle_id", puzzle.description)
            json.field("worth", worth)
            json.field("awarded_to", next)
        case .failed(let account, let puzzle, let penalty):
            json.field("account", account)
            json.field("puzzle_id", puzzle.description)
            json.field("penalty", penalty)
        case .pointsChanged(let reason, let players, let leftMs):
            json.field("reason", reason.rawValue)
            json.field("players", players)
            json.field("left_ms", leftMs)
        case .eliminated(let account):
            json.field("account", account)
        case .teamStatus(let status, let players):
            json.field("status", status.rawValue)
            json.field("players", players)
        case .ended(let reason, let players, let awards):
            json.field("reason", reason.rawValue)
            json.field("players", players)
            json.field("awards", awards)
        }
    }

    /// Reads what `write` writes for a `type`; nil for a type that is no event of a relay.
    static func read(_ type: String, _ fields: JSONFields) throws(Failure) -> RelayEvent? {
        let kind: Kind
        switch type {
        case "relay_state":
            kind = .state(
                try RelayView(fields),
                puzzle: fields.has("puzzle") ? try PuzzleView(fields.object("puzzle")) : nil)
        case "relay_started": kind = .started(try RelayView(fields))
        case "puzzle_assigned":
            kind = .assigned(to: try fields.account(), try PuzzleView(fields.object("puzzle")))
        case "puzzle_solved":
            kind = .solved(
                by: try fields.account(), puzzle: try fields.identifier("puzzle_id"),
                worth: try fields.gameCount("worth"), awardedTo: try fields.account("awarded_to"))
        case "puzzle_failed":
            kind = .failed(
                by: try fields.account(), puzzle: try fields.identifier("puzzle_id"),
                penalty: try fields.gameCount("penalty"))
        case "points_changed":
            guard let reason = PointsReason(rawValue: try fields.string("reason")) else {
                throw fields.refusal("reason", "decay, award or penalty")
            }
            kind = .pointsChanged(
                reason, try fields.parts("players"), leftMs: try fields.gameCount("left_ms"))
        case "player_eliminated": kind = .eliminated(try fields.account())
        case "team_status": kind = .teamStatus(try fields.relayStatus(), try fields.parts("players"))
        case "relay_ended": kind = try ended(fields)
        default: return nil
        }
        return RelayEvent(relay: try fields.identifier("relay_id"), kind)
    }

    private static func ended(_ fields: JSONFields) throws(Failure) -> Kind {
        guard let reason = RelayEndReason(rawValue: try fields.string("reason")) else {
            throw fields.refusal("reason", "last_standing, all_out or time")
        }
        return .ended(reason, try fields.parts("players"), awards: try fields.parts("awards"))
    }
}

extension RelayAward: JSONPart {
    func write(to json: inout JSONWriter) {
        json.field("account", account)
        json.field("profile_points", profilePoints)
    }

    init(_ fields: JSONFields) throws(Failure) {
        self.init(account: try fields.account(), profilePoints: try fields.gameCount("profile_points"))
    }
}
