import Client
import Protocol

/// What does the model's wishes about games.
struct GamePort {
    var clicks: (ClickWish) -> Void
    var relays: (RelayWish) -> Void
}

extension GamePort {
    /// Over a client on its thread; the answers to calls are delivered on that thread.
    init(_ client: ClientThread, deliver: @escaping @Sendable (Report) -> Void) {
        clicks = { wish in
            switch wish {
            case .click(let count): client.click(count: count)
            case .look:
                client.perform { client in
                    client.currentClickGame { result in
                        switch result {
                        case .success(let answer):
                            deliver(.clicks(.pushRate(seconds: answer.clickPushRateSeconds)))
                            deliver(.clicks(.totals(answer.view)))
                        case .failure(let failure): deliver(.clicks(.failed(failure)))
                        }
                    }
                }
            }
        }
        relays = { wish in
            switch wish {
            case .leave(let relay): client.leaveRoom(relay: relay)
            case .enter(let relay): client.join(relay: relay)
            case .answer(let relay, let attempt):
                // Under an id of its own, so that a refusal finds its way back.
                client.send(
                    ClientEnvelope(
                        id: ReportReader.answerMessageID, .answer(relay: relay, attempt)))
            case .list, .create, .join, .start, .newPuzzle:
                client.perform { Self.call(wish, $0, deliver) }
            }
        }
    }

    /// The wishes that are calls, on the client's thread.
    private static func call(
        _ wish: RelayWish, _ client: GameClient, _ deliver: @escaping @Sendable (Report) -> Void
    ) {
        /// A place in a relay is one thing, its room another.
        func enter(_ result: Result<RelayView, Failure>) {
            switch result {
            case .success(let view):
                deliver(.relays(.entered(view)))
                client.join(relay: view.relay)
            case .failure(let failure): deliver(.relays(.failed(failure)))
            }
        }
        switch wish {
        case .list:
            client.listRelays { result in
                switch result {
                case .success(let relays): deliver(.relays(.list(relays)))
                case .failure(let failure): deliver(.relays(.failed(failure)))
                }
            }
        case .create(let options): client.createRelay(options, enter)
        case .join(let reference): client.joinRelay(reference, enter)
        case .start(let relay):
            // Its room tells everyone when it begins.
            client.startRelay(relay) { result in
                if case .failure(let failure) = result { deliver(.relays(.failed(failure))) }
            }
        case .newPuzzle(let relay):
            client.newPuzzle(relay: relay) { result in
                switch result {
                case .success(let puzzle): deliver(.relays(.puzzle(puzzle)))
                case .failure(let failure): deliver(.relays(.failed(failure)))
                }
            }
        case .enter, .answer, .leave: break
        }
    }
}
