import Engine
import Game
import Protocol
import Simulation

/// Points, skins, ads, feedback and bans.
extension Scene {
    // MARK: Records

    static func account(
        _ who: Identifier, points: Int = 0, skin: String? = nil, streak: LoginStreak = LoginStreak(),
        ban: String? = nil, untilMs: Int64? = nil
    ) -> Record {
        var record = AccountRecord(
            id: who, name: "name \(who.rawValue)", publicKey: [UInt8(who.rawValue)], createdAtMs: 0,
            points: points)
        record.skin = skin.flatMap(SkinID.init)
        record.streak = streak
        record.banReason = ban
        record.banUntilMs = untilMs
        return .account(record)
    }

    static func entry(
        _ who: Identifier, _ points: Int, _ reason: PointsRecord.Reason, _ source: String, day: Int64 = 0
    ) -> Record {
        .points(
            PointsRecord(
                account: who, points: points, reason: reason, source: source, atMs: day * 86_400_000 + 5))
    }

    private static func keeps(_ records: [Record]...) -> [Step] {
        records.enumerated().map { index, records in
            Step(
                atUs: 2_000_000 + Int64(index) * 100_000,
                meanwhile: records.compactMap(orderedSkin) + [.kept(records)], standing: opened)
        }
    }

    /// Who has a skin kept has ordered it.
    private static func orderedSkin(_ record: Record) -> Observation? {
        guard case .skin = record else { return nil }
        return .took(.host(HostCallID(rawValue: 90), .installSkin(json: "")), [])
    }

    /// Ann's bonus of a day, whatever her streak was.
    private static func bonus(day: Int64, days: Int, _ points: Int, sum: Int) -> [Record] {
        [
            account(ann, points: sum, streak: LoginStreak(days: days, lastDay: Int(day))),
            entry(ann, points, .loginBonus, "\(day)", day: day),
        ]
    }

    private static let moss: SkinID = {
        guard let id = SkinID(rawValue: "moss") else { preconditionFailure("a legal id") }
        return id
    }()

    static func skin(price: Int) -> Record {
        let colors = Dictionary(uniqueKeysWithValues: SkinInput.allCases.map { ($0, ["ink"]) })
        return .skin(Skin(id: moss, title: "Moss", author: "Ann", price: price, inputs: colors))
    }

    /// The skin with its row of the audit.
    private static func installs(price: Int) -> [Record] {
        let row = AuditRecord(
            atMs: 0, actor: .console, action: "install_skin", subject: moss.rawValue, detail: "Moss")
        return [skin(price: price), .audit(row)]
    }

    private static func buys(price: Int, left: Int) -> [Record] {
        [
            account(ann, points: left), entry(ann, -price, .purchase, "moss"),
            .skinOwned(OwnershipRecord(account: ann, skin: moss, price: price, atMs: 0)),
        ]
    }

    /// Ann has 10 points by a bonus, and a skin costs 4.
    private static let rich = bonus(day: 3, days: 1, 10, sum: 10) + installs(price: 4)
    private static let streak = LoginStreak(days: 1, lastDay: 3)

    private static func bought(left: Int = 6) -> [Record] {
        buys(price: 4, left: left).map { record in
            if case .account = record { account(ann, points: left, streak: streak) } else { record }
        }
    }

    private static func isTold(_ points: Int, _ number: UInt64) -> Effect {
        let me = MeAnswer(
            account: AccountName(id: ann, name: "name 1"), status: .playing, points: points,
            roles: ["player"])
        return answers(number, .me(me))
    }

    /// At 3 s Ann is answered so.
    private static func hears(_ route: Route, _ answer: Effect) -> [Step] {
        keeps(rich) + [Step(atUs: 3_000_000, took: [asks(41, route, ann, [answer])], standing: opened)]
    }

