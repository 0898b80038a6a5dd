import Client
import Protocol
import Testing

@testable import TUI

/// A server as it tells whoever looks after it, without one.
enum AdminSamples {
    /// 2023-11-14T22:13:20Z, when the samples' clock says 0.
    static let startMs: Int64 = 1_700_000_000_000

    /// An account with the role, besides what everyone has.
    static func profile(_ role: Role) -> MeAnswer {
        var answer = ArcadeSamples.profile()
        answer.roles = role.words
        return answer
    }

    /// So many seconds: a wave of players, bursts of placements, some refusals, and memory that grows.
    static func figures(seconds: Int = 240) -> FiguresAnswer {
        let samples = (0..<seconds).map { second in
            var sample = FigureSample()
            sample.players = 60 + abs(second % 120 - 60)
            sample.queued = max(second % 120 - 90, 0)
            sample.connections = sample.players + sample.queued + 21
            sample.placements = (second % 20 < 5 ? 180 : 40) + second % 7
            sample.refusals = second % 61 == 60 ? 12 : 0
            sample.commitP99Us = 1_800 + second * 37 % 2_000
            sample.lagP99Us = 90 + second * 13 % 400
            sample.sentBytes = sample.placements * 3_000
            sample.memoryBytes = 94_000_000 + second * 20_000
            return sample
        }
        return FiguresAnswer(atMs: startMs + 60_000, samples: samples)
    }

    static let status = HostStatus(
        release: "0.7.0", uptimeMs: 11_100_000, players: 79, queued: 9, connections: 109, spectators: 21,
        accounts: 412,
        version: 1_204_377, epoch: 2, width: 1_000, height: 1_000, isStorageHealthy: true, pendingRecords: 0)

    static let accounts: [HostAccount] = [
        account(0, .playing, .admin, leftMs: 88_000), account(1, .queued, .player, position: 1),
        account(2, .playing, .player, leftMs: 12_000), account(3, .afk, .moderator, isConnected: false),
        account(
            4, .afk, .player, isConnected: false, ban: "Bursts in every run.",
            untilMs: startMs + 7 * 86_400_000),
    ]

    private static func account(
        _ number: Int, _ status: StatusWord, _ role: Role, position: Int? = nil, leftMs: Int? = nil,
        isConnected: Bool = true, ban: String? = nil, untilMs: Int64? = nil
    ) -> HostAccount {
        let name = GameSamples.account(number)
        return HostAccount(
            id: name.id, name: name.name, status: status, role: role, position: position, idleLeftMs: leftMs,
            isConnected: isConnected, sessions: 1, banReason: ban, banUntilMs: untilMs)
    }

    static let knobs: [KnobEntry] = [
        KnobEntry(
            name: "place-rate", value: "10:20", option: "10:20", isSet: false,
            wanted: "a rate a second and a burst, as in 10:20, or 0"),
        KnobEntry(
            name: "max-players", value: "250", option: "100", isSet: true,
            wanted: "a whole number from 1 to 1000000"),
        KnobEntry(name: "ads", value: "on", option: "on", isSet: false, wanted: "on or off"),
    ]

    static let rollbacks: [Rollback] = [
        Rollback(
            id: 3, epoch: 2, actor: .account(GameSamples.account(0).id), atMs: startMs + 50_000,
            target: .rollback(2),
            firstVersion: 1_204_300, cells: 71, placements: 0, isComplete: true),
        Rollback(
            id: 2, epoch: 2, actor: .console, atMs: startMs + 20_000,
            target: .placements(
                account: GameSamples.account(2).id, fromMs: startMs - 600_000, toMs: startMs,
                CanvasBox(3, 4, 40, 30)),
            firstVersion: 1_203_000, cells: 1_271, placements: 1_340, isComplete: true),
    ]

    static let areas: [HostProtectedArea] = [
        HostProtectedArea(
            area: ProtectedArea(id: 1, box: CanvasBox(10, 5, 60, 40), note: "The logo of last summer"),
            actor: .account(GameSamples.account(0).id), atMs: startMs)
    ]

