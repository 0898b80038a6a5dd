import Engine
import Game
import Protocol
import Simulation

/// Click games: what is kept of them, and what is said.
extension Scene {
    static let game = Identifier(rawValue: 50)

    // MARK: Records

    /// A game between earth and mars in which these were pushed.
    static func clickGame(
        _ status: ClickGameStatus, _ clicks: [Int] = [0, 0], players: [Int] = [0, 0], id: Identifier = game,
        winner: String? = nil
    ) -> Record {
        .clickGame(ClickGame(kept: view(status, clicks, players, id, winner), isOrdered: false))
    }

    static func view(
        _ status: ClickGameStatus, _ clicks: [Int], _ players: [Int], _ id: Identifier = game,
        _ winner: String? = nil
    ) -> ClickGameView {
        let planets = [
            PlanetTotal(name: "earth", clicks: clicks[0], players: players[0]),
            PlanetTotal(name: "mars", clicks: clicks[1], players: players[1]),
        ]
        return ClickGameView(
            game: id, status: status, startsAtMs: wallMs, endsAtMs: wallMs + 60_000, planets: planets,
            winner: winner)
    }

    static func push(
        _ who: Identifier, _ planet: String, _ clicks: Int, total: Int? = nil, batch: String? = "b",
        atMs: Int64 = 0
    ) -> Record {
        .clickPush(
            ClickPushRecord(
                game: game, session: session(who), holder: who, isGuest: false, planet: planet,
                clicks: [clicks], batchID: batch, total: total ?? clicks, atMs: atMs))
    }

    /// What the game paid someone.
    private static func points(_ who: Identifier, _ points: Int) -> [Record] {
        [account(who, points: points), entry(who, points, .clickGame, game.description)]
    }

    private static func score(_ who: Identifier, _ score: Int) -> Record {
        .score(ScoreRecord(board: .clicks, account: who, score: score, source: game, atMs: 0))
    }

    private static func kept(_ invariant: Violation.Invariant, _ what: String, _ records: [Record])
        -> Doctored
    {
        var doctored = Doctored(invariant: invariant, observations: [.kept(records)])
        doctored.what = what
        return doctored
    }

    /// Ann pushed 30 clicks for earth, Bob 10 for mars.
    private static let pushed = [clickGame(.active), push(ann, "earth", 30), push(bob, "mars", 10)]
    private static let ended = clickGame(.finished, [30, 10], players: [1, 1], winner: "earth")

    static let clickRecords: [Doctored] = [
        kept(
            .oneGame, "two games run",
            [clickGame(.active), clickGame(.active, id: Identifier(rawValue: 51))]),
        kept(.oneGame, "clicks count before a game runs", [clickGame(.scheduled), push(ann, "earth", 3)]),
        kept(
            .oneGame, "clicks count after a game is over",
            [clickGame(.active), clickGame(.finished), push(ann, "earth", 3)]),
        Doctored(invariant: .oneGame, at: 6_000_000, observations: [.clicked([])]),
        kept(
            .forwardOnly, "a game that is over runs again",
            [clickGame(.active), clickGame(.finished), clickGame(.active)]),
        kept(
            .trueTotals, "a row has clicks that nobody pushed",
            [clickGame(.active), clickGame(.active, [1, 0])]),
        kept(
            .trueTotals, "the wrong planet wins",
            pushed + [clickGame(.finished, [30, 10], players: [1, 1], winner: "mars")]),
        kept(
            .countedOnce, "a batch stands twice",
            [clickGame(.active), push(ann, "earth", 3), push(ann, "earth", 3, total: 6)]),
        kept(.ownTotals, "a total isn't the sum", [clickGame(.active), push(ann, "earth", 3, total: 4)]),
        kept(.fairPlanets, "the fuller planet is given", [clickGame(.active), push(ann, "mars", 3)]),
        kept(
            .fairPlanets, "someone goes over to the other planet",
            pushed + [push(ann, "mars", 1, total: 31, batch: "c")]),
        kept(.clickPace, "no push is that large", [clickGame(.active), push(ann, "earth", -1)]),
        kept(
            .profilePoints, "who contributed isn't paid", [account(ann), account(bob)] + pushed + [ended]),
        kept(
            .causedPoints, "the winners aren't paid double",
            pushed + points(ann, 2) + [score(ann, 30)] + points(bob, 1) + [score(bob, 10), ended]),
        kept(
            .profilePoints, "who is banned is paid",
            [account(bob, ban: "why")] + pushed + points(ann, 4) + [
                score(ann, 30), account(bob, points: 1, ban: "why"),
                entry(bob, 1, .clickGame, game.description), score(bob, 10), ended,
            ]),
        kept(
            .profilePoints, "someone scores twice",
            pushed + points(ann, 4) + [score(ann, 30), score(ann, 30)] + points(bob, 1)
                + [score(bob, 10), ended]),
        Doctored(
            invariant: .ownTotals,
            observations: [
                .kept([clickGame(.active)]),
                .clicked([ClickTally(acknowledged: [ClickBatch(session: session(ann), name: "b"): 3])]),
            ]),
        Doctored(
            invariant: .ownTotals,
            observations: [.kept([clickGame(.active), push(ann, "earth", 3)]), .clicked([])]),
    ]

