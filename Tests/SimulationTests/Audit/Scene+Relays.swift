import Engine
import Game
import Protocol
import Simulation

/// Relays: what is kept of them, and what rooms hear.
extension Scene {
    private static let relay = Identifier(rawValue: 60)
    private static let puzzle = Identifier(rawValue: 61)
    private static let sum = PuzzleData.arithmetic(expression: "3 + 4")

    // MARK: Records

    private static var options: RelayOptions {
        var options = RelayOptions()
        options.startPoints = 20
        options.decayPoints = 2
        options.award = 6
        return options
    }

    private static func player(
        _ who: Identifier, _ points: Int, awarded: Int = 0, decayed: Int = 0, solves: Int = 0,
        isActive: Bool = true, isAsked: Bool = false
    ) -> Relay.Player {
        var player = Relay.Player(account: name(who), points: points)
        player.awarded = awarded
        player.decayed = decayed
        player.solves = solves
        player.isActive = isActive
        if isAsked { player.puzzle = Relay.OpenPuzzle(id: puzzle, puzzle: seven, worth: 6) }
        return player
    }

    private static let seven = Puzzle(data: sum, answer: "7", difficulty: 1)

    private static func name(_ who: Identifier) -> AccountName {
        AccountName(id: who, name: "name \(who.rawValue)")
    }

    private static func state(
        _ status: RelayStatus, _ players: [Relay.Player], steps: Int = 0, _ reason: RelayEndReason? = nil
    ) -> Relay {
        Relay(
            id: relay, code: RelayCode(random: 1), options: options, createdAtMs: 0, status: status,
            steps: steps, endReason: reason, players: players)
    }

    private static let asked = Record.puzzle(
        PuzzleRecord(
            id: puzzle, relay: relay, account: ann, data: sum, answer: "7", difficulty: 1, worth: 6,
            assignedAtMs: 0))
    /// A puzzle whose hint is its own answer.
    private static let spelled = PuzzleData.anagram(letters: "afos", hint: "sofa")
    private static let word = PuzzleView(id: puzzle, type: .anagram, data: spelled, worth: 6)
    private static let askedForWord = Record.puzzle(
        PuzzleRecord(
            id: puzzle, relay: relay, account: ann, data: spelled, answer: "sofa", difficulty: 1, worth: 6,
            assignedAtMs: 0))
    private static var openWord: Relay {
        var asked = player(ann, 20)
        asked.puzzle = Relay.OpenPuzzle(
            id: puzzle, puzzle: Puzzle(data: spelled, answer: "sofa", difficulty: 1), worth: 6)
        return state(.running, [asked, player(bob, 20), player(cat, 20)])
    }
    private static let made = state(.waiting, [player(ann, 20)])
    private static let joined = state(.waiting, [player(ann, 20), player(bob, 20)])
    private static let full = state(.waiting, [player(ann, 20), player(bob, 20), player(cat, 20)])
    private static let begun = state(.running, full.players)
    private static let open = state(
        .running, [player(ann, 20, isAsked: true), player(bob, 20), player(cat, 20)])
    private static let drained = state(
        .running, [ann, bob, cat].map { player($0, 18, decayed: 2) }, steps: 1)
    /// All that leads to Ann's open puzzle.
    private static let way = [Record.relay(made), .relay(joined), .relay(full), .relay(begun)]

    private static func kept(_ invariant: Violation.Invariant, _ what: String, _ records: [Record])
        -> Doctored
    {
        var doctored = Doctored(invariant: invariant, observations: [.kept(records)])
        doctored.what = what
        return doctored
    }

