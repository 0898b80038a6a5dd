/// How the client is connected.
enum Link: Hashable, Sendable {
    case idle
    case signingIn
    case connecting(attempt: Int)
    case connected
    /// Looking on by asking again and again, without a socket.
    case watching
    case waiting(attempt: Int, delayMs: Int, reason: String)
    /// Closed for good; the words say why.
    case closed(String)

    /// Whether the canvas is followed.
    var isLive: Bool {
        switch self {
        case .connected, .watching: true
        case .idle, .signingIn, .connecting, .waiting, .closed: false
        }
    }

    /// The number of the attempt under way or waited for; nil where none is.
    var attempt: Int? {
        switch self {
        case .connecting(let attempt), .waiting(let attempt, _, _): attempt
        case .idle, .signingIn, .connected, .watching, .closed: nil
        }
    }
}

extension Model {
    /// Why there is no connection and none is tried; nil where there is one, or may be soon.
    var closedWords: String? {
        if case .closed(let words) = link { words } else { nil }
    }
}

/// A connection that was lost: what is remembered until there is one again.
struct Outage: Hashable, Sendable {
    /// Why the last attempt failed, cleaned.
    var reason: String
    /// The attempt under way or waited for, from 1.
    var attempt: Int
    /// Where the player stood when the connection was lost.
    var before: PlayState
}
