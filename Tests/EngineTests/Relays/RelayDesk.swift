import Engine
import Game
import Protocol

extension Answer {
    /// The relay that was answered; nil for anything else.
    var relay: RelayView? { if case .relay(let view) = self { view } else { nil } }

    /// The relays that were listed.
    var relays: [RelayView]? { if case .relays(let views) = self { views } else { nil } }

    /// The puzzle that was answered.
    var puzzle: PuzzleView? { if case .puzzle(let view, _) = self { view } else { nil } }

    /// What became of an answer.
    var attempt: AttemptAnswer? { if case .attempt(let answer) = self { answer } else { nil } }

    /// The points that were answered.
    var points: [Int]? { if case .relayPoints(let players) = self { players.map(\.points) } else { nil } }
}

/// What a room hears of an event, and who hears it.
struct RoomEvent: Equatable {
    /// The socket that it is for; nil where it is for all, or all but one.
    var socket: UInt64?
    /// The one that it isn't for.
    var but: UInt64?
    var kind: RelayEvent.Kind

    /// The word for it on the wire.
    var word: String {
        switch kind {
        case .state: "state"
        case .started: "started"
        case .assigned: "assigned"
        case .solved: "solved"
        case .failed: "failed"
        case .pointsChanged: "points"
        case .eliminated: "eliminated"
        case .teamStatus: "team"
        case .ended: "ended"
        }
    }

    /// The puzzle in it.
    var puzzle: PuzzleView? {
        switch kind {
        case .state(_, let puzzle): puzzle
        case .assigned(_, let puzzle): puzzle
        case .started, .solved, .failed, .pointsChanged, .eliminated, .teamStatus, .ended: nil
        }
    }
}

extension Desk {
    /// Asks something of relays as an account, and lets a tick pass where the answer waits for storage.
    mutating func relay(_ route: RelayRoute, as number: UInt64) -> Answer? {
        settle(.relays(route), .valid(Self.account(number)), proofs: EdgeProofs(draw: draw()))
    }

    /// Asks something of relays that isn't answered yet.
    mutating func begin(_ route: RelayRoute, as number: UInt64) -> RequestID {
        let id = nextRequest()
        let caller = Caller(address: "a", credential: .valid(Self.account(number)))
        give(.request(id, .relays(route), caller, EdgeProofs(draw: draw())))
        return id
    }

    /// Makes a relay of these accounts, the first of which creates it.
    mutating func makeRelay(
        _ numbers: [UInt64], _ change: (inout RelayOptions) -> Void = { _ in }
    ) -> Identifier {
        var options = RelayOptions()
        change(&options)
        guard let view = relay(.create(options), as: numbers[0])?.relay else {
            preconditionFailure("no relay")
        }
        for number in numbers.dropFirst() { _ = relay(.join(.id(view.relay)), as: number) }
        return view.relay
    }

    /// Makes a relay of these accounts and starts it.
    mutating func startRelay(
        _ numbers: [UInt64], _ change: (inout RelayOptions) -> Void = { _ in }
    ) -> Identifier {
        let id = makeRelay(numbers, change)
        _ = relay(.start(id), as: numbers[0])
        return id
    }

    /// The right answer to a puzzle that was kept.
    func solution(of puzzle: Identifier) -> String { Shelf(kept).puzzle(puzzle)?.answer ?? "" }

    /// Answers an account's puzzle, rightly or not.
    mutating func attempt(
        _ relayID: Identifier, as number: UInt64, isRight: Bool = true
    ) -> Answer? {
        guard let puzzle = relay(.puzzle(relayID), as: number)?.puzzle else { return nil }
        let answer = isRight ? solution(of: puzzle.id) : "no such answer"
        return relay(.answer(relayID, PuzzleAttempt(puzzle: puzzle.id, answer: answer)), as: number)
    }

    /// What the last `give`, or all that was recorded, had the room of a relay hear.
    func heard(in relay: Identifier, sinceRecording: Bool = false) -> [RoomEvent] {
        (sinceRecording ? recorded ?? [] : effects).compactMap { effect in
            switch effect {
            case .publish(.relay(relay), .relay(let event)):
                RoomEvent(kind: event.kind)
            case .publishToOthers(.relay(relay), .relay(let event), let socket):
                RoomEvent(but: socket.rawValue, kind: event.kind)
            case .send(let socket, let envelope):
                if case .relay(let event) = envelope.message, event.relay == relay {
                    RoomEvent(socket: socket.rawValue, kind: event.kind)
                } else {
                    nil
                }
            default: nil
            }
        }
    }
}
