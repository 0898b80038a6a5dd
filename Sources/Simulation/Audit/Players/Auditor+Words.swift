import Engine
import Protocol

/// What anyone is told about states is true when it is told.
extension Auditor {
    /// Checks every status among effects; one that answers something may come at any pace.
    mutating func checkStatuses(_ effects: [Effect], isReply: Bool) {
        for case .send(let id, let envelope) in effects {
            guard case .status(let status) = envelope.message else { continue }
            check(status, to: id, isPush: !isReply && envelope.replyTo == nil)
        }
    }

    /// Checks the word that a new socket is welcomed with: where its account stands before it asks for anything.
    mutating func checkWelcome(_ id: ConnectionID, _ identity: Identity, _ effects: [Effect]) {
        let word = identity.account.map(players.word(of:)) ?? .spectator
        for case .send(id, let envelope) in effects {
            guard case .welcome(let welcome) = envelope.message else { continue }
            blame(
                unless(
                    welcome.status == word, .trueWords,
                    "\(identity.id) is welcomed as \(welcome.status), not \(word)"))
        }
    }

    private mutating func check(_ status: PlayerStatus, to id: ConnectionID, isPush: Bool) {
        // What goes to a socket that the step has closed was said before that.
        guard let socket = sockets[id] else { return }
        guard let account = socket.account else {
            blame(unless(status == .afk, .trueWords, "a guest is told \(status)"))
            return
        }
        switch status {
        case .afk:
            blame(unless(players.word(of: account) == .afk, .trueWords, "\(account) is told that it is afk"))
        case .queued(let position, let sinceMs):
            let index = (players.position(of: account) ?? 0) - 1
            blame(
                unless(
                    index + 1 == position, .truePositions, "\(account) is told \(position), not \(index + 1)")
            )
            guard index >= 0 else { return }
            blame(
                unless(
                    players.line[index].sinceMs == sinceMs, .truePositions,
                    "\(account) is told that it waits since \(sinceMs)"))
            told.tell(
                account, position: position, isPush: isPush, atUs: verdict.nowUs, into: &verdict)
        case .playing(let deadlineMs):
            let movedMs = verdict.now.wallMs + players.idleUs / 1000
            // Who acted a moment ago is told of that, whatever came of this step: where everyone stands tells.
            let isMoved = players.deadlines[account].map {
                verdict.nowUs + players.idleUs - $0 > ToldLaw.roundingUs
            }
            if players.mayAct.contains(account), isMoved == true,
                let deadlineMs, abs(deadlineMs - movedMs) <= 2
            {
                players.act(account, atUs: verdict.nowUs)
            }
            guard let deadlineUs = players.deadlines[account] else {
                blame(unless(false, .trueWords, "\(account) is told that it plays"))
                return
            }
            let trueMs = verdict.now.wallMs + (deadlineUs - verdict.nowUs) / 1000
            // Both clocks are rounded, and an unmoved deadline is told as the same number.
            let isTrue = deadlineMs.map { abs($0 - trueMs) <= 2 } ?? false
            blame(unless(isTrue, .trueDeadlines, "\(account) is told another deadline"))
            told.tell(account, deadlineUs: deadlineUs)
        }
    }

    /// Checks what a call that only reads was told of states and names.
    mutating func checkRead(_ route: Route, _ answer: Answer, _ identity: Identity?) {
        switch answer {
        case .me(let me):
            guard let identity else {
                blame(unless(false, .families, "a sign-in that is over was told who it is"))
                return
            }
            let isGuest = if case .guest = identity.kind { true } else { false }
            let word = isGuest ? .spectator : players.word(of: identity.id)
            blame(unless(me.status == word, .trueWords, "\(identity.id) is \(word), not \(me.status)"))
            let name = signIns.head.name(of: identity)
            blame(unless(me.account.name == name, .profiles, "\(identity.id) is called \(me.account.name)"))
        case .canvas(let canvas):
            blame(
                unless(
                    canvas.players == players.deadlines.count && canvas.queued == players.line.count,
                    .trueWords,
                    "\(canvas.players) play and \(canvas.queued) wait, it is said"))
        default: break
        }
    }
}
