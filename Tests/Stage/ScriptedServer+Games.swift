package import Protocol
import Transport

// The click game and the one relay.
extension ScriptedServer {
    /// Tells everyone in the relay's room; what a puzzle is about, only its player.
    package func tellRoom(_ events: [RelayEvent]) {
        for event in events {
            var event = event
            if case .assigned(let player, let puzzle) = event.kind, player.id != account.id {
                event.kind = .assigned(to: player, puzzle.withoutData)
            }
            for socket in sockets where socket.isOpen && members.contains(ObjectIdentifier(socket)) {
                send(ServerEnvelope(.relay(event)), to: socket)
            }
        }
    }

    /// Changes the relay, if there is one, and tells its room.
    package func inRelay(_ change: (inout ScriptedRelay) -> [RelayEvent]) {
        guard var relay else { return }
        let events = change(&relay)
        self.relay = relay
        tellRoom(events)
    }

    func answerAboutGames(_ route: Route) throws(Failure) -> HTTPResponse {
        switch route {
        case .clicks(.current):
            return Self.json(
                ClickGameAnswer(view: clicks.view, clickPushRateSeconds: clicks.pushRateSeconds))
        case .leaderboard(let board, let period):
            let entry = LeaderboardAnswer.Entry(rank: 1, account: account, score: 1234)
            return Self.json(LeaderboardAnswer(board: board, period: period, entries: [entry]))
        default: throw Failure(.notFound, "not scripted")
        }
    }

    func answer(_ route: RelayRoute) throws(Failure) -> HTTPResponse {
        if case .list = route { return Self.json(RelayView.json(relay.map { [$0.view] } ?? [])) }
        if case .create(let options) = route {
            let relay = ScriptedRelay(creator: account, options: options)
            self.relay = relay
            return Self.json(relay.view)
        }
        guard var relay else { throw Failure(.notFound, "there is no such relay") }
        defer { self.relay = relay }
        switch route {
        case .join:
            tellRoom([relay.add(account)])
            return Self.json(relay.view)
        case .start:
            guard relay.view.status == .waiting else { throw Failure(.relayStarted, "it has started") }
            tellRoom(relay.start())
            return Self.json(relay.view)
        case .newPuzzle: throw Failure(.puzzleOpen, "there is one")
        case .puzzle:
            guard let puzzle = relay.puzzle(of: account.id) else { throw Failure(.noPuzzle, "there is none") }
            return Self.json(puzzle)
        case .points: return Self.json(RelayPlayer.json(relay.players))
        case .list, .create, .answer, .decay: throw Failure(.notFound, "not scripted")
        }
    }

    /// The answer; nil for silence.
    func answerInGame(_ message: ClientMessage, from socket: WebSocket) -> ServerMessage? {
        switch message {
        case .pushClicks(let push): return clicks.push(push)
        case .join(let relay):
            guard let known = self.relay, known.view.relay == relay else {
                return .error(Failure(.notFound, "there is no such relay"))
            }
            members.insert(ObjectIdentifier(socket))
            return .relay(known.state(for: account.id))
        case .leaveRoom:
            members.remove(ObjectIdentifier(socket))
            return .ok
        case .answer(_, let attempt):
            do throws(Failure) {
                tellRoom(try relay?.answer(attempt, by: account) ?? [])
                return .ok
            } catch { return .error(error) }
        case .play, .leave, .heartbeat, .authenticate, .place, .undo, .startRun, .point, .endRun: return nil
        }
    }
}