    static let relayRecords: [Doctored] = [
        kept(.pointsConserved, "points come from nowhere", [.relay(state(.waiting, [player(ann, 21)]))]),
        kept(
            .pointsConserved, "one loses more than an interval takes",
            way + [
                .relay(
                    state(
                        .running,
                        [
                            player(ann, 17, decayed: 3), player(bob, 18, decayed: 2),
                            player(cat, 18, decayed: 2),
                        ],
                        steps: 1))
            ]),
        kept(
            .nextInRing, "a puzzle's worth goes to the one after the next",
            way + [
                asked, .relay(open),
                .relay(
                    state(
                        .running,
                        [
                            player(ann, 20, solves: 1, isAsked: true), player(bob, 20),
                            player(cat, 26, awarded: 6),
                        ]
                    )),
            ]),
        kept(
            .nextInRing, "a puzzle's worth goes to who solved it",
            way + [
                asked, .relay(open),
                .relay(
                    state(
                        .running,
                        [
                            player(ann, 26, awarded: 6, solves: 1, isAsked: true), player(bob, 20),
                            player(cat, 20),
                        ]
                    )),
            ]),
        kept(.forwardOnly, "a relay that runs waits again", way + [.relay(full)]),
        kept(.forwardOnly, "someone joins a relay that runs", [.relay(made), .relay(begun)]),
        kept(
            .forwardOnly, "two intervals pass at once",
            way + [.relay(state(.running, [ann, bob, cat].map { player($0, 16, decayed: 4) }, steps: 2))]),
        kept(
            .forwardOnly, "it ends with everyone in and time left",
            way + [.relay(state(.ended, drained.players, steps: 1, .time))]),
        kept(.trueRelays, "an open puzzle isn't kept", way + [.relay(open)]),
        kept(
            .profilePoints, "someone scores in a relay that runs",
            way + [
                .score(ScoreRecord(board: .relay, account: ann, score: 10, source: relay, atMs: 0))
            ]),
        Doctored(
            invariant: .trueRelays,
            observations: [
                .kept(way),
                .restarted(RecoveredState(), version: 3, cells: AuditorTests.cells(6, 7), wallMs: 0),
            ]),
        Doctored(
            .forwardOnly, "the time of a relay stands still",
            [
                Step(atUs: 2_000_000, meanwhile: [.kept(accounts + way)], standing: opened),
                Step(
                    atUs: 8_500_000, meanwhile: [.settled(present: Set([ann, bob, cat].map(session)))],
                    standing: opened),
            ]),
    ]

    /// What the disk holds of those who are there, without which nothing is settled.
    private static let accounts = [ann, bob, cat].flatMap { who -> [Record] in
        let session = SessionRecord(
            id: session(who), account: who, refreshHash: token(who, 0).reversed(), previousHash: nil,
            generation: 0, refreshedAtMs: wallMs + 1_000,
            expiresAtMs: wallMs + 1_000 + Int64(Limits.refreshTokenSeconds) * 1000)
        let account = AccountRecord(
            id: who, name: name(who).name, publicKey: [UInt8(who.rawValue)], createdAtMs: 0)
        return [.account(account), .session(session)]
    }

    // MARK: Words

    private static let through = Input.committed(CommitID(rawValue: 1))

    private static func tells(_ kind: RelayEvent.Kind) -> Effect {
        .publish(.relay(relay), .relay(RelayEvent(relay: relay, kind)))
    }

    private static func tells(_ number: UInt64, _ kind: RelayEvent.Kind, replyTo: Int? = nil) -> Effect {
        .send(socket(number), ServerEnvelope(replyTo: replyTo, .relay(RelayEvent(relay: relay, kind))))
    }

    private static func enters(_ number: UInt64, _ puzzle: PuzzleView? = nil, _ relay: Relay = begun)
        -> (Input, [Effect])
    {
        says(
            .join(relay: Scene.relay), number,
            [
                .subscribe(socket(number), .relay(Scene.relay)),
                tells(number, .state(relay.view, puzzle: puzzle), replyTo: 7),
            ])
    }

    private static let view = PuzzleView(id: puzzle, type: .arithmetic, data: sum, worth: 6)

    /// At 2 s a relay runs and Bob is in its room.
    private static let watched = Step(
        atUs: 2_000_000, took: [(through, []), enters(2)], meanwhile: [.kept(way)], standing: opened)

    /// At 3 s these are kept and told.
    private static func then(_ records: [Record], _ effects: [Effect], _ heard: [Observation] = []) -> Step {
        Step(
            atUs: 3_000_000, took: [(through, effects)], meanwhile: [.kept(records)], standing: opened
        )
    }

