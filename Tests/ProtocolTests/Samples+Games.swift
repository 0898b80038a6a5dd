import Protocol

/// Messages and routes of click games and relays.
extension Samples {
    private mutating func pick<Item>(_ items: [Item]) -> Item { items[int(0...(items.count - 1))] }

    private mutating func gameCount() -> Int { int(0...(1 << int(0...53))) }

    private mutating func texts(_ range: ClosedRange<Int> = 0...5) -> [String] {
        (0..<int(range)).map { _ in text(max: 12) }
    }

    private mutating func shortText() -> String { "x" + text(max: 20) }

    /// A moment that four-digit years can write.
    private mutating func moment() -> Int64 { Int64(int(0...4_000_000_000_000)) }

    mutating func push(named: Bool) -> ClickPush {
        ClickPush(
            clicks: (0..<int(0...70)).map { _ in anyInt() }, batchID: named ? shortText() : nil)
    }

    mutating func receipt() -> ClickReceipt {
        ClickReceipt(game: identifier(), planet: text(), accepted: gameCount(), total: gameCount())
    }

    mutating func clickGame() -> ClickGameView {
        ClickGameView(
            game: identifier(), status: pick(ClickGameStatus.allCases), startsAtMs: moment(),
            endsAtMs: moment(),
            planets: (0..<int(0...4)).map { _ in
                PlanetTotal(name: text(), clicks: gameCount(), players: gameCount())
            }, winner: pick([nil, text()]))
    }

    mutating func order() -> ClickGameOrder {
        ClickGameOrder(
            startsAtMs: pick([nil, moment()]), seconds: int(Limits.clickGameSeconds),
            planets: (0..<int(2...8)).map { "planet \($0)" })
    }

    mutating func options() -> RelayOptions {
        var options = RelayOptions()
        options.startPoints = int(Limits.relayStartPoints)
        options.decayPoints = int(Limits.relayDecayPoints)
        options.decayIntervalMs = int(Limits.relayDecayIntervalMs)
        options.award = int(Limits.relayAward)
        options.penalty = int(Limits.relayPenalty)
        options.seconds = int(Limits.relaySeconds)
        options.maxPlayers = int(1...Limits.maxRelayPlayers)
        options.isPrivate = pick([true, false])
        return options
    }

    mutating func relayPlayers() -> [RelayPlayer] {
        (0..<int(0...5)).map { _ in
            RelayPlayer(
                account: account(), points: gameCount(), isActive: pick([true, false]),
                solves: gameCount())
        }
    }

    mutating func relay(_ id: Identifier? = nil) -> RelayView {
        RelayView(
            relay: id ?? identifier(), code: RelayCode(random: identifier().rawValue),
            status: pick(RelayStatus.allCases), players: relayPlayers(), options: options(),
            leftMs: gameCount())
    }

    mutating func puzzleData() -> PuzzleData {
        switch int(0...6) {
        case 0: .arithmetic(expression: text())
        case 1: .anagram(letters: text(), hint: text())
        case 2: .sequence(terms: (0..<int(0...6)).map { _ in anyInt() })
        case 3: .oddOneOut(words: texts())
        case 4: .rotation(shape: texts(), options: (0..<int(0...4)).map { _ in texts() })
        case 5: .logic(people: texts(), items: texts(), clues: texts(), question: text())
        default: .memory(rows: texts(), showMs: gameCount(), question: text())
        }
    }

    mutating func puzzle() -> PuzzleView {
        let data = puzzleData()
        return PuzzleView(
            id: identifier(), type: data.type, data: pick([data, nil]), worth: gameCount())
    }

    mutating func attempt() -> PuzzleAttempt { PuzzleAttempt(puzzle: identifier(), answer: shortText()) }

    mutating func relayEvent() -> RelayEvent {
        let id = identifier()
        let kind: RelayEvent.Kind
        switch int(0...8) {
        case 0: kind = .state(relay(id), puzzle: pick([nil, puzzle()]))
        case 1: kind = .started(relay(id))
        case 2: kind = .assigned(to: account(), puzzle())
        case 3:
            kind = .solved(
                by: account(), puzzle: identifier(), worth: gameCount(), awardedTo: account())
        case 4: kind = .failed(by: account(), puzzle: identifier(), penalty: gameCount())
        case 5: kind = .pointsChanged(pick(PointsReason.allCases), relayPlayers(), leftMs: gameCount())
        case 6: kind = .eliminated(account())
        case 7: kind = .teamStatus(pick(RelayStatus.allCases), relayPlayers())
        default:
            kind = .ended(
                pick(RelayEndReason.allCases), relayPlayers(),
                awards: (0..<int(0...3)).map { _ in
                    RelayAward(account: account(), profilePoints: gameCount())
                })
        }
        return RelayEvent(relay: id, kind)
    }

    mutating func gameClient() -> ClientMessage {
        switch int(0...3) {
        case 0: .join(relay: identifier())
        case 1: .leaveRoom(relay: identifier())
        case 2: .pushClicks(push(named: true))
        default: .answer(relay: identifier(), attempt())
        }
    }

    mutating func gameServer() -> ServerMessage {
        switch int(0...2) {
        case 0: .clickTotals(clickGame())
        case 1: .clicksAccepted(receipt(), batchID: pick([nil, text()]))
        default: .relay(relayEvent())
        }
    }

    mutating func gameRoute() -> Route {
        switch int(0...13) {
        case 0: .clicks(.push(push(named: pick([true, false])), anonToken: pick([nil, text()])))
        case 1: .clicks(.current)
        case 2: .clicks(.contributions(game: identifier()))
        case 3: .clicks(.schedule(order()))
        case 4: .relays(.list)
        case 5: .relays(.create(options()))
        case 6: .relays(.join(pick([.id(identifier()), .code(RelayCode(random: identifier().rawValue))])))
        case 7: .relays(.start(identifier()))
        case 8: .relays(.newPuzzle(identifier()))
        case 9: .relays(.puzzle(identifier()))
        case 10: .relays(.answer(identifier(), attempt()))
        case 11: .relays(pick([.points(identifier()), .decay(identifier())]))
        case 12: .leaderboard(pick(Board.allCases), pick(BoardPeriod.allCases))
        default: .webSocket(play: pick([true, false]), relay: identifier())
        }
    }
}
