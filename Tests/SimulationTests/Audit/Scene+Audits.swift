import Engine
import Protocol
import Simulation

/// The audit: beside what is changed on a host's behalf, a row for each order, and none without one.
extension Scene {
    private static let players = Knob.maxPlayers.rawValue

    /// The host gives an order, by a call of this number.
    private static func orders(
        _ number: UInt64, _ command: HostCommand, _ effects: [Effect] = []
    ) -> Observation {
        .took(.host(HostCallID(rawValue: number), command), effects)
    }

    private static func done(_ number: UInt64, _ answer: HostAnswer = .done("so it is")) -> Effect {
        .answerHost(HostCallID(rawValue: number), answer)
    }

    private static func tells(_ effects: Effect...) -> Observation {
        .took(.committed(CommitID(rawValue: 1)), effects)
    }

    private static func happens(_ observations: Observation...) -> [Step] {
        [Step(atUs: 2_000_000, meanwhile: observations, standing: opened)]
    }

    private static let setsKnob = HostCommand.setKnob(name: players, value: "1")
    private static let protects = HostCommand.protect(CanvasBox(0, 0, 0, 0), note: "")
    private static let rollsBack = HostCommand.rollback(
        RollbackOrder(account: nil, fromMs: 0, toMs: 1, box: nil, isPreview: false))
    private static let refusal = HostAnswer.refused(.storageUnavailable, "The disk is full.")

    // MARK: Orders from Telegram

    private static func hears(_ update: Int64, _ number: UInt64, _ effects: [Effect] = []) -> Observation {
        let ban = HostCommand.ban(account: bob.description, reason: "update \(update)")
        let order = TelegramOrder(
            call: HostCallID(rawValue: number), command: ban, user: 501,
            owed: OwedAnswer(bot: 7, update: update, chat: 501, order: "/ban"))
        return .took(.telegram(.heard(TelegramUpdate(bot: 7, number: update, order: order))), effects)
    }

    private static func bans(_ update: Int64) -> Observation {
        .kept([
            .audit(
                AuditRecord(
                    atMs: 0, actor: .telegram(user: 501), action: "ban", subject: bob.description,
                    detail: "for good: update \(update)"))
        ])
    }

    private static let restarts = Observation.restarted(
        RecoveredState(), version: 3, cells: AuditorTests.cells(6, 7), wallMs: wallMs)

    static let audits: [Doctored] = [
        Doctored(.audited, "a knob is turned by nobody", keeps(knob("3"))),
        Doctored(
            .audited, "a knob's option counts again as if the knob was set",
            happens(orders(1, setsKnob), .kept([knob(nil), row("set_knob", of: players)]))),
        Doctored(
            .audited, "another knob is in the audit",
            happens(
                orders(1, .setKnob(name: Knob.idleSeconds.rawValue, value: "9")),
                .kept([knob("3"), row("set_knob", of: Knob.idleSeconds.rawValue)]))),
        Doctored(.audited, "flags are cleared by nobody", keeps(.flagsCleared(account: ann, atMs: 0))),
        Doctored(.audited, "a skin is installed by nobody", keeps(skin(price: 4))),
        Doctored(.audited, "a row tells of what nobody ordered", keeps(row("ban", of: ann.description))),
        Doctored(
            .audited, "one order has two rows",
            happens(
                orders(1, setsKnob),
                .kept([knob("1"), row("set_knob", of: players), row("set_knob", of: players)]))),
        Doctored(
            .audited, "a row names another who ordered it",
            happens(
                orders(1, setsKnob), .kept([knob("1"), row("set_knob", of: players, by: .account(ann))]))),
        Doctored(
            .audited, "a row names another account",
            happens(
                orders(1, .unban(account: ann.description)), .kept([row("unban", of: bob.description)]))),
        Doctored(
            .audited, "what is said to be protected isn't in the audit",
            happens(orders(1, protects), tells(done(1)))),
        Doctored(
            .audited, "what is refused is in the audit",
            happens(orders(1, protects), .kept([row("protect", of: "area 1")]), tells(done(1, refusal)))),
        Doctored(
            .audited, "a rollback that was made isn't in the audit",
            happens(orders(1, rollsBack), tells(done(1, .rollback(report(id: 1)))))),
        Doctored(
            invariant: .audited,
            observations: [
                orders(1, .announce(message: "hear"), [done(1)]), .settled(present: []),
            ]),
        Doctored(
            .audited, "an order from before a restart is in the audit after it",
            happens(
                orders(1, protects),
                restarts,
                .kept([row("protect", of: "area 1")]))),
        Doctored(
            .orderedOnce, "an order comes again after a restart, and is done again",
            happens(hears(20, 1), bans(20), restarts, hears(20, 2), bans(20))),
        Doctored(
            .orderedOnce, "an order is confirmed to Telegram that a restart lost",
            happens(hears(20, 1), restarts, .confirmedToTelegram(20))),
        Doctored(
            .orderedOnce, "a row tells of no update",
            happens(
                hears(20, 1),
                .kept([
                    row("ban", of: bob.description, by: .telegram(user: 501))
                ]))),
    ]

    private static func report(id: Int?) -> RollbackReport {
        RollbackReport(id: id, undid: nil, cells: 0, placements: 0, accounts: 0, skipped: 0)
    }

    static let lawfulAudits: [Lawful] = [
        Lawful(
            what: "what is changed has its row beside it, and each order one",
            steps: happens(
                orders(1, setsKnob), orders(2, setsKnob), orders(3, .setKnob(name: players, value: nil)),
                orders(4, .clearFlags(account: ann.description)),
                .kept([
                    knob("1"), row("set_knob", of: players), knob("1"), row("set_knob", of: players),
                    knob(nil), row("reset_knob", of: players), .flagsCleared(account: ann, atMs: 0),
                    row("clear_flags", of: ann.description),
                ]), tells(done(1), done(2), done(3), done(4)))),
        Lawful(
            what: "who isn't there is kicked without a row, and an announcement's may come later",
            steps: happens(
                orders(1, .kick(account: dan.description), [done(1)]),
                orders(2, .announce(message: "hear"), [done(2)]), .kept([row("announce", of: "")]))),
        Lawful(
            what: "a rollback that finds nothing leaves no row, and one that was stopped may have",
            steps: happens(
                orders(1, rollsBack), tells(done(1, .rollback(report(id: nil)))), orders(2, rollsBack),
                .kept([row("rollback", of: "rollback 1")]), tells(done(2, refusal)), orders(3, rollsBack),
                tells(done(3, refusal)), .kept([row("rollback", of: "rollback 2")]))),
        Lawful(
            what: "an order over HTTP and one from Telegram have their own rows",
            steps: happens(
                .took(
                    .telegram(
                        .heard(
                            TelegramUpdate(
                                bot: 7, number: 20,
                                order: TelegramOrder(
                                    call: HostCallID(rawValue: 1), command: protects, user: 501,
                                    owed: OwedAnswer(bot: 7, update: 20, chat: 501, order: "/protect"))))), []
                ), .kept([row("protect", of: "area 1", by: .telegram(user: 501))]), tells(done(1)))),
        Lawful(
            what: "an order from Telegram is confirmed once it was done, or refused",
            steps: happens(
                hears(20, 1, [done(1, refusal)]), .confirmedToTelegram(20), hears(21, 2), bans(21),
                tells(done(2)), .confirmedToTelegram(21), .confirmedToTelegram(22))),
    ]
}