    static let economy: [Doctored] = [
        Doctored(.truePoints, "someone is told of points that no disk kept", hears(.me, isTold(6, 41))),
        Doctored(
            .truePoints, "someone is told of points that were spent before",
            keeps(rich, bought()) + [
                Step(atUs: 3_000_000, took: [asks(41, .me, ann, [isTold(10, 41)])], standing: opened)
            ]),
        Doctored(
            .ownedOnce, "a skin is said to be bought that no disk gave",
            hears(.skins(.purchase(moss)), answers(41, .failure(Failure(.alreadyOwned, ""))))),
        Doctored(
            .profilePoints, "points come without an entry", keeps([account(ann, points: 3)])),
        Doctored(
            .profilePoints, "an entry changes no profile",
            keeps(
                [entry(ann, 10, .loginBonus, "0")] + [
                    account(ann, streak: LoginStreak(days: 1, lastDay: 0))
                ])),
        Doctored(
            .causedPoints, "an entry has no cause",
            keeps([account(ann, points: 3), entry(ann, 3, .arcade, "60")])),
        Doctored(
            .solvent, "someone is left with less than nothing",
            keeps(installs(price: 4), buys(price: 4, left: -4))),
        Doctored(
            .dailyBonus, "a day pays twice",
            keeps(bonus(day: 3, days: 1, 10, sum: 10), bonus(day: 3, days: 2, 15, sum: 25))),
        Doctored(
            .dailyBonus, "a streak goes on after a day was left out",
            keeps(bonus(day: 3, days: 1, 10, sum: 10), bonus(day: 5, days: 2, 15, sum: 25))),
        Doctored(
            .dailyBonus, "a streak breaks though no day was left out",
            keeps(bonus(day: 3, days: 1, 10, sum: 10), bonus(day: 4, days: 1, 10, sum: 20))),
        Doctored(
            .dailyBonus, "a bonus is for another day than it came on",
            keeps([
                account(ann, points: 10, streak: LoginStreak(days: 1, lastDay: 3)),
                entry(ann, 10, .loginBonus, "3", day: 4),
            ])),
        Doctored(
            .causedPoints, "a bonus is more than the day pays", keeps(bonus(day: 3, days: 1, 11, sum: 11))),
        Doctored(
            .ownedOnce, "a skin is bought for less than it costs",
            keeps(
                rich + installs(price: 5), bought())),
        Doctored(.ownedOnce, "a skin is bought twice", keeps(rich, bought(), bought(left: 2))),
        Doctored(
            .profilePoints, "a skin is taken and not paid",
            keeps(rich, Array(bought(left: 10).filter { if case .points = $0 { false } else { true } }))),
        Doctored(
            .wornOwned, "someone wears what isn't owned",
            keeps(rich, [account(ann, points: 10, skin: "moss", streak: streak)])),
    ]

    // MARK: Ads

    static let ads: [Ad] = {
        let json = "{\"id\":\"short\",\"title\":\"Short\",\"text\":[\"Play\"],\"seconds\":2,\"weight\":1}"
        guard let ad = try? Ad(json: Array(json.utf8)) else { preconditionFailure("a legal ad") }
        return [ad]
    }()

    private static let impression = Identifier(rawValue: 80)
    private static let through = Input.committed(CommitID(rawValue: 1))

    /// Ads that are shown one after another, each kept and told.
    private static func shows(_ count: Int) -> [Step] {
        (0..<count).map { number in
            let id = Identifier(rawValue: 200 + UInt64(number))
            let record = ImpressionRecord(
                id: id, ad: ads[0].id, holder: ann, isGuest: false, page: page("shop"), shownAtMs: 0,
                completedAtMs: nil)
            let asked = UInt64(200 + number)
            let next = Input.request(
                request(asked), .ads(.next(before: page("shop"))), caller(ann),
                EdgeProofs(draw: Draw(id: id, seed: 1)))
            return Step(
                atUs: 2_000_000 + Int64(number) * 10_000,
                took: [
                    (next, []), (through, [answers(asked, .ad(AdAnswer(impression: id, ad: ads[0])))]),
                ], standing: opened
            ).keeping([.impression(record)], after: 0)
        }
    }

    private static func page(_ word: String) -> AdPage {
        guard let page = AdPage(rawValue: word) else { preconditionFailure("a legal page") }
        return page
    }

    private static func shown(_ who: Identifier = ann, completed: Bool = false) -> Record {
        .impression(
            ImpressionRecord(
                id: impression, ad: ads[0].id, holder: who, isGuest: false, page: page("shop"), shownAtMs: 0,
                completedAtMs: completed ? 1 : nil))
    }

    /// At 2 s Ann is shown an ad of two seconds.
    private static let shows = Step(
        atUs: 2_000_000,
        took: [
            (
                .request(
                    request(31), .ads(.next(before: page("shop"))), caller(ann),
                    EdgeProofs(draw: Draw(id: impression, seed: 1))), []
            ),
            (through, [answers(31, .ad(AdAnswer(impression: impression, ad: ads[0])))]),
        ], standing: opened
    ).keeping([shown()], after: 0)

    /// Ann says that it is over.
    private static func completes(_ number: UInt64, atUs: Int64, _ answer: Answer?, keeps: [Record]) -> Step {
        Step(
            atUs: atUs,
            took: [
                asks(number, .ads(.complete(impression)), ann),
                (through, answer.map { [answers(number, $0)] } ?? []),
            ], standing: opened
        ).keeping(keeps, after: 0)
    }

    private static let done = completes(32, atUs: 4_000_000, .done, keeps: [shown(completed: true)])
    private static let notOver = Failure(.adNotOver, "", retryAfterMs: 1_000)

    static let adHistories: [Doctored] = [
        Doctored(.rate, "an eleventh ad is shown at once", shows(11)),
        Doctored(
            .seenAds, "an ad is over too soon",
            [shows, completes(32, atUs: 3_999_000, .done, keeps: [shown(completed: true)])]),
        Doctored(
            .seenAds, "an ad is over twice",
            [shows, done, completes(33, atUs: 5_000_000, .done, keeps: [shown(completed: true)])]),
        Doctored(
            .seenAds, "the end of an ad is acknowledged and not kept",
            [shows, completes(32, atUs: 4_000_000, .done, keeps: [])]),
        Doctored(
            .seenAds, "an ad that is over isn't said to be",
            [shows, completes(32, atUs: 4_000_000, .failure(notOver), keeps: [])]),
        Doctored(
            .seenAds, "an impression comes from nowhere", keeps([shown()])),
        Doctored(
            .keptAcknowledged, "an impression is lost",
            [shows, completes(32, atUs: 4_000_000, .failure(Failure(.notFound, "")), keeps: [])]),
    ]

