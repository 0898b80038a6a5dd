import Engine
import Protocol
import Simulation

/// Bans that end, what roles may do, and the audit beside what is changed on a host's behalf.
extension Scene {
    // MARK: Bans that end

    /// At 2 s a host bans Ann until a time on the monotonic clock; it is kept at once, and she is shown out.
    private static func bansAnn(untilUs: Int64) -> [Step] {
        let untilMs = wallMs + untilUs / 1000
        let ban = HostCommand.ban(account: ann.description, reason: "why", until: untilMs)
        return [
            Step(atUs: 2_000_000, took: [(.host(HostCallID(rawValue: 1), ban), [])], standing: opened),
            Step(
                atUs: 2_100_000,
                took: [(.committed(CommitID(rawValue: 1)), [.close(socket(1), .banned)])],
                pursued: bobFollows(atUs: 2_100_000),
                meanwhile: [
                    .kept([account(ann, ban: "why", untilMs: untilMs), row("ban", of: ann.description)])
                ],
                standing: annIsOut),
        ]
    }

    private static let annIsOut = standing {
        $0.playing = [bob]
        $0.deadlinesUs = [12_100_000]
        $0.queue = [cat]
        $0.connections = 2
    }

    private static let annIsBack = standing {
        $0.playing = [bob]
        $0.deadlinesUs = [12_100_000]
        $0.queue = [cat]
    }

    private static func letsAnnIn(atUs: Int64) -> Step {
        Step(atUs: atUs, passed: [.log(.banEnded(account: ann))], standing: annIsOut)
    }

    private static func waits(untilUs: Int64) -> Step { Step(atUs: untilUs, standing: annIsOut) }

    // MARK: Roles

    private static let hears = Answer.host(.done("so it is"))

    private static func grants(_ role: Role, to who: Identifier) -> Step {
        let command = HostCommand.grant(account: who.description, role: role)
        return Step(
            atUs: 1_500_000, took: [(.host(HostCallID(rawValue: 1), command), [])], standing: opened)
    }

    /// Someone gives a command over HTTP; without an answer it is taken.
    private static func gives(
        _ route: AdminRoute, _ who: Identifier?, _ answer: Answer? = nil, by number: UInt64 = 60
    ) -> Step {
        let effects = answer.map { [answers(number, $0)] } ?? []
        return Step(atUs: 2_000_000, took: [asks(number, .admin(route), who, effects)], standing: opened)
    }

    private static let forbidden = Answer.failure(Failure(.forbidden, "Only admins may do this."))

    /// A ban that a moderator may give, or one that ends a minute too late.
    private static func bansBob(isTooLong: Bool = false) -> AdminRoute {
        let longest = wallMs + 2_000 + Limits.maxModeratorBanMs
        return .ban(bob, reason: nil, untilMs: isTooLong ? longest + 60_000 : longest)
    }

    // MARK: The audit

    static func row(_ action: String, of subject: String, by actor: Actor = .console) -> Record {
        .audit(AuditRecord(atMs: 0, actor: actor, action: action, subject: subject, detail: ""))
    }

    static func knob(_ value: String?) -> Record {
        .knob(KnobRecord(name: Knob.maxPlayers.rawValue, value: value, atMs: 0))
    }

    static func keeps(_ records: Record...) -> [Step] {
        [Step(atUs: 2_000_000, meanwhile: [.kept(records)], standing: opened)]
    }

