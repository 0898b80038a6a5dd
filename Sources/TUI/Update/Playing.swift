/// Coming into the game and leaving it, as the person asks for them.
extension Model {
    mutating func askToPlay(nowMs: Int64) -> [Command] {
        guard purpose == .play else {
            say("Watching: start `pixelwars play` to paint", .warning, nowMs: nowMs)
            return []
        }
        switch play {
        case .playing, .queued, .asking: return []
        case .unknown, .afk, .spectator:
            play = .asking
            isNoticeSmall = false
            return [.play]
        }
    }

    /// Gives the place in the game or in the queue up, at the second press: it can't be had back.
    mutating func leave(nowMs: Int64) -> [Command] {
        guard link.isLive, play.isPlaying || play.isQueued else {
            say("You have no place to leave", .warning, nowMs: nowMs)
            return []
        }
        guard leaveUntilMs != nil else {
            leaveUntilMs = nowMs + Toast.lifetimeMs
            let key = bindings.label(of: .leave, in: keyScene) ?? "That"
            say(
                play.isQueued ? "\(key) again leaves the queue" : "\(key) again gives your place up",
                .warning,
                nowMs: nowMs)
            return []
        }
        leaveUntilMs = nil
        toast = nil
        isLeaving = true
        return [.leave]
    }
}