    // MARK: Feedback

    private static let more: FeedbackMessage = {
        guard let message = FeedbackMessage("more dots") else { preconditionFailure("a legal message") }
        return message
    }()

    private static func writes(_ number: UInt64, isKept: Bool = true, _ answer: Answer = .created) -> Step {
        let record = FeedbackRecord(holder: ann, isGuest: false, message: more, atMs: 0)
        return Step(
            atUs: 2_000_000 + Int64(number) * 100_000,
            took: [
                asks(50 + number, .feedback(more), ann), (through, [answers(50 + number, answer)]),
            ],
            standing: opened
        ).keeping(isKept ? [.feedback(record)] : [], after: 0)
    }

    private static let tooMany = Answer.failure(Failure(.rateLimited, "", retryAfterMs: 3_000_000))

    static let feedback: [Doctored] = [
        Doctored(.feedbackPace, "a fourth message counts", (1...4).map { writes($0) }),
        Doctored(
            .feedbackPace, "a second message is one too many",
            [
                writes(1),
                Step(
                    atUs: 3_000_000,
                    took: [asks(59, .feedback(more), ann, [answers(59, tooMany)])],
                    standing: opened),
            ]),
        Doctored(.keptAcknowledged, "a message is acknowledged and not kept", [writes(1, isKept: false)]),
    ]

    // MARK: Bans

    /// At 2 s a host bans Ann, which is kept at once; her socket goes with these effects.
    private static func bans(_ effects: [Effect], standing: Standing) -> [Step] {
        [
            Step(
                atUs: 2_000_000,
                took: [(.host(HostCallID(rawValue: 1), .ban(account: ann.description, reason: "why")), [])],
                standing: opened),
            Step(
                atUs: 2_100_000, took: [(through, effects)],
                pursued: effects.isEmpty ? [] : bobFollows(atUs: 2_100_000),
                meanwhile: [.kept([account(ann, ban: "why")])], standing: standing),
        ]
    }

    private static let out = standing {
        $0.playing = [bob]
        $0.deadlinesUs = [12_100_000]
        $0.queue = [cat]
        $0.connections = 2
    }

    private static let pardoned = standing {
        $0.playing = [bob]
        $0.deadlinesUs = [12_100_000]
        $0.queue = [cat]
    }

    private static let shownOut = bans([.close(socket(1), .banned)], standing: out)

    static let banHistories: [Doctored] = [
        Doctored(.banned, "a socket stays when its account is banned", bans([], standing: opened)),
        Doctored(
            .banned, "who is banned is told its points",
            shownOut + [
                Step(
                    atUs: 3_000_000, took: [asks(41, .skins(.list), ann, [answers(41, .skins([]))])],
                    standing: out)
            ]),
        Doctored(
            .banned, "who is banned is taken for good",
            shownOut + [
                Step(atUs: 3_000_000, took: [asks(41, .logout, ann)], standing: out)
            ]),
        Doctored(
            .banned, "who is banned after all keeps its socket",
            shownOut + [
                Step(
                    atUs: 2_500_000,
                    took: [
                        (.host(HostCallID(rawValue: 2), .unban(account: ann.description)), []), opens(ann, 4),
                    ], standing: pardoned),
                Step(
                    atUs: 2_600_000, took: [(.commitFailed(CommitID(rawValue: 2), .full), [])],
                    standing: pardoned),
            ]),
    ]

    static let lawfulEconomy: [Lawful] = [
        Lawful(
            what: "a streak grows, pays and is spent",
            steps: keeps(
                rich, bought(),
                [
                    account(ann, points: 21, skin: "moss", streak: LoginStreak(days: 2, lastDay: 4)),
                    entry(ann, 15, .loginBonus, "4", day: 4),
                ])),
        Lawful(
            what: "someone is told of points before and after a purchase that was kept meanwhile",
            steps: keeps(rich) + [
                Step(atUs: 3_000_000, took: [asks(41, .me, ann), asks(42, .me, ann)], standing: opened),
                Step(
                    atUs: 3_100_000, took: [(through, [isTold(10, 41), isTold(6, 42)])],
                    meanwhile: [.kept(bought())], standing: opened),
            ]),
        Lawful(what: "ten ads are shown at once", steps: shows(10)),
        Lawful(what: "an ad is seen to its end", steps: [shows, done]),
        Lawful(
            what: "an ad that isn't over is seen on",
            steps: [shows, completes(32, atUs: 3_000_000, .failure(notOver), keeps: [])]),
        Lawful(what: "three messages an hour are kept", steps: (1...3).map { writes($0) }),
        Lawful(
            what: "who is banned is shown out, and the next in line follows",
            steps: shownOut + [
                Step(
                    atUs: 3_000_000,
                    took: [asks(41, .logout, ann, [answers(41, .failure(Failure(.banned, "why")))])],
                    standing: out)
            ]),
    ]
}