    static let hosting: [Doctored] = [
        Doctored(
            .banEnds, "a ban ends before its time",
            bansAnn(untilUs: 9_000_000) + [letsAnnIn(atUs: 8_900_000)]),
        Doctored(.banEnds, "a ban for good ends by itself", bansAnnForGood + [letsAnnIn(atUs: 8_900_000)]),
        Doctored(
            .banEnds, "someone is let in who isn't banned",
            [Step(atUs: 2_000_000, passed: [.log(.banEnded(account: ann))], standing: opened)]),
        Doctored(
            .banEnds, "a ban outlasts its time",
            bansAnn(untilUs: 4_000_000) + [waits(untilUs: 6_400_000), waits(untilUs: 6_600_000)]),
        Doctored(
            .banEnds, "a ban that is back after a commit failed outlasts its time",
            bansAnn(untilUs: 4_000_000) + [
                letsAnnIn(atUs: 4_100_000),
                Step(
                    atUs: 4_200_000, took: [(.commitFailed(CommitID(rawValue: 2), .full), [])],
                    standing: annIsOut),
                waits(untilUs: 6_800_000),
            ]),
        Doctored(.roles, "a player kicks", [gives(.kick(bob), ann, hears)]),
        Doctored(.roles, "a player's ban is taken", [gives(bansBob(), ann)]),
        Doctored(.roles, "someone unknown is told how the server stands", [gives(.status, nil, hears)]),
        Doctored(
            .roles, "a moderator is refused", [grants(.moderator, to: ann), gives(.status, ann, forbidden)]),
        Doctored(
            .roles, "a moderator bans for too long",
            [grants(.moderator, to: ann), gives(bansBob(isTooLong: true), ann)]),
        Doctored(
            .roles, "a moderator bans another",
            [grants(.moderator, to: ann), grants(.moderator, to: bob), gives(bansBob(), ann)]),
        Doctored(
            .roles, "a moderator gives roles",
            [grants(.moderator, to: ann), gives(.grant(bob, .moderator), ann)]),
        Doctored(
            .roles, "a moderator turns a knob",
            [grants(.moderator, to: ann), gives(.setKnob(name: "max-players", value: "2"), ann)]),
        Doctored(
            .roles, "an admin may give someone a role and is refused",
            [grants(.admin, to: ann), gives(.grant(bob, .moderator), ann, forbidden)]),
        Doctored(
            .roles, "an admin gives up the own role",
            [grants(.admin, to: ann), gives(.grant(ann, .player), ann)]),
        Doctored(
            .roles, "a knob is set to what it can't be",
            [grants(.admin, to: ann), gives(.setKnob(name: "max-players", value: "many"), ann)]),
    ]

    private static let bansAnnForGood: [Step] = {
        let ban = HostCommand.ban(account: ann.description, reason: "why")
        return [Step(atUs: 2_000_000, took: [(.host(HostCallID(rawValue: 1), ban), [])], standing: opened)]
    }()

    static let lawfulHosting: [Lawful] = [
        Lawful(
            what: "a ban ends a look late, and who was banned comes back",
            steps: bansAnn(untilUs: 4_000_000) + [
                letsAnnIn(atUs: 6_400_000),
                Step(atUs: 6_500_000, took: [opens(ann, 4)], standing: annIsBack),
            ]),
        Lawful(
            what: "a ban outlasts its time while storage can't keep its end",
            steps: bansAnn(untilUs: 4_000_000) + [
                Step(
                    atUs: 3_000_000,
                    took: [(.commitFailed(CommitID(rawValue: 1), .full), [.log(.storageRefusing(.full))])],
                    standing: annIsOut),
                waits(untilUs: 6_600_000),
                Step(
                    atUs: 8_000_000, took: [(.storageProbed(nil), [.log(.storageRecovered)])],
                    standing: annIsOut),
                letsAnnIn(atUs: 8_900_000),
            ]),
        Lawful(
            what: "a moderator bans a player for as long as moderators may, and hears how the server stands",
            steps: [
                grants(.moderator, to: ann), gives(bansBob(), ann),
                gives(.status, ann, hears, by: 61),
            ]),
        Lawful(
            what: "players and whoever proves nothing are refused",
            steps: [
                gives(.status, ann, forbidden),
                gives(.status, nil, .failure(Failure(.unauthorized, "Sign in first."))),
            ]),
        Lawful(
            what: "a moderator is refused what is an admin's",
            steps: [grants(.moderator, to: ann), gives(.knobs, ann, forbidden)]),
    ]
}
