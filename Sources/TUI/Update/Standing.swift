import Protocol

/// Where the player stands: what the server and the connection say of it.
extension Model {
    mutating func take(_ link: Link, nowMs: Int64) {
        let wasLive = self.link.isLive
        // The server's words, and those of the network, go no further as they came.
        if case .closed(let words) = link {
            self.link = .closed(PlayerName.displayed(words))
        } else {
            self.link = link
        }
        linkSinceMs = nowMs
        if wasLive, !link.isLive { forgetConnection() }
        switch link {
        case .waiting(let attempt, _, let reason):
            if outage == nil { isNoticeSmall = false }
            let before = outage?.before ?? play
            outage = Outage(reason: PlayerName.displayed(reason), attempt: attempt, before: before)
            forgetPlace()
        case .connecting(let attempt): outage?.attempt = attempt
        case .connected, .watching:
            if let outage {
                // Who never saw the canvas comes back to nothing.
                returning = canvas == nil ? nil : outage.before
                self.outage = nil
            }
            // Without a socket no word about the state will come.
            if link == .watching, let before = returning { greet(from: before, nowMs: nowMs) }
        case .closed:
            outage = nil
            if play == .asking { play = .unknown }
            forgetPlace()
        case .idle, .signingIn: break
        }
    }

    /// What was true of the connection alone.
    private mutating func forgetConnection() {
        latencyUs = nil
        counts = nil
        // The replica brings what was made durable; the rest was never promised.
        pending.removeAll()
        undos.removeAll()
        returning = nil
        serverAheadMs = nil
        isLeaving = false
        leaveUntilMs = nil
        if case .name(var prompt) = overlay, prompt.isAsking {
            prompt.refuse("The connection was lost")
            overlay = .name(prompt)
        }
    }

    /// A place in the game or in the queue may be gone by the time of the next word.
    private mutating func forgetPlace() {
        if play.isPlaying || play.isQueued { play = .unknown }
    }

    // MARK: Words of the server

    /// The state that a new connection begins with; what belongs to it is told by a status behind it.
    mutating func welcome(_ status: StatusWord, serverTimeMs: Int64, nowMs: Int64) {
        let (ahead, overflow) = serverTimeMs.subtractingReportingOverflow(nowMs)
        let isPlausible = (0...Limits.lastMomentMs).contains(serverTimeMs)
        serverAheadMs = overflow || !isPlausible ? nil : ahead
        switch status {
        case .playing, .stalled: enter(.playing(nil), nowMs: nowMs)
        case .queued: break
        case .spectator: enter(.spectator, nowMs: nowMs)
        case .afk:
            // The answer to having asked for a place is yet to come.
            if play != .asking { enter(.afk(hasLeft: false), nowMs: nowMs) }
        }
    }

    mutating func take(_ status: PlayerStatus, idleLeftMs: Int?, nowMs: Int64) {
        switch status {
        case .afk:
            let hasLeft = if case .afk(let hasLeft) = play { hasLeft } else { isLeaving }
            enter(.afk(hasLeft: hasLeft), nowMs: nowMs)
            isLeaving = false
        case .queued(let position, let joinedServerMs):
            enter(.queued(wait(position, joinedServerMs, nowMs: nowMs)), nowMs: nowMs)
        case .playing:
            enter(.playing(idleLeftMs.map { IdleLimit(leftMs: $0, nowMs: nowMs) }), nowMs: nowMs)
        }
    }

    /// The wait that is known already, moved on, or a new one.
    private func wait(_ position: Int, _ joinedServerMs: Int64, nowMs: Int64) -> QueueWait {
        for known in [play, returning] {
            guard case .queued(var wait) = known, wait.joinedServerMs == joinedServerMs else { continue }
            wait.move(to: position, nowMs: nowMs)
            return wait
        }
        let since = serverAheadMs.map { joinedServerMs.subtractingReportingOverflow($0) }
        return QueueWait(
            position: position, joinedServerMs: joinedServerMs,
            sinceMs: since.flatMap { $0.overflow ? nil : $0.partialValue }, nowMs: nowMs)
    }

    private mutating func enter(_ state: PlayState, nowMs: Int64) {
        let before = play
        play = state
        if !state.isAlike(before) {
            isNoticeSmall = false
            leaveUntilMs = nil
        }
        if let before = returning {
            greet(from: before, nowMs: nowMs)
        } else if state.isPlaying, before.isQueued || before == .asking {
            celebrate(nowMs: nowMs)
        }
    }

    private mutating func celebrate(nowMs: Int64) {
        toast = Toast(
            words: Words("You are playing"), kind: .celebration, untilMs: nowMs + Toast.celebrationMs)
    }

    /// After a lost connection: what the player came back to.
    private mutating func greet(from before: PlayState, nowMs: Int64) {
        returning = nil
        switch (before, play) {
        case (.playing, .playing): say("Back: still playing", .news, nowMs: nowMs)
        case (_, .playing): celebrate(nowMs: nowMs)
        case (.queued, .queued(let wait)):
            say("Back: still \(Spelled.ordinal(wait.position)) in line", .news, nowMs: nowMs)
        case (.afk, .afk): say("Back: still AFK", .news, nowMs: nowMs)
        case (_, .afk): say("Back: you are AFK", .warning, nowMs: nowMs)
        case (_, .unknown), (_, .spectator): say("Back: watching", .news, nowMs: nowMs)
        case (_, .queued), (_, .asking): break
        }
    }

    // MARK: Idling

    /// An own change counts as a game action: what was told of the deadline before it holds no more.
    mutating func countAction(sentMs: Int64?) {
        guard let sentMs, case .playing(let limit?) = play, limit.toldMs <= sentMs else { return }
        play = .playing(nil)
    }

    /// Seconds until idling ends play, in the last ones.
    var secondsToAFK: Int? {
        guard case .playing(let limit?) = play else { return nil }
        return limit.secondsLeft(nowMs: clockMs)
    }
}