    static let flags: [HostFlag] = [
        HostFlag(
            account: GameSamples.account(2), reason: "burst", evidence: "9 points in 400 ms in a run of dot",
            atMs: startMs + 1_000, isBanned: false)
    ]

    static let feedback: [FeedbackEntry] = [
        FeedbackEntry(
            id: 2, account: GameSamples.account(1), isGuest: false,
            message: "A second canvas for the winter, please.",
            atMs: startMs),
        FeedbackEntry(id: 1, account: nil, isGuest: true, message: "Nice!", atMs: startMs - 5_000),
    ]

    /// So many rows, the newest with this number.
    static func audit(from newest: Int, count: Int) -> [AuditEntry] {
        (0..<count).map { offset in
            let actions = ["set_knob", "ban", "rollback"]
            let number = newest - offset
            return AuditEntry(
                id: number, atMs: startMs + Int64(number) * 1_000, actor: .account(GameSamples.account(0).id),
                actorName: "Ada", action: actions[number % 3],
                subject: number % 3 == 0 ? "max-players" : GameSamples.account(2).id.description,
                subjectName: number % 3 == 1 ? GameSamples.account(2).name : nil, detail: "row \(number)")
        }
    }

    /// What a server with all of this answers.
    static func answer(_ route: AdminRoute) -> HostAnswer {
        switch route {
        case .accounts(let all): .accounts(all ? accounts : Array(accounts.prefix(4)), total: 412)
        case .flags: .flags(flags)
        case .feedback: .feedback(feedback)
        case .knobs: .knobs(knobs)
        case .audit(let limit, let before):
            .audit(audit(from: (before ?? 251) - 1, count: min(limit, (before ?? 251) - 1)))
        case .status: .status(status)
        case .canvas(.rollbacks): .rollbacks(rollbacks)
        case .canvas(.protectedAreas): .protectedAreas(areas)
        case .canvas(.rollBack(let order)):
            .rollback(
                RollbackReport(id: order.isPreview ? nil : 4, cells: 1_271, placements: 1_340, accounts: 1))
        case .canvas(.undoRollback(let id)):
            .rollback(RollbackReport(id: 4, undid: id, cells: 71, placements: 71, accounts: 1))
        case .kick, .ban, .unban, .grant, .clearFlags, .announce, .setKnob, .canvas: .done("Done.")
        }
    }
}

extension Model {
    mutating func becomeHost(_ role: Role) {
        _ = update(.server(.profile(AdminSamples.profile(role))), nowMs: clockMs)
    }

    /// On the page with a role, with all that is asked for answered; says what was asked.
    @discardableResult
    mutating func openAdmin(_ role: Role = .admin, _ keys: String = "") -> [AdminWish] {
        becomeHost(role)
        var wishes = settleAdmin(open(.admin))
        for character in keys { wishes += settleAdmin(type(String(character))) }
        wishes += settleAdmin(update(.clock, nowMs: clockMs))
        return wishes
    }

    /// Presses a key on the page, with all that is asked for answered; says what was asked.
    @discardableResult
    mutating func pressAdmin(_ press: KeyPress) -> [AdminWish] {
        // Nobody is so fast that a key counts as held.
        settleAdmin(update(.input(.key(press)), nowMs: clockMs + 800))
    }

    /// Answers what is asked for until nothing is, and returns all questions.
    @discardableResult
    mutating func settleAdmin(_ commands: [Command]) -> [AdminWish] {
        var wishes: [AdminWish] = []
        var open = commands
        while !open.isEmpty {
            guard case .admin(let wish) = open.removeFirst() else { continue }
            wishes.append(wish)
            switch wish {
            case .figures: open += hear(.figures(AdminSamples.figures()))
            case .ask(let route): open += hear(.answer(route, AdminSamples.answer(route)))
            }
        }
        return wishes
    }

    mutating func hear(_ report: AdminReport) -> [Command] { update(.server(.admin(report)), nowMs: clockMs) }
}
