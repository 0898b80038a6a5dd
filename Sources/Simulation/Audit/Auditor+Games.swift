import Engine
import Game
import Protocol

/// Where games touch what else is looked at: records, inputs and effects find their laws here.
extension Auditor {
    /// Takes a record of games; false for any other.
    mutating func keepGame(_ record: Record) -> Bool {
        switch record {
        case .clickGame(let game): keep(game)
        case .clickPush(let push): keep(push)
        case .relay(let relay): keep(relay)
        case .puzzle(let puzzle): relays.keep(puzzle)
        case .score(let score): points.add(score)
        case .clickContributions: break
        case .account, .change, .session, .sessionEnded, .presence, .presencesCleared, .presenceEnded, .guest,
            .guestEnded, .flag, .snapshot, .epoch, .points, .run, .skin, .skinOwned, .impression, .feedback,
            .flagsCleared, .audit, .rollback, .protection, .knob, .telegram:
            return false
        }
        return true
    }

    /// A whole commit was kept: whoever earned something was paid.
    mutating func settlePoints() {
        let durable = signIns.durable
        points.settle(
            clicks, relays, isGone: { durable.accounts[$0]?.isDeleted != false }, into: &verdict)
    }

    /// Notes what an input asks of games, before it is looked at what it led to.
    mutating func note(_ input: Input) {
        switch input {
        case .request(let id, let route, let caller, let proofs): note(route, id, caller, proofs)
        case .opened(let id, let identity, _, _, _): relays.accounts[id] = identity.account
        case .message(let id, let envelope):
            guard case .pushClicks(let push) = envelope.message, let number = envelope.id,
                let socket = sockets[id]
            else { return }
            ask(push, from: .socket(id, id: number), session: socket.session, account: socket.account)
        case .drawn(let id, _, _):
            if let account = sockets[id]?.account { players.mayAct.insert(account) }
        case .closed(let id): relays.drop(id)
        case .committed:
            clicks.show()
            relays.show()
        case .commitFailed:
            clicks.pace.forget()
            relays.idled = []
            services.rollBack()
            flags.retry()
        case .queryAnswered(_, .clickHistory), .queryAnswered(_, .clickPush):
            for call in clicks.calls.values {
                if let account = call.account { players.mayAct.insert(account) }
            }
        default: break
        }
    }

    /// Notes a call about games and what stands beside them.
    mutating func note(_ route: Route, _ id: RequestID, _ caller: Caller, _ proofs: EdgeProofs?) {
        var identity: Identity?
        if case .valid(let proved) = caller.credential, signIns.head.accepts(proved) { identity = proved }
        note(id, route, identity, proofs)
        switch route {
        case .clicks(.push(let push, _)):
            guard let identity else { return }
            ask(push, from: .request(id), session: identity.sessionID, account: identity.account)
        case .relays(let route):
            relays.calls[id] = RelayModel.Call(route: route, account: identity?.account)
            if case .answer = route, let account = identity?.account { players.mayAct.insert(account) }
        default: break
        }
    }

    /// Looks at everything that is said of games and what stands beside them.
    mutating func watch(_ effects: [Effect]) {
        watchFlags(effects)
        watchOrders(effects)
        for effect in effects {
            switch effect {
            case .publish(.clicks(lane: _), .clickTotals(let view)): publish(totals: view)
            case .publish(.relay, .relay(let event)): publish(event)
            case .publishToOthers(.relay, .relay(let event), let one): publish(event, except: one)
            case .subscribe(let id, .relay(let relay)): enter(id, relay)
            case .unsubscribe(let id, .relay(let relay)): leave(id, relay)
            case .close(let id, _): relays.drop(id)
            case .send(let id, let envelope): watch(envelope, on: id)
            case .respond(let id, let answer): watch(answer, to: id)
            case .answerHost(let call, let answer): watch(answer, to: call)
            default: break
            }
        }
    }

    private mutating func watch(_ envelope: ServerEnvelope, on id: ConnectionID) {
        switch envelope.message {
        case .relay(let event): send(event, to: id)
        case .runEnded(let result): receive(result, on: id)
        case .clicksAccepted(let receipt, let batchID):
            receive(receipt, batchID: batchID, by: .socket(id, id: envelope.replyTo ?? -1))
        case .error(let failure):
            if let replyTo = envelope.replyTo { refuse(failure, .socket(id, id: replyTo)) }
        default: break
        }
    }

    private mutating func watch(_ answer: Answer, to id: RequestID) {
        self.answer(id, answer)
        switch answer {
        case .leaderboard(let board): check(board)
        case .clicks(let receipt): receive(receipt, batchID: nil, by: .request(id))
        case .clickGame(let game, let isNew): if !isNew { check(game.view) }
        case .failure(let failure): refuse(failure, .request(id))
        default: break
        }
        if let call = relays.calls.removeValue(forKey: id) { check(answer, to: call) }
    }
}
