/// What a measured step of the engine does.
enum StepKind: String, CaseIterable, Codable {
    /// Someone asks to play and is queued behind all others.
    case play
    /// Someone leaves from the middle of the line.
    case leave
    /// A player places a pixel.
    case place
    /// A player's or waiting account's socket goes and the next one comes: two inputs.
    case reconnect
    /// A player leaves, and the first in line gets the place.
    case promotion
    /// A socket says it is there.
    case heartbeat
    /// A sign-in's next pair of tokens is asked for.
    case refresh
    /// A planned wake-up that ends someone's play by idling, and lets the next one in.
    case idling = "wake, idling"
    /// A commit has become durable.
    case committed = "(committed)"
    /// A planned wake-up that tells positions to those in line.
    case positions = "(wake, positions)"
    /// A planned wake-up that finds that nothing has come to its end, or starts a commit.
    case look = "(wake, other)"

    /// The kinds of which every round has one each; the others come by themselves and count apart.
    static let mixed: [StepKind] = [
        .play, .leave, .place, .reconnect, .promotion, .heartbeat, .refresh, .idling,
    ]
}
