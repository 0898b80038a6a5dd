import Engine
import Game
import Protocol
import Simulation

/// Refresh families, names, and what must outlive a restart.
extension Scene {
    private static func record(_ who: Identifier, _ generation: UInt8) -> SessionRecord {
        SessionRecord(
            id: session(who), account: who, refreshHash: token(who, generation).reversed(),
            previousHash: generation > 0 ? token(who, generation - 1).reversed() : nil,
            generation: Int(generation), refreshedAtMs: wallMs + Int64(generation) * 1_000 + 1_000,
            expiresAtMs: wallMs + 700_000_000)
    }

    private static func account(_ who: Identifier, name: String? = nil) -> AccountRecord {
        AccountRecord(
            id: who, name: name ?? "name \(who.rawValue)", publicKey: [UInt8(who.rawValue)], createdAtMs: 0)
    }

    /// The disk has kept all three accounts and sign-ins.
    private static let kept: Observation = .kept(
        [ann, bob, cat].flatMap { [.account(account($0)), .session(record($0, 0))] })

    private static func pair(_ who: Identifier, _ generation: UInt8) -> Answer {
        .session(
            identity(who, generation: Int(generation)), name: "", refreshToken: token(who, generation))
    }

    private static let committed = Input.committed(CommitID(rawValue: 1))

    /// At 2 s Ann refreshes, at 3 s she does so again, and all is kept and answered.
    static let refreshed: [Step] = [
        Step(atUs: 2_000_000, took: [refreshes(11, ann, 0)], meanwhile: [kept], standing: opened),
        Step(
            atUs: 2_010_000, took: [(committed, [answers(11, pair(ann, 1))])],
            meanwhile: [.kept([.session(record(ann, 1))])], standing: opened),
        Step(
            atUs: 3_000_000, took: [refreshes(12, ann, 1)], standing: opened),
        Step(
            atUs: 3_010_000, took: [(committed, [answers(12, pair(ann, 2))])],
            meanwhile: [.kept([.session(record(ann, 2))])], standing: opened),
    ]

    /// At 4 s Cat logs out, which is kept at once.
    static let loggedOut = Step(
        atUs: 4_000_000,
        took: [
            asks(13, .logout, cat),
            (committed, [.close(socket(3), .signedOut), answers(13, .done)]),
        ],
        standing: standing {
            $0.queue = [bob]
            $0.connections = 2
        }
    ).keeping([.sessionEnded(session(cat))], after: 0)

    private static let query = Effect.query(
        QueryID(rawValue: 1), .refreshToken(hash: token(ann, 0).reversed()))

    /// At 5 s a thief shows the first of Ann's tokens, which was used long ago.
    private static let stolen = refreshes(14, ann, 0, [query])
    private static let found = Input.queryAnswered(
        QueryID(rawValue: 1), .refreshToken(session: session(ann)))

