import Protocol

/// The parts of the page where a server is looked after.
enum AdminTab: String, Hashable, Sendable, CaseIterable {
    /// The last minutes in numbers.
    case live
    case accounts
    case knobs
    /// Pixels that were taken back.
    case rollbacks
    /// Parts of the canvas that players can't change.
    case areas
    /// What was seen of accounts and is to be looked at.
    case review
    case feedback
    case audit

    /// What it is called.
    var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

    /// What is asked for when it is seen; nil for what is asked for all the time.
    ///
    /// - Parameter all: whether every account is listed, in place of those that are here.
    func route(all: Bool) -> AdminRoute? {
        switch self {
        case .live: nil
        case .accounts: .accounts(all: all)
        case .knobs: .knobs
        case .rollbacks: .canvas(.rollbacks)
        case .areas: .canvas(.protectedAreas)
        case .review: .flags
        case .feedback: .feedback
        case .audit: .audit(limit: Self.auditPage, before: nil)
        }
    }

    /// Rows of the audit that are asked for at once.
    static let auditPage = 100

    /// The tab next to it, around the ends.
    func neighbor(by step: Int) -> AdminTab {
        let all = Self.allCases
        let at = all.firstIndex(of: self) ?? 0
        return all[(at + step % all.count + all.count) % all.count]
    }
}

/// What a key asks for where a server is looked after.
enum AdminAction: String, Hashable, Sendable, CaseIterable {
    case tabBefore = "admin_tab_before"
    case tabAfter = "admin_tab_after"
    case live = "admin_live"
    case accounts = "admin_accounts"
    case knobs = "admin_knobs"
    case rollbacks = "admin_rollbacks"
    case areas = "admin_areas"
    case review = "admin_review"
    case feedback = "admin_feedback"
    case audit = "admin_audit"
    /// Narrows the list of accounts down by what is typed.
    case find = "admin_find"
    /// Lists every account, or those that are here.
    case all = "admin_all"
    case ban = "admin_ban"
    case unban = "admin_unban"
    case kick = "admin_kick"
    case role = "admin_role"
    case clearFlags = "admin_clear_flags"
    case rollBack = "admin_roll_back"
    case undoRollback = "admin_undo_rollback"
    case protect = "admin_protect"
    /// Takes away what is chosen: an area's protection, a knob's value.
    case drop = "admin_drop"
    case announce = "admin_announce"
    case newGame = "admin_new_canvas"
    case studio = "admin_skin_studio"
    case submit = "admin_submit"
    case confirm = "admin_confirm"
    case leave = "admin_leave_it"
    case fieldBefore = "admin_field_before"
    case fieldAfter = "admin_field_after"

    /// The tab that it leads to.
    var tab: AdminTab? {
        switch self {
        case .live: .live
        case .accounts: .accounts
        case .knobs: .knobs
        case .rollbacks: .rollbacks
        case .areas: .areas
        case .review: .review
        case .feedback: .feedback
        case .audit: .audit
        case .tabBefore, .tabAfter, .find, .all, .ban, .unban, .kick, .role, .clearFlags, .rollBack,
            .undoRollback,
            .protect, .drop, .announce, .newGame, .studio, .submit, .confirm, .leave, .fieldBefore,
            .fieldAfter:
            nil
        }
    }
}

/// What the model wants of a server that is looked after.
enum AdminWish: Hashable, Sendable {
    case figures
    case ask(AdminRoute)
}

/// What is told of it.
enum AdminReport: Hashable, Sendable {
    case figures(FiguresAnswer)
    case answer(AdminRoute, HostAnswer)
    case failed(AdminWish, Failure)
    /// The skin studio was left, or couldn't be opened and why.
    case studioLeft(why: String?)
}
