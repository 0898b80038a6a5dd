import Engine
import Game
import Protocol
import Simulation

/// Places, the line, the ways between states, and what is told of them.
extension Scene {
    private static let lead = says(.leave, 1, [tells(1, .afk)])
    private static let pixel = Pixel(x: 0, y: 0, color: 1)

    static let placesAndOrder: [Doctored] = [
        Doctored(
            .places, "two play in one place",
            [Step(atUs: 2_000_000, standing: standing { $0.playing = [ann, bob] })]),
        Doctored(
            .places, "three wait in a line of two",
            [Step(atUs: 2_000_000, standing: standing { $0.queue = [bob, cat, dan] })]),
        Doctored(
            .places, "one is refused though there is room in line",
            [
                annLeaves(atUs: 2_000_000),
                Step(
                    atUs: 3_000_000, took: [says(.play, 1, [fails(1, .queueFull)])],
                    standing: bobPlays(atUs: 2_000_000)),
            ]),
        Doctored(
            .queueOrder, "the second is let in before the first",
            [
                Step(
                    atUs: 2_000_000, took: [lead],
                    standing: standing {
                        $0.playing = [cat]
                        $0.deadlinesUs = [12_000_000]
                        $0.queue = [bob]
                    })
            ]),
        Doctored(
            .queueOrder, "a position goes to a later comer",
            [Step(atUs: 2_000_000, standing: standing { $0.queue = [cat, bob] })]),
        Doctored(
            .queueOrder, "whoever just came plays at once though others wait",
            [
                annLeaves(atUs: 2_000_000),
                Step(
                    atUs: 3_000_000, took: [says(.leave, 2, [tells(2, .afk)]), says(.play, 1)],
                    standing: standing {
                        $0.deadlinesUs = [13_000_000]
                        $0.queue = [cat]
                    }),
            ]),
        Doctored(
            .lawfulStates, "a position is lost for no reason",
            [Step(atUs: 2_000_000, standing: standing { $0.queue = [cat] })]),
        Doctored(
            .lawfulStates, "a place becomes a position",
            [
                Step(
                    atUs: 2_000_000,
                    standing: standing {
                        $0.playing = [bob]
                        $0.deadlinesUs = [12_000_000]
                        $0.queue = [ann, cat]
                    })
            ]),
        Doctored(
            .lawfulStates, "one who never asked waits",
            [
                annLeaves(atUs: 2_000_000),
                Step(
                    atUs: 3_000_000,
                    standing: Scene.changed(bobPlays(atUs: 2_000_000)) { $0.queue = [cat, ann] }),
            ]),
        Doctored(
            .lawfulStates, "one who waits paints",
            [Step(atUs: 2_000_000, took: [says(.place(pixel), 2)], standing: opened)]),
        Doctored(
            .lawfulStates, "one who plays may not paint",
            [Step(atUs: 2_000_000, took: [says(.place(pixel), 1, [fails(1, .notPlaying)])], standing: opened)]
        ),
        Doctored(
            .noLeak, "a free place is given to nobody",
            [
                Step(
                    atUs: 2_000_000, took: [lead],
                    standing: standing {
                        $0.playing = []
                        $0.deadlinesUs = []
                    })
            ]),
        Doctored(
            .truePositions, "the second in line is told that it is the first",
            [
                Step(
                    atUs: 2_000_000, took: [says(.play, 3, [tells(3, queued(1))])], standing: opened)
            ]),
        Doctored(
            .truePositions, "a position is told twice within a second",
            [
                Step(atUs: 2_500_000, pursued: [tells(2, queued(1), isReply: false)], standing: opened),
                Step(atUs: 3_400_000, pursued: [tells(2, queued(1), isReply: false)], standing: opened),
            ]),
        Doctored(
            .truePositions, "nobody tells the one who moved up",
            [
                Step(
                    atUs: 2_000_000, took: [lead], pursued: [tells(2, playing(12_000_000), isReply: false)],
                    standing: bobPlays(atUs: 2_000_000)),
                Step(atUs: 4_030_000, standing: bobPlays(atUs: 2_000_000)),
            ]),
        Doctored(
            .trueWords, "one who waits is told that it plays",
            [Step(atUs: 2_000_000, took: [says(.play, 2, [tells(2, playing(12_000_000))])], standing: opened)]
        ),
        Doctored(
            .trueWords, "one who plays is welcomed as afk",
            [
                Step(
                    atUs: 2_000_000,
                    took: [opens(ann, 4, as: .afk, [.close(socket(1), .replaced)])], standing: opened)
            ]),
        Doctored(
            .admission, "load pauses admission too soon",
            [
                Step(atUs: 2_000_000, took: loads(3), standing: standing { $0.isAdmissionPaused = true })
            ]),
        Doctored(
            .admission, "load doesn't pause admission",
            [Step(atUs: 2_000_000, took: loads(4), standing: opened)]),
    ]

