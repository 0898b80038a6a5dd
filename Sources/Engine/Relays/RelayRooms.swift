import Game
import Protocol

extension ServerEngine {
    /// Lets a socket into a relay's room, where the present state comes first.
    mutating func enter(
        _ relayID: Identifier, _ id: ConnectionID, replyTo: Int?, into effects: inout [Effect]
    ) {
        guard let connection = connections[id] else { return }
        let asker = Asker.socket(id, id: replyTo)
        guard let relay = relays.durable[relayID] else {
            refuse(asker, Self.noRelay, into: &effects)
            return
        }
        if !connection.rooms.contains(relayID) {
            // Watchers never keep players out.
            let plays = connection.account.flatMap { relay.index(of: $0) } != nil
            guard connection.rooms.count < Limits.maxRoomsPerConnection,
                plays || relays.memberCount(of: relayID) < Limits.maxRoomMembers
            else {
                refuse(asker, Failure(.relayFull, "Too many rooms, or too many in this one."), into: &effects)
                return
            }
            connections[id]?.rooms.append(relayID)
            relays.count(member: 1, of: relayID)
            effects.append(.subscribe(id, .relay(relayID)))
        }
        let puzzle = connection.account
            .flatMap { relay.index(of: $0) }
            .flatMap { relay.players[$0].puzzle?.view }
        let state = RelayEvent(relay: relayID, .state(relay.view, puzzle: puzzle))
        effects.append(.send(id, ServerEnvelope(replyTo: replyTo, .relay(state))))
    }

    /// Takes a socket out of a relay's room; its account plays on.
    mutating func leaveRoom(
        _ relayID: Identifier, _ id: ConnectionID, replyTo: Int?, into effects: inout [Effect]
    ) {
        if let place = connections[id]?.rooms.firstIndex(of: relayID) {
            connections[id]?.rooms.remove(at: place)
            relays.count(member: -1, of: relayID)
            effects.append(.unsubscribe(id, .relay(relayID)))
        }
        effects.append(.send(id, ServerEnvelope(replyTo: replyTo, .ok)))
    }

    /// Counts a closed socket out of its rooms.
    mutating func leaveRooms(of connection: Connection) {
        for relay in connection.rooms { relays.count(member: -1, of: relay) }
    }

    /// Makes what became of a relay visible: everyone in the room hears the events in order.
    mutating func settle(_ relay: Relay, _ events: Relay.Events, into effects: inout [Effect]) {
        relays.settle(relay)
        guard relays.memberCount(of: relay.id) > 0 else { return }
        for kind in events {
            let message = { (kind) in ServerMessage.relay(RelayEvent(relay: relay.id, kind)) }
            guard case .assigned(let player, let puzzle) = kind,
                let socket = connections.connection(of: player.id),
                connections[socket]?.rooms.contains(relay.id) == true
            else {
                effects.append(.publish(.relay(relay.id), message(kind.public)))
                continue
            }
            let others = RelayEvent.Kind.assigned(to: player, puzzle.withoutData)
            effects.append(.publishToOthers(.relay(relay.id), message(others), than: socket))
            effects.append(.send(socket, ServerEnvelope(message(kind))))
        }
    }
}

extension RelayEvent.Kind {
    /// What everyone may hear of it: a puzzle's data is for its player alone.
    var `public`: RelayEvent.Kind {
        guard case .assigned(let player, let puzzle) = self else { return self }
        return .assigned(to: player, puzzle.withoutData)
    }
}
