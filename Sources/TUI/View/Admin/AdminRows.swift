import Protocol

/// A column of a list where a server is looked after.
struct AdminColumn: Hashable, Sendable {
    var title: String
    /// It is no narrower than this, and no wider than `most`.
    var least: Int
    var most: Int
    /// Where room is short, the highest numbers go first; 0 stays.
    var rank: Int
    var isRight = false
}

/// A line of such a list.
struct AdminRow: Hashable, Sendable {
    /// How a line stands out.
    enum Tone: Hashable, Sendable { case usual, good, warning, failure, quiet }

    /// What stands in the columns.
    var cells: [String]
    var tone = Tone.usual
    /// What there is to know of the chosen line.
    var detail: String
}

extension AdminTab {
    /// The columns of its list.
    var columns: [AdminColumn] {
        switch self {
        case .live: []
        case .accounts:
            [
                AdminColumn(title: "Name", least: 12, most: 26, rank: 0),
                AdminColumn(title: "State", least: 13, most: 22, rank: 1),
                AdminColumn(title: "Role", least: 9, most: 9, rank: 2),
                AdminColumn(title: "Ban", least: 10, most: 60, rank: 3),
            ]
        case .knobs:
            [
                AdminColumn(title: "Knob", least: 18, most: 22, rank: 0),
                AdminColumn(title: "Value", least: 9, most: 16, rank: 0),
                AdminColumn(title: "Option", least: 9, most: 16, rank: 1),
                AdminColumn(title: "What it may be", least: 18, most: 60, rank: 2),
            ]
        case .rollbacks:
            [
                AdminColumn(title: "No.", least: 4, most: 5, rank: 0, isRight: true),
                AdminColumn(title: "When", least: 14, most: 14, rank: 2),
                AdminColumn(title: "Cells", least: 7, most: 9, rank: 1, isRight: true),
                AdminColumn(title: "What it took", least: 16, most: 64, rank: 0),
                AdminColumn(title: "Who", least: 8, most: 24, rank: 3),
            ]
        case .areas:
            [
                AdminColumn(title: "No.", least: 4, most: 5, rank: 2, isRight: true),
                AdminColumn(title: "Box", least: 15, most: 22, rank: 0),
                AdminColumn(title: "Note", least: 12, most: 60, rank: 1),
                AdminColumn(title: "Who", least: 8, most: 24, rank: 3),
            ]
        case .review:
            [
                AdminColumn(title: "Account", least: 12, most: 24, rank: 0),
                AdminColumn(title: "What was seen", least: 14, most: 22, rank: 0),
                AdminColumn(title: "When", least: 14, most: 14, rank: 2),
                AdminColumn(title: "Evidence", least: 16, most: 70, rank: 1),
            ]
        case .feedback:
            [
                AdminColumn(title: "When", least: 14, most: 14, rank: 1),
                AdminColumn(title: "Who", least: 8, most: 24, rank: 2),
                AdminColumn(title: "Words", least: 16, most: 120, rank: 0),
            ]
        case .audit:
            [
                AdminColumn(title: "When", least: 14, most: 14, rank: 1),
                AdminColumn(title: "Who", least: 8, most: 24, rank: 0),
                AdminColumn(title: "What", least: 10, most: 18, rank: 0),
                AdminColumn(title: "To what", least: 8, most: 24, rank: 2),
                AdminColumn(title: "Detail", least: 12, most: 80, rank: 3),
            ]
        }
    }
}

extension Model {
    /// How many lines the shown list has.
    var adminRowCount: Int {
        let lists = admin.lists
        return switch admin.tab {
        case .live: 0
        case .accounts: lists.accounts(like: admin.filter).count
        case .knobs: lists.knobs?.count ?? 0
        case .rollbacks: lists.rollbacks?.count ?? 0
        case .areas: lists.areas?.count ?? 0
        case .review: lists.flags?.count ?? 0
        case .feedback: lists.feedback?.count ?? 0
        case .audit: lists.audit?.count ?? 0
        }
    }

    /// Some lines of the shown list: only those that are seen are put into words, since there may be thousands.
    func adminRows(from first: Int = 0, count: Int = .max) -> [AdminRow] {
        func part<Item>(_ items: [Item]?, _ row: (Item) -> AdminRow) -> [AdminRow] {
            (items ?? []).dropFirst(max(first, 0)).prefix(max(count, 0)).map(row)
        }
        let lists = admin.lists
        return switch admin.tab {
        case .live: []
        case .accounts: part(lists.accounts(like: admin.filter), row)
        case .knobs: part(lists.knobs, Self.row)
        case .rollbacks: part(lists.rollbacks, row)
        case .areas: part(lists.areas, row)
        case .review: part(lists.flags, row)
        case .feedback: part(lists.feedback, Self.row)
        case .audit: part(lists.audit, Self.row)
        }
    }