    static let signIns: [Doctored] = [
        Doctored(
            .families, "the latest token is refused as used",
            [
                Step(
                    atUs: 2_000_000,
                    took: [refreshes(11, ann, 0, [answers(11, .failure(Failure(.refreshReused, "")))])],
                    standing: opened)
            ]),
        Doctored(
            .families, "a client's own retry ends its family",
            refreshed.prefix(2) + [
                Step(
                    atUs: 5_000_000,
                    took: [
                        refreshes(
                            12, ann, 0,
                            [.log(.refreshReused(account: ann, session: session(ann)))])
                    ], standing: opened)
            ]),
        Doctored(
            .families, "the token before the latest passes after its grace",
            refreshed.prefix(2) + [
                leaveAll.at(3_000_000),
                Step(
                    atUs: 32_010_001, took: [refreshes(12, ann, 0)],
                    standing: Standing(connections: 3, presences: 3)),
            ]),
        Doctored(
            .families, "a repeated call gets another child",
            refreshed.prefix(2) + [
                Step(
                    atUs: 4_000_000,
                    took: [refreshes(12, ann, 0), (committed, [answers(12, pair(ann, 2))])], standing: opened)
            ]),
        Doctored(
            .families, "a used token isn't looked for",
            refreshed + [Step(atUs: 5_000_000, took: [refreshes(14, ann, 0)], standing: opened)]),
        Doctored(
            .families, "a used token that storage found ends nothing",
            refreshed + [
                Step(
                    atUs: 5_000_000,
                    took: [
                        stolen, (found, [answers(14, .failure(Failure(.invalidRefreshToken, "")))]),
                    ], standing: opened)
            ]),
        Doctored(
            .families, "a socket stays open after its family was revoked",
            refreshed + [
                Step(
                    atUs: 5_000_000,
                    took: [
                        stolen, (found, []),
                        (committed, [answers(14, .failure(Failure(.refreshReused, "")))]),
                    ], standing: opened
                ).keeping([.sessionEnded(session(ann))], after: 1)
            ]),
        Doctored(
            .families, "a sign-in ends by itself",
            [
                Step(
                    atUs: 2_000_000, meanwhile: [kept, .kept([.sessionEnded(session(bob))])], standing: opened
                )
            ]),
        Doctored(
            .families, "a sign-in that is over opens a socket",
            refreshed.prefix(1) + [loggedOut] + [
                Step(atUs: 5_000_000, took: [opens(cat, 5)], standing: opened)
            ]),
        Doctored(
            .keptAcknowledged, "a refresh is answered before it is kept",
            [
                Step(
                    atUs: 2_000_000,
                    took: [refreshes(11, ann, 0), (committed, [answers(11, pair(ann, 1))])],
                    meanwhile: [kept], standing: opened)
            ]),
        Doctored(
            .keptAcknowledged, "a logout is answered before it is kept",
            [
                Step(
                    atUs: 2_000_000,
                    took: [
                        asks(13, .logout, cat),
                        (committed, [.close(socket(3), .signedOut), answers(13, .done)]),
                    ], meanwhile: [kept], standing: opened)
            ]),
        Doctored(
            .keptAcknowledged, "a name is answered before it is kept",
            [
                Step(
                    atUs: 2_000_000,
                    took: [
                        asks(13, .rename(name: "Zoe"), ann),
                        (
                            committed,
                            [
                                answers(
                                    13,
                                    .me(
                                        MeAnswer(
                                            account: AccountName(id: ann, name: "Zoe"), status: .playing,
                                            points: 0, roles: [])))
                            ]
                        ),
                    ], meanwhile: [kept], standing: opened)
            ]),
        Doctored(
            .keptAcknowledged, "a sign-in is lost by a restart",
            [Step(atUs: 2_000_000, meanwhile: [kept, restart(sessions: [ann, bob])], standing: Standing())]),
        Doctored(
            .keptAcknowledged, "a logout is lost by a restart",
            refreshed.prefix(1) + [loggedOut] + [
                Step(
                    atUs: 5_000_000, meanwhile: [restart(sessions: [ann, bob, cat])], standing: Standing())
            ]),
        Doctored(
            .keptAcknowledged, "a name is lost by a restart",
            [
                Step(
                    atUs: 2_000_000, meanwhile: [kept, restart(sessions: [ann, bob, cat], name: "Eve")],
                    standing: Standing())
            ]),
        Doctored(
            .profiles, "two accounts have one name",
            [
                Step(
                    atUs: 2_000_000, meanwhile: [kept, .kept([.account(account(ann, name: "NAME 2"))])],
                    standing: opened)
            ]),
    ]

    private static func restart(sessions: [Identifier], name: String? = nil) -> Observation {
        .restarted(
            RecoveredState(
                accounts: [account(ann, name: name), account(bob), account(cat)],
                sessions: sessions.map { record($0, 0) }), version: 3, cells: AuditorTests.cells(6, 7),
            wallMs: wallMs)
    }
}

extension Scene.Step {
    /// The step with these records kept after one of its inputs.
    func keeping(_ records: [Record], after index: Int) -> Scene.Step {
        var step = self
        step.keeps = (records, index)
        return step
    }

    /// The step at another time.
    func at(_ atUs: Int64) -> Scene.Step {
        var step = self
        step.atUs = atUs
        return step
    }
}