    private static let drainedTold = RelayEvent.Kind.pointsChanged(
        .decay, drained.ring, leftMs: drained.leftMs)

    static let relayWords: [Doctored] = [
        Doctored(
            .roomOrder, "a room isn't told of an interval", [watched, then([.relay(drained)], [])]),
        Doctored(
            .roomOrder, "a room is told what wasn't kept",
            [watched, then([], [tells(drainedTold)])]),
        Doctored(
            .roomOrder, "a room is told of points otherwise than they are kept",
            [watched, then([.relay(drained)], [tells(.pointsChanged(.decay, begun.ring, leftMs: 299_000))])]),
        Doctored(
            .roomOrder, "a member hears another event than it was sent",
            [
                watched,
                Step(
                    atUs: 3_000_000,
                    meanwhile: [.heard(socket(2), RelayEvent(relay: relay, drainedTold))], standing: opened),
            ]),
        Doctored(
            .puzzleSecret, "a whole room is told a puzzle",
            [watched, then([asked, .relay(open)], [tells(.assigned(to: name(ann), view))])]),
        Doctored(
            .puzzleSecret, "another is told a puzzle",
            [
                watched,
                then(
                    [asked, .relay(open)],
                    [
                        .publishToOthers(
                            .relay(relay),
                            .relay(RelayEvent(relay: relay, .assigned(to: name(ann), view.withoutData))),
                            than: socket(2)), tells(2, .assigned(to: name(ann), view)),
                    ]),
            ]),
        Doctored(
            .puzzleSecret, "a word puzzle comes with its word",
            [
                watched,
                then(
                    [askedForWord, .relay(openWord)],
                    [
                        .publishToOthers(
                            .relay(relay),
                            .relay(RelayEvent(relay: relay, .assigned(to: name(ann), word.withoutData))),
                            than: socket(1)), tells(1, .assigned(to: name(ann), word)),
                    ]),
            ]),
        Doctored(
            .puzzleSecret, "who enters a room is told another's puzzle",
            [
                Step(
                    atUs: 2_000_000, took: [(through, []), enters(2, view, open)],
                    meanwhile: [.kept(way + [asked, .relay(open)])], standing: opened)
            ]),
        Doctored(
            .puzzleSecret, "another's puzzle is the answer to a call",
            [
                Step(
                    atUs: 2_000_000,
                    took: [
                        (through, []),
                        asks(
                            9, .relays(.newPuzzle(relay)), bob, [answers(9, .puzzle(view, isNew: true))]),
                    ], meanwhile: [.kept(way + [asked, .relay(open)])], standing: opened)
            ]),
        Doctored(
            .trueRelays, "who enters is told a former state",
            [
                Step(
                    atUs: 2_000_000, took: [(through, []), enters(2, nil, full)],
                    meanwhile: [.kept(way)], standing: opened)
            ]),
        Doctored(
            .trueRelays, "a start is answered before it is kept",
            [
                Step(
                    atUs: 2_000_000,
                    took: [
                        (through, []),
                        asks(9, .relays(.start(relay)), ann, [answers(9, .relay(begun.view))]),
                    ], meanwhile: [.kept(Array(way.dropLast()))], standing: opened)
            ]),
        Doctored(
            .trueRelays, "a member sees other points when all is quiet",
            [
                watched,
                Step(atUs: 3_000_000, meanwhile: [.room(name: "Bob", drained.view)], standing: opened),
            ]),
    ]

    static let lawfulRelays: [Lawful] = [
        Lawful(
            what: "a room hears a puzzle put and an interval pass, its player the puzzle too",
            steps: [
                Step(
                    atUs: 2_000_000, took: [(through, []), enters(1), enters(2)], meanwhile: [.kept(way)],
                    standing: opened),
                then(
                    [asked, .relay(open)],
                    [
                        .publishToOthers(
                            .relay(relay),
                            .relay(RelayEvent(relay: relay, .assigned(to: name(ann), view.withoutData))),
                            than: socket(1)), tells(1, .assigned(to: name(ann), view)),
                    ]),
            ])
    ]
}
