/// Calling a person who may look elsewhere.
extension Model {
    /// Whether the person waits in the queue, or did before the connection was lost.
    var waitsForTurn: Bool { play.isQueued || returning?.isQueued ?? false }

    /// The call to whoever waited and plays now: the place is free again for others if they don't come.
    ///
    /// A bell is short and always rings; a notification is for whoever doesn't look at the terminal.
    func alert(after hasWaited: Bool) -> [Command] {
        guard hasWaited, play.isPlaying else { return [] }
        switch settings.alert {
        case .none: return []
        case .bell: return [.bell]
        // Not all terminals have notifications, so the bell rings, too.
        case .desktop: return isFocused == true ? [] : [.notify("It is your turn to play"), .bell]
        }
    }
}
