import Protocol

/// What can happen to the model: the person, the terminal, the server.
enum Event: Hashable, Sendable {
    case input(InputEvent)
    case resized(columns: Int, rows: Int)
    case server(Report)
    /// Time has passed: toasts end, and what is counted down goes on.
    case clock
}

/// What the connection tells, in the terms of the screen.
enum Report: Hashable, Sendable {
    case link(Link)
    case account(name: String)
    /// The name that was asked for is ours.
    case renamed(String)
    case renameRefused(Failure)
    /// A connection begins: our state, and the server's clock in milliseconds since 1970.
    case welcomed(StatusWord, serverTimeMs: Int64)
    /// A new state; while playing, with the milliseconds until idling ends it, where they are known.
    case status(PlayerStatus, idleLeftMs: Int?)
    case replaced(CanvasImage, version: Version)
    case changed([Pixel], version: Version)
    /// The answer to a placement or an undo; a request of nil answers the oldest one open.
    case placed(request: Int?, version: Version)
    case refused(request: Int?, Failure)
    /// The latest round trip; nil without a connection.
    case latency(microseconds: Int64?)
    case counts(players: Int, queued: Int)
}

/// What the model wants done; a runtime does it.
enum Command: Hashable, Sendable {
    case place(request: Int, Pixel)
    case undo(request: Int)
    case play
    case leave
    case rename(String)
    case quit
    case suspend
    case repaint
}
