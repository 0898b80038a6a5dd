import Protocol

/// The messages of click games and relays.
extension GoldenVectors {
    private static let bob = AccountName(id: Identifier(rawValue: 0x0FED_CBA9_8765_4321), name: "Bob")
    private static let game = Identifier(rawValue: 0x1111_1111_1111_1111)
    private static let relay = Identifier(rawValue: 0x2222_2222_2222_2222)
    private static let puzzle = Identifier(rawValue: 0x3333_3333_3333_3333)

    private static let ring = [
        RelayPlayer(account: ada, points: 97, isActive: true, solves: 1),
        RelayPlayer(account: bob, points: 0, isActive: false, solves: 0),
    ]

    private static let view = RelayView(
        relay: relay, code: RelayCode(random: 123_456_789), status: .running, players: ring,
        options: RelayOptions(), leftMs: 297_000)

    private static func view(_ data: PuzzleData, worth: Int = 10) -> PuzzleView {
        PuzzleView(id: puzzle, type: data.type, data: data, worth: worth)
    }

    private static func event(_ kind: RelayEvent.Kind) -> ServerEnvelope {
        ServerEnvelope(.relay(RelayEvent(relay: relay, kind)))
    }

    static let gameClient: [(name: String, envelope: ClientEnvelope)] = [
        ("client-join", ClientEnvelope(id: 7, .join(relay: relay))),
        ("client-leave-room", ClientEnvelope(.leaveRoom(relay: relay))),
        (
            "client-push-clicks",
            ClientEnvelope(id: 8, .pushClicks(ClickPush(clicks: [30, 23], batchID: "b-1")))
        ),
        (
            "client-answer",
            ClientEnvelope(id: 9, .answer(relay: relay, PuzzleAttempt(puzzle: puzzle, answer: "29")))
        ),
    ]

    static let gameServer: [(name: String, envelope: ServerEnvelope)] = [
        (
            "server-click-totals",
            ServerEnvelope(
                .clickTotals(
                    ClickGameView(
                        game: game, status: .active, startsAtMs: 1_763_000_000_000,
                        endsAtMs: 1_763_000_600_000,
                        planets: [
                            PlanetTotal(name: "earth", clicks: 53, players: 1),
                            PlanetTotal(name: "mars", clicks: 0, players: 0),
                        ], winner: nil)))
        ),
        (
            "server-clicks-accepted",
            ServerEnvelope(
                replyTo: 8,
                .clicksAccepted(
                    ClickReceipt(game: game, planet: "earth", accepted: 53, total: 53), batchID: "b-1"))
        ),
        (
            "server-relay-state",
            ServerEnvelope(
                replyTo: 7,
                .relay(
                    RelayEvent(
                        relay: relay, .state(view, puzzle: view(.arithmetic(expression: "17 + 4 × 3"))))))
        ),
        ("server-relay-started", event(.started(view))),
        (
            "server-puzzle-assigned",
            event(.assigned(to: ada, view(.anagram(letters: "OCARM", hint: "sea creature"), worth: 12)))
        ),
        (
            "server-puzzle-assigned-others",
            event(.assigned(to: ada, view(.sequence(terms: [2, 4, 8])).withoutData))
        ),
        (
            "server-puzzle-assigned-rotation",
            event(
                .assigned(
                    to: ada, view(.rotation(shape: ["#.", "##"], options: [["##", "#."], [".#", "##"]]))))
        ),
        (
            "server-puzzle-assigned-logic",
            event(
                .assigned(
                    to: ada,
                    view(
                        .logic(
                            people: ["Ann", "Ben"], items: ["lamp", "drum"],
                            clues: ["Ann has no drum."], question: "Who has the drum?"))))
        ),
        (
            "server-puzzle-assigned-memory",
            event(
                .assigned(
                    to: ada, view(.memory(rows: ["#..", ".#."], showMs: 3000, question: "Row 1?"))))
        ),
        (
            "server-puzzle-assigned-odd",
            event(.assigned(to: ada, view(.oddOneOut(words: ["lion", "bear", "plum"]))))
        ),
        ("server-puzzle-solved", event(.solved(by: ada, puzzle: puzzle, worth: 10, awardedTo: bob))),
        ("server-puzzle-failed", event(.failed(by: ada, puzzle: puzzle, penalty: 5))),
        ("server-points-changed", event(.pointsChanged(.decay, ring, leftMs: 296_000))),
        ("server-player-eliminated", event(.eliminated(bob))),
        ("server-team-status", event(.teamStatus(.running, ring))),
        (
            "server-relay-ended",
            event(.ended(.lastStanding, ring, awards: [RelayAward(account: ada, profilePoints: 12)]))
        ),
    ]
}
