import Engine
import Game
import Protocol
import Simulation

/// Sockets: one an account, closed for a reason, alive as long as their token; and presence.
extension Scene {
    static let sockets: [Doctored] = [
        Doctored(
            .oneSocket, "the older socket stays open",
            [
                Step(
                    atUs: 2_000_000, took: [opens(ann, 4, as: .playing)],
                    standing: standing { $0.connections = 4 })
            ]),
        Doctored(
            .oneSocket, "a socket is counted twice",
            [Step(atUs: 2_000_000, standing: standing { $0.connections = 4 })]),
        Doctored(
            .oneSocket, "one who plays without a socket isn't stalled",
            [
                Step(
                    atUs: 2_000_000, took: [(.closed(socket(1)), [])],
                    standing: standing { $0.connections = 2 })
            ]),
        Doctored(
            .oneSocket, "a kicked socket stays open",
            [
                Step(
                    atUs: 2_000_000,
                    took: [(.host(HostCallID(rawValue: 1), .kick(account: ann.description)), [])],
                    pursued: bobFollows(atUs: 2_000_000), standing: bobPlays(atUs: 2_000_000))
            ]),
        Doctored(
            .lawfulCloses, "a socket is replaced though no other opened",
            [
                Step(
                    atUs: 2_000_000, took: [says(.heartbeat, 1, [.close(socket(1), .replaced)])],
                    standing: opened)
            ]),
        Doctored(
            .lawfulCloses, "a server that serves goes away",
            [Step(atUs: 2_000_000, pursued: [.close(socket(1), .goingAway)], standing: opened)]),
        Doctored(
            .lawfulCloses, "one with a good token isn't welcome",
            [
                Step(
                    atUs: 2_000_000,
                    took: [
                        (
                            .opened(socket(4), identity(ann), address: "a", play: false, relay: nil),
                            [.close(socket(4), .signedOut)]
                        )
                    ], standing: opened)
            ]),
        Doctored(
            .presence, "one who was heard is cleared",
            [
                Step(
                    atUs: 2_000_000, passed: [.log(.presenceCleared(session: session(ann)))], standing: opened
                )
            ]),
        Doctored(
            .presence, "one who was heard is shown out as silent",
            [Step(atUs: 2_000_000, passed: [.close(socket(1), .goingAway)], standing: opened)]),
        Doctored(
            .presence, "those who are silent stay",
            [
                leaveAll,
                Step(
                    atUs: 33_000_000, passed: [1, 2, 3].map { .close(socket($0), .goingAway) },
                    standing: Standing(presences: 3)),
            ]),
        Doctored(
            .presence, "nobody looks at the silence in time",
            [
                leaveAll,
                Step(
                    atUs: 32_026_000, passed: [1, 2, 3].map { .close(socket($0), .goingAway) },
                    standing: Standing()),
            ]),
        Doctored(
            .presence, "the disk has someone present who isn't",
            [
                leaveAll,
                Step(
                    atUs: 3_000_000, meanwhile: [.settled(present: [session(ann)])],
                    standing: Standing(connections: 3, presences: 3)),
            ]),
        Doctored(
            .freshTokens, "a socket is shown out before its token ended",
            [Step(atUs: 2_000_000, passed: [.close(socket(1), .sessionOver)], standing: opened)]),
        Doctored(
            .freshTokens, "a socket outlives its token",
            [leaveAll] + wakeful + [
                Step(atUs: 161_000_000, standing: Standing(connections: 3, presences: 3))
            ]),
        Doctored(
            .freshTokens, "a token that proves another prolongs a socket",
            [
                Step(
                    atUs: 2_000_000,
                    took: [
                        (
                            .authenticate(socket(1), id: 7, .valid(identity(bob))),
                            [.send(socket(1), ServerEnvelope(replyTo: 7, .ok))]
                        )
                    ], standing: opened)
            ]),
    ]

    /// All leave, and stay as spectators with their sockets open.
    static let leaveAll = Step(
        atUs: 2_000_000,
        took: [3, 2, 1].map { says(.leave, $0, [tells($0, .afk)]) },
        standing: Standing(connections: 3, presences: 3))

    /// Heartbeats from all, each 20 s.
    private static let wakeful: [Step] = stride(from: Int64(20), through: 160, by: 20).map { seconds in
        Step(
            atUs: seconds * 1_000_000, took: [1, 2, 3].map { says(.heartbeat, $0) },
            standing: Standing(connections: 3, presences: 3))
    }

    static let lawful: [Lawful] = [
        Lawful(what: "the first in line follows whoever leaves", steps: [annLeaves(atUs: 2_000_000)]),
        Lawful(
            what: "play ends at its deadline",
            steps: [
                Step(
                    atUs: 11_000_000, passed: [tells(1, .afk, isReply: false), .close(socket(1), .afk)],
                    pursued: bobFollows(atUs: 11_000_000),
                    standing: changed(bobPlays(atUs: 11_000_000)) { $0.connections = 2 })
            ]),
        Lawful(
            what: "a second socket takes the first one's place",
            steps: [
                Step(
                    atUs: 2_000_000,
                    took: [
                        opens(
                            ann, 4, as: .playing,
                            [.close(socket(1), .replaced), tells(4, playing(11_000_000), isReply: false)])
                    ], standing: opened)
            ]),
        Lawful(
            what: "a lost socket keeps a position, which is passed over",
            steps: [
                Step(
                    atUs: 2_000_000, took: [(.closed(socket(2)), [])],
                    standing: standing { $0.connections = 2 }),
                Step(
                    atUs: 3_000_000, took: [says(.leave, 1, [tells(1, .afk)])],
                    pursued: [tells(3, playing(13_000_000), isReply: false)],
                    standing: standing {
                        $0.playing = [cat]
                        $0.deadlinesUs = [13_000_000]
                        $0.queue = [bob]
                        $0.connections = 2
                    }),
                Step(
                    atUs: 12_000_000,
                    standing: standing {
                        $0.playing = [cat]
                        $0.deadlinesUs = [13_000_000]
                        $0.queue = []
                        $0.connections = 2
                    }),
            ]),
        Lawful(
            what: "tokens end, and the sockets that live by them",
            steps: [leaveAll] + wakeful + [
                Step(
                    atUs: 161_000_000, passed: [1, 2, 3].map { .close(socket($0), .sessionOver) },
                    standing: Standing(presences: 3))
            ]),
        Lawful(what: "a sign-in is refreshed and ends", steps: refreshed + [loggedOut]),
    ]
}