    private func row(_ account: HostAccount) -> AdminRow {
        let sessions = account.sessions == 1 ? "1 sign-in" : "\(account.sessions) sign-ins"
        let ban = account.banReason.map { "\(Self.end(of: account.banUntilMs)): \($0)" }
        return AdminRow(
            cells: [account.name, Self.state(of: account), account.role.rawValue, ban ?? ""],
            tone: ban != nil ? .failure : account.isConnected ? .usual : .quiet,
            detail: "\(account.id), \(sessions)" + (ban.map { ", banned \($0)" } ?? ""))
    }

    private static func state(of account: HostAccount) -> String {
        switch account.status {
        case .queued: "queued" + (account.position.map { " \($0)" } ?? "")
        case .playing, .stalled:
            account.status.rawValue + (account.idleLeftMs.map { ", \($0 / 1_000) s" } ?? "")
        case .afk, .spectator: account.isConnected ? "connected" : "away"
        }
    }

    private static func end(of untilMs: Int64?) -> String {
        untilMs.map { "until \(HostWords.moment(ms: $0))" } ?? "for good"
    }

    private static func row(_ knob: KnobEntry) -> AdminRow {
        let now = knob.isSet ? "set here; the option says \(knob.option)" : "as the option says"
        return AdminRow(
            cells: [knob.name, knob.value, knob.option, knob.wanted], tone: knob.isSet ? .good : .usual,
            detail: "\(knob.name) is \(knob.value), \(now). It takes \(knob.wanted).")
    }

    private func row(_ rollback: Rollback) -> AdminRow {
        let what: String
        var detail = ""
        switch rollback.target {
        case .placements(let account, let fromMs, let toMs, let box):
            let whose = account.map { name(of: $0) } ?? "everyone"
            let isWhole = canvas.map { box == CanvasBox(all: $0.size) } ?? false
            what = whose + (isWhole ? "" : " in \(box.words)")
            detail =
                "Pixels of \(whose) in \(box.words), from \(ReplayWords.time(ms: fromMs)) to \(ReplayWords.time(ms: toMs)) UTC"
        case .rollback(let undone):
            what = "undid \(undone)"
            detail = "What rollback \(undone) took is back"
        }
        return AdminRow(
            cells: [
                String(rollback.id), HostWords.moment(ms: rollback.atMs), Spelled.grouped(rollback.cells),
                what,
                HostWords.actor(rollback.actor, name: name(of: rollback.actor)),
            ], tone: rollback.isComplete ? .usual : .warning,
            detail: detail + (rollback.isComplete ? "." : "; it didn't come to its end."))
    }

    private func row(_ area: HostProtectedArea) -> AdminRow {
        let who = HostWords.actor(area.actor, name: name(of: area.actor))
        return AdminRow(
            cells: [String(area.area.id), area.area.box.words, area.area.note, who],
            detail:
                "\(area.area.box.words), since \(ReplayWords.time(ms: area.atMs)) UTC by \(who): \(area.area.note)"
        )
    }

    private func row(_ flag: HostFlag) -> AdminRow {
        let ban = flag.isBanned ? " Banned \(Self.end(of: flag.banUntilMs))." : ""
        return AdminRow(
            cells: [
                flag.account.name, Self.plain(flag.reason), HostWords.moment(ms: flag.atMs), flag.evidence,
            ],
            tone: flag.isBanned ? .quiet : .warning, detail: "\(flag.evidence)\(ban)")
    }

    private static func row(_ entry: FeedbackEntry) -> AdminRow {
        let who = entry.account?.name ?? (entry.isGuest ? "a guest" : "gone")
        return AdminRow(cells: [HostWords.moment(ms: entry.atMs), who, entry.message], detail: entry.message)
    }

    private static func row(_ entry: AuditEntry) -> AdminRow {
        let who = HostWords.actor(entry.actor, name: entry.actorName)
        let subject = entry.subjectName ?? entry.subject
        let what = plain(entry.action)
        return AdminRow(
            cells: [HostWords.moment(ms: entry.atMs), who, what, subject, entry.detail],
            detail: "\(ReplayWords.time(ms: entry.atMs)) UTC, \(who): \(what) \(subject) \(entry.detail)")
    }

    /// A word of the wire's as people read it.
    private static func plain(_ word: String) -> String { word.split(separator: "_").joined(separator: " ") }

    private func name(of id: Identifier) -> String {
        if id == accountID, let account { return account }
        return admin.lists.name(of: id) ?? id.description
    }

    private func name(of actor: Actor) -> String? {
        if case .account(let id) = actor { name(of: id) } else { nil }
    }
}
