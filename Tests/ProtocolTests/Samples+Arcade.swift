import Protocol

/// Messages and routes of runs, skins, ads and feedback.
extension Samples {
    private mutating func pick<Item>(_ items: [Item]) -> Item { items[int(0...(items.count - 1))] }

    private mutating func number() -> Int { int(0...Limits.maxRunNumber) }

    private mutating func skinID() -> SkinID {
        guard let id = SkinID(rawValue: pick(["first-pixel", "a", "0-9", "noir"])) else {
            preconditionFailure("a good id")
        }
        return id
    }

    private mutating func message() -> FeedbackMessage {
        guard let message = FeedbackMessage("Hello " + text()) else { preconditionFailure("a good message") }
        return message
    }

    mutating func arcadeClient() -> ClientMessage {
        switch int(0...2) {
        case 0: .startRun(pick(ArcadeGameID.all))
        case 1:
            .point(RunPoint(run: identifier(), seq: number(), x: number(), y: number(), tMs: number()))
        default: .endRun(identifier())
        }
    }

    mutating func arcadeServer() -> ServerMessage {
        switch int(0...2) {
        case 0:
            .runStarted(
                RunStart(run: identifier(), game: pick(ArcadeGameID.all), seed: identifier().rawValue))
        case 1:
            .score(
                RunScore(
                    run: identifier(), seq: number(), score: number(), tMs: number(),
                    seed: pick([nil, 0, identifier().rawValue])))
        default:
            .runEnded(
                RunResult(
                    run: identifier(), game: pick(ArcadeGameID.all), reason: pick(RunEndReason.allCases),
                    score: number(), rank: pick([nil, number()]),
                    multiplierPercent: pick([nil, 100, 150, 205, 250, number()]), profilePoints: number()))
        }
    }

    mutating func serviceRoute() -> Route {
        switch int(0...7) {
        case 0: .skins(.list)
        case 1: .skins(.colors)
        case 2: .skins(.purchase(skinID()))
        case 3: .skins(.wear(pick([nil, skinID()])))
        case 4: .skins(.install(bytes(int(0...40))))
        case 5: .ads(.next(before: AdPage(rawValue: pick(["canvas", "a", "x_y"])) ?? .home))
        case 6: .ads(.complete(identifier()))
        default: .feedback(message())
        }
    }
}