    private static func loads(_ count: Int) -> [(Input, [Effect])] {
        (0..<count).map { _ in
            (.load(LoadReading(loopLagUs: 300_000, sentBitsPerSecond: 0)), [])
        }
    }

    static func changed(_ standing: Standing, _ change: (inout Standing) -> Void) -> Standing {
        var standing = standing
        change(&standing)
        return standing
    }

    static let deadlines: [Doctored] = [
        Doctored(
            .afkInTime, "a place ends before its deadline",
            [Step(atUs: 2_000_000, standing: bobPlays(atUs: 2_000_000))]),
        Doctored(
            .afkInTime, "a socket is closed as afk before its deadline",
            [Step(atUs: 2_000_000, passed: [.close(socket(1), .afk)], standing: opened)]),
        Doctored(
            .afkInTime, "nobody looks at the deadline in time",
            [
                Step(
                    atUs: 11_026_000, passed: [tells(1, .afk, isReply: false), .close(socket(1), .afk)],
                    pursued: bobFollows(atUs: 11_026_000),
                    standing: Scene.changed(bobPlays(atUs: 11_026_000)) { $0.connections = 2 })
            ]),
        Doctored(
            .afkInTime, "the deadline comes and nothing happens",
            [Step(atUs: 11_000_000, standing: opened)]),
        Doctored(
            .afkInTime, "nobody is told that play ended",
            [
                Step(
                    atUs: 11_000_000, passed: [.close(socket(1), .afk)],
                    pursued: bobFollows(atUs: 11_000_000),
                    standing: Scene.changed(bobPlays(atUs: 11_000_000)) { $0.connections = 2 })
            ]),
        Doctored(
            .afkInTime, "a heartbeat moves the deadline",
            [
                Step(
                    atUs: 2_000_000, took: [says(.heartbeat, 1)],
                    standing: standing { $0.deadlinesUs = [12_000_000] })
            ]),
        Doctored(
            .afkInTime, "a reconnect moves the deadline",
            [
                Step(
                    atUs: 2_000_000,
                    took: [opens(ann, 4, as: .playing, [.close(socket(1), .replaced)])],
                    standing: standing { $0.deadlinesUs = [12_000_000] })
            ]),
        Doctored(
            .afkInTime, "a pixel doesn't move the deadline",
            [Step(atUs: 2_000_000, took: [says(.place(pixel), 1)], standing: opened)]),
        Doctored(
            .noLeak, "one plays with its deadline behind it",
            [Step(atUs: 2_000_000, standing: standing { $0.deadlinesUs = [1_999_999] })]),
        Doctored(
            .trueDeadlines, "another deadline is told",
            [Step(atUs: 2_000_000, took: [says(.play, 1, [tells(1, playing(12_000_000))])], standing: opened)]
        ),
        Doctored(
            .trueDeadlines, "a client counts down to a deadline that has moved",
            [
                Step(
                    atUs: 2_000_000, took: [says(.place(pixel), 1)],
                    standing: standing { $0.deadlinesUs = [12_000_000] }),
                Step(atUs: 6_030_000, standing: standing { $0.deadlinesUs = [12_000_000] }),
            ]),
    ]

    /// At 2 s Ann paints; 600 us later she says something that is none of her business, and asks where she stands.
    private static func asksAgain(_ deadlineUs: Int64) -> [Step] {
        let after = standing { $0.deadlinesUs = [deadlineUs] }
        let guess = RunPoint(run: Identifier(rawValue: 99), seq: 1, x: 0, y: 0, tMs: 0)
        return [
            Step(
                atUs: 2_000_000, took: [says(.place(pixel), 1)],
                standing: standing { $0.deadlinesUs = [12_000_000] }),
            Step(
                atUs: 2_000_600,
                took: [
                    drawn(.point(guess), 1, [fails(1, .notFound)]),
                    says(.play, 1, [tells(1, playing(12_000_000))]),
                ], standing: after),
            Step(atUs: 7_100_000, standing: after),
        ]
    }

    static let lawfulDeadlines: [Lawful] = [
        Lawful(
            what: "who acted a moment ago is told of that though it may have acted again",
            steps: asksAgain(12_000_000)),
        Lawful(
            what: "who acts twice within a millisecond needn't be told twice", steps: asksAgain(12_000_600)),
    ]
}
