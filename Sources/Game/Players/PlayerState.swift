/// Where an account stands with the canvas.
///
/// Whoever plays without a socket is called stalled: that is no state of its own, since nothing but the
/// deadline counts for them either.
public enum PlayerState: String, CaseIterable, Hashable, Sendable {
    /// Looks on; also everyone whom the server doesn't know.
    case afk
    /// Waits for a place.
    case queued
    /// Has a place.
    case playing
}

/// What can happen to an account's state.
public enum PlayerEvent: String, CaseIterable, Hashable, Sendable {
    /// It asked to play.
    case play
    /// A place is free, load allows it, and it is the first in line whose socket is open.
    case promotion
    /// It placed, undid, scored, clicked or answered.
    case action
    /// Its socket opened.
    case arrival = "socket opened"
    /// Its socket is gone.
    case departure = "socket lost"
    /// Its last game action is `idle-seconds` ago.
    case idleDeadline = "idle deadline"
    /// It has waited without a socket for `idle-seconds`.
    case absenceDeadline = "absence deadline"
    /// It asked to leave.
    case leave
    /// It was kicked or signed out, or is deleted.
    case removal
    /// The server started.
    case restart
}

extension PlayerState {
    /// The one table of transitions: the state after an event, or nil where the event can't happen in a state.
    ///
    /// `docs/architecture.md` shows it, and a test holds the two together.
    public func after(_ event: PlayerEvent) -> PlayerState? {
        switch (self, event) {
        case (.afk, .play): .queued
        case (.queued, .promotion): .playing
        case (.playing, .idleDeadline), (.playing, .leave), (.playing, .removal): .afk
        case (.queued, .absenceDeadline), (.queued, .leave), (.queued, .removal): .afk
        case (_, .restart): .afk
        case (_, .arrival), (_, .departure), (_, .leave), (_, .removal): self
        case (.queued, .play), (.playing, .play), (.playing, .action): self
        case (.afk, .promotion), (.playing, .promotion): nil
        case (.afk, .action), (.queued, .action): nil
        case (.afk, .idleDeadline), (.queued, .idleDeadline): nil
        case (.afk, .absenceDeadline), (.playing, .absenceDeadline): nil
        }
    }
}