    // MARK: Words

    private static let through = Input.committed(CommitID(rawValue: 1))
    private static let clicks = ClickPush(clicks: [3], batchID: "b")

    private static func counted(_ accepted: Int, total: Int, _ number: UInt64 = 1) -> Effect {
        let receipt = ClickReceipt(game: game, planet: "earth", accepted: accepted, total: total)
        return .send(
            socket(number), ServerEnvelope(replyTo: 7, .clicksAccepted(receipt, batchID: "b")))
    }

    private static func tells(totals clicks: [Int], _ players: [Int]) -> Effect {
        .publish(.clicks(lane: 0), .clickTotals(view(.active, clicks, players)))
    }

    /// At 2 s Ann pushes 3 clicks, which are kept and acknowledged.
    private static let counts = Step(
        atUs: 2_000_000, took: [says(.pushClicks(clicks), 1), (through, [counted(3, total: 3)])],
        pursued: [tells(totals: [3, 0], [1, 0])],
        meanwhile: [.kept([clickGame(.active), push(ann, "earth", 3, atMs: wallMs + 2_000)])],
        standing: opened)

    private static func again(_ effects: [Effect], atUs: Int64 = 3_000_000) -> Step {
        Step(atUs: atUs, took: [says(.pushClicks(clicks), 1, effects)], standing: opened)
    }

    static let clickWords: [Doctored] = [
        Doctored(
            .countedOnce, "a push is acknowledged that isn't kept",
            [
                Step(
                    atUs: 2_000_000, took: [says(.pushClicks(clicks), 1), (through, [counted(3, total: 3)])],
                    standing: opened)
            ]),
        Doctored(.countedOnce, "a repeat is answered otherwise", [counts, again([counted(3, total: 6)])]),
        Doctored(
            .countedOnce, "a batch that counted is refused", [counts, again([fails(1, .noActiveGame)])]),
        Doctored(
            .countedOnce, "clicks are acknowledged that nobody pushed",
            [Step(atUs: 2_000_000, pursued: [counted(3, total: 3)], standing: opened)]),
        Doctored(
            .trueTotals, "totals are told before the server knows that they are kept",
            [
                Step(
                    atUs: 2_000_000, pursued: [tells(totals: [3, 0], [1, 0])],
                    meanwhile: [.kept([clickGame(.active), push(ann, "earth", 3)])], standing: opened)
            ]),
        Doctored(
            .trueTotals, "clicks are told that nobody pushed",
            [
                counts,
                Step(atUs: 3_000_000, pursued: [tells(totals: [4, 0], [1, 0])], standing: opened),
            ]),
        Doctored(
            .totalsPace, "totals are told twice in an interval",
            [
                counts,
                Step(atUs: 2_199_000, pursued: [tells(totals: [3, 0], [1, 0])], standing: opened),
            ]),
        Doctored(
            .clickPace, "clicks count a second after the last",
            [
                counts,
                Step(
                    atUs: 3_000_000,
                    meanwhile: [
                        .kept([push(ann, "earth", 3, total: 6, batch: "c", atMs: wallMs + 3_000)])
                    ], standing: opened),
                Step(atUs: 3_100_000, standing: opened),
            ]),
    ]

    static let lawfulClicks: [Lawful] = [
        Lawful(
            what: "a batch counts once however often it comes",
            steps: [
                counts, again([counted(3, total: 3)]),
                Step(atUs: 4_000_000, pursued: [tells(totals: [3, 0], [1, 0])], standing: opened),
            ]),
        Lawful(
            what: "a click game ends and pays",
            steps: [
                Step(
                    atUs: 2_000_000,
                    meanwhile: [
                        .kept(pushed),
                        .kept(
                            points(ann, 4) + [score(ann, 30)] + points(bob, 1) + [score(bob, 10), ended]),
                    ], standing: opened)
            ]),
        Lawful(
            what: "a click game pays nobody who is banned, and whoever is banned only then",
            steps: [
                Step(
                    atUs: 2_000_000,
                    meanwhile: [
                        .kept([account(bob, ban: "why")] + pushed),
                        .kept(points(ann, 4) + [score(ann, 30), ended, account(ann, points: 4, ban: "why")]),
                    ], standing: opened)
            ]),
    ]
}
