import Client
import Protocol

/// What does the model's wishes about games.
struct GamePort {
    var clicks: (ClickWish) -> Void
    var relays: (RelayWish) -> Void
    var profile: () -> Void
    var arcade: (ArcadeWish) -> Void
    var ads: (AdWish) -> Void
    var shop: (ShopWish) -> Void
    var feedback: (FeedbackMessage) -> Void
    var ask: (CanvasQuestion) -> Void
    var desk: (DeskWish) -> Void
    var board: (Board, BoardPeriod) -> Void
    var signIn: (SignInWish) -> Void
    var replay: (ReplayWish) -> Void
    var admin: (AdminWish) -> Void
}

extension GamePort {
    /// Over a client on its thread; the answers to calls are delivered on that thread.
    ///
    /// - Parameters:
    ///   - adGate: where the state before ads is kept; nil where no ads are shown.
    ///   - bookmarks: where bookmarks are kept; nil where there is no place for them.
    ///   - keyIdentity: who the profile's key is, from now on.
    init(
        _ client: ClientThread, adGate: AdGateFile?, bookmarks: BookmarkFile?,
        keyIdentity: @escaping KeyIdentity,
        deliver: @escaping @Sendable (Report) -> Void
    ) {
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
        profile = {
            client.perform { client in
                // Who isn't told what the account has sees nothing of it, and that is all.
                client.me { if case .success(let answer) = $0 { deliver(.profile(answer)) } }
            }
        }
        arcade = { wish in
            switch wish {
            case .start(let game): client.startRun(game)
            case .point(let point): client.point(point)
            case .end(let run): client.endRun(run)
            case .board(let game, let period):
                client.perform { client in
                    client.leaderboard(.arcade(game), period) { result in
                        switch result {
                        case .success(let answer): deliver(.arcade(.board(answer)))
                        case .failure(let failure): deliver(.arcade(.failed(failure)))
                        }
                    }
                }
            }
        }
        ads = { wish in
            switch wish {
            case .keep(let gate): adGate?.save(gate)
            case .next(let page):
                client.perform { client in
                    client.nextAd(before: page) { result in
                        switch result {
                        case .success(let answer): deliver(.ads(.next(answer, before: page)))
                        case .failure(let failure): deliver(.ads(.failed(failure, before: page)))
                        }
                    }
                }
            case .complete(let impression):
                // The page behind is open by now, whatever the server says.
                client.perform { $0.completeAd(impression) { _ in } }
            }
        }
        shop = { wish in client.perform { Self.call(wish, $0, deliver) } }
        ask = { question in client.perform { Self.call(question, $0, deliver) } }
        desk = { wish in Self.perform(wish, bookmarks, deliver) }
        board = { board, period in
            client.perform { client in
                client.leaderboard(board, period) { result in
                    switch result {
                    case .success(let answer): deliver(.boards(.board(answer)))
                    case .failure(let failure): deliver(.boards(.failed(board, period, failure)))
                    }
                }
            }
        }
        replay = { wish in client.perform { Self.call(wish, $0, deliver) } }
        admin = { wish in client.perform { Self.call(wish, $0, deliver) } }
        signIn = { Self.perform($0, client, keyIdentity, deliver) }
        feedback = { message in
            client.perform { client in
                client.sendFeedback(message) { result in
                    switch result {
                    case .success: deliver(.feedback(.sent))
                    case .failure(let failure): deliver(.feedback(.failed(failure)))
                    }
                }
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

    /// The wishes about skins, on the client's thread.
    private static func call(
        _ wish: ShopWish, _ client: GameClient, _ deliver: @escaping @Sendable (Report) -> Void
    ) {
        func fail(_ failure: Failure) { deliver(.shop(.failed(wish, failure))) }
        switch wish {
        case .look:
            client.me { result in
                if case .success(let me) = result { deliver(.profile(me)) }
            }
            client.listSkins { result in
                switch result {
                case .success(let offers): deliver(.shop(.offers(offers)))
                case .failure(let failure): fail(failure)
                }
            }
        case .buy(let skin):
            client.buy(skin) { result in
                switch result {
                case .success(let answer): deliver(.shop(.bought(answer)))
                case .failure(let failure): fail(failure)
                }
            }
        case .wear(let skin):
            client.wear(skin) { result in
                switch result {
                case .success(let me): deliver(.shop(.worn(me.skin)))
                case .failure(let failure): fail(failure)
                }
            }
        }
    }
}
